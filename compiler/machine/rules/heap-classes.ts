/**
 * Classes without `@struct`: objects on the gc heap, with fields that change, methods that classes below can replace,
 * and identity.
 */
import { builtinFunc } from '../../objects/builtin-funcs.ts'
import { structLayout } from '../../objects/layout.ts'
import {
  CLASS_FIELD,
  type ClassType,
  defineStruct,
  I32,
  isClass,
  isSubtype,
  NONE,
  OBJECT,
  type SpyType,
  STR,
  type StructField,
  TYPE,
} from '../../objects/types.ts'
import type { BlueValue, DefaultValue, FuncObject, ParamInfo, SourceFunc } from '../../objects/values.ts'
import type * as ast from '../../syntax/ast.ts'
import { blame, SpyError } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { TypedExpr, TypedFunc, TypedStmt } from '../../typed/tree.ts'
import { definitionOf, functionDefinedHere, typeError } from '../dispatch/diagnostics.ts'
import { blueType } from '../dispatch/types.ts'
import { NEW_OBJECT } from '../vm/classes.ts'
import { asBlueObject, CLASSMETHOD_TYPE, LOC_TYPE, makeLoc, STATICMETHOD_TYPE } from '../vm/objects.ts'
import { asFunc } from '../vm/vm.ts'
import { evalType } from './annotations.ts'
import { addEquality } from './equality.ts'
import { closureFrom } from './frames.ts'
import { constantTree, exprStmt } from './operand.ts'
import type { Typer } from './typer.ts'

/** The class that a class statement names as its base; `object` if it names none. */
export function baseOf(t: Typer, node: ast.ClassDef): SpyType {
  if (node.base === null) return OBJECT
  const base = evalType(t, node.base)
  if (base === OBJECT) return OBJECT
  if (!isClass(base)) {
    throw typeError(`cannot derive from \`${t.vm.human(base)}\``, [
      blame('only classes without @struct can be a base', node.base.span),
    ])
  }
  if (base.item.state === 'declared') {
    throw typeError(`type \`${t.vm.human(base)}\` is declared but not defined yet`, [
      blame('this is a forward declaration', node.base.span),
    ])
  }
  return base
}

export interface ClassParts {
  readonly fields: readonly StructField[]
  readonly fieldSpans: ReadonlyMap<string, Span>
  readonly attributes: ReadonlyMap<string, BlueValue>
}

/** Give a class its fields, its members and its constructor. */
export function completeClass(t: Typer, node: ast.ClassDef, type: ClassType, parts: ClassParts): void {
  const { fields, fieldSpans, attributes } = parts
  refuseMembers(attributes)
  const inherited = isClass(type.base) ? type.base.item.fields : [{ name: CLASS_FIELD, type: TYPE }]
  for (const field of fields) checkFieldKind(t, type, field, fieldSpans.get(field.name) ?? node.span)
  for (const field of fields) checkInherited(t, type, field, inherited, fieldSpans.get(field.name) ?? node.span)
  for (const [name, value] of attributes) checkOverride(t, type, name, value, node.span)
  const own = fields.filter((field) => !inherited.some(({ name }) => name === field.name))
  defineStruct(type.item, [...inherited, ...own])
  for (const [name, value] of attributes) {
    type.members.set(name, value)
    const func = overridable(value)
    if (func !== undefined) t.vm.classFuncs.addMethod(func, type, name)
  }
  addEquality(t, type, node.span)
  const init = t.vm.lookupFunc(type, '__init__')
  if (init !== undefined) checkInit(t, init)
  const make = init === undefined || isSimple(init) ? makeConstructor(t, node, type, init) : undefined
  // An object that an expression gives to `__init__` itself is made without arguments.
  if (make === undefined) addMember(type, NEW_OBJECT, makeConstructor(t, node, type, 'nothing'))
  addMember(type, '__new__', make ?? withoutConstructor(t, type))
}

function addMember(type: ClassType, name: string, func: FuncObject): void {
  type.members.set(name, { type: func.type, value: func })
}

/** What a class is called through whose `__init__` only a call can choose. */
function withoutConstructor(t: Typer, type: ClassType): FuncObject {
  const { vm } = t
  const intrinsic = {
    kind: 'blue',
    run: {
      kind: 'metafunc',
      resolve: () => {
        throw typeError(`\`${vm.human(type)}\` is made by a call that names it`, [])
      },
    },
  } as const
  const funcType = vm.funcType('blue', 'metafunc', [], type)
  return builtinFunc(vm.uniqueFqn(type.fqn.join('__new__')), [], type, intrinsic, { type: funcType })
}

