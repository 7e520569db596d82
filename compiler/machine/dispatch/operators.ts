/**
 * Binary and unary operators: the primitive table, then methods of the operands' types.
 */
import { PRIMITIVE_FUNCS, primitiveFuncNamed } from '../../objects/builtin-funcs.ts'
import type { ArgSpec, Conversion, MetaArg, OpImpl, OpSpec } from '../../objects/dispatch.ts'
import { FLOAT_NAMES, INT_NAMES } from '../../objects/primitives.ts'
import {
  BOOL,
  intInfo,
  isBoxed,
  isSubtype,
  PRIMITIVE_TYPES,
  type PrimitiveName,
  type SpyType,
  unionType,
} from '../../objects/types.ts'
import type { BuiltinFunc, FuncObject } from '../../objects/values.ts'
import { note } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import { BYTES_OPERATORS } from '../vm/bytes-funcs.ts'
import { asBlueObject } from '../vm/objects.ts'
import { STRING_OPERATORS } from '../vm/string-funcs.ts'
import { asFunc, type Vm } from '../vm/vm.ts'
import { tryConversion } from './conversions.ts'
import { noSuchOperation, withAnnotations } from './diagnostics.ts'
import { dynamicImpl, isDynamic } from './dynamic.ts'
import { OBJECT_IS, OBJECT_IS_NOT } from './identity.ts'
import { askFunc } from './metafuncs.ts'
import { isExceptionType } from './raise.ts'
import { argSpec, operate, typecheck } from './typecheck.ts'
import { blueType } from './types.ts'

export type BinaryToken =
  | '+'
  | '-'
  | '*'
  | '/'
  | '//'
  | '%'
  | '**'
  | '<<'
  | '>>'
  | '&'
  | '|'
  | '^'
  | '@'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='

interface BinaryOperator {
  /** Name of the OPERATOR. */
  readonly name: string
  /** `i32_<primitive>`; absent for operators without primitive operations. */
  readonly primitive: string | null
  /** Methods of the left type, in the order in which they are looked for. */
  readonly methods: readonly string[]
  /** Methods of the right type; called with the operands swapped. */
  readonly reflected: readonly string[]
  /** The reflected method is the mirrored comparison, and not the same operation seen from the right. */
  readonly isComparison: boolean
}

export const BINARY_OPERATORS: Readonly<Record<BinaryToken, BinaryOperator>> = {
  '+': arithmetic('ADD', 'add'),
  '-': arithmetic('SUB', 'sub'),
  '*': arithmetic('MUL', 'mul'),
  '/': {
    name: 'DIV',
    primitive: 'div',
    methods: ['__truediv__', '__div__'],
    reflected: ['__rtruediv__', '__rdiv__'],
    isComparison: false,
  },
  '//': arithmetic('FLOORDIV', 'floordiv'),
  '%': arithmetic('MOD', 'mod'),
  '**': arithmetic('POW', 'pow'),
  '<<': arithmetic('LSHIFT', 'lshift'),
  '>>': arithmetic('RSHIFT', 'rshift'),
  '&': arithmetic('AND', 'and'),
  '|': arithmetic('OR', 'or'),
  '^': arithmetic('XOR', 'xor'),
  '@': { name: 'MATMUL', primitive: null, methods: ['__matmul__'], reflected: ['__rmatmul__'], isComparison: false },
  '==': comparison('EQ', 'eq', 'eq'),
  '!=': comparison('NE', 'ne', 'ne'),
  '<': comparison('LT', 'lt', 'gt'),
  '<=': comparison('LE', 'le', 'ge'),
  '>': comparison('GT', 'gt', 'lt'),
  '>=': comparison('GE', 'ge', 'le'),
}

function arithmetic(name: string, op: string): BinaryOperator {
  return { name, primitive: op, methods: [`__${op}__`], reflected: [`__r${op}__`], isComparison: false }
}

