/**
 * Strings, bytes, functions and boxed values as memory sees them: objects with addresses, and numbers.
 */
import { STR, UNKNOWN_CHARS } from '../../../src/runtime/abi.ts'
import { NONE } from '../../objects/types.ts'
import { type BlueValue, type BytesValue, bytesValue, type FuncObject, type Value } from '../../objects/values.ts'
import type { GuestMemory } from './guest-memory.ts'

const NONE_BOX: BlueValue = { type: NONE, value: null }

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

export class GuestObjects {
  readonly #memory: GuestMemory
  readonly #strAddresses = new Map<string, number>()
  readonly #texts = new Map<number, string>()
  readonly #bytesAddresses = new WeakMap<BytesValue, number>()
  readonly #bytesValues = new Map<number, BytesValue>()
  readonly #funcAddresses = new Map<FuncObject, number>()
  /** Index 0 is no function: zeroed memory holds none. */
  readonly #funcs: (FuncObject | null)[] = [null]
  readonly #blueAddresses = new Map<Value, number>()
  /** Types and other objects of blue time. Index 0 is none. */
  readonly #blues: Value[] = [null]
  readonly #boxAddresses = new Map<BlueValue, number>()
  /** Index 0 is None: what zeroed memory holds. */
  readonly #boxes: BlueValue[] = [NONE_BOX]

  constructor(memory: GuestMemory) {
    this.#memory = memory
  }

  /** Interned: storing the same text again needs no more memory. */
  strAddress(text: string): number {
    const known = this.#strAddresses.get(text)
    if (known !== undefined) return known
    const address = this.#newFilled(encoder.encode(text))
    this.#strAddresses.set(text, address)
    this.#texts.set(address, text)
    return address
  }

  /** Memory that was never written holds address 0, which reads as the empty text. */
  strAt(address: number): string {
    const known = this.#texts.get(address)
    if (known !== undefined) return known
    if (address === 0) return ''
    const text = decoder.decode(this.#payload(address))
    this.#texts.set(address, text)
    if (!this.#strAddresses.has(text)) this.#strAddresses.set(text, address)
    return text
  }

  bytesAddress(value: BytesValue): number {
    const known = this.#bytesAddresses.get(value)
    if (known !== undefined) return known
    const address = this.#newFilled(value.data)
    this.#remember(address, value)
    return address
  }

  /** As `strAt`. */
  bytesAt(address: number): BytesValue {
    const known = this.#bytesValues.get(address)
    if (known !== undefined) return known
    const value = bytesValue(address === 0 ? new Uint8Array() : this.#payload(address).slice())
    this.#remember(address, value)
    return value
  }

  /**
   * A str or bytes object whose payload is still to be written: `byteLength` zero bytes at `payloadAddress`. It can be
   * changed until `strAt` or `bytesAt` has seen it.
   */
  newObject(byteLength: number): number {
    const memory = this.#memory
    const address = memory.allocCollectedBytes(STR.size + byteLength + 1)
    const { view } = memory
    view.setUint32(address + STR.length, byteLength, true)
    view.setUint32(address + STR.utf8, address + STR.size, true)
    view.setUint32(address + STR.utf8Length, byteLength, true)
    view.setUint32(address + STR.chars, UNKNOWN_CHARS, true)
    return address
  }

  /** There is no object at the address any more. */
  forget(address: number): void {
    const text = this.#texts.get(address)
    if (text !== undefined) {
      this.#texts.delete(address)
      if (this.#strAddresses.get(text) === address) this.#strAddresses.delete(text)
    }
    const bytes = this.#bytesValues.get(address)
    if (bytes !== undefined) {
      this.#bytesValues.delete(address)
      if (this.#bytesAddresses.get(bytes) === address) this.#bytesAddresses.delete(bytes)
    }
  }

  payloadAddress(address: number): number {
    return this.#memory.view.getUint32(address + STR.utf8, true)
  }

  funcAddress(func: FuncObject): number {
    let index = this.#funcAddresses.get(func)
    if (index === undefined) {
      index = this.#funcs.push(func) - 1
      this.#funcAddresses.set(func, index)
    }
    return index
  }

  /** All that have been stored. */
  get functions(): readonly FuncObject[] {
    return this.#funcs.filter((func) => func !== null)
  }

  funcAt(address: number): FuncObject | null {
    return this.#funcs[address] ?? null
  }

  blueAddress(object: Value): number {
    let index = this.#blueAddresses.get(object)
    if (index === undefined) {
      index = this.#blues.push(object) - 1
      this.#blueAddresses.set(object, index)
    }
    return index
  }

  blueAt(address: number): Value {
    return this.#blues[address] ?? null
  }

  boxAddress(box: BlueValue): number {
    if (box.type === NONE) return 0
    let index = this.#boxAddresses.get(box)
    if (index === undefined) {
      index = this.#boxes.push(box) - 1
      this.#boxAddresses.set(box, index)
    }
    return index
  }

  /** All that have been stored. */
  get boxes(): readonly BlueValue[] {
    return this.#boxes
  }

  boxAt(address: number): BlueValue {
    return this.#boxes[address] ?? NONE_BOX
  }

  #newFilled(payload: Uint8Array): number {
    const address = this.newObject(payload.length)
    this.#memory.bytes.set(payload, this.payloadAddress(address))
    return address
  }

  #payload(address: number): Uint8Array {
    const start = this.payloadAddress(address)
    return this.#memory.bytes.subarray(start, start + this.#memory.view.getUint32(address + STR.length, true))
  }

  #remember(address: number, value: BytesValue): void {
    this.#bytesAddresses.set(value, address)
    this.#bytesValues.set(address, value)
  }
}
