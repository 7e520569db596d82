/** Where things lie in linear memory. Bytes, little-endian. */

/** Counts changes that make old and new modules unable to work together. Exported as `spy_abi_version()`. */
export const ABI_VERSION = 1

/**
 * The header of a `str`, and of `bytes`, which has the same fields. `utf8` is an address: the text normally begins
 * right behind the header, but need not. `utf8Length` repeats `length`: a debug build reads both words as one checked
 * pointer. `chars` is the number of code points, `UNKNOWN_CHARS` while nobody has counted them; where it equals
 * `length` the text is ASCII. A zero byte, which does not count, follows the text.
 *
 * KEEP IN STEP: string-layout (runtime-c/include/spy/str.h, compiler/objects/layout.ts)
 */
export const STR = { length: 0, hash: 4, utf8: 8, utf8Length: 12, chars: 16, size: 20 } as const

export const UNKNOWN_CHARS = 0xffffffff

/**
 * Positions in the source as one word: lines and columns from 1, columns beyond 4095 are cut. 0 is nowhere.
 *
 * KEEP IN STEP: place-encoding (runtime-c/include/spy/panic.h)
 */
export function packPosition(line: number, column: number): number {
  return ((Math.min(line, 0xfffff) << 12) | Math.min(column, 0xfff)) >>> 0
}

/**
 * A root frame: the slots where a function keeps gc pointers that the collector must see, on C's stack.
 * KEEP IN STEP: root-frame (runtime-c/include/spy/gc.h)
 */
export const ROOT_FRAME = { previous: 0, count: 4, slots: 8 } as const

/**
 * A pointer map: bytes of an item, number of gc pointers in it, then their offsets, a word each.
 * KEEP IN STEP: pointer-map (runtime-c/include/spy/memory.h)
 */
export const POINTER_MAP = { itemSize: 0, count: 4, offsets: 8 } as const

/** Blocks of guest memory begin at multiples of this. */
export const BLOCK_ALIGN = 8
