/** Expressions of JavaScript that make the codecs of `unplugin-spy/runtime`, and inline conversions of scalars. */
import type { NumberName, ScalarName, TypeDescriptor } from '../../../src/runtime/abi/descriptors.ts'

/** How many wasm values hold a value of the type. */
export function flatWidth(type: TypeDescriptor): number {
  switch (type.kind) {
    case 'scalar':
      return type.name === 'None' ? 0 : type.name === 'complex128' ? 2 : 1
    case 'tuple':
    case 'struct':
      return type.fields.reduce((sum, field) => sum + flatWidth(field.type), 0)
    case 'list':
    case 'array':
      return type.checked ? 2 : 1
  }
}

const NUMBERS: Readonly<Record<NumberName, true>> = {
  i8: true,
  u8: true,
  i32: true,
  u32: true,
  i64: true,
  u64: true,
  f32: true,
  f64: true,
}

export function isNumber(name: ScalarName): name is NumberName {
  return name in NUMBERS
}

/**
 * An argument that needs no codec: what wasm itself does to a JavaScript value (32 bits, rounding to f32) is what SPy's
 * conversions do. Undefined if it takes one.
 */
export function inlineArgument(name: string, type: TypeDescriptor): string | undefined {
  if (type.kind !== 'scalar') return undefined
  switch (type.name) {
    case 'i8':
      return `(${name} << 24) >> 24`
    case 'u8':
      return `${name} & 255`
    case 'i32':
    case 'u32':
    case 'f32':
    case 'f64':
      return name
    case 'i64':
    case 'u64':
      return `BigInt(${name})`
    case 'bool':
      return `${name} ? 1 : 0`
    case 'None':
      return ''
    case 'complex128':
      return `${name}.re, ${name}.im`
    case 'str':
    case 'bytes':
      return undefined
  }
}

/** The result of `call`, converted; undefined if that takes a codec. */
export function inlineResult(call: string, type: TypeDescriptor): string | undefined {
  if (type.kind !== 'scalar') return undefined
  switch (type.name) {
    case 'i8':
    case 'u8':
    case 'i32':
    case 'i64':
    case 'f32':
    case 'f64':
    case 'None':
      return call
    case 'u32':
      return `${call} >>> 0`
    case 'u64':
      return `BigInt.asUintN(64, ${call})`
    case 'bool':
      return `!!${call}`
    case 'complex128':
    case 'str':
    case 'bytes':
      return undefined
  }
}

/** The codecs of a facade: each is made once, and only those of the runtime that are named are imported. */
export class CodecTable {
  readonly #imports = new Set<string>()
  readonly #names = new Map<string, string>()
  readonly #lines: string[] = []
  readonly #classes: ReadonlyMap<string, string>

  /** @param classes  local names of the classes of the facade, by FQN */
  constructor(classes: ReadonlyMap<string, string>) {
    this.#classes = classes
  }

  /** The local name of something of the runtime: no name of SPy contains `$`. */
  use(name: string): string {
    this.#imports.add(name)
    return `$${name}`
  }

  get imports(): readonly string[] {
    return [...this.#imports].sort()
  }

  /** Declarations of the codecs, those that others are made of first. */
  get lines(): readonly string[] {
    return this.#lines
  }

  /**
   * An expression that names the codec of a type.
   *
   * @param use  results are only given out, which takes less than accepting what JavaScript may pass
   */
  name(type: TypeDescriptor, use: 'accept' | 'give'): string {
    if (type.kind === 'scalar') return this.use(type.name === 'None' ? 'none' : type.name)
    const text = this.#make(type, use)
    const known = this.#names.get(text)
    if (known !== undefined) return known
    const name = `$${this.#names.size}`
    this.#names.set(text, name)
    this.#lines.push(`const ${name} = /*#__PURE__*/ ${text}`)
    return name
  }

  #make(type: Exclude<TypeDescriptor, { kind: 'scalar' }>, use: 'accept' | 'give'): string {
    switch (type.kind) {
      case 'tuple': {
        const items = type.fields.map((field) => `, [${this.name(field.type, use)}, ${field.offset}]`)
        return `${this.use('tuple')}(${type.size}${items.join('')})`
      }
      case 'struct': {
        const fields = type.fields.map((field) => `['${field.name}', ${this.name(field.type, use)}, ${field.offset}]`)
        const local = this.#classes.get(type.fqn)
        const make = local === undefined ? '' : `, (values) => new ${local}(...values, 0)`
        return `${this.use('struct')}(${type.size}, [${fields.join(', ')}]${make})`
      }
      case 'list': {
        const { size, length, capacity, items } = type.data
        const maker = type.item.kind === 'scalar' && isNumber(type.item.name) ? 'numbers' : 'list'
        const item = this.name(type.item, use)
        return `${this.use(maker)}(${item}, [${size}, ${length}, ${capacity}, ${items}]${type.checked ? ', true' : ''})`
      }
      case 'array': {
        const { size, shape, items } = type.data
        const item = this.name(type.item, use)
        return `${this.use(use === 'give' ? 'array' : 'arrayFrom')}(${item}, [${size}, [${shape.join(', ')}], ${items}]${type.checked ? ', true' : ''})`
      }
    }
  }
}
