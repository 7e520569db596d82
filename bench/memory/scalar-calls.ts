/** Calls of a function of numbers: as the program exports it, and as the facade of a release calls it. */
import {
  buildDev,
  buildRelease,
  chooseToolchain,
  libspyModule,
  nodeWorld,
  posixPath,
  readRuntimeSources,
} from '../../compiler/node.ts'
import {
  clock_sleep,
  clock_time,
  fd_read,
  fd_write,
  type Instance,
  panic,
  startJit,
  startProgram,
} from '../../src/runtime/index.ts'
import type { Contestant } from '../harness/rounds.ts'

const HOST = { panic, fd_write, fd_read, clock_time, clock_sleep }
const CALLS = 1_000_000

export async function scalarCalls(path: string, engine: 'jit' | 'c'): Promise<readonly Contestant[]> {
  const program = await start(posixPath(path), engine)
  const bare = program.exports['memory::scalar'] as (n: number) => number
  const facade = (n: number): number => {
    try {
      return program.exports['memory::scalar']?.(n) as number
    } catch (error) {
      throw program.fail(error)
    }
  }
  return [
    { name: 'bare', run: () => repeat(bare) },
    { name: 'facade', run: () => repeatToo(facade) },
  ]
}

// One loop for each, so that neither is slowed by having seen the other.
function repeat(call: (n: number) => number): void {
  for (let n = 0; n < CALLS; n++) call(n)
}

function repeatToo(call: (n: number) => number): void {
  for (let n = 0; n < CALLS; n++) call(n)
}

async function start(entry: string, engine: 'jit' | 'c'): Promise<Instance> {
  const request = { entries: [entry] }
  const world = nodeWorld()
  if (engine === 'jit') {
    const { wasm } = buildDev(request, world, { audience: 'embedders' })
    return startJit(libspyModule(), new WebAssembly.Module(wasm.slice()), HOST)
  }
  const toolchain = await chooseToolchain('auto')
  const tools = { toolchain, runtime: readRuntimeSources() }
  const options = { mode: 'release', audience: 'embedders', build: { profile: 'release' } } as const
  const { wasm } = await buildRelease(request, world, tools, options)
  toolchain.dispose()
  const module = new WebAssembly.Module(wasm.slice())
  return startProgram((guest) => {
    const spy = Object.fromEntries(Object.entries(HOST).map(([name, make]) => [name, make(guest)]))
    return new WebAssembly.Instance(module, { spy }).exports
  })
}
