/**
 * Executing module bodies, in import order.
 */
import { isBoxed } from '../../objects/types.ts'
import type { BlueValue } from '../../objects/values.ts'
import type * as ast from '../../syntax/ast.ts'
import type { SymbolTable } from '../../syntax/scope.ts'
import { blame, note, SpyError } from '../../text/diagnostics.ts'
import { typeError } from '../dispatch/diagnostics.ts'
import { evalType, valueNow } from '../rules/annotations.ts'
import { bindBlue, declareClass, typeClassDef, typeFuncDef, typeGenericDef } from '../rules/definitions.ts'
import { alreadyDeclared } from '../rules/diagnostics.ts'
import { typeExpr } from '../rules/expressions.ts'
import { moduleFrame } from '../rules/frames.ts'
import { convertForSlot } from '../rules/names.ts'
import { blueOperand } from '../rules/operand.ts'
import { call } from '../rules/operations.ts'
import { typeStmts } from '../rules/statements.ts'
import { type ScopesOf, Typer } from '../rules/typer.ts'
import { CELL_TYPE, MODULE_TYPE, type ModuleObject, makeCell } from '../vm/objects.ts'
import { asFunc, type Vm } from '../vm/vm.ts'

/** What an import statement of the module refers to, by the name as written. */
export type ImportTargets = (written: string) => ModuleObject | undefined

/** Run the body of a module: its definitions become attributes of `module`. */
export function executeModule(
  vm: Vm,
  scopes: ScopesOf,
  node: ast.ModuleNode,
  table: SymbolTable,
  module: ModuleObject,
  imports: ImportTargets,
): void {
  const frame = moduleFrame(table, module)
  const t = new Typer({ vm, scopes, typeStmts, frame, deferred: true, inliner: null, result: null }, node.span)
  t.guard('modframe', () => {
    for (const decl of node.decls)
      if (decl.kind === 'GlobalClassDef') t.within(decl.span, () => declareClass(t, decl.classdef))
    for (const decl of node.decls) t.within(decl.span, () => executeDecl(t, decl, imports))
    runInit(t, module)
  })
}

function executeDecl(t: Typer, decl: ast.Decl, imports: ImportTargets): void {
  switch (decl.kind) {
    case 'Import':
      return executeImport(t, decl, imports)
    case 'GlobalFuncDef':
      typeFuncDef(t, decl.funcdef)
      return
    case 'GlobalGenericFuncDef':
      typeGenericDef(t, decl.funcdef)
      return
    case 'GlobalClassDef':
      typeClassDef(t, decl.classdef)
      return
    case 'GlobalGenericClassDef':
      typeGenericDef(t, decl.classdef)
      return
    case 'GlobalVarDef':
      return executeVarDef(t, decl.vardef)
  }
}

function executeImport(t: Typer, decl: ast.Import, imports: ImportTargets): void {
  const { ref, asname, span } = decl
  const shown = formatRef(ref)
  const module = imports(ref.module)
  if (module === undefined) {
    throw importError(`cannot import \`${shown}\``, [
      blame(`module \`${ref.module}\` does not exist`, span),
      note('this is likely a circular import (WIP)', span),
    ])
  }
  let value: BlueValue = { type: MODULE_TYPE, value: module }
  if (ref.attr !== null) {
    const attribute = module.attributes.get(ref.attr) ?? submodule(imports, ref.module, ref.attr)
    if (attribute === undefined) {
      const text = `attribute \`${ref.attr}\` does not exist in module \`${ref.module}\``
      throw importError(`cannot import \`${shown}\``, [blame(text, decl.asnameSpan)])
    }
    value = attribute
  }
  bindBlue(t, asname, value, span)
}

/** `from . import m` binds the module `m`. */
function submodule(imports: ImportTargets, from: string, name: string): BlueValue | undefined {
  if (!/^\.+$/.test(from)) return undefined
  const module = imports(`${from}${name}`)
  return module === undefined ? undefined : { type: MODULE_TYPE, value: module }
}

function formatRef(ref: ast.ImportRef): string {
  const module = ref.module.includes('.') ? `(${ref.module})` : ref.module
  return ref.attr === null ? module : `${module}.${ref.attr}`
}

function importError(message: string, annotations: ConstructorParameters<typeof SpyError>[0]['annotations']): SpyError {
  return new SpyError({ class: 'ImportError', message, annotations })
}

/** `[var|const] name [: type] = value`: the value first, then the annotation, then the binding. */
function executeVarDef(t: Typer, node: ast.VarDef): void {
  const { value: name } = node.name
  if (node.value === null) throw new Error('a module variable has a value')
  const operand = typeExpr(t, node.value)
  const typeSpan = node.type.kind === 'Auto' ? node.span : node.type.span
  const type = node.type.kind === 'Auto' ? operand.type : evalType(t, node.type)
  const value = valueNow(t, convertForSlot(t, operand, type, typeSpan))
  if (t.frame.table.symbols.get(name)?.storage !== 'cell') {
    bindBlue(t, name, value, node.span, typeSpan)
    return
  }
  const known = t.frame.locals.get(name)
  if (known !== undefined) throw alreadyDeclared(name, node.span, known.span)
  const fqn = t.vm.uniqueFqn(t.frame.namespace.join(name))
  const cell = makeCell(fqn, type, typeSpan, isBoxed(type) ? value : value.value)
  t.vm.addGlobal(fqn, { kind: 'cell', cell })
  t.frame.locals.set(name, { name, type, blue: null, cell, slot: name, span: node.span, typeSpan })
  t.frame.module.attributes.set(name, { type: CELL_TYPE, value: cell })
}

/** `__INIT__` is called with the module when its body has run. */
function runInit(t: Typer, module: ModuleObject): void {
  const value = module.attributes.get('__INIT__')
  if (value === undefined) return
  const func = asFunc(value)
  const span = t.frame.locals.get('__INIT__')?.span ?? t.at
  if (func === undefined || func.type.color !== 'blue') {
    throw typeError('the __INIT__ function must be @blue', [blame('function defined here', span)])
  }
  const { initialising } = t.vm
  t.vm.initialising = t.frame
  try {
    t.within(span, () => {
      call(t, blueOperand(value, span), [blueOperand({ type: MODULE_TYPE, value: module }, span)], [], span)
    })
  } finally {
    t.vm.initialising = initialising
  }
}
