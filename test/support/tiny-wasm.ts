/** Small wasm modules, assembled by hand: what the code around programs is tested with before any compiler runs. */

export const I32 = 0x7f

export interface TinyFunction {
  readonly name: string
  readonly params?: number
  /** How many i32 it gives: 0 or 1. */
  readonly results?: 0 | 1
  /** Instructions without the closing `end`. */
  readonly code: readonly number[]
}

export interface TinyModule {
  /** Functions of i32 that give nothing; they have the first indices. */
  readonly imports?: readonly { readonly module: string; readonly name: string; readonly params: number }[]
  readonly memoryImport?: readonly [module: string, name: string]
  /** Immutable i32, or mutable and exported with an initial value. */
  readonly globalImport?: readonly [module: string, name: string]
  readonly globals?: readonly { readonly name: string; readonly value: number }[]
  readonly functions: readonly TinyFunction[]
  readonly data?: string
  readonly custom?: readonly { readonly name: string; readonly bytes: readonly number[] }[]
}

export const op = {
  unreachable: 0x00,
  call: (index: number) => [0x10, index],
  local: (index: number) => [0x20, index],
  globalGet: (index: number) => [0x23, index],
  globalSet: (index: number) => [0x24, index],
  i32: (value: number) => [0x41, ...signed(value)],
  load: [0x28, 2, 0],
  store: [0x36, 2, 0],
  add: 0x6a,
} as const

export function tinyWasm(module: TinyModule): WebAssembly.Module {
  return new WebAssembly.Module(tinyWasmBytes(module))
}

export function tinyWasmBytes(module: TinyModule): Uint8Array<ArrayBuffer> {
  const { imports = [], functions, globals = [], data = '', custom = [] } = module
  const types = [...imports.map(({ params }) => ({ params, results: 0 })), ...functions]
  const funcImports = imports.map((each, i) => [...text(each.module), ...text(each.name), 0, i])
  const memory = module.memoryImport
  const global = module.globalImport
  const otherImports = [
    ...(memory ? [[...text(memory[0]), ...text(memory[1]), 2, 0, 0]] : []),
    ...(global ? [[...text(global[0]), ...text(global[1]), 3, I32, 0]] : []),
  ]
  const firstGlobal = global ? 1 : 0
  const bytes = [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      1,
      types.map(({ params = 0, results = 0 }) => [0x60, ...vector(fill(params)), ...vector(fill(results))]),
    ),
    ...section(2, [...funcImports, ...otherImports]),
    ...section(
      3,
      functions.map((_, i) => unsigned(imports.length + i)),
    ),
    ...section(5, memory ? [] : [[0, 1]]),
    ...section(
      6,
      globals.map(({ value }) => [I32, 1, ...op.i32(value), 0x0b]),
    ),
    ...section(7, [
      [...text('memory'), 2, 0],
      ...functions.map(({ name }, i) => [...text(name), 0, ...unsigned(imports.length + i)]),
      ...globals.map(({ name }, i) => [...text(name), 3, firstGlobal + i]),
    ]),
    ...section(
      10,
      functions.map(({ code }) => sized([0, ...code, 0x0b])),
    ),
    ...section(11, data === '' ? [] : [[0, ...op.i32(0), 0x0b, ...text(data)]]),
    ...custom.flatMap(({ name, bytes }) => [0, ...sized([...text(name), ...bytes])]),
  ]
  return Uint8Array.from(bytes)
}

function section(id: number, items: readonly (readonly number[])[]): number[] {
  return items.length === 0 ? [] : [id, ...sized([...unsigned(items.length), ...items.flat()])]
}

function sized(bytes: readonly number[]): number[] {
  return [...unsigned(bytes.length), ...bytes]
}

function vector(bytes: readonly number[]): number[] {
  return sized(bytes)
}

function fill(count: number): number[] {
  return Array.from({ length: count }, () => I32)
}

function text(value: string): number[] {
  return sized([...new TextEncoder().encode(value)])
}

function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)]
}

function signed(value: number): number[] {
  const low = value & 127
  const rest = value >> 7
  const done = (rest === 0 && low < 64) || (rest === -1 && low >= 64)
  return done ? [low] : [low | 128, ...signed(rest)]
}
