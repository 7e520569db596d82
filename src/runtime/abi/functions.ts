/**
 * The functions of the C runtime that generated code calls, by C name, with their wasm signatures. `libspy.wasm` exports
 * all of them; jit modules import those they need from module `spy_runtime`; c programs link the same sources.
 *
 * Conventions. i8, u8 and bool are i32 in their range (sign- or zero-extended); u32 is i32, u64 is i64. `str`, `bytes`
 * and pointers are addresses. Strings that functions return are new unless stated otherwise. A function with
 * `place: true` can fail with a SPy error: it has two more parameters at the end, the address of a `str` object that names
 * the file and a packed position (see `packPosition`); both may be 0. A function with `allocates: true` may collect: its
 * arguments survive that, everything else has to be held by a root.
 *
 * KEEP IN STEP: runtime-functions (runtime-c/include/spy); test/runtime-c compares this table with the built module.
 */

export type WasmType = 'i32' | 'i64' | 'f32' | 'f64'

export interface WasmSignature {
  readonly params: readonly WasmType[]
  readonly results: readonly WasmType[]
}

export interface RuntimeFunction extends WasmSignature {
  /** Without the two parameters that `place` stands for. */
  readonly params: readonly WasmType[]
  readonly place: boolean
  /** It may allocate collected memory, and so collect. */
  readonly allocates: boolean
}

function fn(params: string, result: WasmType | '' = '', place = false): RuntimeFunction {
  return {
    params: params === '' ? [] : (params.split(' ') as WasmType[]),
    results: result === '' ? [] : [result],
    place,
    allocates: false,
  }
}

function allocating(func: RuntimeFunction): RuntimeFunction {
  return { ...func, allocates: true }
}

const INT_WASM = { i8: 'i32', u8: 'i32', i32: 'i32', u32: 'i32', i64: 'i64', u64: 'i64' } as const
type Int = keyof typeof INT_WASM
type Float = 'f32' | 'f64'

type IntRow = `spy_${Int}_${'div' | 'floordiv' | 'mod' | 'pow' | 'lshift' | 'rshift' | 'to_str'}` | `spy_str_to_${Int}`
type FloatRow =
  | `spy_${Float}_${'div' | 'floordiv' | 'mod' | 'pow' | 'to_str'}`
  | `spy_str_to_${Float}`
  | `spy_hash_${Float}`
type MathRow =
  `spy_math_${'sqrt' | 'sin' | 'cos' | 'tan' | 'asin' | 'acos' | 'exp' | 'log' | 'log10' | 'log2' | 'atan'}`

/** The primitive operations that take more than an instruction or can fail: `spy_` and the name of the operation. */
function intRows(): Record<IntRow, RuntimeFunction> {
  const rows: Partial<Record<IntRow, RuntimeFunction>> = {}
  for (const type of Object.keys(INT_WASM) as Int[]) {
    const w = INT_WASM[type]
    rows[`spy_${type}_div`] = fn(`${w} ${w}`, 'f64', true)
    for (const op of ['floordiv', 'mod', 'pow', 'lshift', 'rshift'] as const) {
      rows[`spy_${type}_${op}`] = fn(`${w} ${w}`, w, true)
    }
    rows[`spy_${type}_to_str`] = allocating(fn(w, 'i32'))
    rows[`spy_str_to_${type}`] = fn('i32 i32', w, true) // (text, base)
  }
  return rows as Record<IntRow, RuntimeFunction>
}

function floatRows(): Record<FloatRow, RuntimeFunction> {
  const rows: Partial<Record<FloatRow, RuntimeFunction>> = {}
  for (const type of ['f32', 'f64'] as const) {
    for (const op of ['div', 'floordiv', 'mod', 'pow'] as const) {
      rows[`spy_${type}_${op}`] = fn(`${type} ${type}`, type, true)
    }
    rows[`spy_${type}_to_str`] = allocating(fn(type, 'i32'))
    rows[`spy_str_to_${type}`] = fn('i32', type, true)
    rows[`spy_hash_${type}`] = fn(type, 'i32')
  }
  return rows as Record<FloatRow, RuntimeFunction>
}

function mathRows(): Record<MathRow, RuntimeFunction> {
  const rows: Partial<Record<MathRow, RuntimeFunction>> = {}
  for (const name of ['sqrt', 'sin', 'cos', 'tan', 'asin', 'acos', 'exp', 'log', 'log10', 'log2'] as const) {
    rows[`spy_math_${name}`] = fn('f64', 'f64', true)
  }
  rows.spy_math_atan = fn('f64', 'f64')
  return rows as Record<MathRow, RuntimeFunction>
}

