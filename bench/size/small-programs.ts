/** The smallest programs, and what they may weigh as a release. */
import { buildRelease, nodeWorld, readRuntimeSources, type Toolchain } from '../../compiler/node.ts'

export interface SmallProgram {
  readonly name: string
  readonly text: string
  /** Bytes of wasm. */
  readonly limit: number
}

export const SMALL_PROGRAMS: readonly SmallProgram[] = [
  { name: 'empty', text: '', limit: 1000 },
  {
    name: 'hello world, with errors',
    text: `def main(times: i32) -> i32:
    if times < 0:
        raise ValueError("times must not be negative")
    for i in range(times):
        print("hello world")
    return 1000 // times
`,
    limit: 4000,
  },
  {
    name: 'numbers, which need no heap',
    text: `def main(n: i32) -> None:
    print(n, u64(n), n / 7)
`,
    limit: 4000,
  },
]

export async function releaseOf({ text }: SmallProgram, toolchain: Toolchain): Promise<Uint8Array> {
  const { host, library } = nodeWorld()
  const read = (path: string) => (path === '/app/main.spy' ? text : host.read(path))
  const { wasm } = await buildRelease(
    { entries: ['/app/main.spy'] },
    { library, host: { ...host, read } },
    { toolchain, runtime: readRuntimeSources() },
    { mode: 'release', audience: 'facades', root: '/app', build: { profile: 'release' } },
  )
  return wasm
}
