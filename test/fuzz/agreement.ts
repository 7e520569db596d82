/**
 * Whether a program, however wrong, does the same on the interpreter and as wasm: the same results, the same errors at the
 * same places, the same output.
 */
import { ParsedFiles } from '../../compiler/modules/graph.ts'
import { type ErrorMode, SpyError } from '../../compiler/node.ts'
import { loadProgram } from '../../src/node/load.ts'
import type { LoadedModule } from '../../src/node/loaded-module.ts'
import type { AnyFunction } from '../../src/runtime/index.ts'
import { memoryWorld } from '../support/memory-world.ts'

const ENTRY = '/fuzz/a.spy'

/** Steps of blue code after which it counts as endless. */
const STEPS = 100_000

/** What functions are called with, by the type of the parameter; those with other parameters are not called. */
const ARGUMENTS: Readonly<Record<string, unknown>> = {
  bool: true,
  f32: 1.5,
  f64: 2.5,
  i32: 3,
  i64: 5n,
  i8: -3,
  str: 'ab',
  u32: 7,
  u64: 9n,
  u8: 200,
}

export interface Disagreement {
  readonly errors: ErrorMode
  readonly interp: string
  readonly jit: string
}

/** Remembers what does not change from one program to the next. */
export class Agreement {
  readonly #parsed = new ParsedFiles()

  /** @returns the first difference, or undefined. An endless loop of the program is one of the caller. */
  async check(text: string): Promise<Disagreement | undefined> {
    for (const errors of ['eager', 'lazy'] as const) {
      const jit = await this.#observe(text, 'jit', errors)
      // What is refused as a whole is met by the interpreter, if ever, when it comes there.
      if (jit === undefined) continue
      const interp = (await this.#observe(text, 'interp', errors)) ?? ['refused']
      for (let i = 0; i < Math.max(interp.length, jit.length); i++) {
        if (interp[i] === jit[i]) continue
        return { errors, interp: interp[i] ?? 'nothing', jit: jit[i] ?? 'nothing' }
      }
    }
    return undefined
  }

  async #observe(text: string, engine: 'interp' | 'jit', errors: ErrorMode): Promise<readonly string[] | undefined> {
    const world = { ...memoryWorld(new Map([[ENTRY, text]])), parsed: this.#parsed }
    const printed: string[] = []
    const output = { stdout: (text: string) => printed.push(text), stderr: () => {} }
    let module: LoadedModule | undefined
    try {
      ;[module] = await loadProgram([ENTRY], { engine, errors, blueSteps: STEPS, ...output }, world)
    } catch (error) {
      if (error instanceof SpyError) return undefined
      return [`internal: ${error}`]
    }
    if (module === undefined) throw new Error('one entry gives one module')
    const seen = module.names.flatMap((name) => this.#call(module, name, errors))
    try {
      module.flush()
    } catch {
      // A broken program has nothing more to say.
    }
    return [...seen, withoutAddresses(printed.join(''))]
  }

  #call(module: LoadedModule, name: string, errors: ErrorMode): string[] {
    const func = module.exports[name]
    if (typeof func !== 'function') return []
    const [, params] = /^def\((.*?)\) -> /.exec(module.signature(name)) ?? []
    if (params === undefined) return []
    const args = params === '' ? [] : params.split(', ').map((type) => ARGUMENTS[type])
    if (args.includes(undefined)) return []
    try {
      return [`${name}() = ${withoutAddresses(shown((func as AnyFunction)(...args)))}`]
    } catch (error) {
      return [`${name}() raises ${told(error, errors)}`]
    }
  }
}

/** A statement that was kept although it is wrong knows only class and message, once it is compiled. */
function told(error: unknown, errors: ErrorMode): string {
  if (!(error instanceof SpyError)) return `internal: ${error}`
  const places = error.annotations
    .filter(({ span }) => span.file === ENTRY)
    .map(({ message, span }) => `\n  ${span.startLine}:${span.startCol} ${message}`)
  return withoutAddresses(`${error.etype}: ${error.message}${errors === 'lazy' ? '' : places.join('')}`)
}

function withoutAddresses(text: string): string {
  return text.replace(/0x[0-9a-f]+/g, '0x')
}

/** JSON, with what JSON does not have. */
function shown(value: unknown): string {
  const plain = (_key: string, each: unknown): unknown => {
    if (typeof each === 'bigint') return `${each}n`
    if (typeof each === 'number' && (!Number.isFinite(each) || Object.is(each, -0)))
      return `number ${1 / each < 0 ? '-' : ''}${each}`
    if (each instanceof Map || each instanceof Set) return [...each]
    return each
  }
  return JSON.stringify(value, plain) ?? 'nothing'
}
