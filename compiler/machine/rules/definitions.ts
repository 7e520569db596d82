/**
 * Executing `def` and `class`: the objects that they make, and the names that they bind.
 */

import { layoutOf } from '../../objects/layout.ts'
import {
  type ClassType,
  DYNAMIC,
  declareClassType,
  declareStruct,
  defineStruct,
  type FuncParam,
  isClass,
  type SpyType,
  STR,
  type StructField,
  type StructType,
  TYPE,
} from '../../objects/types.ts'
import type { BlueValue, DefaultValue, ParamInfo, SourceFunc, StructValue, Value } from '../../objects/values.ts'
import type * as ast from '../../syntax/ast.ts'
import { blame, invariant, SpyError } from '../../text/diagnostics.ts'
import { joinSpans, type Span } from '../../text/source.ts'
import type { TypedStmt } from '../../typed/tree.ts'
import { noLayout } from '../dispatch/attributes.ts'
import { mismatchedTypes, typeError } from '../dispatch/diagnostics.ts'
import { blueType } from '../dispatch/types.ts'
import { interpDictType } from '../vm/blue-containers.ts'
import { dynamicType } from '../vm/classes.ts'
import { customEquality } from '../vm/keys.ts'
import { asBlueObject, EMPTY_DICT_TYPE, type FieldObject, STRUCT_FIELD_TYPE } from '../vm/objects.ts'
import { asType } from '../vm/vm.ts'
import { evalNow, evalType, valueNow } from './annotations.ts'
import { condition } from './conditions.ts'
import { alreadyDeclared, noUnpacking, wrongUnpackCount } from './diagnostics.ts'
import { addEquality } from './equality.ts'
import { typeExpr } from './expressions.ts'
import { classFrame, closureFrom } from './frames.ts'
import { baseOf, completeClass } from './heap-classes.ts'
import { convertForSlot, keepBlue } from './names.ts'
import { blueOperand, treeOf } from './operand.ts'
import { call } from './operations.ts'
import { Typer } from './typer.ts'

// -------------------------------------------------------------------------------------------------------- binding

/** Bind a name to a value known now. Modules publish their names as attributes. */
export function bindBlue(t: Typer, name: string, bound: BlueValue, span: Span, typeSpan: Span = span): void {
  const value = isClass(bound.type) ? { ...bound, type: dynamicType(t.vm, bound) } : bound
  const known = t.frame.locals.get(name)
  if (known !== undefined && known.span !== span) throw alreadyDeclared(name, span, known.span)
  t.frame.locals.set(name, { name, type: value.type, blue: value, cell: null, slot: name, span, typeSpan })
  t.assigned.add(name)
  if (t.frame.kind === 'module') t.frame.module.attributes.set(name, value)
}

/** Bind the name of a definition in a function; in a module, nothing is left to do. */
function bindDefined(t: Typer, name: string, value: BlueValue, span: Span): readonly TypedStmt[] {
  bindBlue(t, name, value, span)
  const operand = blueOperand(value, span)
  return keepBlue(t, operand, name, { kind: 'AssignLocal', name, value: treeOf(operand), span })
}

// ------------------------------------------------------------------------------------------------------- functions

export function typeFuncDef(t: Typer, node: ast.FuncDef): readonly TypedStmt[] {
  const func = makeFunction(t, node)
  return bindDefined(t, node.name, decorate(t, func, node), node.prototypeSpan)
}

function makeFunction(t: Typer, node: ast.FuncDef): SourceFunc {
  const params = node.args.map((arg, i) => paramInfo(t, node, arg, i))
  const result = resultType(t, node)
  const type = t.vm.funcType(node.color, node.funcKind, params.map(funcParam), result)
  const bare = t.frame.namespace.join(node.name)
  const fqn = t.vm.uniqueFqn(node.decorators.length > 0 ? bare.withSuffix('__bare__') : bare)
  const func: SourceFunc = {
    kind: 'func',
    origin: 'source',
    fqn,
    type,
    params,
    defaults: node.defaults.map((value): DefaultValue => ({ ...evalNow(t, value), span: value.span })),
    node,
    closure: closureFrom(t.frame),
    prototype: node.prototypeSpan,
    docstring: node.docstring,
    forceInline: false,
    genericOrigin: null,
  }
  t.vm.addGlobal(fqn, { kind: 'func', func })
  return func
}

