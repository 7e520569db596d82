/**
 * Hot updates: a new version of a program takes over in the memory of the running one. Module variables whose name and
 * type are unchanged keep their value, and with it everything it points to.
 */
import type { HotVariable } from './abi/descriptors.ts'
import type { Guest, GuestFunction } from './memory/guest.ts'

/** What there is to know about a version that another one replaces. */
export interface ReplacedVersion {
  readonly variables: readonly HotVariable[]
  /** The collector sees all that leads into its constants and variables, which can be freed when nothing does. */
  readonly isImageCollectable?: boolean
}

/** A program that can load another version of itself. */
export interface Updatable extends Guest {
  exports: Readonly<Record<string, GuestFunction>>
  current: WebAssembly.Module
  load(module: WebAssembly.Module): Readonly<Record<string, GuestFunction>>
  reset(): void
}

/**
 * Let `module` take over.
 *
 * @returns names of the variables that both versions have but that start anew
 */
export function replaceProgram(
  program: Updatable,
  module: WebAssembly.Module,
  before: ReplacedVersion,
  after: readonly HotVariable[],
): readonly string[] {
  const known = new Map(before.variables.map((variable) => [variable.name, variable]))
  if (isBroken(program)) {
    program.current = module
    program.reset()
    return after.filter(({ name }) => known.has(name)).map(({ name }) => name)
  }
  const next = program.load(module)
  const fresh: string[] = []
  for (const variable of after) {
    const old = known.get(variable.name)
    if (old === undefined) continue
    if (old.type === variable.type && variable.type !== '') copy(program, next, variable)
    else fresh.push(variable.name)
  }
  const { exports } = program
  program.exports = next
  program.current = module
  if (before.isImageCollectable) exports['spy:retire']?.()
  return fresh
}

/** After a trap every use of the exports throws. */
function isBroken(program: Updatable): boolean {
  try {
    return program.exports.memory === undefined
  } catch {
    return true
  }
}

function copy(program: Updatable, next: Updatable['exports'], { name, size }: HotVariable): void {
  const [from, to] = [program.exports, next].map((exports) => exports[`&${name}`]?.() as number) as [number, number]
  new Uint8Array(program.memory.buffer).copyWithin(to, from, from + size)
}

type ModuleObject = Readonly<Record<string, unknown>>

/**
 * A module as apps hold it. Its functions are made once and call whatever the newest version of the module has under
 * their name; other properties are those of the newest version.
 */
export class HotModule {
  readonly object: ModuleObject
  #implementation: ModuleObject = {}
  readonly #functions = new Map<string, unknown>()

  constructor(name: string) {
    const wrapper = (key: string) => {
      const known = this.#functions.get(key)
      if (known) return known
      const call = (...args: readonly unknown[]) => {
        const target = this.#implementation[key]
        if (typeof target !== 'function') throw new TypeError(`${name}.${key} is no longer exported`)
        return target(...args)
      }
      Object.defineProperty(call, 'name', { value: key })
      this.#functions.set(key, call)
      return call
    }
    this.object = new Proxy({} as ModuleObject, {
      get: (_target, key) => {
        const value = Reflect.get(this.#implementation, key) as unknown
        return typeof key === 'string' && typeof value === 'function' && !isClass(value) ? wrapper(key) : value
      },
      set: (_target, key, value) => Reflect.set(this.#implementation, key, value),
      has: (_target, key) => key in this.#implementation,
      ownKeys: () => Reflect.ownKeys(this.#implementation),
      getOwnPropertyDescriptor: (_target, key) => {
        const found = Reflect.getOwnPropertyDescriptor(this.#implementation, key)
        return found && { ...found, configurable: true }
      },
    })
  }

  install(implementation: ModuleObject): void {
    this.#implementation = implementation
  }
}

/** Only functions made by `class` have a prototype that cannot be replaced. */
function isClass(value: object): boolean {
  return Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false
}
