/**
 * A compiler whose answers are shared: the environments of a dev server ask for the same programs at the same time.
 */
import type { CompileRequest, Compiler } from './compiler-port.ts'

export interface SharedCompiler extends Compiler {
  /** Forget the answers: a file has changed. */
  forget(): void
}

export function shareAnswers(compiler: Compiler): SharedCompiler {
  const answers = new Map<string, Promise<unknown>>()
  const shared = <T>(kind: string, request: CompileRequest, ask: () => Promise<T>): Promise<T> => {
    const key = JSON.stringify([kind, request])
    const known = answers.get(key) as Promise<T> | undefined
    if (known !== undefined) return known
    const answer = ask()
    answers.set(key, answer)
    // Our own bugs and a full disk are not answers.
    answer.catch(() => answers.delete(key))
    return answer
  }
  return {
    describe: (request) => shared('describe', request, () => compiler.describe(request)),
    compile: (request) => shared('compile', request, () => compiler.compile(request)),
    libspy: () => compiler.libspy(),
    dispose: () => compiler.dispose(),
    forget: () => answers.clear(),
  }
}
