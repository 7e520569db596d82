/**
 * How a value of each type is written into memory and read back.
 */
import { structLayout } from '../../objects/layout.ts'
import type { PrimitiveName, PtrType, RefType, SpyType, StructType } from '../../objects/types.ts'
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
import type { GuestMemory } from './guest-memory.ts'

export type Reader = (address: number) => Value
export type Writer = (address: number, value: Value) => void

export function makeReader(memory: GuestMemory, type: SpyType): Reader {
  switch (type.kind) {
    case 'primitive':
      return primitiveReader(memory, type.name)
    case 'ptr':
    case 'ref':
      return pointerReader(memory, type)
    case 'func':
      // Only memory that was never written holds no function; calling it is what fails.
      return (address) => memory.funcAt(memory.view.getUint32(address, true))
    case 'struct':
      return structReader(memory, type)
    case 'object':
    case 'dynamic':
      return (address) => memory.objects.boxAt(memory.view.getUint32(address, true))
    case 'opaque':
      return (address) => memory.objects.blueAt(memory.view.getUint32(address, true))
  }
}

export function makeWriter(memory: GuestMemory, type: SpyType): Writer {
  switch (type.kind) {
    case 'primitive':
      return primitiveWriter(memory, type.name)
    case 'ptr':
    case 'ref':
      return pointerWriter(memory)
    case 'func':
      return (address, value) => memory.view.setUint32(address, memory.funcAddress(value as FuncObject), true)
    case 'struct':
      return structWriter(memory, type)
    case 'object':
    case 'dynamic':
      return (address, value) => memory.view.setUint32(address, memory.objects.boxAddress(value as BlueValue), true)
    case 'opaque':
      return (address, value) => memory.view.setUint32(address, memory.objects.blueAddress(value), true)
  }
}

function primitiveReader(memory: GuestMemory, name: PrimitiveName): Reader {
  switch (name) {
    case 'bool':
      return (address) => memory.view.getUint8(address) !== 0
    case 'i8':
      return (address) => memory.view.getInt8(address)
    case 'u8':
      return (address) => memory.view.getUint8(address)
    case 'i32':
      return (address) => memory.view.getInt32(address, true)
    case 'u32':
      return (address) => memory.view.getUint32(address, true)
    case 'i64':
      return (address) => memory.view.getBigInt64(address, true)
    case 'u64':
      return (address) => memory.view.getBigUint64(address, true)
    case 'f32':
      return (address) => memory.view.getFloat32(address, true)
    case 'f64':
      return (address) => memory.view.getFloat64(address, true)
    case 'complex128':
      return (address) => complexValue(memory.view.getFloat64(address, true), memory.view.getFloat64(address + 8, true))
    case 'str':
      return (address) => memory.strAt(memory.view.getUint32(address, true))
    case 'bytes':
      return (address) => memory.bytesAt(memory.view.getUint32(address, true))
    case 'NoneType':
      return () => null
  }
}

function primitiveWriter(memory: GuestMemory, name: PrimitiveName): Writer {
  switch (name) {
    case 'bool':
      return (address, value) => memory.view.setUint8(address, value === true ? 1 : 0)
    case 'i8':
    case 'u8':
      return (address, value) => memory.view.setUint8(address, value as number)
    case 'i32':
    case 'u32':
      return (address, value) => memory.view.setInt32(address, value as number, true)
    case 'i64':
    case 'u64':
      return (address, value) => memory.view.setBigInt64(address, value as bigint, true)
    case 'f32':
      return (address, value) => memory.view.setFloat32(address, value as number, true)
    case 'f64':
      return (address, value) => memory.view.setFloat64(address, value as number, true)
    case 'complex128':
      return (address, value) => {
        const { re, im } = value as ComplexValue
        memory.view.setFloat64(address, re, true)
        memory.view.setFloat64(address + 8, im, true)
      }
    // Giving a text its address may let memory grow: `view` is read afterwards.
    case 'str':
      return (address, value) => {
        const object = memory.strAddress(value as string)
        memory.view.setUint32(address, object, true)
      }
    case 'bytes':
      return (address, value) => {
        const object = memory.bytesAddress(value as BytesValue)
        memory.view.setUint32(address, object, true)
      }
    case 'NoneType':
      return () => {}
  }
}

function pointerReader(memory: GuestMemory, type: PtrType | RefType): Reader {
  if (memory.mode === 'debug') {
    return (address) => {
      const target = memory.view.getUint32(address, true)
      return target === 0 ? NULL_PTR : ptrValue(target, memory.view.getInt32(address + 4, true))
    }
  }
  if (type.kind === 'ref') return (address) => ptrValue(memory.view.getUint32(address, true), 1)
  return (address) => memory.pointerAt(memory.view.getUint32(address, true), type.item)
}

function pointerWriter(memory: GuestMemory): Writer {
  if (memory.mode === 'release') {
    return (address, value) => memory.view.setUint32(address, (value as PtrValue).address, true)
  }
  return (address, value) => {
    const { address: target, length } = value as PtrValue
    memory.view.setUint32(address, target, true)
    memory.view.setInt32(address + 4, length, true)
  }
}

function fieldsOf(memory: GuestMemory, type: StructType) {
  const layout = structLayout(type, memory.mode)
  invariant(layout !== undefined, `${type.fqn.text} is defined and has a memory representation`)
  return layout.fields
}

function structReader(memory: GuestMemory, type: StructType): Reader {
  const fields = fieldsOf(memory, type).map(({ offset, type }) => ({ offset, read: memory.reader(type) }))
  return (address) => {
    const values: Value[] = []
    for (const { offset, read } of fields) values.push(read(address + offset))
    return structValue(type, values)
  }
}

function structWriter(memory: GuestMemory, type: StructType): Writer {
  const fields = fieldsOf(memory, type).map(({ offset, type }) => ({ offset, write: memory.writer(type) }))
  return (address, value) => {
    const values = (value as StructValue).fields
    for (const [i, { offset, write }] of fields.entries()) write(address + offset, values[i] as Value)
  }
}
