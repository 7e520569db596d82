/**
 * `npm run test:sanitize`: what the tests of the language call is called again, by native programs with checks for
 * undefined behaviour and for addresses; each must print and raise what it does on engine jit, where blue code has run at the
 * same time as here; that jit does what the interpreter does is told by the tests themselves. Memory is collected at every
 * allocation, and freed memory may not be touched.
 *
 * What a test calls is noted while it runs on the interpreter. All programs of a suite make one native program; if it
 * fails, each is tried by itself.
 */
import { dirname } from 'node:path/posix'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { check, type InterfaceModel, SpyError } from '../../compiler/node.ts'
import type { EngineName } from '../../src/node/engines.ts'
import { loadProgram } from '../../src/node/load.ts'
import type { LoadedModule } from '../../src/node/loaded-module.ts'
import type { AnyFunction } from '../../src/runtime/index.ts'
import type { ProgramTest, RunningTest } from './engines.ts'
import { memoryWorld, placeProgram } from './memory-world.ts'
import { callingModule, type RecordedCall, recording } from './sanitized/calls.ts'
import { runChecked } from './sanitized/native-calls.ts'

type Load = (engine: EngineName, test: ProgramTest) => Promise<RunningTest>

/** A test as a program without parameters. */
interface Prepared {
  readonly test: ProgramTest
  readonly entry: string
  readonly files: ReadonlyMap<string, string>
}

/** What each call prints, and the error behind it. */
type Outcome = readonly string[]

/**
 * Other engines say something else of these, and are right: about time, and about the engine and its layouts. They run
 * for the checks alone.
 */
const DIFFERENT = /\b(from|import) time\b|\bis_compiled\b|import [\w, ]*\bsizeof|\b_offset/

export function runSanitized(title: string, tests: readonly ProgramTest[], loadAlone: Load): void {
  const on = suite(`${title}, checked`)
  const able = tests.filter(({ options }) => (options.engines?.includes('c') ?? true) && options.wip === undefined)
  const modes = ['debug', 'release'] as const
  for (const mode of modes) {
    const mine = able.filter(({ options }) => (options.released === true) === (mode === 'release'))
    let outcomes: Promise<ReadonlyMap<ProgramTest, () => Promise<void>>> | undefined
    for (const test of mine) {
      on(test.title, async () => {
        outcomes ??= tryAll(mine, mode, loadAlone)
        await (await outcomes).get(test)?.()
      })
    }
  }
  on.run()
}

async function tryAll(
  tests: readonly ProgramTest[],
  mode: 'debug' | 'release',
  loadAlone: Load,
): Promise<ReadonlyMap<ProgramTest, () => Promise<void>>> {
  const prepared: Prepared[] = []
  for (const [i, test] of tests.entries()) {
    const one = await prepare(test, `/test/${i}`, loadAlone)
    if (one !== undefined) prepared.push(one)
  }
  let all: ReadonlyMap<Prepared, readonly [expected: Outcome, found: Outcome]> | undefined
  try {
    all = await outcomesOf(prepared, mode)
  } catch {
    // Which one it was shows when each is tried alone.
  }
  return new Map(
    prepared.map((one) => [
      one.test,
      async () => {
        const [expected, found] = (all ?? (await outcomesAlone(one, mode))).get(one) ?? [[], []]
        if (DIFFERENT.test(JSON.stringify(one.test.program))) return
        assert.is(found.join('\n'), expected.join('\n'))
      },
    ]),
  )
}

/** The caller has types of its own; an operation on `dynamic` values that was possible before may be too much with them. */
async function outcomesAlone(one: Prepared, mode: 'debug' | 'release'): ReturnType<typeof outcomesOf> {
  try {
    return await outcomesOf([one], mode)
  } catch (error) {
    if (error instanceof SpyError && error.etype === 'WIP') return new Map()
    throw error
  }
}

/** Undefined for tests that call nothing that a program could call: those of errors before anything runs. */
async function prepare(test: ProgramTest, folder: string, loadAlone: Load): Promise<Prepared | undefined> {
  const calls: RecordedCall[] = []
  try {
    await test.check(async () => {
      const running = await loadAlone('interp', test)
      const exports = recording(running.module.exports, calls)
      return { ...running, module: { ...running.module, exports } }
    }, 'interp')
  } catch {
    // That it fails is told by the tests of the interpreter.
  }
  if (calls.length === 0) return undefined
  const { entry, files } = placeProgram(test.program, folder)
  const module = /([A-Za-z_]\w*)\.spy$/.exec(entry)?.[1]
  const model = interfaceOf(entry, files)
  if (module === undefined || model === undefined) return undefined
  const text = callingModule(model, module, calls)
  const caller = `${dirname(entry)}/calling__.spy`
  const all = new Map([...files, [caller, text]])
  return interfaceOf(caller, all) && { test, entry: caller, files: all }
}

function interfaceOf(entry: string, files: ReadonlyMap<string, string>): InterfaceModel | undefined {
  try {
    return check({ entries: [entry], errors: 'lazy' }, memoryWorld(files)).interfaces.get(entry)
  } catch (error) {
    if (error instanceof SpyError) return undefined
    throw error
  }
}

async function outcomesOf(
  prepared: readonly Prepared[],
  mode: 'debug' | 'release',
): Promise<ReadonlyMap<Prepared, readonly [expected: Outcome, found: Outcome]>> {
  if (prepared.length === 0) return new Map()
  const world = memoryWorld(new Map(prepared.flatMap(({ files }) => [...files])))
  const entries = prepared.map(({ entry }) => entry)
  let printed = ''
  const stdout = (text: string): void => {
    printed += text
  }
  const modules = await loadProgram(entries, { engine: 'jit', errors: 'lazy', stdout }, world)
  const models = check({ entries, errors: 'lazy' }, world).interfaces
  const expected = new Map<string, string>()
  for (const [i, entry] of entries.entries()) {
    for (const { name, export: exported } of models.get(entry)?.functions ?? []) {
      const module = modules[i] as LoadedModule
      printed = ''
      const error = errorOf(module.exports[name] as AnyFunction)
      if (error.endsWith(OVERFLOW))
        module.reset() // nothing can be called after it
      else module.flush()
      expected.set(exported, printed + error)
    }
  }
  const endless = [...expected].filter(([, text]) => text.endsWith(OVERFLOW)).map(([name]) => name)
  const found = await runChecked(entries, world, mode, new Set(endless))
  return new Map(
    prepared.map((one) => {
      const names = (models.get(one.entry)?.functions ?? [])
        .map((func) => func.export)
        .filter((name) => found.has(name))
      const outcome = (of: ReadonlyMap<string, string>) => names.map((name) => withoutAddresses(of.get(name) ?? ''))
      return [one, [outcome(expected), outcome(found)]]
    }),
  )
}

const OVERFLOW = 'stack overflow\n'

function errorOf(call: AnyFunction): string {
  try {
    call()
    return ''
  } catch (error) {
    const { etype, message } = error as Partial<SpyError>
    if (etype === undefined) throw error
    return `${etype}: ${message?.split('\n')[0]}\n`
  }
}

function withoutAddresses(text: string): string {
  return text.replace(/0x[0-9a-f]+/g, '0x')
}
