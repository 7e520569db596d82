/**
 * Comparisons that structs get by themselves: field by field, as functions of the program.
 */

import { primitiveFuncNamed } from '../../objects/builtin-funcs.ts'
import { BOOL, type ClassType, isClass, STR, type StructType } from '../../objects/types.ts'
import type { SourceFunc } from '../../objects/values.ts'
import type { Span } from '../../text/source.ts'
import type { TypedExpr, TypedFunc } from '../../typed/tree.ts'
import { condition } from './conditions.ts'
import { closureFrom, functionFrame } from './frames.ts'
import { blueOperand, constantTree, type Operand, redOperand, treeOf } from './operand.ts'
import { binary, call, getAttrNamed } from './operations.ts'
import { Typer } from './typer.ts'

type Comparison = '__eq__' | '__ne__'

/** `T::__eq__` and `T::__ne__`, or the missing one of them as the negation of the other. */
export function addEquality(t: Typer, struct: StructType | ClassType, span: Span): void {
  const hasEq = struct.members.has('__eq__')
  const hasNe = struct.members.has('__ne__')
  if (hasEq && hasNe) return
  // Objects are equal if they are the same.
  if (isClass(struct) && !hasEq && !hasNe) return
  if (!hasEq) addFunction(t, struct, '__eq__', span, hasNe)
  if (!hasNe) addFunction(t, struct, '__ne__', span, hasEq)
}

function addFunction(t: Typer, struct: StructType | ClassType, name: Comparison, span: Span, derived: boolean): void {
  const params = ['a', 'b'].map((param) => ({ name: param, type: struct, kind: 'simple' }) as const)
  const type = t.vm.funcType('red', 'plain', params, BOOL)
  const func: SourceFunc = {
    kind: 'func',
    origin: 'source',
    fqn: struct.fqn.join(name),
    type,
    params,
    defaults: [],
    node: null,
    closure: closureFrom(t.frame),
    prototype: span,
    docstring: null,
    forceInline: false,
    genericOrigin: null,
  }
  struct.members.set(name, { type, value: func })
  t.vm.addGlobal(func.fqn, { kind: 'func', func })
  if (isClass(struct)) t.vm.classFuncs.addMethod(func, struct, name)
  t.vm.synthetic.set(func, () => typedComparison(t, struct, func, name, span, derived))
}

function typedComparison(
  outer: Typer,
  struct: StructType | ClassType,
  func: SourceFunc,
  name: Comparison,
  span: Span,
  derived: boolean,
): TypedFunc {
  // The function has no names of its own but its parameters, which are read below without being looked up.
  const frame = functionFrame(outer.frame.table, closureFrom(outer.frame), func.fqn, func)
  const t = new Typer(
    {
      vm: outer.vm,
      scopes: outer.scopes,
      typeStmts: outer.typeStmts,
      frame,
      deferred: false,
      inliner: null,
      result: { type: BOOL, span },
    },
    span,
  )
  const read = (param: string): Operand =>
    redOperand({ kind: 'LocalRead', name: param, checked: false, type: struct, span })
  const value = t.guard('dopplerframe', () =>
    derived ? negated(t, struct, name, read, span) : fieldwise(t, struct, name, read, span),
  )
  return {
    fqn: func.fqn,
    type: func.type,
    params: func.params.map((param) => ({ name: param.name, type: param.type })),
    locals: t.locals,
    body: [{ kind: 'Return', value, span }],
    span,
    source: func,
  }
}

function negated(
  t: Typer,
  struct: StructType | ClassType,
  name: Comparison,
  read: (param: string) => Operand,
  span: Span,
): TypedExpr {
  const other = struct.members.get(name === '__eq__' ? '__ne__' : '__eq__')
  if (other === undefined) throw new Error('a derived comparison has one to derive from')
  const result = condition(t, call(t, blueOperand(other, span), [read('a'), read('b')], [], span))
  return { kind: 'Call', type: BOOL, span, func: primitiveFuncNamed('bool_not'), args: [treeOf(result)] }
}

/** `a.f == b.f and ...`; `__ne__` is the negation of the same expression. */
function fieldwise(
  t: Typer,
  struct: StructType | ClassType,
  name: Comparison,
  read: (param: string) => Operand,
  span: Span,
): TypedExpr {
  const fields = struct.kind === 'struct' ? struct.fields : []
  const equal = fields
    .map((field): TypedExpr => {
      const attr = blueOperand({ type: STR, value: field.name }, span)
      const side = (param: string): Operand => getAttrNamed(t, read(param), attr, span)
      return treeOf(condition(t, binary(t, '==', side('a'), side('b'), span)))
    })
    .reduceRight<TypedExpr | null>(
      (rest, test) => (rest === null ? test : { kind: 'And', type: BOOL, span, left: test, right: rest }),
      null,
    )
  const value = equal ?? constantTree({ type: BOOL, value: true }, span)
  if (name === '__eq__') return value
  return { kind: 'Call', type: BOOL, span, func: primitiveFuncNamed('bool_not'), args: [value] }
}
