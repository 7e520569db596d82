/**
 * What becomes of an operation once dispatch has chosen its implementation: a constant, a value computed now, or a call
 * that is left to do. Every operand is evaluated exactly once, in source order, whatever the implementation does with it.
 */

import { primitiveFuncNamed } from '../../objects/builtin-funcs.ts'
import type { ArgSpec, Conversion, OpImpl } from '../../objects/dispatch.ts'
import { asFault } from '../../objects/fault.ts'
import { BOOL, CLASS_FIELD, I32, isBoxed, isClass, NONE, type SpyType, STR } from '../../objects/types.ts'
import type { BlueValue, BuiltinFunc, FuncObject, Value } from '../../objects/values.ts'
import { SpyError } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { TypedExpr, TypedStmt } from '../../typed/tree.ts'
import { findConversion } from '../dispatch/conversions.ts'
import { RAISE } from '../dispatch/raise.ts'
import { checkInlineCall } from './inline-calls.ts'
import {
  assignsLocals,
  block,
  blueOperand,
  constantTree,
  convertedOperand,
  effectsOf,
  isPlain,
  type Operand,
  redOperand,
  treeOf,
} from './operand.ts'
import type { Typer } from './typer.ts'
import { isVariadic, variadicCall } from './variadic.ts'

/** The result of an operation on `operands`. */
export function apply(t: Typer, impl: OpImpl, operands: readonly Operand[], span: Span): Operand {
  switch (impl.kind) {
    case 'const':
      return blueOperand(impl.value, span, { before: operands.flatMap(effectsOf) })
    case 'call':
      return applyCall(t, impl.func, impl.args, operands, span)
    case 'indirect': {
      const { prelude, args } = place(t, impl.args, operands)
      const [callee, ...rest] = args as [TypedExpr, ...TypedExpr[]]
      const funcType = callee.type
      if (funcType.kind !== 'func') throw new Error('the callee of an indirect call has a function type')
      return withPrelude(prelude, { kind: 'IndirectCall', type: impl.result, span, callee, funcType, args: rest })
    }
  }
}

function applyCall(
  t: Typer,
  func: FuncObject,
  specs: readonly ArgSpec[],
  operands: readonly Operand[],
  span: Span,
): Operand {
  const isBlueCall = func.type.color === 'blue'
  const folds = func.pure === true && operands.length > 0 && operands.every((o) => o.color === 'blue')
  if (isBlueCall || folds) {
    const values = specs.map((spec) => blueArgument(t, spec, operands))
    if (values.every((value) => value !== undefined)) {
      const result = compute(t, func, values, span)
      return blueOperand(result, span, { type: func.type.result, before: operands.flatMap(effectsOf) })
    }
  }
  const { prelude, args } = place(t, specs, operands)
  return withPrelude(prelude, makeCall(t, func, args, span))
}

/** A call that is left to do; inlined if the function wants it and we redshift. */
export function makeCall(t: Typer, func: FuncObject, args: readonly TypedExpr[], span: Span): TypedExpr {
  const checked = func.origin === 'builtin' ? checkedField(t, func, args, span) : undefined
  if (checked !== undefined) return checked
  if (func.origin === 'source' && isVariadic(func)) {
    const instance = variadicCall(t, func, args, span)
    return makeCall(t, instance.func, instance.args, span)
  }
  if (func.origin === 'source' && func.forceInline) {
    if (t.inliner !== null) return t.inliner.inline(t, func, args, span)
    checkInlineCall(t, func, span)
  }
  return { kind: 'Call', type: func.type.result, span, func, args }
}

/** Reading a field of an object, if it can be unset: it has to be asked first. */
function checkedField(t: Typer, func: BuiltinFunc, args: readonly TypedExpr[], span: Span): TypedExpr | undefined {
  const { intrinsic } = func
  const [object, ...rest] = args
  if (intrinsic.kind !== 'ptrGetField' || object === undefined || !isClass(intrinsic.of)) return undefined
  const isSet = t.vm.classFuncs.fieldIsSet(intrinsic.of, intrinsic.field, func.type.result)
  if (isSet === undefined || intrinsic.field === CLASS_FIELD) return undefined
  const prelude: TypedStmt[] = []
  const self = object.kind === 'LocalRead' && !object.checked ? object : bind(t, object, prelude)
  const test: TypedExpr = {
    kind: 'Call',
    type: BOOL,
    span,
    func: primitiveFuncNamed('bool_not'),
    args: [{ kind: 'Call', type: BOOL, span, func: isSet, args: [self] }],
  }
  const text = (value: string): TypedExpr => constantTree({ type: STR, value }, span)
  const line = constantTree({ type: I32, value: span.file.lines.lineAt(span.start) }, span)
  const message = text('read from uninitialized field')
  const raise: TypedExpr = {
    kind: 'Call',
    type: NONE,
    span,
    func: RAISE,
    args: [text('Exception'), message, text(span.file.path), line],
  }
  prelude.push({ kind: 'If', test, then: [{ kind: 'ExprStmt', value: raise, span }], orElse: [], span })
  return block(prelude, { kind: 'Call', type: func.type.result, span, func, args: [self, ...rest] })
}

