/**
 * What a program must export so that the bindings of its entries work; everything else may be dropped as dead code.
 */
import type { TypeDescriptor } from '../../../src/runtime/abi/descriptors.ts'
import { type InterfaceModel, isPrivate } from './interface-model.ts'

export interface ProgramExports {
  /** FQN of each function, in order. */
  readonly functions: readonly string[]
  /** FQN of each variable whose address is exported. */
  readonly cells: readonly string[]
  /** Functions of the C runtime by name. */
  readonly runtime: readonly string[]
}

/** What hosts call beside functions. */
const AT_THE_END: Readonly<Record<Audience, readonly string[]>> = {
  facades: [],
  embedders: ['spy_flush', 'spy_gc_collect'],
  commands: ['spy_flush'],
}

/** Facades leave out private names, embedders see them; commands are `main` alone. */
export type Audience = 'facades' | 'embedders' | 'commands'

export function programExports(models: readonly InterfaceModel[], audience: Audience): ProgramExports {
  const shown = ({ name }: { readonly name: string }) =>
    audience === 'commands' ? name === 'main' : audience === 'embedders' || !isPrivate(name)
  const functions = models.flatMap((model) => model.functions.filter(shown))
  const variables = audience === 'commands' ? [] : models.flatMap((model) => model.variables.filter(shown))
  // Text that `print` has buffered; apps are shown text line by line.
  const runtime = new Set(AT_THE_END[audience])
  for (const { params, result } of functions) {
    for (const param of params) addMakers(param.type, runtime)
    addHolders(result, runtime)
  }
  for (const { type } of variables) {
    addMakers(type, runtime)
    addHolders(type, runtime)
  }
  return {
    functions: [...new Set(functions.map((func) => func.export))],
    cells: [...new Set(variables.map((variable) => variable.export.slice(1)))],
    runtime: [...runtime].sort(),
  }
}

/** The functions that make what a value passed from JavaScript consists of. */
function addMakers(type: TypeDescriptor, makers: Set<string>): void {
  switch (type.kind) {
    case 'scalar':
      if (type.name === 'str') makers.add('spy_str_alloc')
      if (type.name === 'bytes') makers.add('spy_bytes_alloc')
      return
    case 'tuple':
    case 'struct':
      for (const field of type.fields) addMakers(field.type, makers)
      return
    case 'list':
    case 'array':
      // What they hold, and where pointers are in it.
      makers.add('spy_gc_new').add('spy_raw_alloc')
      addMakers(type.item, makers)
      return
  }
}

/** The functions by which JavaScript holds what it is given, and lets it go. */
function addHolders(type: TypeDescriptor, holders: Set<string>): void {
  switch (type.kind) {
    case 'scalar':
      return
    case 'tuple':
    case 'struct':
      for (const field of type.fields) addHolders(field.type, holders)
      return
    case 'list':
      return addHolders(type.item, holders)
    case 'array':
      holders.add('spy_gc_pin').add('spy_gc_unpin')
      return
  }
}
