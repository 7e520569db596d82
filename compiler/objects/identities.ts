/**
 * Types, exceptions and other objects of blue time, as values of compiled code: numbers, which can be told apart and no
 * more.
 */
import { isClass, type SpyType } from './types.ts'
import type { Value } from './values.ts'

/** Numbers of classes are above all others. */
const FIRST_OF_CLASSES = 0x4000_0000

export class Identities {
  readonly #numbers = new Map<Value, number>()
  readonly #ofClasses = new Set<number>()

  /**
   * The same number for the same object; never 0. A class has the same number in all versions of a program: objects that
   * a hot update keeps say with it what they are.
   */
  of(object: Value): number {
    const known = this.#numbers.get(object)
    if (known !== undefined) return known
    const number = isHeapClass(object) ? this.#ofClass(object.fqn.text) : this.#numbers.size + 1
    this.#numbers.set(object, number)
    return number
  }

  #ofClass(name: string): number {
    let number = FIRST_OF_CLASSES + (fnv1a(name) % FIRST_OF_CLASSES)
    while (this.#ofClasses.has(number)) number = FIRST_OF_CLASSES + ((number + 1) % FIRST_OF_CLASSES)
    this.#ofClasses.add(number)
    return number
  }
}

function isHeapClass(object: Value): object is SpyType {
  return typeof object === 'object' && object !== null && 'kind' in object && object.kind === 'ref' && isClass(object)
}

/** The hash of Fowler, Noll and Vo, of UTF-16 units: 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c_9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x0100_0193)
  return hash >>> 0
}