function withPrelude(prelude: readonly TypedStmt[], tree: TypedExpr): Operand {
  return redOperand(block(prelude, tree))
}

/** Run a function now. Faults of built-in ones become errors of the program. */
export function compute(t: Typer, func: FuncObject, args: readonly BlueValue[], span: Span): BlueValue {
  return t.within(span, () => {
    try {
      return t.vm.evaluator.call(func, args)
    } catch (error) {
      const fault = asFault(error)
      if (fault !== undefined) throw new SpyError({ class: fault.etype, message: fault.message, annotations: [] })
      throw error
    }
  })
}

/** The result of a call with constant arguments, of a function that does nothing else: `range(3)`, `1:2`. */
export function constantCall(t: Typer, tree: TypedExpr | null): Value | undefined {
  if (tree?.kind !== 'Call' || !tree.args.every((arg) => arg.kind === 'Constant')) return undefined
  return t.vm.evaluator.run(tree)
}

// ------------------------------------------------------------------------------------------------------ arguments

/** The value of an argument that is known now; undefined if its conversion is left to do. */
function blueArgument(t: Typer, spec: ArgSpec, operands: readonly Operand[]): BlueValue | undefined {
  switch (spec.kind) {
    case 'operand':
      return operands[spec.index]?.blue ?? undefined
    case 'const':
      return spec.value
    case 'convert': {
      const value = blueArgument(t, spec.arg, operands)
      if (value === undefined) return undefined
      return convertNow(t, spec.conversion, value, spec.span)
    }
  }
}

const JUST_THE_VALUE: readonly ArgSpec[] = [{ kind: 'operand', index: 0 }]

/** The converted value, if the conversion can be done at blue time. */
function convertNow(t: Typer, conversion: Conversion, value: BlueValue, span: Span): BlueValue | undefined {
  switch (conversion.kind) {
    case 'upcast':
      return value
    case 'const':
      return conversion.value
    case 'call': {
      const { func } = conversion
      if (func.type.color !== 'blue' && func.pure !== true) return undefined
      const { args = JUST_THE_VALUE } = conversion
      const operand = blueOperand(value, span)
      const values = args.map((arg) => blueArgument(t, arg, [operand]))
      return values.every((each) => each !== undefined) ? compute(t, func, values, span) : undefined
    }
    case 'make':
      return undefined
  }
}

interface Placed {
  /** Operands that could not stay where the implementation wants them, evaluated first. */
  readonly prelude: readonly TypedStmt[]
  readonly args: readonly TypedExpr[]
}

/**
 * The arguments of a call as expressions. If the implementation takes the operands in order, each once, they stand where
 * they are; otherwise those with effects are bound to temporaries before the call.
 */
function place(t: Typer, specs: readonly ArgSpec[], operands: readonly Operand[]): Placed {
  // The usual case: nothing has effects, so the order does not matter.
  if (operands.every(isSimple)) {
    return { prelude: [], args: specs.map((spec) => argumentTree(t, spec, (i) => treeOf(operands[i] as Operand))) }
  }
  const used = specs.flatMap(operandIndices)
  const trees = operands.map((operand, i) => (used.includes(i) ? treeOf(operand) : null))
  const delicate = operands.map((operand) => !isSimple(operand))
  const wanted = operands.map((_, i) => i).filter((i) => delicate[i])
  const usedDelicate = used.filter((i) => delicate[i])
  const inOrder = wanted.length === usedDelicate.length && wanted.every((index, i) => index === usedDelicate[i])
  const args = (): TypedExpr[] => specs.map((spec) => argumentTree(t, spec, (i) => trees[i] as TypedExpr))
  if (inOrder && !(isPermuted(used) && operands.some((o) => o.tree !== null && assignsLocals(o.tree)))) {
    return { prelude: [], args: args() }
  }
  const prelude: TypedStmt[] = []
  operands.forEach((operand, i) => {
    const tree = trees[i]
    if (tree === undefined || tree === null) {
      prelude.push(...effectsOf(operand))
    } else if (tree.kind !== 'Constant') {
      trees[i] = bind(t, tree, prelude)
    }
  })
  return { prelude, args: args() }
}

