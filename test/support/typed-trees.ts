/**
 * Typed trees written by hand, for tests of stages behind redshift.
 */
import { builtinFunc, primitiveFuncNamed } from '../../compiler/objects/builtin-funcs.ts'
import { Fqn, parseFqn } from '../../compiler/objects/fqn.ts'
import type { LayoutMode } from '../../compiler/objects/layout.ts'
import {
  BOOL,
  declareStruct,
  defineStruct,
  F64,
  I32,
  makeFuncType,
  makePtrType,
  makeRefType,
  NONE,
  OBJECT,
  opaqueType,
  type PtrType,
  type RefType,
  type SpyType,
  STR,
  type StructType,
} from '../../compiler/objects/types.ts'
import type { BuiltinFunc, Cell, FuncObject, SourceFunc, Value } from '../../compiler/objects/values.ts'
import type { FuncDef } from '../../compiler/syntax/ast.ts'
import { SourceFile, type Span } from '../../compiler/text/source.ts'
import type {
  Block,
  Call,
  CellRead,
  Constant,
  HeapImage,
  IfExp,
  LocalRead,
  ModuleAttribute,
  TypedExpr,
  TypedFunc,
  TypedLocal,
  TypedModule,
  TypedProgram,
  TypedStmt,
} from '../../compiler/typed/tree.ts'

/** Forty numbered lines, so that statements can stand on different ones. */
export const FILE = new SourceFile(
  '/p/test.spy',
  Array.from({ length: 40 }, (_, index) => `line ${String(index + 1).padStart(2, '0')} of the test\n`).join(''),
)

const LINE_LENGTH = 'line 01 of the test\n'.length

/** The place of nodes that are made without one. */
let here: Span = FILE.span(0, 4)

/** The nodes made from now on stand on this line. */
export function onLine(line: number): void {
  here = FILE.span((line - 1) * LINE_LENGTH, (line - 1) * LINE_LENGTH + 4)
}

// ---------------------------------------------------------------------------------------------------- expressions

export function constant(type: SpyType, value: Value): Constant {
  return { kind: 'Constant', type, value, span: here }
}

export const int = (value: number): Constant => constant(I32, value)
export const float = (value: number): Constant => constant(F64, value)
export const bool = (value: boolean): Constant => constant(BOOL, value)
export const text = (value: string): Constant => constant(STR, value)
export const none = (): Constant => constant(NONE, null)

export function local(name: string, type: SpyType = I32, checked = false): LocalRead {
  return { kind: 'LocalRead', name, type, checked, span: here }
}

export function cellRead(cell: Cell): CellRead {
  return { kind: 'CellRead', cell, type: cell.valueType, span: here }
}

export function call(func: FuncObject, ...args: readonly TypedExpr[]): Call {
  return { kind: 'Call', func, args, type: func.type.result, span: here }
}

/** A primitive operation by its name, as `op('i32_add', a, b)`. */
export function op(name: string, ...args: readonly TypedExpr[]): Call {
  return call(primitiveFuncNamed(name), ...args)
}

export function and(left: TypedExpr, right: TypedExpr): TypedExpr {
  return { kind: 'And', left, right, type: BOOL, span: here }
}

export function or(left: TypedExpr, right: TypedExpr): TypedExpr {
  return { kind: 'Or', left, right, type: BOOL, span: here }
}

export function choose(test: TypedExpr, then: TypedExpr, orElse: TypedExpr): IfExp {
  return { kind: 'IfExp', test, then, orElse, type: then.type, span: here }
}

export function walrus(target: string | Cell, value: TypedExpr): TypedExpr {
  return typeof target === 'string'
    ? { kind: 'AssignExpr', name: target, value, type: value.type, span: here }
    : { kind: 'AssignCellExpr', cell: target, value, type: value.type, span: here }
}

export function block(body: readonly TypedStmt[], value: TypedExpr): Block {
  return { kind: 'Block', body, value, type: value.type, span: here }
}

// ----------------------------------------------------------------------------------------------------- statements

