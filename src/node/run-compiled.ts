/** `main` of a program on one of the compiled engines, for the command line. */
import type { CompiledRun } from '../../compiler/cli.ts'
import { nodeWorld } from '../../compiler/node.ts'
import { ENGINES } from './engines.ts'
import { bindLoadedModule, type LoadedModule } from './loaded-module.ts'
import { withDeepStacks } from './wasm-stack.ts'

/** @throws SpyError for the program, HostError for its toolchain */
export async function runCompiled({
  engine,
  request,
  argv,
  stdout,
  stderr,
  store,
  onWarning,
}: CompiledRun): Promise<{ readonly result: number; readonly time: number }> {
  const { interfaces, program, warnings } = await ENGINES[engine]({ ...request, runsMain: true }, nodeWorld(), {
    stdout,
    stderr,
    profile: 'release',
    ...(store !== undefined && { store }),
  })
  for (const warning of warnings) onWarning(warning)
  const [model] = interfaces.values()
  if (model === undefined) throw new Error('the program has no entry')
  const module = bindLoadedModule(program, model)
  const takesArgv = model.functions.some(({ name, params }) => name === 'main' && params.length > 0)
  const start = performance.now()
  try {
    const call = (): unknown => (takesArgv ? module.exports.main?.(argv) : module.exports.main?.())
    const result = withDeepStacks(call, Number.POSITIVE_INFINITY)
    const time = performance.now() - start
    module.flush()
    return { result: typeof result === 'number' ? result : 0, time }
  } catch (error) {
    flushIfPossible(module)
    throw error
  } finally {
    module.dispose()
  }
}

/** What was printed before an error. After some of them nothing can be called any more. */
function flushIfPossible(module: LoadedModule): void {
  try {
    module.flush()
  } catch {
    // The error that led here is the one to tell.
  }
}
