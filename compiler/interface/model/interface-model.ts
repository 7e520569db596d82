/**
 * What a `.spy` file offers to JavaScript, as plain data: the printers, the embedding API and the caches all read this.
 * It survives `JSON.stringify`, and two equal models give the same facade and the same declarations.
 */
import type {
  ClassBinding,
  ConstantBinding,
  FunctionBinding,
  ModuleBinding,
  VariableBinding,
} from '../../../src/runtime/abi/descriptors.ts'
import type { LayoutMode } from '../../objects/layout.ts'

export interface InterfaceModel extends ModuleBinding {
  /** Absolute path of its source. */
  readonly file: string
  /** The layout that all descriptors are of. */
  readonly mode: LayoutMode
  /** Everything that is bound in the module, in order; also what JavaScript cannot have. */
  readonly names: readonly NameModel[]
  readonly functions: readonly FunctionModel[]
  readonly variables: readonly VariableModel[]
  readonly constants: readonly ConstantModel[]
  readonly classes: readonly ClassModel[]
  /** What JavaScript cannot have, and why. */
  readonly refused: readonly RefusedModel[]
}

interface Named {
  readonly name: string
  /** Where the name stands in the source; null for what a decorator or an assignment of a function made. */
  readonly place: Place | null
}

/** A name in a source: line from 1, column from 0, both ends on one line, columns in UTF-16 code units. */
export interface Place {
  readonly line: number
  readonly column: number
  readonly length: number
}

export interface NameModel {
  readonly name: string
  /** Type as SPy writes it: `def(f64) -> f64`, `list[i32]`, `type`. */
  readonly type: string
  /** What a name of a type means. */
  readonly denotes?: { readonly fqn: string; readonly human: string }
}

export interface FunctionModel extends Named, FunctionBinding {
  /** As it was declared: `def area(r: f64) -> f64`. */
  readonly declaration: string
  readonly doc: string | null
}

export interface VariableModel extends Named, VariableBinding {}

export interface ConstantModel extends Named, ConstantBinding {}

export interface ClassModel extends Named, ClassBinding {
  readonly doc: string | null
}

export interface RefusedModel extends Named {
  readonly reason: string
}

/** Names that start with `_` are for other SPy modules; facades leave them out, embedders see them. */
export function isPrivate(name: string): boolean {
  return name.startsWith('_')
}

/** What bindings are made from, without what is only for people: a moved line leaves it as it is. */
export function bindingOf(model: InterfaceModel): ModuleBinding {
  const shown = ({ name }: Named) => !isPrivate(name)
  return {
    module: model.module,
    functions: model.functions
      .filter(shown)
      .map(({ name, export: exported, params, result }) => ({ name, export: exported, params, result })),
    variables: model.variables
      .filter(shown)
      .map(({ name, export: exported, type }) => ({ name, export: exported, type })),
    constants: model.constants.filter(shown).map(({ name, type, value }) => ({ name, type, value })),
    classes: model.classes.filter(shown).map(({ name, type }) => ({ name, type })),
  }
}
