/**
 * Values as they cross the border of a wasm function: numbers and bigints, one for each flat part of a type. What the
 * compiled engines do in machine code, the interpreter does here.
 */
import { flatten } from '../../objects/layout.ts'
import type { IntName, PrimitiveName, SpyType } from '../../objects/types.ts'
import {
  type BlueValue,
  type BytesValue,
  type ComplexValue,
  complexValue,
  type FuncObject,
  NULL_PTR,
  type PtrValue,
  ptrValue,
  type StructValue,
  structValue,
  type Value,
} from '../../objects/values.ts'
import { invariant } from '../../text/diagnostics.ts'
import type { GuestMemory } from '../vm/guest-memory.ts'

export type Flat = number | bigint

/** The parts of arguments, taken one after the other. Missing ones are 0, as JavaScript has it. */
export class FlatReader {
  readonly #flat: readonly Flat[]
  #at = 0

  constructor(flat: readonly Flat[]) {
    this.#flat = flat
  }

  number(): number {
    return Number(this.#flat[this.#at++] ?? 0)
  }

  bigint(): bigint {
    return BigInt(this.#flat[this.#at++] ?? 0)
  }
}

const TO_RANGE: Readonly<Record<Exclude<IntName, 'i64' | 'u64'>, (flat: number) => number>> = {
  i8: (flat) => (flat << 24) >> 24,
  u8: (flat) => flat & 255,
  i32: (flat) => flat | 0,
  u32: (flat) => flat >>> 0,
}

/** The value of `type` that the next parts hold. */
export function lift(memory: GuestMemory, type: SpyType, flat: FlatReader): Value {
  switch (type.kind) {
    case 'primitive':
      return liftPrimitive(memory, type.name, flat)
    case 'ptr':
    case 'ref':
      return liftPointer(memory, type.kind, type.item, flat)
    case 'func':
      return memory.funcAt(flat.number())
    case 'struct':
      return structValue(
        type,
        type.fields.map((field) => lift(memory, field.type, flat)),
      )
    case 'object':
    case 'dynamic':
      return memory.objects.boxAt(flat.number())
    case 'opaque':
      return noFlatForm(type)
  }
}

function liftPrimitive(memory: GuestMemory, name: PrimitiveName, flat: FlatReader): Value {
  switch (name) {
    case 'i8':
    case 'u8':
    case 'i32':
    case 'u32':
      return TO_RANGE[name](flat.number())
    case 'i64':
      return BigInt.asIntN(64, flat.bigint())
    case 'u64':
      return BigInt.asUintN(64, flat.bigint())
    case 'f32':
      return Math.fround(flat.number())
    case 'f64':
      return flat.number()
    case 'bool':
      return flat.number() !== 0
    case 'complex128': {
      const re = flat.number()
      return complexValue(re, flat.number())
    }
    case 'str':
      return memory.strAt(flat.number() >>> 0)
    case 'bytes':
      return memory.bytesAt(flat.number() >>> 0)
    case 'NoneType':
      return null
  }
}

function liftPointer(memory: GuestMemory, kind: 'ptr' | 'ref', item: SpyType, flat: FlatReader): PtrValue {
  const address = flat.number() >>> 0
  if (memory.mode === 'debug') {
    const length = flat.number() | 0
    return address === 0 ? NULL_PTR : ptrValue(address, length)
  }
  return kind === 'ref' ? ptrValue(address, 1) : memory.pointerAt(address, item)
}

/** Append the parts of a value. Strings and bytes get an address. */
export function lower(memory: GuestMemory, type: SpyType, value: Value, flat: Flat[]): void {
  switch (type.kind) {
    case 'primitive':
      lowerPrimitive(memory, type.name, value, flat)
      return
    case 'ptr':
    case 'ref': {
      const { address, length } = value as PtrValue
      flat.push(address | 0)
      if (memory.mode === 'debug') flat.push(length)
      return
    }
    case 'func':
      flat.push(memory.funcAddress(value as FuncObject))
      return
    case 'struct':
      for (const [i, field] of type.fields.entries()) {
        lower(memory, field.type, (value as StructValue).fields[i] as Value, flat)
      }
      return
    case 'object':
    case 'dynamic':
      flat.push(memory.objects.boxAddress(value as BlueValue))
      return
    case 'opaque':
      noFlatForm(type)
  }
}

function lowerPrimitive(memory: GuestMemory, name: PrimitiveName, value: Value, flat: Flat[]): void {
  switch (name) {
    case 'i8':
    case 'u8':
    case 'i32':
    case 'f32':
    case 'f64':
      flat.push(value as number)
      return
    case 'u32':
      flat.push((value as number) | 0)
      return
    case 'i64':
      flat.push(value as bigint)
      return
    case 'u64':
      flat.push(BigInt.asIntN(64, value as bigint))
      return
    case 'bool':
      flat.push(value === true ? 1 : 0)
      return
    case 'complex128':
      flat.push((value as ComplexValue).re, (value as ComplexValue).im)
      return
    case 'str':
      flat.push(memory.strAddress(value as string) | 0)
      return
    case 'bytes':
      flat.push(memory.bytesAddress(value as BytesValue) | 0)
      return
    case 'NoneType':
      return
  }
}

/** A result that fits one wasm value is returned as it is; None is nothing; everything else is left in memory. */
export function returnsInMemory(memory: GuestMemory, type: SpyType): boolean {
  if (type.kind === 'primitive' && type.name === 'NoneType') return false
  return flatten(type, memory.mode).length !== 1
}

function noFlatForm(type: SpyType): never {
  invariant(false, `values of ${type.fqn.text} do not cross the border of a program`)
}