function operandIndices(spec: ArgSpec): readonly number[] {
  switch (spec.kind) {
    case 'operand':
      return [spec.index]
    case 'const':
      return []
    case 'convert':
      return operandIndices(spec.arg)
  }
}

function isPermuted(used: readonly number[]): boolean {
  return used.some((index, i) => i > 0 && index <= (used[i - 1] as number))
}

function isSimple(operand: Operand): boolean {
  return operand.tree === null ? operand.before.length === 0 : isPlain(operand.tree)
}

/** Evaluate `tree` now, as the last of `prelude`, and read it later. */
export function bind(t: Typer, tree: TypedExpr, prelude: TypedStmt[]): TypedExpr {
  const name = t.temporary(tree.type)
  prelude.push({ kind: 'AssignLocal', name, value: tree, span: tree.span })
  return { kind: 'LocalRead', name, checked: false, type: tree.type, span: tree.span }
}

/** @param treeAt  the operand with this number, as it stands in the call */
function argumentTree(t: Typer, spec: ArgSpec, treeAt: (index: number) => TypedExpr): TypedExpr {
  switch (spec.kind) {
    case 'operand':
      return treeAt(spec.index)
    case 'const':
      return constantTree(spec.value, spec.span)
    case 'convert': {
      const inner = argumentTree(t, spec.arg, treeAt)
      return convertTree(t, spec.conversion, inner, spec.span)
    }
  }
}

function convertTree(t: Typer, conversion: Conversion, tree: TypedExpr, span: Span): TypedExpr {
  if (tree.kind === 'Constant') {
    const now = convertNow(t, conversion, { type: tree.type, value: tree.value }, span)
    if (now !== undefined) return constantOf(now, conversion.to, span)
  }
  switch (conversion.kind) {
    case 'upcast':
      if (isClass(tree.type)) return makeCall(t, t.vm.classFuncs.box(tree.type, conversion.to), [tree], span)
      return { kind: 'Upcast', type: conversion.to, span, value: tree }
    case 'call':
      return converterCall(t, conversion.func, conversion.args ?? JUST_THE_VALUE, tree, span)
    case 'make':
      return block(
        isPlain(tree) ? [] : [{ kind: 'ExprStmt', value: tree, span }],
        makeCall(t, conversion.func, [], span),
      )
    case 'const':
      return block(isPlain(tree) ? [] : [{ kind: 'ExprStmt', value: tree, span }], constantTree(conversion.value, span))
  }
}

/** The value is evaluated once, whatever the function does with it. */
function converterCall(t: Typer, func: FuncObject, args: readonly ArgSpec[], value: TypedExpr, span: Span): TypedExpr {
  const isUsedOnce = args.flatMap(operandIndices).length === 1
  const prelude: TypedStmt[] = []
  const read = isUsedOnce || isPlain(value) ? value : bind(t, value, prelude)
  return block(
    prelude,
    makeCall(
      t,
      func,
      args.map((arg) => argumentTree(t, arg, () => read)),
      span,
    ),
  )
}

/** A constant seen through the static type `as`. */
function constantOf(value: BlueValue, as: SpyType, span: Span): TypedExpr {
  const tree = constantTree(value, span)
  return isBoxed(as) && !isBoxed(tree.type) ? { kind: 'Upcast', type: as, span, value: tree } : tree
}

// ----------------------------------------------------------------------------------------------------- conversions

/** The operand as a value of type `to`; errors blame the operand. */
export function convert(t: Typer, operand: Operand, to: SpyType): Operand {
  return t.within(operand.span, () => {
    const conversion = findConversion(t.vm, operand, to)
    return conversion === null ? operand : applyConversion(t, operand, conversion)
  })
}

export function applyConversion(t: Typer, operand: Operand, conversion: Conversion): Operand {
  const { span } = operand
  if (operand.blue !== null) {
    const now = convertNow(t, conversion, operand.blue, span)
    if (now !== undefined) return convertedOperand(now, conversion.to, span, operand.before)
  }
  return redOperand(convertTree(t, conversion, treeOf(operand), span))
}