export const pass = (): TypedStmt => ({ kind: 'Pass', span: here })
export const leave = (): TypedStmt => ({ kind: 'Break', span: here })
export const next = (): TypedStmt => ({ kind: 'Continue', span: here })
export const ret = (value: TypedExpr): TypedStmt => ({ kind: 'Return', value, span: here })
export const run = (value: TypedExpr): TypedStmt => ({ kind: 'ExprStmt', value, span: here })

export function assign(target: string | Cell, value: TypedExpr): TypedStmt {
  return typeof target === 'string'
    ? { kind: 'AssignLocal', name: target, value, span: here }
    : { kind: 'AssignCell', cell: target, value, span: here }
}

export function declare(name: string, type: SpyType, value: TypedExpr | null = null): TypedStmt {
  return { kind: 'Declare', name, type, value, span: here }
}

export function when(test: TypedExpr, then: readonly TypedStmt[], orElse: readonly TypedStmt[] = []): TypedStmt {
  return { kind: 'If', test, then, orElse, span: here }
}

export function loop(test: TypedExpr, body: readonly TypedStmt[]): TypedStmt {
  return { kind: 'While', test, body, span: here }
}

export function check(test: TypedExpr, message: TypedExpr | null = null): TypedStmt {
  return { kind: 'Assert', test, message, span: here }
}

export function unpack(
  value: TypedExpr,
  targets: readonly (readonly [target: string | Cell | null, item: string, convert: TypedExpr])[],
): TypedStmt {
  return {
    kind: 'Unpack',
    value,
    struct: value.type as StructType,
    targets: targets.map(([target, item, convert]) => ({ target, item, convert })),
    span: here,
  }
}

// --------------------------------------------------------------------------------------------------------- objects

export function params(...pairs: readonly (readonly [name: string, type: SpyType])[]): readonly TypedLocal[] {
  return pairs.map(([name, type]) => ({ name, type }))
}

/** What a call of a SPy function names. */
export function sourceFunc(
  fqn: string,
  parameters: readonly TypedLocal[] = [],
  result: SpyType = NONE,
  forceInline = false,
): SourceFunc {
  const infos = parameters.map((param) => ({ ...param, kind: 'simple' }) as const)
  return {
    kind: 'func',
    origin: 'source',
    fqn: parseFqn(fqn),
    type: makeFuncType('red', 'plain', infos, result),
    params: infos,
    defaults: [],
    node: {} as FuncDef,
    closure: [],
    prototype: here,
    docstring: null,
    forceInline,
    genericOrigin: null,
  }
}

/** The tree of a SPy function. */
export function define(source: SourceFunc, locals: readonly TypedLocal[], body: readonly TypedStmt[]): TypedFunc {
  const parameters = source.params.map(({ name, type }) => ({ name, type }))
  return { fqn: source.fqn, type: source.type, params: parameters, locals, body, span: here, source }
}

export function cell(fqn: string, valueType: SpyType, current: Value): Cell {
  const type = opaqueType(Fqn.of('types', 'Cell'), OBJECT, 'reference')
  return { kind: 'object', type, what: 'cell', fqn: parseFqn(fqn), valueType, typeSpan: here, current }
}

export function struct(fqn: string, ...fields: readonly (readonly [name: string, type: SpyType])[]): StructType {
  const type = declareStruct(parseFqn(fqn))
  defineStruct(
    type,
    fields.map(([name, fieldType]) => ({ name, type: fieldType })),
  )
  return type
}

export function makeOf(type: StructType): BuiltinFunc {
  const fields = type.fields.map((field) => [field.name, field.type] as const)
  return builtinFunc(type.fqn.join('__make__'), fields, type, { kind: 'structMake', struct: type })
}

export function getterOf(type: StructType, field: string): BuiltinFunc {
  const found = type.fields.find(({ name }) => name === field)
  if (found === undefined) throw new Error(`${type.fqn} has no field ${field}`)
  const intrinsic = { kind: 'structGet', struct: type, field } as const
  return builtinFunc(type.fqn.join(`__get_${field}__`), [['self', type]], found.type, intrinsic)
}

/** The operations of one pointer type and of the references to its items. */
export class PtrFuncs {
  readonly ptr: PtrType
  readonly ref: RefType

