/** Constants and defaults as they travel in data, made into values. */
import type { PlainValue } from '../abi/descriptors.ts'

export function plainValue(value: PlainValue): unknown {
  if (value === null) return undefined // None
  if (typeof value !== 'object') return value
  if (isItems(value)) return Object.freeze(value.map(plainValue))
  switch (value.kind) {
    case 'number':
      return Number(value.value)
    case 'bigint':
      return BigInt(value.value)
    case 'bytes':
      return Uint8Array.from(value.value)
    case 'object':
      return Object.freeze(Object.fromEntries(value.fields.map(([name, field]) => [name, plainValue(field)])))
  }
}

function isItems(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value)
}
