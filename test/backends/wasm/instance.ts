/**
 * Programs of the jit engine, instantiated. The runtime is a stand-in in JavaScript over src/runtime/numbers, so that
 * tests of the emitter need no C toolchain; it also shows what the emitter asks of the runtime.
 */
import { emitWasm, type WasmOptions, type WasmProgram } from '../../../compiler/backends/wasm.ts'
import { invariant } from '../../../compiler/text/diagnostics.ts'
import type { TypedProgram } from '../../../compiler/typed/tree.ts'
import { STR } from '../../../src/runtime/abi/layout.ts'
import {
  complexDiv,
  complexPow,
  FLOATS,
  isWide,
  NumberFault,
  SMALL_INTS,
  WIDE_INTS,
} from '../../../src/runtime/numbers.ts'

/** A failure of the program: `ZeroDivisionError: division by zero @ /p/test.spy:1:1`. */
export class Failure extends Error {
  readonly etype: string
  readonly place: string

  constructor(etype: string, message: string, place: string) {
    super(message)
    this.etype = etype
    this.place = place
  }

  override toString(): string {
    return `${this.etype}: ${this.message} @ ${this.place}`
  }
}

export type Scalar = number | bigint

export class Instance {
  readonly emitted: WasmProgram
  readonly memory: WebAssembly.Memory
  readonly exports: Readonly<Record<string, (...args: readonly Scalar[]) => Scalar>>

  constructor(emitted: WasmProgram, memory: WebAssembly.Memory, instance: WebAssembly.Instance) {
    this.emitted = emitted
    this.memory = memory
    this.exports = instance.exports as typeof this.exports
  }

  /** Call an export by FQN. */
  call(name: string, ...args: readonly Scalar[]): Scalar {
    const func = this.exports[name]
    invariant(func !== undefined, `the program exports ${name}`)
    return func(...args)
  }

  /** What the call gives, or how it fails. */
  outcome(name: string, ...args: readonly Scalar[]): Scalar | string {
    try {
      return this.call(name, ...args)
    } catch (error) {
      if (error instanceof Failure) return `${error.etype}: ${error.message}`
      throw error
    }
  }

  get view(): DataView {
    return new DataView(this.memory.buffer)
  }

  text(address: Scalar): string {
    return readText(this.memory, Number(address))
  }
}

export function readText(memory: WebAssembly.Memory, address: number): string {
  const view = new DataView(memory.buffer)
  const length = view.getUint32(address + STR.length, true)
  const data = view.getUint32(address + STR.utf8, true)
  return new TextDecoder().decode(new Uint8Array(memory.buffer, data, length))
}

/** Replaces functions of the stand-in runtime. */
export type Hooks = Readonly<Record<string, (...args: number[]) => number | bigint | undefined>>

/** The word that leads to the root frames, and where C's stack begins. */
export const FRAMES = 0x100
const STACK_TOP = 0x8000

/** Where the image lies: not at 0, and with dirt in it. */
const IMAGE_BASE = 0x10040

/** Emit, validate, instantiate, initialise. */
export function instantiate(program: TypedProgram, options: Partial<WasmOptions> = {}, hooks: Hooks = {}): Instance {
  const exports = options.exports ?? [...program.functions.keys()]
  const cells = options.cells ?? [...program.cells.keys()]
  const emitted = emitWasm(program, { ...options, exports, cells })
  const bytes = emitted.bytes as Uint8Array<ArrayBuffer>
  const memory = new WebAssembly.Memory({ initial: 16 })
  new Uint8Array(memory.buffer).fill(0xaa, IMAGE_BASE, IMAGE_BASE + emitted.imageSize)
  const module = new WebAssembly.Module(bytes) // throws if it is not valid
  const runtime = standInRuntime(memory, IMAGE_BASE + emitted.imageSize)
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {
    spy: {
      image: new WebAssembly.Global({ value: 'i32', mutable: false }, IMAGE_BASE),
      frames: new WebAssembly.Global({ value: 'i32', mutable: false }, FRAMES),
    },
    spy_runtime: { memory, __stack_pointer: new WebAssembly.Global({ value: 'i32', mutable: true }, STACK_TOP) },
  }
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    const group = imports[from]
    invariant(group !== undefined, `there is an import module ${from}`)
    if (kind === 'function') group[name] = hooks[name] ?? runtime(name)
  }
  const instance = new WebAssembly.Instance(module, imports)
  const made = new Instance(emitted, memory, instance)
  made.call('spy:init')
  return made
}

