/**
 * Operations on `dynamic` values while they run: the operands become operands of their dynamic types, as red as they
 * were, and then the operation is typed and run like any other.
 */
import { isAlwaysKnown } from '../../objects/boxes.ts'
import type { DynamicOperation } from '../../objects/intrinsics.ts'
import { BOOL, I32, isBoxed, isSubtype } from '../../objects/types.ts'
import type { BlueValue, FuncObject } from '../../objects/values.ts'
import type { BinaryOp } from '../../syntax/ast.ts'
import { invariant, SpyError } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { TypedStmt } from '../../typed/tree.ts'
import { hasAttribute } from '../dispatch/attributes.ts'
import { noSuchOperation, typeError } from '../dispatch/diagnostics.ts'
import type { BinaryToken, UnaryToken } from '../dispatch/operators.ts'
import { dispatchIn, dispatchUnary } from '../dispatch/operators.ts'
import { apply } from '../rules/apply.ts'
import { condition } from '../rules/conditions.ts'
import { formatConverted } from '../rules/formatting.ts'
import { moduleFrame } from '../rules/frames.ts'
import { blueOperand, constantTree, type Operand, redOperand, treeOf } from '../rules/operand.ts'
import { binary, call, callMethod, getAttrNamed, getItem, stringOf, type TypedKeyword } from '../rules/operations.ts'
import { inPlace, setAttrNamed, setItemOf, typeStmts } from '../rules/statements.ts'
import { type Inliner, type ScopesOf, Typer } from '../rules/typer.ts'
import { checkUnpacking } from '../rules/unpacking.ts'
import { dynamicType } from '../vm/classes.ts'
import { makeModule, NONE_VALUE } from '../vm/objects.ts'
import { ITEM_AT, ITERATOR_OF_ANY } from '../vm/tuple-names.ts'
import { asFunc, type Vm } from '../vm/vm.ts'
import { emptyTable } from './empty-table.ts'

/** What running an operation needs of the machine. */
export interface DynamicHost extends ScopesOf {
  readonly vm: Vm
}

const MODULE = makeModule('', '', true)

/**
 * Errors are those of the operation, at `span`, without the note that says which operator was asked.
 *
 * @param known  for each operand, if its value was known when the operation was typed
 */
export function runDynamic(
  host: DynamicHost,
  operation: DynamicOperation,
  operands: readonly BlueValue[],
  known: readonly boolean[],
  span: Span,
): BlueValue {
  const t = dynamicTyper(host.vm, host, null, span)
  try {
    const args = operandsOf(operation, operands, known, span)
    if (operation.kind === 'setAttr' || operation.kind === 'setItem') {
      for (const stmt of typeSetting(t, operation, args, span))
        if (stmt.kind === 'ExprStmt') host.vm.evaluator.run(stmt.value)
      return NONE_VALUE
    }
    return now(t, typeOperation(t, operation, args, span))
  } catch (error) {
    if (operation.kind === 'binary' && isUniversal(operation.op) && isTypeError(error)) {
      return { type: BOOL, value: operation.op === '!=' }
    }
    throw error instanceof SpyError ? withoutCalledHere(error) : error
  }
}

/** Names of parameters and defaults are no part of the type of a function: what is called has to be found out. */
export function saysMoreThanItsType(func: FuncObject, operation: { readonly kind: string }): boolean {
  if (operation.kind !== 'call') return false
  const isNamed = 'keywords' in operation && (operation.keywords as readonly string[]).length > 0
  return isNamed || (func.origin === 'source' && func.defaults.length > 0)
}

/** Red operands have trees of their values. Between primitives nobody sees the difference, and blue ones are faster. */
function operandsOf(
  operation: DynamicOperation,
  operands: readonly BlueValue[],
  known: readonly boolean[],
  span: Span,
): readonly Operand[] {
  const arePrimitive = operands.every(({ type }) => type.kind === 'primitive')
  return operands.map((value, i) => {
    const func = i === 0 ? asFunc(value) : undefined
    const isToldApart = func !== undefined && saysMoreThanItsType(func, operation)
    const isBlue = arePrimitive || known[i] === true || isToldApart || isAlwaysKnown(value.type)
    return isBlue ? blueOperand(value, span) : redOperand(constantTree(value, span))
  })
}

/**
 * A typer for operations that stand in no function.
 *
 * @param inliner  null where the code runs at once
 */
export function dynamicTyper(vm: Vm, scopes: ScopesOf, inliner: Inliner | null, span: Span): Typer {
  const frame = moduleFrame(emptyTable(''), MODULE)
  return new Typer({ vm, scopes, typeStmts, frame, deferred: inliner === null, inliner, result: null }, span)
}

type Setting = Extract<DynamicOperation, { readonly kind: 'setAttr' | 'setItem' }>

/** The operation on operands of known types, if it is one that has no value. */
export function typeSetting(t: Typer, operation: Setting, args: readonly Operand[], span: Span): readonly TypedStmt[] {
  if (operation.kind === 'setItem') return setItemOf(t, args, span)
  return setAttrNamed(t, at(args, 0), at(args, 1), at(args, 2), span)
}

