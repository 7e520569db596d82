/** A short name for long contents. Not for keys of stores: nobody is kept from making two contents with one name. */

/**
 * cyrb53 (bryc, public domain): two lanes of 32 bits, mixed at the end. Runs at the speed of reading.
 *
 * @param content  bytes, or a text, whose UTF-16 code units are taken
 * @returns 14 hexadecimal digits, of which the first is 0 or 1
 */
export function shortHash(content: string | Uint8Array): string {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  const mix = (unit: number): void => {
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  if (typeof content === 'string') for (let i = 0; i < content.length; i++) mix(content.charCodeAt(i))
  else for (const byte of content) mix(byte)
  const low = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  const high = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  return ((2097151 & high) * 2 ** 32 + (low >>> 0)).toString(16).padStart(14, '0')
}
