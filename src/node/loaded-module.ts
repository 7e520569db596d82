/** A module of a running program, as JavaScript that embeds SPy sees it: also what facades leave out. */
import type { InterfaceModel } from '../../compiler/node.ts'
import { type AnyFunction, bindFunction, bindVariable, type Callable, plainValue } from '../runtime/index.ts'

/** A type: SPy has no values of it that JavaScript could hold. */
export interface TypeDescription {
  readonly fqn: string
  /** As messages name it. */
  readonly human: string
}

export interface LoadedModule {
  /** Every red function, by its name. */
  readonly exports: Readonly<Record<string, AnyFunction>>
  /** The current value of a variable, a constant, a function, or the description of a type. */
  get(name: string): unknown
  /** All names bound in the module, in order. */
  readonly names: readonly string[]
  /** The type of what a name is bound to, as SPy writes it: `def(i32, str) -> f64`. */
  signature(name: string): string
  readonly memory: WebAssembly.Memory
  /** Write out what `print` has buffered. */
  flush(): void
  /** Collect now, between calls: bytes that are alive then. 0 for programs that never collect. */
  gc(): number
  /** Start again with fresh memory. */
  reset(): void
  dispose(): void
  [Symbol.dispose](): void
}

/** A program that runs, on any engine. */
export interface RunningProgram extends Callable {
  reset(): void
}

const DISPOSED = 'the instance has been disposed'

export function bindLoadedModule(started: RunningProgram, model: InterfaceModel): LoadedModule {
  let program: RunningProgram | undefined = started
  const running = (): RunningProgram => {
    if (program === undefined) throw new Error(DISPOSED)
    return program
  }
  const current: Callable = {
    get exports() {
      return running().exports
    },
    get memory() {
      return running().memory
    },
    fail: (error) => running().fail(error),
  }
  // Structs arrive as plain objects: there is no facade to hold a class.
  const noClass = () => undefined
  const exports: Record<string, AnyFunction> = {}
  for (const func of model.functions) exports[func.name] = bindFunction(current, model.module, func, noClass)

  const readers = new Map<string, () => unknown>()
  for (const [name, func] of Object.entries(exports)) readers.set(name, () => func)
  for (const { name, value } of model.constants) readers.set(name, () => plainValue(value))
  for (const variable of model.variables) {
    readers.set(variable.name, bindVariable(current, model.module, variable, noClass).get)
  }
  for (const { name, denotes } of model.names) if (denotes !== undefined) readers.set(name, () => denotes)
  const types = new Map(model.names.map(({ name, type }) => [name, type]))
  const reasons = new Map(model.refused.map(({ name, reason }) => [name, reason]))

  const dispose = () => {
    program = undefined
  }
  return {
    exports,
    get(name) {
      const read = readers.get(name)
      if (read !== undefined) return read()
      throw unavailable(name, types, reasons.get(name))
    },
    names: model.names.map(({ name }) => name),
    signature(name) {
      const type = types.get(name)
      if (type === undefined) throw unavailable(name, types, undefined)
      return type
    },
    get memory() {
      return current.memory
    },
    flush: () => void current.exports.spy_flush?.(),
    gc: () => Number(current.exports.spy_gc_collect?.() ?? 0),
    reset: () => running().reset(),
    dispose,
    [Symbol.dispose]: dispose,
  }

  function unavailable(name: string, known: ReadonlyMap<string, string>, reason: string | undefined): Error {
    const what = `${model.module}.${name}`
    if (!known.has(name)) return new ReferenceError(`${what} is not defined`)
    return new TypeError(reason ? `${what}: ${reason}` : `${what} has no form in JavaScript`)
  }
}
