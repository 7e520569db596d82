/**
 * Constants as source text.
 */
import { formatComplex, formatF64, quote } from '../../../src/runtime/numbers.ts'
import { isSubtype, type PrimitiveName, type SpyType, type StructType, TYPE } from '../../objects/types.ts'
import type {
  BlueObject,
  BlueValue,
  BytesValue,
  ComplexValue,
  FuncObject,
  PtrValue,
  StructValue,
  Value,
} from '../../objects/values.ts'
import { unreachable } from '../../text/diagnostics.ts'
import { formatLoc, type Span } from '../../text/source.ts'
import type { Naming } from './names.ts'

/** `value` as the type `type` represents it. Negative numbers are atoms, as all constants are. */
export function printConstant(value: Value, type: SpyType, naming: Naming): string {
  switch (type.kind) {
    case 'primitive':
      return printPrimitive(value, type.name)
    case 'func':
      return naming.fqn((value as FuncObject).fqn)
    case 'struct':
      return printStruct(value as StructValue, type, naming)
    case 'ptr':
    case 'ref':
      return printPointer(value as PtrValue, type, naming)
    case 'object':
    case 'dynamic': {
      const boxed = value as BlueValue
      return printConstant(boxed.value, boxed.type, naming)
    }
    case 'opaque':
      return isSubtype(type, TYPE) ? naming.type(value as SpyType) : printObject(value as BlueObject, naming)
    default:
      return unreachable(type)
  }
}

function printPrimitive(value: Value, name: PrimitiveName): string {
  switch (name) {
    case 'bool':
      return value === true ? 'True' : 'False'
    case 'i32':
      return String(value)
    case 'i8':
    case 'u8':
    case 'u32':
    case 'i64':
    case 'u64':
      return `${name}(${value})`
    case 'f64':
      return formatF64(value as number)
    case 'f32':
      return `f32(${formatF64(value as number)})` // the exact value, not the digits that single precision needs
    case 'complex128': {
      const { re, im } = value as ComplexValue
      return formatComplex(re, im)
    }
    case 'NoneType':
      return 'None'
    case 'str':
      return quote(value as string)
    case 'bytes':
      return printBytes((value as BytesValue).data)
  }
}

/** Python's repr of bytes: what is not printable ASCII as `\xNN`. */
export function printBytes(data: Uint8Array): string {
  // Each byte becomes the character of its number; `quote` leaves those alone that are printable as characters.
  let text = ''
  for (const byte of data) text += String.fromCharCode(byte)
  return `b${quote(text).replace(/[\xa1-\xff]/g, (character) => `\\x${character.charCodeAt(0).toString(16)}`)}`
}

function printStruct(value: StructValue, type: StructType, naming: Naming): string {
  const items = type.fields.map((field, index) => printConstant(value.fields[index] as Value, field.type, naming))
  if (type.fqn.module === '_tuple') return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`
  return `${naming.fqn(type.fqn.join('__make__'))}(${items.join(', ')})`
}

/** Pointers into memory that import time has filled show where they pointed then. */
function printPointer(value: PtrValue, type: SpyType, naming: Naming): string {
  if (value.address === 0) return naming.fqn(type.fqn.join('NULL'))
  return `${naming.fqn(type.fqn.join('at'))}(0x${value.address.toString(16)}, ${value.length})`
}

/** What the printer knows about objects of blue time; the machine has more of them and more about them. */
interface PrintedObject extends BlueObject {
  readonly what?: string
  readonly span?: Span
  readonly message?: string
  readonly name?: string
  readonly items?: readonly BlueValue[]
}

/** Names of the objects that are the only ones of their types. */
const SINGLETONS: ReadonlyMap<string, string> = new Map([
  ['__spy__::EmptyListType', 'empty_list'],
  ['__spy__::EmptyDictType', 'empty_dict'],
  ['types::NotImplementedType', 'NotImplemented'],
])

function printObject(value: BlueObject, naming: Naming): string {
  const object: PrintedObject = value
  const singleton = SINGLETONS.get(object.type.fqn.text)
  if (singleton !== undefined) return naming.fqn((object.type.fqn.namespace ?? object.type.fqn).join(singleton))
  if (object.what === 'loc' && object.span !== undefined) return printLoc(object.span)
  if (object.what === 'exception') return `${object.type.fqn.last.name}(${quote(object.message ?? '')})`
  if (object.what === 'module' && object.name !== undefined) return `\`${object.name}\``
  if (object.items !== undefined) {
    const items = object.items.map((item) => printConstant(item.value, item.type, naming))
    return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`
  }
  return `\`<${naming.type(object.type).replaceAll('`', '')} object>\``
}

function printLoc(span: Span): string {
  return formatLoc(span).replace(/^<Loc: (.*)>$/s, 'Loc($1)')
}
