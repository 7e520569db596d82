/**
 * One harness for tests of the language: each program runs on every engine.
 *
 *     const loops = language('loops')
 *     loops('a while loop ends when its condition is false', `
 *       def f(n: i32) -> i32: ...
 *     `, ({ f }) => assert.is(f(3), 0))
 *     loops.run()
 *
 * Programs for engine c are compiled together, one C compilation for all programs of a suite: one alone takes as long as
 * ten. If that fails, each is compiled by itself, so that one bad program does not hide the others.
 *
 * `npm run test:sanitize` runs the same programs as native code that is checked, see sanitized.ts.
 */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { check, type ErrorMode, type Gc, type PlacedAnnotation, SpyError } from '../../compiler/node.ts'
import type { TypedProgram } from '../../compiler/typed/tree.ts'
import type { EngineName } from '../../src/node/engines.ts'
import { loadProgram } from '../../src/node/load.ts'
import type { LoadedModule } from '../../src/node/loaded-module.ts'
import type { AnyFunction } from '../../src/runtime/index.ts'
import { parseDrawnErrors } from './drawn-errors.ts'
import { memoryWorld, type PlacedProgram, type ProgramText, placeProgram } from './memory-world.ts'
import { checkPrintedForms } from './printed-trees.ts'
import { runSanitized } from './sanitized.ts'

export const ENGINES: readonly EngineName[] = ['interp', 'jit', 'c']

export interface ProgramOptions {
  readonly errors?: ErrorMode
  /** Engine c makes a release, which does not check pointers of unsafe code as all other engines do. */
  readonly released?: boolean
  /** When memory is collected; where it pays, unless all tests collect always. */
  readonly gc?: Gc
  /** Only these engines: give the reason beside it. */
  readonly engines?: readonly EngineName[]
  /** Steps that blue code may take. */
  readonly blueSteps?: number
  /** What engines say that cannot do it yet. The test fails there as soon as they can. */
  readonly wip?: Readonly<Partial<Record<EngineName, string>>>
}

/** A program that runs, as tests see it. */
export interface RunningTest {
  readonly engine: EngineName
  readonly module: LoadedModule
  /** What has been printed since the test began. */
  stdout(): string
}

// biome-ignore lint/suspicious/noExplicitAny: what a function of the program gives is what the test is about
type TestFunctions = Readonly<Record<string, (...args: any[]) => any>>

export type Check = (exports: TestFunctions, test: RunningTest) => void | Promise<void>

export interface LanguageSuite {
  (title: string, program: ProgramText, check: Check, options?: ProgramOptions): void
  /**
   * A program with an error that is drawn under its source: `^^^ error: text`. It may come up when the program is
   * loaded, or when its function `main` is called.
   *
   * @param headline  `TypeError: mismatched types`; addresses are shown as `0x`
   */
  error(title: string, program: ProgramText, headline: string, options?: ProgramOptions): void
  /** As `error`, where only class and message matter: nothing is drawn. */
  refuses(title: string, program: ProgramText, headline: string, options?: ProgramOptions): void
  run(): void
}

export interface ProgramTest {
  readonly title: string
  readonly program: ProgramText
  readonly options: ProgramOptions
  readonly check: (load: () => Promise<RunningTest>, engine: EngineName) => Promise<void>
}

export function language(title: string): LanguageSuite {
  const tests: ProgramTest[] = []
  const add: LanguageSuite = (name, program, check, options = {}) => {
    tests.push({
      title: name,
      program,
      options,
      async check(load) {
        const running = await load()
        await check(running.module.exports as TestFunctions, running)
      },
    })
  }
  add.error = (name, drawn, headline, options = {}) => {
    const { program, annotations } = parseDrawnErrors(drawn)
    tests.push({
      title: name,
      program,
      options,
      // A statement that was kept although it is wrong knows only class and message, once it is compiled.
      check: async (load, engine) =>
        checkRaises(load, headline, engine === 'interp' || options.errors !== 'lazy' ? annotations : undefined),
    })
  }
  add.refuses = (name, program, headline, options = {}) => {
    tests.push({ title: name, program, options, check: (load) => checkRaises(load, headline, undefined) })
  }
  add.run = () => {
    if (process.env.SPY_TEST_SANITIZE === '1') return runSanitized(title, tests, loadAlone)
    for (const engine of ENGINES) runOn(engine, title, tests)
  }
  return add
}

