/**
 * Types, exceptions and other objects of blue time, as values of compiled code: numbers, which can be told apart and no
 * more.
 */
import type { Value } from './values.ts'

export class Identities {
  readonly #numbers = new Map<Value, number>()

  /** The same number for the same object; never 0. */
  of(object: Value): number {
    const known = this.#numbers.get(object)
    if (known !== undefined) return known
    const number = this.#numbers.size + 1
    this.#numbers.set(object, number)
    return number
  }
}