function comparison(name: string, op: string, mirrored: string): BinaryOperator {
  return { name, primitive: op, methods: [`__${op}__`], reflected: [`__${mirrored}__`], isComparison: true }
}

/** `left token right` */
export function dispatchBinary(vm: Vm, token: BinaryToken, left: MetaArg, right: MetaArg, at: Span): OpImpl {
  const operator = BINARY_OPERATORS[token]
  if (isDynamic(left) || isDynamic(right)) return dynamicImpl({ kind: 'binary', op: token }, [left, right])
  return operate(operator.name, at, () => {
    const template = `cannot do \`{0}\` ${token} \`{1}\``
    return (
      primitiveBinary(operator, left, right) ??
      pointerComparison(vm, token, template, left, right) ??
      methodBinary(vm, operator, template, left, right) ??
      identityComparison(token, left, right) ??
      fail(vm, template, [left, right])
    )
  })
}

function fail(vm: Vm, template: string, args: readonly MetaArg[]): never {
  throw noSuchOperation(vm, template, args, 'multi')
}

// ----------------------------------------------------------------------------------------------- primitive table

const SAME_TYPE_ONLY: ReadonlySet<string> = new Set(['lshift', 'rshift', 'and', 'or', 'xor'])

function primitiveBinary(operator: BinaryOperator, left: MetaArg, right: MetaArg): OpImpl | undefined {
  if (operator.primitive === null || left.type.kind !== 'primitive' || right.type.kind !== 'primitive') return undefined
  const key = `${left.type.name} ${operator.primitive} ${right.type.name}`
  const strings = STRING_OPERATORS.get(key) ?? BYTES_OPERATORS.get(key)
  if (strings !== undefined) return { kind: 'call', func: strings, args: [operand(0), operand(1)] }
  const computed = commonType(left.type.name, right.type.name, operator.primitive)
  const func = computed === undefined ? undefined : PRIMITIVE_FUNCS.get(`${computed}_${operator.primitive}`)
  if (func === undefined || computed === undefined) return undefined
  return {
    kind: 'call',
    func,
    args: [widened(left, 0, computed), widened(right, 1, computed)],
  }
}

/** The type in which an operation on two primitive types is computed; undefined if they do not mix. */
function commonType(left: PrimitiveName, right: PrimitiveName, op: string): PrimitiveName | undefined {
  if (left === right) return left
  if (SAME_TYPE_ONLY.has(op)) return undefined
  return WIDER.get(`${left} ${right}`) ?? WIDER.get(`${right} ${left}`)
}

/** Pairs of different types that mix. Integer types never do; the others meet in the one that can hold both. */
const WIDER: ReadonlyMap<string, PrimitiveName> = new Map([
  ...INT_NAMES.map((int) => [`f64 ${int}`, 'f64'] as const),
  ['f64 f32', 'f64'],
  ...(['i8', 'u8', 'i32', 'u32'] as const).map((int) => [`f32 ${int}`, 'f32'] as const),
  ...[...INT_NAMES, ...FLOAT_NAMES].map((number) => [`complex128 ${number}`, 'complex128'] as const),
])

function operand(index: number): ArgSpec {
  return { kind: 'operand', index }
}

function widened(arg: MetaArg, index: number, to: PrimitiveName): ArgSpec {
  const from = (arg.type as SpyType & { readonly kind: 'primitive' }).name
  if (from === to) return operand(index)
  const conversion: Conversion = { kind: 'call', func: primitiveFuncNamed(`${from}_to_${to}`), to: PRIMITIVE_TYPES[to] }
  return { kind: 'convert', conversion, arg: operand(index), span: arg.span }
}

// ------------------------------------------------------------------------------------------------------ pointers

/** Pointers of one type are compared by their addresses. */
function pointerComparison(
  vm: Vm,
  token: BinaryToken,
  template: string,
  left: MetaArg,
  right: MetaArg,
): OpImpl | undefined {
  if ((token !== '==' && token !== '!=') || left.type.kind !== 'ptr') return undefined
  const func = vm.memoryFuncs.compare(left.type, token === '==' ? 'eq' : 'ne')
  return typecheck(vm, { kind: 'simple', func }, [left, right], { template, blame: 'multi' })
}

