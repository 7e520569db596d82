/**
 * What a facade says, in development, about arguments that do not fit. In releases such values are converted without a
 * word, as SPy's own conversions would.
 */
import type { ScalarName, TypeDescriptor } from '../abi/descriptors.ts'
import { SpyArray } from '../marshal/arrays.ts'

/**
 * Stop if `value` cannot be passed as `type`.
 *
 * @param where  what is called and which argument it is, such as `topo.area: argument 'r'`
 * @returns the value to pass: an iterator is read by looking at it, so its items are returned instead
 * @throws TypeError, or RangeError for numbers that do not fit
 */
export function checkValue(where: string, type: TypeDescriptor, value: unknown): unknown {
  switch (type.kind) {
    case 'scalar':
      return checkScalar(where, type.name, value)
    case 'tuple': {
      const items = value as ArrayLike<unknown>
      const { length } = type.fields
      if (!isArrayLike(value) || items.length !== length) {
        throw new TypeError(`${where} must be an array of length ${length}, got ${describe(value)}`)
      }
      return type.fields.map((field, i) => checkValue(`${where}[${i}]`, field.type, items[i]))
    }
    case 'struct': {
      if (typeof value !== 'object' || value === null) throw mismatch(where, `an object like ${type.text}`, value)
      const given = value as Readonly<Record<string, unknown>>
      const fields = type.fields.map(({ name, type }) => [name, checkValue(`${where}.${name}`, type, given[name])])
      return Object.fromEntries(fields)
    }
    case 'list': {
      if (!isIterable(value)) throw mismatch(where, 'a list', value)
      if (ArrayBuffer.isView(value) && type.item.kind === 'scalar' && holds(value, type.item.name)) return value
      return Array.from(value, (item, i) => checkValue(`${where}[${i}]`, type.item, item))
    }
    case 'array':
      if (value instanceof SpyArray) return value
      checkNested(where, type.item, type.data.shape.length, value)
      return value
  }
}

const RANGES: Readonly<Partial<Record<ScalarName, readonly [number | bigint, number | bigint]>>> = {
  i8: [-0x80, 0x7f],
  u8: [0, 0xff],
  i32: [-0x8000_0000, 0x7fff_ffff],
  u32: [0, 0xffff_ffff],
  i64: [-0x8000_0000_0000_0000n, 0x7fff_ffff_ffff_ffffn],
  u64: [0n, 0xffff_ffff_ffff_ffffn],
}

function checkScalar(where: string, name: ScalarName, value: unknown): unknown {
  switch (name) {
    case 'i8':
    case 'u8':
    case 'i32':
    case 'u32':
      if (typeof value !== 'number') throw mismatch(where, 'a number', value)
      if (!Number.isInteger(value)) throw new TypeError(`${where} must be an integer, got ${value}`)
      return checkRange(where, name, value)
    case 'i64':
    case 'u64':
      if (typeof value === 'bigint') return checkRange(where, name, value)
      if (typeof value !== 'number') throw mismatch(where, 'a bigint', value)
      if (!Number.isSafeInteger(value)) throw new TypeError(`${where} must be a bigint or safe integer, got ${value}`)
      return checkRange(where, name, value)
    case 'f32':
    case 'f64':
      if (typeof value !== 'number') throw mismatch(where, 'a number', value)
      return value
    case 'bool':
      if (typeof value !== 'boolean') throw mismatch(where, 'a boolean', value)
      return value
    case 'str':
      if (typeof value !== 'string') throw mismatch(where, 'a string', value)
      return value
    case 'bytes':
      if (!ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer)) throw mismatch(where, 'a Uint8Array', value)
      return value
    case 'complex128': {
      const { re, im } = (value ?? {}) as { readonly re?: unknown; readonly im?: unknown }
      if (typeof re !== 'number' || typeof im !== 'number') throw mismatch(where, 'an object with re and im', value)
      return value
    }
    case 'None':
      if (value !== undefined && value !== null) throw mismatch(where, 'undefined', value)
      return value
  }
}

function checkRange(where: string, name: ScalarName, value: number | bigint): number | bigint {
  const [low, high] = RANGES[name] as readonly [number | bigint, number | bigint]
  if (value < low || value > high) throw new RangeError(`${where} (${value}) does not fit in ${name}`)
  return value
}

/** Rows of the same length, as deep as there are dimensions, with items that fit. */
function checkNested(where: string, item: TypeDescriptor, dimensions: number, value: unknown): void {
  if (!isArrayLike(value)) throw mismatch(where, 'an array', value)
  const rows = Array.from(value)
  if (dimensions === 1) {
    for (const [i, row] of rows.entries()) checkValue(`${where}[${i}]`, item, row)
    return
  }
  for (const [i, row] of rows.entries()) {
    checkNested(`${where}[${i}]`, item, dimensions - 1, row)
    const [length, first] = [row, rows[0]].map((each) => (each as ArrayLike<unknown>).length)
    if (length !== first) throw new TypeError(`${where}[${i}] must be as long as the first row`)
  }
}

/** Whether a typed array can hold nothing but values of the type. */
function holds(array: ArrayBufferView, name: ScalarName): boolean {
  const kind = array.constructor.name // Float64Array holds f64
  const bits = `${kind[0]?.toLowerCase()}${/\d+/.exec(kind)}`
  return name === (kind.startsWith('Big') ? `${kind[3]?.toLowerCase()}64` : bits)
}

function mismatch(where: string, wanted: string, value: unknown): TypeError {
  return new TypeError(`${where} must be ${wanted}, got ${describe(value)}`)
}

function describe(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return `an array of length ${value.length}`
  if (typeof value !== 'object') return typeof value
  return value.constructor?.name ?? 'object'
}

function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as ArrayLike<unknown>).length === 'number'
}

/** A text can be iterated too, but whoever passes one for a list has made a mistake. */
function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value
}
