/**
 * Where compiled code depends on dynamic types: operations on `dynamic` values, checked casts, identity of objects.
 */
import { isAlwaysKnown, staysKnown } from '../../objects/boxes.ts'
import type { DynamicOperation } from '../../objects/intrinsics.ts'
import { isBoxed, type SpyType } from '../../objects/types.ts'
import type { BlueValue, Value } from '../../objects/values.ts'
import type { Call, TypedExpr } from '../../typed/tree.ts'

export type BoxedOperation =
  | DynamicOperation
  | { readonly kind: 'cast'; readonly to: SpyType }
  | { readonly kind: 'identical'; readonly negated: boolean }

/** What is known about an operand when the program is compiled. */
export type OperandShape =
  | { readonly kind: 'boxed' }
  | { readonly kind: 'typed'; readonly type: SpyType }
  | { readonly kind: 'constant'; readonly value: BlueValue }

export interface DynamicSite {
  readonly operation: BoxedOperation
  readonly shapes: readonly OperandShape[]
  /** What is passed: an expression for each operand that is no constant. */
  readonly args: readonly TypedExpr[]
}

/** Undefined for calls that do not depend on dynamic types. */
export function siteOf({ func, args }: Call): DynamicSite | undefined {
  const operation = func.origin === 'builtin' ? operationOf(func.intrinsic, args) : undefined
  if (operation === undefined) return undefined
  const operands = args.map((arg) => operandOf(arg, operation))
  return {
    operation,
    shapes: operands.map(({ shape }) => shape),
    args: operands.flatMap(({ passed }) => (passed === undefined ? [] : [passed])),
  }
}

type Intrinsic = Extract<Call['func'], { readonly origin: 'builtin' }>['intrinsic']

function operationOf(intrinsic: Intrinsic, args: readonly TypedExpr[]): BoxedOperation | undefined {
  switch (intrinsic.kind) {
    case 'dynamic':
      return intrinsic.operation
    case 'downcast':
      return isBoxed(intrinsic.to) ? undefined : { kind: 'cast', to: intrinsic.to }
    case 'identical':
      return args.some((arg) => isBoxed(arg.type)) ? intrinsic : undefined
    default:
      return undefined
  }
}

interface SiteOperand {
  readonly shape: OperandShape
  readonly passed: TypedExpr | undefined
}

function operandOf(arg: TypedExpr, operation: BoxedOperation): SiteOperand {
  // A value of known type that was boxed for the sake of this call.
  const value = arg.kind === 'Upcast' && !isBoxed(arg.value.type) ? arg.value : arg
  const { type } = value
  if (isBoxed(type)) return { shape: { kind: 'boxed' }, passed: value }
  const isName = arg.kind === 'Constant'
  if (value.kind === 'Constant' && (isName || isKnown(type, operation))) {
    return { shape: { kind: 'constant', value: { type, value: value.value } }, passed: undefined }
  }
  return { shape: { kind: 'typed', type }, passed: value }
}

function isKnown(type: SpyType, { kind }: BoxedOperation): boolean {
  return kind === 'cast' || kind === 'identical' ? isAlwaysKnown(type) : staysKnown(type, kind)
}

/** Numbers that tell objects apart, in the order in which they are first asked for. */
export class ShapeKeys {
  readonly #numbers = new Map<unknown, number>()

  #number(object: unknown): number {
    let number = this.#numbers.get(object)
    if (number === undefined) {
      number = this.#numbers.size
      this.#numbers.set(object, number)
    }
    return number
  }

  /** The same for sites that can share a function. */
  of({ operation, shapes }: DynamicSite): string {
    return [operationKey(operation, (type) => this.#number(type)), ...shapes.map((shape) => this.#shape(shape))].join(
      ' ',
    )
  }

  #shape(shape: OperandShape): string {
    switch (shape.kind) {
      case 'boxed':
        return 'boxed'
      case 'typed':
        return `typed:${this.#number(shape.type)}`
      case 'constant':
        return this.constant(shape.value)
    }
  }

  constant({ type, value }: BlueValue): string {
    return `constant:${this.#number(type)}:${this.#value(value)}`
  }

  #value(value: Value): string {
    if (typeof value === 'string') return JSON.stringify(value)
    if (typeof value === 'object' && value !== null) return `#${this.#number(value)}`
    return Object.is(value, -0) ? '-0' : `${typeof value}:${value}`
  }

  type(type: SpyType): string {
    return String(this.#number(type))
  }
}

function operationKey(operation: BoxedOperation, numberOf: (type: SpyType) => number): string {
  switch (operation.kind) {
    case 'binary':
    case 'inPlace':
    case 'unary':
      return `${operation.kind} ${operation.op}`
    case 'call':
    case 'callMethod':
      return [operation.kind, ...operation.keywords].join(',')
    case 'cast':
      return `cast ${numberOf(operation.to)}`
    case 'unpack':
      return `unpack ${operation.count}`
    case 'isInstance':
      return `isInstance ${operation.types.map(numberOf).join(',')}`
    case 'identical':
      return `identical ${operation.negated}`
    default:
      return operation.kind
  }
}
