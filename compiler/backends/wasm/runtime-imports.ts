/**
 * Functions of the C runtime, imported when they are first called. They live in another instance that shares its memory
 * with the program.
 */
import {
  RUNTIME_FUNCTIONS,
  type RuntimeFunction,
  type RuntimeFunctionName,
  wasmSignature,
} from '../../../src/runtime/abi/functions.ts'
import { MEMORY, RUNTIME_MODULE } from '../../../src/runtime/abi/imports.ts'
import type { FuncRef, ModuleWriter } from './encode.ts'
import type { CodePlace } from './places.ts'

export class RuntimeImports {
  readonly #module: ModuleWriter<CodePlace>
  readonly #imported = new Map<RuntimeFunctionName, FuncRef>()

  constructor(module: ModuleWriter<CodePlace>) {
    this.#module = module
    module.importMemory(RUNTIME_MODULE, MEMORY)
  }

  /** Something that is called may allocate collected memory. */
  get allocates(): boolean {
    return [...this.#imported.keys()].some((name) => RUNTIME_FUNCTIONS[name].allocates)
  }

  function(name: RuntimeFunctionName): FuncRef {
    let ref = this.#imported.get(name)
    if (ref === undefined) {
      ref = this.#module.importFunction(RUNTIME_MODULE, name, wasmSignature(name))
      this.#imported.set(name, ref)
    }
    return ref
  }
}

/** The row of a function that a built-in function names; undefined if the runtime does not have it. */
export function runtimeFunction(name: string): (RuntimeFunction & { readonly name: RuntimeFunctionName }) | undefined {
  if (!Object.hasOwn(RUNTIME_FUNCTIONS, name)) return undefined
  const known = name as RuntimeFunctionName
  return { ...RUNTIME_FUNCTIONS[known], name: known }
}