function refuseMembers(attributes: ReadonlyMap<string, BlueValue>): void {
  if (attributes.has('__new__')) {
    throw new SpyError({ class: 'WIP', message: '__new__ is not supported in heap classes', annotations: [] })
  }
  const close = asFunc(attributes.get('__del__'))
  if (close !== undefined) {
    throw typeError('__del__ is not supported: use with or an explicit close()', [blame('', definitionOf(close))])
  }
}

function checkFieldKind(t: Typer, type: ClassType, field: StructField, span: Span): void {
  const above = t.vm.lookup(type.base, field.name)
  if (above === undefined || kindOf(above) === 'field') return
  throw typeError(`${kindOf(above)} \`${t.vm.human(type)}::${field.name}\` does not match the one it overrides`, [
    blame('this is a field', span),
  ])
}

function checkInherited(
  t: Typer,
  type: ClassType,
  field: StructField,
  inherited: readonly StructField[],
  span: Span,
): void {
  const above = inherited.find(({ name }) => name === field.name)
  if (above === undefined || above.type === field.type) return
  throw typeError(`field \`${t.vm.human(type)}::${field.name}\` does not match the one it overrides`, [
    blame(`expected \`${t.vm.human(above.type)}\`, got \`${t.vm.human(field.type)}\``, span),
  ])
}

// ---------------------------------------------------------------------------------------------------------- methods

/** The function that a member is called through, if a class below can have another one. */
function overridable(member: BlueValue): FuncObject | undefined {
  const object = asBlueObject(member)
  if (object?.what === 'descriptor') {
    if (object.type === STATICMETHOD_TYPE || object.type === CLASSMETHOD_TYPE) return undefined
    return isPlain(object.func) ? object.func : undefined
  }
  const func = asFunc(member)
  return func !== undefined && isPlain(func) ? func : undefined
}

function isPlain(func: FuncObject): boolean {
  return func.type.color === 'red' && func.type.funcKind === 'plain'
}

function definitionOfMember(member: BlueValue): Span | undefined {
  const object = asBlueObject(member)
  const func = object?.what === 'descriptor' ? object.func : asFunc(member)
  return func === undefined ? undefined : definitionOf(func)
}

type MemberKind = 'field' | 'property' | 'static method' | 'class method' | 'method' | 'class attribute'

function kindOf(member: BlueValue): MemberKind {
  const object = asBlueObject(member)
  if (object?.what === 'field') return 'field'
  if (object?.what === 'descriptor') {
    if (object.type === STATICMETHOD_TYPE) return 'static method'
    return object.type === CLASSMETHOD_TYPE ? 'class method' : 'property'
  }
  return asFunc(member) === undefined ? 'class attribute' : 'method'
}

/** Code that calls the method of the base must be able to call this one: constructors are never called like that. */
function checkOverride(t: Typer, type: ClassType, name: string, value: BlueValue, at: Span): void {
  const above = t.vm.lookup(type.base, name)
  if (above === undefined || name === '__init__') return
  const func = overridable(value)
  const base = overridable(above)
  const [kind, wanted] = [kindOf(value), kindOf(above)]
  const place = definitionOfMember(value) ?? at
  if (kind !== wanted) {
    throw typeError(`${wanted} \`${t.vm.human(type)}::${name}\` does not match the one it overrides`, [
      blame(`this is a ${kind}`, place),
      ...(base === undefined ? [] : [functionDefinedHere(base)]),
    ])
  }
  if (base === undefined) return
  const sameParams =
    func !== undefined &&
    func.params.length === base.params.length &&
    func.params.every((param, i) => {
      const other = base.params[i] as ParamInfo
      return i === 0 || (param.type === other.type && param.kind === other.kind)
    })
  if (sameParams && isSubtype(func.type.result, base.type.result)) return
  throw typeError(`method \`${t.vm.human(type)}::${name}\` does not match the one it overrides`, [
    blame('this is the override', place),
    functionDefinedHere(base),
  ])
}

// ------------------------------------------------------------------------------------------------------ construction