function standInRuntime(memory: WebAssembly.Memory, heap: number): (name: string) => WebAssembly.ImportValue {
  let free = heap
  const placeOf = (file: number, position: number): string =>
    `${readText(memory, file)}:${position >>> 12}:${position & 0xfff}`
  const fail = (etype: string, message: string, file: number, position: number): never => {
    throw new Failure(etype, message, placeOf(file, position))
  }
  const allocate = (count: number, size: number, file: number, position: number): number => {
    if (count < 0) fail('PanicError', 'negative allocation size', file, position)
    const address = Math.ceil(free / 8) * 8
    free = address + count * size
    if (free > memory.buffer.byteLength) fail('PanicError', 'out of memory', file, position)
    return address
  }
  const pointerTexts = ['ptr_getitem', 'ptr_store', 'ptr_getfield'] as const
  const others: Hooks = {
    spy_raise: (etype = 0, message = 0, file = 0, position = 0) =>
      fail(readText(memory, etype), readText(memory, message), file, position),
    spy_panic_pointer: (access = 0, address = 0, index = 0, length = 0, file = 0, position = 0) => {
      if (address === 0) return fail('PanicError', 'cannot dereference NULL pointer', file, position)
      const what = `${pointerTexts[access]} out of bounds`
      const detail = access === 2 ? '' : `: 0x${(address >>> 0).toString(16)}[${index}] (upper bound: ${length})`
      return fail('PanicError', what + detail, file, position)
    },
    spy_raw_alloc: (count = 0, size = 0, file = 0, position = 0) => allocate(count, size, file, position),
    spy_gc_alloc: (count = 0, size = 0, _layout = 0, file = 0, position = 0) => allocate(count, size, file, position),
    spy_memcmp: (a = 0, b = 0, n = 0) => {
      const bytes = new Uint8Array(memory.buffer)
      for (let i = 0; i < n; i++) {
        const difference = (bytes[a + i] ?? 0) - (bytes[b + i] ?? 0)
        if (difference !== 0) return Math.sign(difference)
      }
      return 0
    },
    spy_math_sqrt: (_x = 0, file = 0, position = 0) => fail('ValueError', 'math domain error', file, position),
  }
  return (name) => {
    const found = others[name] ?? arithmetic(name, memory, fail)
    invariant(found !== undefined, `the stand-in runtime has ${name}`)
    return found as WebAssembly.ImportValue
  }
}

type Fail = (etype: string, message: string, file: number, position: number) => never

/** `spy_i32_pow` and its like. The last two arguments are the place. */
function arithmetic(
  name: string,
  memory: WebAssembly.Memory,
  fail: Fail,
): ((...args: Scalar[]) => unknown) | undefined {
  const complex = /^spy_wasm_complex128_(div|pow)$/.exec(name)
  const [, type, op] = /^spy_([iuf]\d+)_(\w+)$/.exec(name) ?? []
  const compute = (args: readonly Scalar[]): unknown => {
    if (complex !== null) {
      const [out, a, b, c, d] = args.map(Number) as [number, number, number, number, number]
      const { re, im } = (complex[1] === 'div' ? complexDiv : complexPow)({ re: a, im: b }, { re: c, im: d })
      const view = new DataView(memory.buffer)
      view.setFloat64(out, re, true)
      view.setFloat64(out + 8, im, true)
      return undefined
    }
    const [a, b] = args
    if (type === 'f32' || type === 'f64') return FLOATS[type][op as 'pow'](a as number, b as number)
    const int = type as 'i32' | 'i64'
    if (isWide(int)) return WIDE_INTS[int][op as 'pow'](unsigned(type, a) as bigint, unsigned(type, b) as bigint)
    return SMALL_INTS[int as 'i32'][op as 'pow'](unsigned(type, a) as number, unsigned(type, b) as number)
  }
  if (complex === null && op === undefined) return undefined
  return (...args) => {
    try {
      return compute(args)
    } catch (error) {
      if (!(error instanceof NumberFault)) throw error
      return fail(error.etype, error.message, Number(args.at(-2)), Number(args.at(-1)))
    }
  }
}

/** JavaScript sees every wasm integer as signed. */
export function unsigned(type: string | undefined, value: Scalar | undefined): Scalar | undefined {
  if (type === 'u32') return (value as number) >>> 0
  if (type === 'u64') return BigInt.asUintN(64, value as bigint)
  return value
}
