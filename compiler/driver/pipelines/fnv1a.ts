/** A short name for long contents. */

/**
 * FNV-1a with 64 bits (Fowler, Noll, Vo), in four limbs of 16 bits, because numbers hold their products exactly.
 *
 * @returns 16 hexadecimal digits
 */
export function fnv1a64(bytes: Uint8Array): string {
  let a = 0x2325
  let b = 0x8422
  let c = 0x9ce4
  let d = 0xcbf2
  for (const byte of bytes) {
    a ^= byte
    // The prime is 2^40 + 0x1b3.
    const a1 = a * 0x1b3
    const b1 = b * 0x1b3 + (a1 >>> 16)
    const c1 = c * 0x1b3 + ((a << 8) & 0xffff) + (b1 >>> 16)
    const d1 = d * 0x1b3 + (a >>> 8) + ((b << 8) & 0xffff) + (c1 >>> 16)
    a = a1 & 0xffff
    b = b1 & 0xffff
    c = c1 & 0xffff
    d = d1 & 0xffff
  }
  return [d, c, b, a].map((limb) => limb.toString(16).padStart(4, '0')).join('')
}
