/** Many programs at once on one engine, or in CPython: they are compiled together, which takes hardly longer than one. */
import { spawnSync } from 'node:child_process'
import type { Gc } from '../../../compiler/node.ts'
import type { EngineName } from '../../../src/node/engines.ts'
import { loadProgram } from '../../../src/node/load.ts'
import type { AnyFunction } from '../../../src/runtime/index.ts'
import { memoryWorld } from '../memory-world.ts'
import { PYTHON_LIBRARY, SHAPES } from './library.ts'
import { type Line, printed } from './text.ts'

export const ENGINES = ['interp', 'jit', 'c'] as const satisfies readonly EngineName[]

/**
 * How engine c is built: `quick` checks pointers and optimises nothing, which takes a third of the time; `release` as
 * people release programs, with all that an optimiser may make of the C.
 */
export type Build = 'quick' | 'release'

const BUILDS = {
  quick: { profile: 'debug', optimize: '0', debugInfo: false },
  release: { profile: 'release' },
} as const satisfies Record<Build, object>

/** How programs are compiled. */
export interface Settings {
  readonly gc: Gc
  readonly build: Build
}

/** What `main` of each program gives, or `Class: message` of what it raises. */
export type Outcomes = readonly string[]

export async function runOn(
  engine: EngineName,
  programs: readonly (readonly Line[])[],
  settings: Settings,
): Promise<Outcomes> {
  const files = new Map([['/test/shared/shapes.spy', SHAPES]])
  const entries = programs.map((program, i) => {
    const entry = `/test/${i}/main.spy`
    files.set(entry, printed(program, 'spy'))
    return entry
  })
  // What is certain to fail is to be raised where it stands, and not to stop the others.
  const { gc, build } = settings
  const options = { engine, gc, errors: 'lazy', keeps: false, path: ['/test/shared'], ...BUILDS[build] } as const
  try {
    const modules = await loadProgram(entries, options, memoryWorld(files))
    return modules.map(({ exports }) => outcomeOf(exports.main as AnyFunction))
  } catch (error) {
    if (programs.length === 1) return [`refused: ${described(error)}`]
    // One that is refused takes the others with it: the halves without it are compiled together still.
    const half = programs.length >> 1
    const first = await runOn(engine, programs.slice(0, half), settings)
    return [...first, ...(await runOn(engine, programs.slice(half), settings))]
  }
}

function outcomeOf(main: AnyFunction): string {
  try {
    return String(main())
  } catch (error) {
    return described(error)
  }
}

function described(error: unknown): string {
  const { etype, message } = error as { readonly etype?: string; readonly message: string }
  return etype === undefined ? `crash: ${(error as Error).stack}` : `${etype}: ${message}`
}

/** Of errors only the class. Undefined where there is no python3. */
export function runInPython(programs: readonly (readonly Line[])[]): Outcomes | undefined {
  const sources = programs.map((program) => PYTHON_LIBRARY + printed(program, 'python'))
  const judge = `import json, sys
outcomes = []
for source in json.load(sys.stdin):
    names = {}
    try:
        exec(compile(source, 'program', 'exec'), names)
        outcomes.append(names['main']())
    except Exception as e:
        outcomes.append(type(e).__name__ + ':')
print(json.dumps(outcomes))`
  const run = spawnSync('python3', ['-c', judge], {
    input: JSON.stringify(sources),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, PYTHONHASHSEED: '0', PYTHONIOENCODING: 'utf8' },
  })
  if (run.error !== undefined) return undefined
  if (run.status !== 0) throw new Error(run.stderr)
  return JSON.parse(run.stdout) as string[]
}

/** Python's messages are its own. */
export function agreesWithPython(spy: string, python: string): boolean {
  return spy === python || (/^\w+:$/.test(python) && spy.startsWith(python))
}