function funcParam(param: ParamInfo): FuncParam {
  return { type: param.type, kind: param.kind }
}

function paramInfo(t: Typer, node: ast.FuncDef, arg: ast.FuncArg, index: number): ParamInfo {
  return { name: arg.name, type: paramType(t, node, arg, index), kind: arg.argKind }
}

function paramType(t: Typer, node: ast.FuncDef, arg: ast.FuncArg, index: number): SpyType {
  if (arg.type.kind !== 'Auto') return evalType(t, arg.type)
  if (node.color === 'blue') return DYNAMIC
  if (index === 0 && t.frame.struct !== null) return t.frame.struct
  throw typeError(`missing type for argument '${arg.name}'`, [blame('type is missing here', arg.span)])
}

function resultType(t: Typer, node: ast.FuncDef): SpyType {
  if (node.returnType.kind !== 'Auto') return evalType(t, node.returnType)
  if (node.color === 'blue') return DYNAMIC
  throw typeError('missing return type', [blame('', node.returnType.span)])
}

/** Decorators from the bottom up, each called with what the one below made. */
function decorate(t: Typer, func: SourceFunc, node: ast.FuncDef): BlueValue {
  let value: BlueValue = { type: func.type, value: func }
  for (const decorator of [...node.decorators].reverse()) {
    const { span } = decorator
    const callee = typeExpr(t, decorator)
    const result = t.within(span, () => call(t, callee, [blueOperand(value, node.prototypeSpan)], [], span))
    if (result.blue === null) throw typeError('decorators must be @blue', [blame('this is red', span)])
    value = result.blue
  }
  return value
}

/** `def f[T](...)` and `class C[T]`: a blue generic function of the type parameters. */
export function typeGenericDef(t: Typer, node: ast.GenericFuncDef | ast.GenericClassDef): readonly TypedStmt[] {
  const params = node.args.map((arg): ParamInfo => ({ name: arg.name, type: DYNAMIC, kind: 'simple' }))
  const type = t.vm.funcType('blue', 'generic', params.map(funcParam), DYNAMIC)
  const fqn = t.vm.uniqueFqn(t.frame.namespace.join(node.name))
  const prototype = node.kind === 'GenericFuncDef' ? node.inner.prototypeSpan : node.inner.span
  const func: SourceFunc = {
    kind: 'func',
    origin: 'source',
    fqn,
    type,
    params,
    defaults: [],
    node,
    closure: closureFrom(t.frame),
    prototype,
    docstring: node.inner.docstring,
    forceInline: false,
    genericOrigin: null,
  }
  t.vm.addGlobal(fqn, { kind: 'func', func })
  return bindDefined(t, node.name, { type, value: func }, prototype)
}

// --------------------------------------------------------------------------------------------------------- classes

/** Declare a class whose statement comes later, so that types can refer to it before. */
export function declareClass(t: Typer, node: ast.ClassDef): StructType | ClassType {
  const fqn = t.vm.uniqueFqn(t.frame.namespace.join(node.name))
  const type = node.classKind === 'struct' ? declareStruct(fqn) : declareClassType(fqn)
  t.vm.addGlobal(fqn, { kind: 'type', type })
  bindBlue(t, node.name, blueType(type), node.span)
  return type
}

function isDeclaredOnly(type: SpyType | undefined): type is StructType | ClassType {
  if (type === undefined) return false
  return (isClass(type) ? type.item : type.kind === 'struct' ? type : undefined)?.state === 'declared'
}

export function typeClassDef(t: Typer, node: ast.ClassDef): readonly TypedStmt[] {
  const declared = asType(t.frame.locals.get(node.name)?.blue)
  const known = isDeclaredOnly(declared) ? declared : undefined
  if (known === undefined && declared !== undefined) {
    throw alreadyDeclared(node.name, node.span, t.frame.locals.get(node.name)?.span ?? node.span)
  }
  const type = known ?? declareClass(t, node)
  if (type.kind === 'ref') type.base = baseOf(t, node)
  const body = runClassBody(t, node, type)
  if (type.kind === 'ref') finishClass(t, node, type, body)
  else finishStruct(t, node, type, body)
  return bindDefined(t, node.name, blueType(type), node.span)
}

interface ClassBody {
  readonly fields: readonly StructField[]
  readonly fieldSpans: ReadonlyMap<string, Span>
  readonly attributes: ReadonlyMap<string, BlueValue>
}