// ------------------------------------------------------------------------------------------------------- methods

/**
 * The left type's method, unless the right type's reflected method has to step in: when the left has none, its plain
 * method does not take the right operand, or its metafunction declines. A right type that derives from the left's and
 * has the method comes first.
 */
function methodBinary(
  vm: Vm,
  operator: BinaryOperator,
  template: string,
  left: MetaArg,
  right: MetaArg,
): OpImpl | undefined {
  const operands = [left, right]
  const forward = findFirst(vm, left.type, operator.methods)
  const backward = findFirst(vm, right.type, operator.reflected)
  const check = (spec: OpSpec): OpImpl => typecheck(vm, spec, operands, { template, blame: 'multi' })
  const askBackward = (): OpSpec =>
    backward === undefined ? null : swapped(askFunc(vm, backward, [right, left]), right, left)
  // Between two values of one type, only the mirrored comparison is another method.
  const reflects = left.type !== right.type || operator.isComparison
  const rightFirst = backward !== undefined && left.type !== right.type && isSubtype(right.type, left.type)
  if (rightFirst) {
    const spec = askBackward()
    if (spec !== null) return check(spec)
  }
  if (forward !== undefined) {
    const spec = askFunc(vm, forward, operands)
    const declined = spec === null || (spec.kind === 'simple' && !accepts(vm, spec.func, right))
    if (!declined) return check(spec)
    const reflected = reflects ? askBackward() : null
    if (
      reflected !== null &&
      !(reflected.kind !== 'const' && reflected.kind === 'complex' && !accepts(vm, reflected.func, left))
    ) {
      return check(reflected)
    }
    return spec === null ? undefined : check(spec)
  }
  const spec = reflects ? askBackward() : null
  return spec === null ? undefined : check(spec)
}

function findFirst(vm: Vm, type: SpyType, names: readonly string[]): FuncObject | undefined {
  for (const name of names) {
    const func = vm.lookupFunc(type, name)
    if (func !== undefined) return func
  }
  return undefined
}

/** A simple answer to a question asked with the operands swapped, as an answer about the operation itself. */
function swapped(spec: OpSpec, first: MetaArg, second: MetaArg): OpSpec {
  return spec?.kind === 'simple' ? { kind: 'complex', func: spec.func, args: [first, second] } : spec
}

/** The function's second parameter takes the operand. */
function accepts(vm: Vm, func: FuncObject, arg: MetaArg): boolean {
  const param = func.params[1]
  return param === undefined || tryConversion(vm, arg, param.type) !== undefined
}

// -------------------------------------------------------------------------------------------------- == by identity

function identityComparison(token: BinaryToken, left: MetaArg, right: MetaArg): OpImpl | undefined {
  if (token !== '==' && token !== '!=') return undefined
  if (isExceptionType(left.type) || isExceptionType(right.type)) return exceptionComparison(token, left, right)
  const common = unionType(left.type, right.type)
  if (common.storage !== 'reference' || isBoxed(common)) return undefined
  return identity(token === '==' ? OBJECT_IS : OBJECT_IS_NOT, left, right)
}

/** Exceptions of one class are equal when they say the same; those of different classes are not compared. */
function exceptionComparison(token: '==' | '!=', left: MetaArg, right: MetaArg): OpImpl | undefined {
  const a = asBlueObject(left.blue)
  const b = asBlueObject(right.blue)
  if (left.type !== right.type || a?.what !== 'exception' || b?.what !== 'exception') return undefined
  const same = a.message === b.message && JSON.stringify(a.annotations) === JSON.stringify(b.annotations)
  return { kind: 'const', value: { type: BOOL, value: same === (token === '==') } }
}

function identity(func: BuiltinFunc, left: MetaArg, right: MetaArg): OpImpl {
  return { kind: 'call', func, args: [left, right].map((arg) => argSpec(arg, [left, right])) }
}

