/** `main` of a program on one of the compiled engines, for the command line. */
import type { CompiledRun } from '../../compiler/cli.ts'
import { nodeWorld } from '../../compiler/node.ts'
import { ENGINES } from './engines.ts'
import { bindLoadedModule } from './loaded-module.ts'

/** @throws SpyError for the program, HostError for its toolchain */
export async function runCompiled({
  engine,
  request,
  argv,
  stdout,
  stderr,
}: CompiledRun): Promise<{ readonly result: number; readonly time: number }> {
  const { interfaces, program } = await ENGINES[engine]({ ...request, runsMain: true }, nodeWorld(), {
    stdout,
    stderr,
    profile: 'release',
  })
  const [model] = interfaces.values()
  if (model === undefined) throw new Error('the program has no entry')
  const module = bindLoadedModule(program, model)
  const takesArgv = model.functions.some(({ name, params }) => name === 'main' && params.length > 0)
  const start = performance.now()
  try {
    const result: unknown = takesArgv ? module.exports.main?.(argv) : module.exports.main?.()
    return { result: typeof result === 'number' ? result : 0, time: performance.now() - start }
  } finally {
    module.flush()
  }
}
