/** A process that makes the same release several times: the times of each, as JSON. */
import { buildRelease, chooseToolchain, nodeWorld, readRuntimeSources, type Toolchain } from '../../compiler/node.ts'
import { generateProgram } from '../compile/program.ts'

/** Milliseconds. */
export interface ReleaseTimes {
  readonly toC: number
  readonly toWasm: number
  readonly all: number
}

const [name, lines] = process.argv.slice(2)
const text = generateProgram(Number(lines))
const { host, library } = nodeWorld()
const world = {
  library,
  host: { ...host, read: (path: string) => (path === '/app/main.spy' ? text : host.read(path)) },
}

const toolchain = await chooseToolchain(name as Toolchain['name'])
toolchain.warm()
const all: ReleaseTimes[] = []
for (let i = 0; i < 4; i++) all.push(await build())
toolchain.dispose()
console.log(JSON.stringify(all))

async function build(): Promise<ReleaseTimes> {
  const start = performance.now()
  let compiling = start
  const watched = {
    ...toolchain,
    build(...args: Parameters<Toolchain['build']>) {
      compiling = performance.now()
      return toolchain.build(...args)
    },
  }
  await buildRelease(
    { entries: ['/app/main.spy'] },
    world,
    { toolchain: watched, runtime: readRuntimeSources() },
    {
      mode: 'release',
      audience: 'facades',
      root: '/app',
      build: { profile: 'release' },
    },
  )
  const end = performance.now()
  return { toC: compiling - start, toWasm: end - compiling, all: end - start }
}
