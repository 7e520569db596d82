/** Interfaces of modules that only exist as types: a source text for the places, and what its names are bound to. */
import { describeInterface, type InterfaceModel } from '../../compiler/interface/model.ts'
import { Fqn } from '../../compiler/objects/fqn.ts'
import type { LayoutMode } from '../../compiler/objects/layout.ts'
import { type FuncType, makeFuncType, type SpyType, TYPE } from '../../compiler/objects/types.ts'
import type { Cell, SourceFunc, Value } from '../../compiler/objects/values.ts'
import type { FuncDef } from '../../compiler/syntax/ast.ts'
import { parseModule } from '../../compiler/syntax/parser.ts'
import { SourceFile } from '../../compiler/text/source.ts'
import type { ModuleAttribute } from '../../compiler/typed/tree.ts'
import { humanName } from './library-types.ts'

/** `demo.spy` with the given text, each of whose names is bound as `attributes` say. */
export function interfaceOf(
  source: string,
  attributes: Readonly<Record<string, Bound>>,
  mode: LayoutMode = 'debug',
): InterfaceModel {
  const file = new SourceFile('/app/demo.spy', source)
  const tree = parseModule(file)
  const defs = new Map(
    tree.decls.flatMap((decl) => (decl.kind === 'GlobalFuncDef' ? [[decl.funcdef.name, decl.funcdef] as const] : [])),
  )
  const bound = Object.entries(attributes).map(([name, make]) => [name, make(name, defs.get(name))] as const)
  const module = { name: 'demo', file: file.path, isLibrary: false, attributes: new Map(bound) }
  return describeInterface({ mode, modules: [module], humanName }, 'demo', tree)
}

export type Bound = (name: string, def: FuncDef | undefined) => ModuleAttribute

/** A red function; parameter names and the docstring are those of its `def` in the source. */
export function func(params: readonly SpyType[], result: SpyType, defaults: readonly Value[] = []): Bound {
  return (name, def) => {
    const type: FuncType = makeFuncType(
      'red',
      'plain',
      params.map((type) => ({ type, kind: 'simple' })),
      result,
    )
    const made = {
      kind: 'func',
      origin: 'source',
      fqn: Fqn.of('demo', name),
      type,
      params: params.map((type, i) => ({ name: def?.args[i]?.name ?? `arg${i}`, type, kind: 'simple' })),
      defaults: defaults.map((value, i) => ({ value, type: params[params.length - defaults.length + i] })),
      node: def,
      closure: [],
      docstring: def?.docstring ?? null,
      forceInline: false,
      genericOrigin: null,
    } as unknown as SourceFunc
    return { kind: 'func', func: made }
  }
}

export function variable(valueType: SpyType): Bound {
  return (name) => ({ kind: 'cell', cell: { what: 'cell', fqn: Fqn.of('demo', name), valueType } as unknown as Cell })
}

export function constant(type: SpyType, value: Value): Bound {
  return () => ({ kind: 'const', type, value })
}

export function bindsType(type: SpyType): Bound {
  return () => ({ kind: 'const', type: TYPE, value: type })
}