function runClassBody(t: Typer, node: ast.ClassDef, type: StructType | ClassType): ClassBody {
  const table = t.scopes.tablesOf(t.frame.module.name).tables.get(node)
  invariant(table !== undefined, 'every class has a symbol table')
  const frame = classFrame(table, closureFrom(t.frame), type)
  const inner = new Typer(
    { vm: t.vm, scopes: t.scopes, typeStmts: t.typeStmts, frame, deferred: true, inliner: null, result: null },
    node.bodySpan,
  )
  const fields: Fields = new Map()
  inner.guard('classframe', () => runClassStmts(inner, node.body, fields))
  const attributes = new Map<string, BlueValue>()
  for (const local of frame.locals.values()) if (local.blue !== null) attributes.set(local.name, local.blue)
  return {
    fields: [...fields].map(([name, { type }]) => ({ name, type })),
    fieldSpans: new Map([...fields].map(([name, { span }]) => [name, span])),
    attributes,
  }
}

type Fields = Map<string, { readonly type: SpyType; readonly span: Span; readonly typeSpan: Span }>

function runClassStmts(t: Typer, stmts: readonly ast.Stmt[], fields: Fields): void {
  for (const stmt of stmts) t.within(stmt.span, () => runClassStmt(t, stmt, fields))
}

function runClassStmt(t: Typer, stmt: ast.Stmt, fields: Fields): void {
  switch (stmt.kind) {
    case 'Pass':
      return
    case 'VarDef':
      return declareField(t, stmt, fields)
    case 'Assign':
      return assignAttribute(t, stmt, fields)
    case 'If': {
      const test = valueNow(t, condition(t, typeExpr(t, stmt.test)))
      return runClassStmts(t, test.value === true ? stmt.thenBody : stmt.elseBody, fields)
    }
    case 'FuncDef':
      if (fields.has(stmt.name)) throw alreadyDeclared(stmt.name, stmt.prototypeSpan, fieldSpan(fields, stmt.name))
      typeFuncDef(t, stmt)
      return
    default:
      throw typeError(`\`${stmt.kind}\` not supported inside a classdef`, [blame('this is not supported', stmt.span)])
  }
}

function fieldSpan(fields: Fields, name: string): Span {
  return (fields.get(name) as { readonly span: Span }).span
}

function declareField(t: Typer, stmt: ast.VarDef, fields: Fields): void {
  const name = stmt.name.value
  if (stmt.value !== null) {
    throw typeError('default values in fields not supported yet', [blame('this is not supported', stmt.value.span)])
  }
  const before = fields.get(name)?.span ?? t.frame.locals.get(name)?.span
  if (before !== undefined) throw alreadyDeclared(name, stmt.span, before)
  fields.set(name, { type: evalType(t, stmt.type), span: stmt.span, typeSpan: stmt.type.span })
}

function assignAttribute(t: Typer, stmt: ast.Assign, fields: Fields): void {
  const { target, value } = stmt
  if (target.kind === 'UnpackTarget') return unpackAttributes(t, target, value, fields)
  if (target.name.value === '__extra_fields__') return declareExtraFields(t, value, fields)
  bindAttribute(t, target.name, evalNow(t, value), value.span, fields)
}

/** The name keeps the type that it has been declared with. A field of the name is none any more. */
function bindAttribute(t: Typer, target: ast.StrLiteral, value: BlueValue, valueSpan: Span, fields: Fields): void {
  const { value: name, span } = target
  const declared = fields.get(name) ?? t.frame.locals.get(name)
  const type = declared?.type ?? value.type
  const typeSpan = declared?.typeSpan ?? valueSpan
  const converted = valueNow(t, convertForSlot(t, blueOperand(value, valueSpan), type, typeSpan))
  fields.delete(name)
  t.frame.locals.set(name, { name, type, blue: converted, cell: null, slot: name, span, typeSpan })
}

function unpackAttributes(t: Typer, target: ast.UnpackTarget, node: ast.Expr, fields: Fields): void {
  const value = evalNow(t, node)
  const items = itemsOf(t, value)
  if (items === undefined) throw noUnpacking(t.vm, value.type, node.span)
  const names = target.targets.map((item) => item.name)
  const first = names[0]?.span ?? target.span
  const last = names[names.length - 1]?.span ?? target.span
  if (names.length !== items.length) {
    throw wrongUnpackCount(joinSpans(first, last), names.length, node.span, items.length)
  }
  names.forEach((name, i) => {
    bindAttribute(t, name, items[i] as BlueValue, node.span, fields)
  })
}