function runOn(engine: EngineName, title: string, tests: readonly ProgramTest[]): void {
  const on = suite(`${title} on ${engine}`)
  const mine = tests.filter(({ options }) => options.engines?.includes(engine) ?? true)
  const able = mine.filter(({ options }) => options.wip?.[engine] === undefined)
  const loaders = engine === 'c' ? batchLoaders(able) : new Map<ProgramTest, () => Promise<RunningTest>>()
  for (const test of mine) {
    const load = loaders.get(test) ?? (() => loadAlone(engine, test))
    const wip = test.options.wip?.[engine]
    on(test.title, () => (wip === undefined ? test.check(load, engine) : checkIsWip(load, wip)))
  }
  // They are typed for this engine before they run on it.
  if (engine === 'c') on('what is printed of these programs can be read', () => able.forEach(checkPrinted))
  on.run()
}

/** `npm run test:gc` collects at every allocation. */
const GC: Gc = process.env.SPY_TEST_GC === 'stress' ? 'stress' : 'auto'

function loadOptions(engine: EngineName, { errors = 'eager', released = false, gc = GC, blueSteps }: ProgramOptions) {
  const limit = blueSteps === undefined ? {} : { blueSteps }
  return { engine, errors, profile: released ? 'release' : 'debug', gc, ...limit } as const
}

async function loadAlone(engine: EngineName, { program, options }: ProgramTest): Promise<RunningTest> {
  const printed: string[] = []
  const { entry, files } = placeProgram(program)
  const stdout = (text: string) => printed.push(text)
  const [module] = await loadProgram([entry], { ...loadOptions(engine, options), stdout }, memoryWorld(files))
  return runningTest(engine, module as LoadedModule, printed)
}

function runningTest(engine: EngineName, module: LoadedModule, printed: readonly string[]): RunningTest {
  const before = printed.length
  return {
    engine,
    module,
    stdout() {
      module.flush()
      return printed.slice(before).join('')
    },
  }
}

/** For each test, how to get its program out of the one that all of them make together. */
function batchLoaders(tests: readonly ProgramTest[]): ReadonlyMap<ProgramTest, () => Promise<RunningTest>> {
  const batches = new Map<string, ProgramTest[]>()
  for (const test of tests) {
    const key = JSON.stringify(loadOptions('c', test.options))
    batches.set(key, [...(batches.get(key) ?? []), test])
  }
  const loaders = new Map<ProgramTest, () => Promise<RunningTest>>()
  for (const batch of batches.values()) {
    let loaded: Promise<ReadonlyMap<ProgramTest, () => RunningTest>> | undefined
    for (const test of batch) {
      loaders.set(test, async () => {
        loaded ??= loadBatch(batch)
        const start = (await loaded).get(test)
        return start ? start() : loadAlone('c', test)
      })
    }
  }
  return loaders
}

async function loadBatch(all: readonly ProgramTest[]): Promise<ReadonlyMap<ProgramTest, () => RunningTest>> {
  const tests = all.filter(compiles)
  if (tests.length === 0) return new Map()
  const placed = tests.map(({ program }, i): PlacedProgram => placeProgram(program, `/test/${i}`))
  const files = new Map(placed.flatMap((each) => [...each.files]))
  const printed: string[] = []
  const stdout = (text: string) => printed.push(text)
  const { options } = tests[0] as ProgramTest
  const entries = placed.map(({ entry }) => entry)
  try {
    const modules = await loadProgram(entries, { ...loadOptions('c', options), stdout }, memoryWorld(files))
    return new Map(
      tests.map((test, i) => [
        test,
        () => {
          const module = modules[i] as LoadedModule
          module.reset() // as it was before the tests that ran before
          return runningTest('c', module, printed)
        },
      ]),
    )
  } catch {
    return new Map() // which one it was shows when each is loaded alone
  }
}