  constructor(memory: 'raw' | 'gc', item: SpyType) {
    this.ptr = makePtrType(memory, item)
    this.ref = makeRefType(memory, item)
  }

  get alloc(): BuiltinFunc {
    return builtinFunc(this.ptr.fqn.join('alloc'), [['n', I32]], this.ptr, { kind: 'ptrAlloc', ptr: this.ptr })
  }

  get getitem(): BuiltinFunc {
    const byRef = this.ptr.item.kind === 'struct'
    const fqn = this.ptr.fqn.join(byRef ? 'getitem_byref' : 'getitem_byval')
    const intrinsic = { kind: 'ptrGetItem', ptr: this.ptr, byRef } as const
    const result = byRef ? this.ref : this.ptr.item
    return builtinFunc(
      fqn,
      [
        ['p', this.ptr],
        ['i', I32],
      ],
      result,
      intrinsic,
    )
  }

  get store(): BuiltinFunc {
    return builtinFunc(
      this.ptr.fqn.join('store'),
      [
        ['p', this.ptr],
        ['i', I32],
        ['v', this.ptr.item],
      ],
      NONE,
      { kind: 'ptrSetItem', ptr: this.ptr },
    )
  }

  /** `of.field`; with `fieldRef` a reference to a field that is a struct. */
  getfield(of: PtrType | RefType, field: string, type: SpyType, fieldRef?: RefType): BuiltinFunc {
    const fqn = Fqn.of('unsafe').join('ptr_getfield', [(fieldRef ?? type).fqn])
    const byRef = fieldRef !== undefined
    return builtinFunc(fqn.join(byRef ? 'byref' : 'byval'), [['p', of]], fieldRef ?? type, {
      kind: 'ptrGetField',
      of,
      field,
      byRef,
    })
  }

  setfield(of: PtrType | RefType, field: string, type: SpyType): BuiltinFunc {
    const fqn = Fqn.of('unsafe').join('ptr_setfield', [type.fqn]).join('impl')
    return builtinFunc(
      fqn,
      [
        ['p', of],
        ['v', type],
      ],
      NONE,
      { kind: 'ptrSetField', of, field },
    )
  }
}

/** `operator::raise(etype, message, file, line)`. */
export function raise(etype: string, message: TypedExpr, line = 1): Call {
  const signature = [
    ['etype', STR],
    ['message', STR],
    ['filename', STR],
    ['lineno', I32],
  ] as const
  const func = builtinFunc(Fqn.of('operator', 'raise'), signature, NONE, { kind: 'raise' })
  return call(func, text(etype), message, text(FILE.path), int(line))
}

// -------------------------------------------------------------------------------------------------------- programs

export const EMPTY_IMAGE: HeapImage = {
  blockAt: () => undefined,
  read: () => {
    throw new Error('there is nothing in this image')
  },
}

export interface ProgramParts {
  readonly functions?: readonly TypedFunc[]
  readonly cells?: readonly Cell[]
  readonly image?: HeapImage
  readonly mode?: LayoutMode
  /** Attributes of module `test`, where they are not just its functions and cells. */
  readonly attributes?: ReadonlyMap<string, ModuleAttribute>
  readonly humanName?: (fqn: Fqn) => string
}

/** A program of one module, `test`. */
export function program(parts: ProgramParts): TypedProgram {
  const functions = parts.functions ?? []
  const cells = parts.cells ?? []
  const attributes = new Map<string, ModuleAttribute>()
  for (const func of functions) {
    if (func.source !== null) attributes.set(func.fqn.last.name, { kind: 'func', func: func.source })
  }
  for (const one of cells) attributes.set(one.fqn.last.name, { kind: 'cell', cell: one })
  const module: TypedModule = {
    name: 'test',
    file: FILE.path,
    isLibrary: false,
    attributes: parts.attributes ?? attributes,
  }
  return {
    mode: parts.mode ?? 'debug',
    modules: [module],
    functions: new Map(functions.map((func) => [func.fqn.text, func])),
    cells: new Map(cells.map((one) => [one.fqn.text, one])),
    image: parts.image ?? EMPTY_IMAGE,
    humanName: parts.humanName ?? ((fqn) => fqn.debugName),
  }
}