function itemsOf(t: Typer, value: BlueValue): readonly BlueValue[] | undefined {
  const object = asBlueObject(value)
  if (object?.what === 'interpTuple') return object.items
  const { type } = value
  if (type.kind !== 'struct' || !t.vm.isTuple(type)) return undefined
  const { fields } = value.value as StructValue
  return type.fields.map((field, i) => ({ type: field.type, value: fields[i] as Value }))
}

/** `__extra_fields__ = {"x": T}` declares fields whose names are computed; so does an `interp_dict[str, type]`. */
function declareExtraFields(t: Typer, node: ast.Expr, fields: Fields): void {
  if (node.kind !== 'Dict') {
    const value = evalNow(t, node)
    const object = asBlueObject(value)
    const wanted = interpDictType(t.vm, STR, TYPE)
    if (value.type === EMPTY_DICT_TYPE) return
    if (object?.what !== 'interpDict' || value.type !== wanted)
      throw mismatchedTypes(t.vm, wanted, value.type, node.span)
    for (const { key, value: type } of object.entries.values()) {
      declareExtraField(key.value as string, asType(type) as SpyType, node.span, fields)
    }
    return
  }
  for (const { key, value } of node.items) {
    const name = evalNow(t, key)
    if (name.type !== STR) throw mismatchedTypes(t.vm, STR, name.type, key.span)
    declareExtraField(name.value as string, evalType(t, value), key.span, fields)
  }
}

function declareExtraField(name: string, type: SpyType, span: Span, fields: Fields): void {
  const before = fields.get(name)?.span
  if (before !== undefined) throw alreadyDeclared(name, span, before)
  fields.set(name, { type, span, typeSpan: span })
}

function finishStruct(t: Typer, node: ast.ClassDef, struct: StructType, body: ClassBody): void {
  refuseMake(body)
  for (const field of body.fields) checkField(t, struct, field, body.fieldSpans.get(field.name) ?? node.span)
  addFieldMembers(struct, body.fields)
  for (const [name, value] of body.attributes) struct.members.set(name, value)
  completeStruct(t, struct, body.fields, node.span)
}

function finishClass(t: Typer, node: ast.ClassDef, type: ClassType, body: ClassBody): void {
  refuseMake(body)
  for (const field of body.fields) checkField(t, type, field, body.fieldSpans.get(field.name) ?? node.span)
  addFieldMembers(type, body.fields)
  completeClass(t, node, type, body)
}

function refuseMake(body: ClassBody): void {
  if (!body.attributes.has('__make__')) return
  throw new SpyError({ class: 'WIP', message: 'you cannot define your own __make__', annotations: [] })
}

function addFieldMembers(type: SpyType, fields: readonly StructField[]): void {
  for (const field of fields) {
    const object: FieldObject = {
      kind: 'object',
      type: STRUCT_FIELD_TYPE,
      what: 'field',
      name: field.name,
      fieldType: field.type,
    }
    type.members.set(field.name, { type: STRUCT_FIELD_TYPE, value: object })
  }
}

/** Give a struct its fields, its constructor and, unless it has its own, its comparisons. */
export function completeStruct(t: Typer, struct: StructType, fields: readonly StructField[], span: Span): void {
  defineStruct(struct, fields)
  const make = t.vm.structFuncs.maker(struct)
  struct.members.set('__make__', { type: make.type, value: make })
  if (!struct.members.has('__new__')) struct.members.set('__new__', { type: make.type, value: make })
  if (struct.members.has('__eq__') || struct.members.has('__ne__')) customEquality.add(struct)
  addEquality(t, struct, span)
}

function checkField(t: Typer, struct: SpyType, field: StructField, span: Span): void {
  if (field.type === struct && struct.kind === 'struct') {
    throw typeError(`struct \`${t.vm.human(struct)}\` contains itself by value`, [
      blame(`this field has type \`${t.vm.human(struct)}\``, span),
    ])
  }
  if (layoutOf(field.type, t.vm.options.mode) === undefined) throw noLayout(t.vm, field.type, span)
}