/** `C::__new__`: a new object, given to `__init__` with all arguments; without one it takes a value for each field. */
function makeConstructor(
  t: Typer,
  node: ast.ClassDef,
  type: ClassType,
  given: FuncObject | 'nothing' | undefined,
): SourceFunc {
  const init = given === 'nothing' ? undefined : given
  const fields = given === undefined ? type.item.fields.slice(1) : []
  const params: readonly ParamInfo[] = init?.params.slice(1) ?? fields.map((field) => ({ ...field, kind: 'simple' }))
  const defaults: readonly DefaultValue[] = init?.origin === 'source' ? init.defaults : []
  const funcType = t.vm.funcType('red', 'plain', params, type)
  const fqn = t.vm.uniqueFqn(type.fqn.join(given === 'nothing' ? NEW_OBJECT : '__new__'))
  const func: SourceFunc = {
    kind: 'func',
    origin: 'source',
    fqn,
    type: funcType,
    params,
    defaults,
    node: null,
    closure: closureFrom(t.frame),
    prototype: init?.origin === 'source' ? init.prototype : node.span,
    docstring: null,
    forceInline: false,
    genericOrigin: null,
  }
  t.vm.addGlobal(fqn, { kind: 'func', func })
  t.vm.synthetic.set(func, () => typedConstructor(t, type, func, init, node.span))
  return func
}

/** All that a call needs to know about it is its type. */
function isSimple(init: FuncObject): boolean {
  return isPlain(init) && init.params.every((param) => param.kind === 'simple')
}

function checkInit(t: Typer, init: FuncObject): void {
  if (isPlain(init) && init.type.result !== NONE) {
    throw typeError(`__init__ must return \`None\`, not \`${t.vm.human(init.type.result)}\``, [
      functionDefinedHere(init),
    ])
  }
}

const SELF = '$object'

function typedConstructor(
  t: Typer,
  type: ClassType,
  func: SourceFunc,
  init: FuncObject | undefined,
  span: Span,
): TypedFunc {
  const { vm } = t
  const call = (callee: FuncObject, args: readonly TypedExpr[]): TypedExpr => ({
    kind: 'Call',
    type: callee.type.result,
    span,
    func: callee,
    args,
  })
  const number = (value: number): TypedExpr => constantTree({ type: I32, value }, span)
  const read = (name: string, of: SpyType): TypedExpr => ({ kind: 'LocalRead', name, checked: false, type: of, span })
  const self = read(SELF, type)
  const ptr = vm.ptrType('gc', type.item)
  const loc = constantTree({ type: LOC_TYPE, value: makeLoc(span) }, span)
  const made = call(vm.memoryFuncs.getItem(ptr), [call(vm.memoryFuncs.alloc(ptr), [number(1)]), number(0), loc])
  const offsets = structLayout(type.item, vm.options.mode)?.fields ?? []
  const store = (field: StructField, value: TypedExpr): TypedStmt => {
    const offset = offsets.find(({ name }) => name === field.name)?.offset ?? 0
    const name = constantTree({ type: STR, value: field.name }, span)
    return exprStmt(call(vm.memoryFuncs.setField(type, field.name, field.type), [self, name, number(offset), value]))
  }
  const [header, ...fields] = type.item.fields as readonly [StructField, ...StructField[]]
  const start: readonly TypedStmt[] = [
    {
      kind: 'AssignLocal',
      name: SELF,
      value: call(vm.classFuncs.reinterpret(made.type, type), [made]),
      span,
    },
    store(header, constantTree({ ...blueType(type), type: TYPE }, span)),
  ]
  const initialise = (): readonly TypedStmt[] => {
    if (init === undefined) {
      return fields.slice(0, func.params.length).map((field) => store(field, read(field.name, field.type)))
    }
    const receiver = init.params[0]?.type as SpyType
    const seen = receiver === type ? self : call(vm.classFuncs.reinterpret(type, receiver as ClassType), [self])
    return [exprStmt(call(init, [seen, ...func.params.map((param) => read(param.name, param.type))]))]
  }
  return {
    fqn: func.fqn,
    type: func.type,
    params: func.params.map(({ name, type: paramType }) => ({ name, type: paramType })),
    locals: [{ name: SELF, type }],
    body: [...start, ...initialise(), { kind: 'Return', value: self, span }],
    span,
    source: func,
  }
}
