/** Guest memory: views that survive growth, blocks, strings and bytes. Works for any instance of the C runtime. */
export { GuestMemory, type MemoryExports } from './memory/guest-memory.ts'
export { newBytes, newStr, readBytes, readStr, readUtf8, strImage } from './memory/text.ts'