/** `left is right`, `left is not right` */
export function dispatchIs(vm: Vm, negated: boolean, left: MetaArg, right: MetaArg, at: Span): OpImpl {
  return operate(negated ? 'ISNOT' : 'IS', at, () => {
    if (left.type.storage === 'value' && right.type.storage === 'value') {
      const word = negated ? 'is not' : 'is'
      const error = noSuchOperation(vm, `cannot do \`{0}\` ${word} \`{1}\``, [left, right], 'multi')
      const text = `cannot use \`${word}\` between value types as they don't have an identity`
      throw withAnnotations(error, [note(text, left.span)])
    }
    return identity(negated ? OBJECT_IS_NOT : OBJECT_IS, left, right)
  })
}

/** `left in right`: the method is the right operand's, called with (right, left). */
export function dispatchIn(vm: Vm, left: MetaArg, right: MetaArg, at: Span): OpImpl {
  if (isDynamic(right)) return dynamicImpl({ kind: 'contains' }, [left, right])
  return operate('IN', at, () => {
    const template = 'cannot do `{0}` in `{1}`'
    const method = vm.lookupFunc(right.type, '__contains__')
    if (method === undefined) {
      const spec = searchByIteration(vm, left, right)
      if (spec === null) return fail(vm, template, [left, right])
      return typecheck(vm, spec, [left, right], { template, blame: 'multi' })
    }
    const isMetafunc = method.type.funcKind === 'metafunc'
    // A metafunction that answers with a bare function means the operands in source order.
    const spec = isMetafunc
      ? askFunc(vm, method, [right, left])
      : ({ kind: 'complex', func: method, args: [right, left] } as const)
    return typecheck(vm, spec, [left, right], { template, blame: 'multi' })
  })
}

/** What has no method that searches is searched item by item; null if it has no items. */
function searchByIteration(vm: Vm, left: MetaArg, right: MetaArg): OpSpec {
  if (vm.lookupFunc(right.type, '__fastiter__') === undefined) return null
  const generic = asFunc(vm.evaluator.importModule('_iteration').attributes.get('contains'))
  const search = generic && asFunc(vm.evaluator.call(generic, [blueType(right.type), blueType(left.type)]))
  return search === undefined ? null : { kind: 'complex', func: search, args: [right, left] }
}

// --------------------------------------------------------------------------------------------------------- unary

export type UnaryToken = '-' | '+' | '~'

const UNARY_OPERATORS: Readonly<Record<UnaryToken, { name: string; method: string }>> = {
  '-': { name: 'NEG', method: '__neg__' },
  '+': { name: 'POS', method: '__pos__' },
  '~': { name: 'INVERT', method: '__invert__' },
}

/** `token value`; null means that the value itself is the result (`+x` of a number). */
export function dispatchUnary(vm: Vm, token: UnaryToken, value: MetaArg, at: Span): OpImpl | null {
  if (token === '+' && isNumber(value.type)) return null
  if (isDynamic(value)) return dynamicImpl({ kind: 'unary', op: token }, [value])
  const { name, method } = UNARY_OPERATORS[token]
  return operate(name, at, () => {
    if (value.type.kind === 'primitive') {
      const suffix = token === '-' ? 'neg' : token === '~' ? 'invert' : null
      const func = suffix === null ? undefined : PRIMITIVE_FUNCS.get(`${value.type.name}_${suffix}`)
      if (func !== undefined) return { kind: 'call', func, args: [operand(0)] }
    }
    const func = vm.lookupFunc(value.type, method)
    const spec = func === undefined ? null : askFunc(vm, func, [value])
    return typecheck(vm, spec, [value], { template: `cannot do ${token}\`{0}\``, blame: 'single' })
  })
}

function isNumber(type: SpyType): boolean {
  if (type.kind !== 'primitive' || type === BOOL) return false
  return intInfo(type) !== undefined || ['f32', 'f64', 'complex128'].includes(type.name)
}
