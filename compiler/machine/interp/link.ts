/**
 * What a running program needs from around it: how calls find their functions, memory, and how far blue code may go.
 */
import type { DynamicOperation } from '../../objects/intrinsics.ts'
import type { SpyType } from '../../objects/types.ts'
import type { BlueValue, FuncObject, Value } from '../../objects/values.ts'
import type { Span } from '../../text/source.ts'
import type { GuestMemory } from '../vm/guest-memory.ts'

/** Something that can be called: a `Routine`, or whatever the machine does for the function instead. */
export interface Callable {
  /** One value for each parameter, represented as the parameter's type says. */
  call(args: readonly Value[]): Value
}

export interface Link {
  readonly memory: GuestMemory
  /** Steps that are left; null for code that may run as long as it likes. */
  readonly fuel: Fuel | null
  /**
   * What runs when `func` is called. Asked once per call site, at its first execution, after the arguments have been
   * evaluated; never for built-in functions that every engine implements.
   */
  callable(func: FuncObject): Callable
  /**
   * An operation on values whose types are known only now. `span` is the operation, for errors.
   *
   * @param known  for each operand, if its value was known before: then it is blue to what the operation calls
   */
  dynamic(operation: DynamicOperation, operands: readonly BlueValue[], known: readonly boolean[], span: Span): BlueValue
  /** The method of this name that objects of the class have. */
  methodOf(type: SpyType, name: string): FuncObject
  /** Name of a type as messages show it. */
  humanName(type: SpyType): string
}

/** A step limit, for code that runs while a program is compiled. A turn of a loop and a call take one step each. */
export class Fuel {
  readonly limit: number
  /** Negative when the limit has been exceeded. */
  remaining: number

  constructor(limit: number) {
    this.limit = limit
    this.remaining = limit
  }

  refill(): void {
    this.remaining = this.limit
  }

  /** Let `work` run as long as it likes, without taking steps. Code that counts them need not be compiled again. */
  unlimited<T>(work: () => T): T {
    const { remaining } = this
    this.remaining = Number.POSITIVE_INFINITY
    try {
      return work()
    } finally {
      this.remaining = remaining
    }
  }
}