/** Programs that are wrong never reach a C compiler, and would take the others with them. */
function compiles(test: ProgramTest): boolean {
  return typed(test) !== undefined
}

const typedPrograms = new Map<ProgramTest, TypedProgram | undefined>()

function typed(test: ProgramTest): TypedProgram | undefined {
  if (!typedPrograms.has(test)) typedPrograms.set(test, typeProgram(test))
  return typedPrograms.get(test)
}

function typeProgram({ program, options }: ProgramTest): TypedProgram | undefined {
  const { entry, files } = placeProgram(program)
  try {
    const { errors = 'eager', blueSteps } = options
    const limit = blueSteps === undefined ? {} : { blueSteps }
    return check({ entries: [entry], errors, ...limit }, memoryWorld(files)).program
  } catch (error) {
    if (error instanceof SpyError) return undefined
    throw error
  }
}

function checkPrinted(test: ProgramTest): void {
  const program = typed(test)
  if (program === undefined) return
  checkPrintedForms(
    program,
    program.modules.filter(({ isLibrary }) => !isLibrary).map(({ name }) => name),
  )
}

interface Raised {
  readonly etype: string
  readonly message: string
  readonly annotations: readonly PlacedAnnotation[]
}

/** Load and call `main`: one of the two must raise this. */
export async function checkRaises(
  load: () => Promise<Pick<RunningTest, 'module'>>,
  headline: string,
  annotations: readonly string[] | undefined,
): Promise<void> {
  const raised = await raisedBy(load)
  // Addresses differ between engines, and mean nothing.
  const message = raised.message.replace(/0x[0-9a-f]+/, '0x')
  assert.is(`${raised.etype}: ${message}`, headline)
  if (annotations === undefined) return
  // Places inside the compiler and its library cannot be drawn.
  const placed = raised.annotations.filter(({ span }) => span.file.startsWith('/test/'))
  // As text: some differences of lists are more than uvu can show.
  assert.is(topDown(placed.map(drawn)).join('\n'), topDown(annotations).join('\n'))
}

/** In the order of the lines, which a drawing has to keep; those of one line stay as they are. */
function topDown(annotations: readonly string[]): readonly string[] {
  const place = (annotation: string): readonly [string, number] => {
    const [file = '', line = ''] = annotation.split(':')
    return [file, Number(line)]
  }
  return [...annotations].sort((a, b) => {
    const [aFile, aLine] = place(a)
    const [bFile, bLine] = place(b)
    return aFile < bFile ? -1 : aFile > bFile ? 1 : aLine - bLine
  })
}

/** The program is refused with a clear error: this engine is not that far yet. */
async function checkIsWip(load: () => Promise<Pick<RunningTest, 'module'>>, message: string): Promise<void> {
  const raised = await raisedBy(load)
  assert.is(`${raised.etype}: ${raised.message}`, `WIP: ${message}`)
}

async function raisedBy(load: () => Promise<Pick<RunningTest, 'module'>>): Promise<Raised> {
  try {
    const { module } = await load()
    const main = module.exports.main as AnyFunction | undefined
    assert.ok(main, 'the program was accepted, and has no function main to call')
    main()
  } catch (error) {
    if (error instanceof assert.Assertion) throw error
    const { etype, message, annotations } = error as Raised
    if (etype === undefined) throw error
    return { etype, message, annotations }
  }
  throw new Error('no error was raised')
}

function drawn({ level, message, span, source }: PlacedAnnotation): string {
  const [firstLine = ''] = source.split('\n')
  const end = span.endLine === span.startLine ? span.endCol : [...firstLine].length + 1
  return `${span.file.split('/').at(-1)}:${span.startLine}:${span.startCol}-${end} ${level}: ${message}`
}