const OTHER_ROWS = {
  spy_abi_version: fn('', 'i32'),

  // -- errors. etype and message are str objects; they do not return.
  spy_raise: fn('i32 i32', '', true),
  /** (operation: 0 getitem, 1 store, 2 getfield; address, index, length): NULL or out of bounds, says which. */
  spy_panic_pointer: fn('i32 i32 i32 i32', '', true),

  // -- math
  spy_math_atan2: fn('f64 f64', 'f64'),
  spy_math_pow: fn('f64 f64', 'f64', true),

  // -- complex128: (out, re, im, re, im); the result is written to the 16 bytes at `out`
  spy_wasm_complex128_div: fn('i32 f64 f64 f64 f64', '', true),
  spy_wasm_complex128_pow: fn('i32 f64 f64 f64 f64', '', true),
  spy_complex128_abs: fn('f64 f64', 'f64'),
  spy_complex128_to_str: allocating(fn('f64 f64', 'i32')),
  /** (out, text) */
  spy_wasm_str_to_complex128: fn('i32 i32', '', true),

  // -- memory. All blocks are zeroed.
  /** (count, bytes of an item) → block. PanicError `negative allocation size`, `out of memory`. */
  spy_raw_alloc: fn('i32 i32', 'i32', true),
  /** (block or 0) */
  spy_raw_free: fn('i32', '', true),
  /** (block or 0, bytes) → block with the old content as far as it fits */
  spy_raw_realloc: fn('i32 i32', 'i32', true),
  /** (count, bytes of an item, layout: address of its pointer map or 0 if it holds no gc pointers) → block */
  spy_gc_alloc: allocating(fn('i32 i32 i32', 'i32', true)),
  /** As spy_raw_alloc, for items that hold gc pointers: (count, bytes of an item, pointer map) */
  spy_raw_alloc_mapped: fn('i32 i32 i32', 'i32', true),

  // -- the collector
  /** Hosts: (bytes, pointer map or 0) → block. Never collects. */
  spy_gc_new: fn('i32 i32', 'i32'),
  /** (0 never, 1 at boundaries and thresholds, 2 at every allocation; 1 to overwrite freed memory) */
  spy_gc_configure: fn('i32 i32'),
  /** (address, count, pointer map): items that are roots */
  spy_gc_add_roots: fn('i32 i32 i32'),
  spy_gc_remove_roots: fn('i32'),
  /** Hosts: (address, bytes): the image of a version that has been replaced, to be freed when nothing leads there. */
  spy_gc_retire: fn('i32 i32'),
  /** The block behind the address stays until it is unpinned as often. */
  spy_gc_pin: fn('i32'),
  spy_gc_unpin: fn('i32'),
  /** The host enters the program, and what it passes is in a frame: collect if it is time. */
  spy_gc_boundary: allocating(fn('')),
  /** Collect now. → bytes alive */
  spy_gc_collect: allocating(fn('', 'i32')),
  /** Hosts: a call has failed, no frame is active any more. */
  spy_gc_unwind: fn(''),
  /** → address of the word that holds the address of the innermost root frame, 0 for none; see `ROOT_FRAME` */
  spy_gc_roots_address: fn('', 'i32'),

  // -- blocks of bytes
  spy_memcpy: fn('i32 i32 i32'),
  spy_memmove: fn('i32 i32 i32'),
  spy_memset: fn('i32 i32 i32'),
  spy_memcmp: fn('i32 i32 i32', 'i32'),

  // -- str
  /** Hosts: (bytes) → str whose text is not yet written and whose code points are not yet counted. Never collects. */
  spy_str_alloc: fn('i32', 'i32'),
  spy_str_concat: allocating(fn('i32 i32', 'i32')),
  /** Four at once. */
  spy_str_concat4: allocating(fn('i32 i32 i32 i32', 'i32')),
  /** (s, count): count <= 0 gives the empty string */
  spy_str_repeat: allocating(fn('i32 i32', 'i32')),
  spy_str_eq: fn('i32 i32', 'i32'),
  /** (a, b) → -1, 0, 1 by code points */
  spy_str_compare: fn('i32 i32', 'i32'),
  spy_str_hash: fn('i32', 'i32'),
  /** Code points. */
  spy_str_length: fn('i32', 'i32'),
  /** (s, index from the start, or negative from the end). IndexError `string index out of bound`. */
  spy_str_getitem: allocating(fn('i32 i32', 'i32', true)),
  /** (s, given: bit 0 start, bit 1 stop; start, stop, step). ValueError `slice step cannot be zero`. */
  spy_str_slice: allocating(fn('i32 i32 i32 i32 i32', 'i32', true)),
  /** (s, sub) → 0 or 1 */
  spy_str_contains: fn('i32 i32', 'i32'),
  /** (s, sub, start, end) → index or -1; start and end as in a slice */
  spy_str_find: fn('i32 i32 i32 i32', 'i32'),
  spy_str_rfind: fn('i32 i32 i32 i32', 'i32'),
  spy_str_count: fn('i32 i32 i32 i32', 'i32'),
  /** (s, old, new, how many at most or -1) */
  spy_str_replace: allocating(fn('i32 i32 i32 i32', 'i32')),
  /** (bytes) → str to be written by `spy_text_put`. */
  spy_text_begin: allocating(fn('i32', 'i32')),
  /** (text, byte, part) → the byte behind the part, which has been written there */
  spy_text_put: fn('i32 i32 i32', 'i32'),
  /** TypeError unless one code point long. */
  spy_str_ord: fn('i32', 'i32', true),
  /** (code point). ValueError `chr() arg not in range(0x110000)`. */
  spy_str_chr: allocating(fn('i32', 'i32', true)),
  spy_str_repr: allocating(fn('i32', 'i32')),
  spy_str_isascii: fn('i32', 'i32'),
  /** `True` or `False`; not new. */
  spy_bool_to_str: fn('i32', 'i32'),

  // -- bytes
  /** As spy_str_alloc. */
  spy_bytes_alloc: fn('i32', 'i32'),
  spy_bytes_repr: allocating(fn('i32', 'i32')),
  /** (b, index). IndexError `index out of range`. */
  spy_bytes_getitem: fn('i32 i32', 'i32', true),

  spy_bytes_length: fn('i32', 'i32'),
  /** (b, start, count, step): bytes that are all there */
  spy_bytes_slice: allocating(fn('i32 i32 i32 i32', 'i32')),
  /** The text whose code points are the bytes, and back from code points below 256. */
  spy_bytes_to_latin: allocating(fn('i32', 'i32')),
  spy_latin_to_bytes: allocating(fn('i32', 'i32')),
  /** The text that the bytes, which are UTF-8, stand for. */
  spy_bytes_to_str: allocating(fn('i32', 'i32')),
  /** The UTF-8 bytes of a str; not new. */
  spy_str_encode: fn('i32', 'i32'),

  // -- output and time
  /** Write the text of a str to standard output. */
  spy_stdout_write: fn('i32'),
  /** Write a number as `str` would, without a str. */
  spy_stdout_write_i64: fn('i64'),
  spy_stdout_write_u64: fn('i64'),
  spy_stdout_write_f64: fn('f64'),
  spy_stdout_write_f32: fn('f32'),
  /** Standard output is buffered up to the end of a line; hosts flush when the outermost call returns. */
  spy_flush: fn(''),
  spy_time_time: fn('', 'f64'),
  /** ValueError `sleep length must be non-negative`. */
  spy_time_sleep: fn('f64', '', true),
} as const satisfies Record<string, RuntimeFunction>

export type RuntimeFunctionName = IntRow | FloatRow | MathRow | keyof typeof OTHER_ROWS

export const RUNTIME_FUNCTIONS: Readonly<Record<RuntimeFunctionName, RuntimeFunction>> = {
  ...intRows(),
  ...floatRows(),
  ...mathRows(),
  ...OTHER_ROWS,
}

/** With the place written out: what the wasm export takes. */
export function wasmSignature(name: RuntimeFunctionName): WasmSignature {
  const { params, results, place } = RUNTIME_FUNCTIONS[name]
  return { params: place ? [...params, 'i32', 'i32'] : params, results }
}

/**
 * How the library is built, whatever the toolchain. Plain -O2 and no SIMD: it serves development, where size and
 * start-up count; release programs compile the same sources with their own settings.
 */
export const LIBRARY_BUILD = {
  profile: 'release',
  optimize: '2',
  simd: false,
  exports: [...Object.keys(RUNTIME_FUNCTIONS), '__stack_pointer'],
  exportTable: true,
  stackSize: 1 << 20, // frames of jit programs lie there, too
} as const