/** The operation on operands of known types. */
export function typeOperation(
  t: Typer,
  operation: Exclude<DynamicOperation, Setting>,
  args: readonly Operand[],
  span: Span,
): Operand {
  const [first, second] = args
  invariant(first !== undefined, 'a dynamic operation has an operand')
  switch (operation.kind) {
    case 'binary':
      if (MAKING_TUPLES.has(operation.op)) refuseTuples(t, operation.op, args)
      return binary(t, operation.op as BinaryToken, first, at(args, 1), span)
    case 'contains':
      return condition(t, apply(t, dispatchIn(t.vm, first, at(args, 1), span), args, span))
    case 'unary': {
      const impl = dispatchUnary(t.vm, operation.op as UnaryToken, first, span)
      return impl === null ? first : apply(t, impl, [first], span)
    }
    case 'inPlace':
      if (MAKING_TUPLES.has(operation.op)) refuseTuples(t, operation.op, args)
      return inPlace(t, operation.op as BinaryOp, first, at(args, 1), span)
    case 'call': {
      const { positional, keywords } = named(args.slice(1), operation.keywords, span)
      return call(t, first, positional, keywords, span)
    }
    case 'callMethod': {
      const method = second?.blue?.value as string
      const { positional, keywords } = named(args.slice(2), operation.keywords, span)
      // A loop over values of any type takes the items of a tuple one after the other, whatever their types.
      const name = method === '__fastiter__' && t.vm.isTuple(first.type) ? ITERATOR_OF_ANY : method
      return callMethod(t, first, name, span, positional, keywords, span)
    }
    case 'getAttrOr':
      if (!hasAttribute(t.vm, first, at(args, 1))) return at(args, 2)
      return getAttrNamed(t, first, at(args, 1), span)
    case 'getAttr':
      return getAttrNamed(t, first, at(args, 1), span)
    case 'hasAttr':
      return call(t, blueOperand(t.vm.builtin('hasattr'), span), args, [], span)
    case 'getItem':
      if (t.vm.isTuple(first.type) && second?.type.fqn.text === '_slice::Slice') {
        throw typeError('tuple index must be blue', [])
      }
      if (t.vm.isTuple(first.type) && second?.type === I32 && second.blue === null) {
        return callMethod(t, first, ITEM_AT, span, [second], [], span)
      }
      return getItem(t, args, span)
    case 'unpack':
      checkUnpacking(t.vm, first, operation.count)
      return blueOperand(NONE_VALUE, span)
    case 'format':
      return formatConverted(t, first, at(args, 1), span)
    case 'str':
    case 'repr':
      return stringOf(t, first, operation.kind, span)
    case 'hash':
    case 'len':
    case 'callable':
      return call(t, blueOperand(t.vm.builtin(operation.kind), span), args, [], span)
    case 'truth':
      return condition(t, first)
    case 'isInstance': {
      const type = first.blue === null ? first.type : dynamicType(t.vm, first.blue)
      const value = operation.types.some((sup) => isSubtype(type, sup))
      return blueOperand({ type: BOOL, value }, span)
    }
  }
}

/** Arguments, the last of which have names. */
function named(
  args: readonly Operand[],
  names: readonly string[],
  span: Span,
): { readonly positional: readonly Operand[]; readonly keywords: readonly TypedKeyword[] } {
  const count = args.length - names.length
  const keywords = names.map((name, i) => ({ name, value: at(args, count + i), span }))
  return { positional: args.slice(0, count), keywords }
}

const MAKING_TUPLES: ReadonlySet<string> = new Set(['+', '*'])

/**
 * Joining and repeating tuples makes new types, which has to happen before the program runs: there would be no end of
 * them if values of any type could be meant.
 */
function refuseTuples(t: Typer, op: string, args: readonly Operand[]): void {
  if (!args.some((arg) => t.vm.isTuple(arg.type))) return
  throw noSuchOperation(t.vm, `cannot do \`{0}\` ${op} \`{1}\``, args, 'multi')
}

function at(args: readonly Operand[], index: number): Operand {
  const arg = args[index]
  invariant(arg !== undefined, `a dynamic operation has an operand ${index}`)
  return arg
}

function now(t: Typer, result: Operand): BlueValue {
  if (result.blue !== null && result.before.length === 0) return result.blue
  const tree = treeOf(result)
  const value = t.vm.evaluator.run(tree)
  return isBoxed(tree.type) ? (value as BlueValue) : { type: tree.type, value }
}

/** Equality of any two values: what cannot be compared is not equal. */
export function isUniversal(op: string): boolean {
  return op === '==' || op === '!='
}

function isTypeError(error: unknown): boolean {
  return error instanceof SpyError && error.etype === 'TypeError'
}

/** The error of an operation that nobody has written as such. */
export function withoutCalledHere(error: SpyError): SpyError {
  const { diagnostic } = error
  const annotations = diagnostic.annotations.filter(({ text }) => !/^operator::\w+ called here$/.test(text))
  return new SpyError({ ...diagnostic, annotations }, error.traceback, error.more)
}
