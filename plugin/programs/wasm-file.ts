/**
 * A program's bytes as a file, for hosts that want a path. The folder is named by the content: a file that exists is
 * right, and two processes that write it at once write the same.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stem, toPosix } from '../ids.ts'

/** Hash of bytes and texts, as 32 hexadecimal digits. */
export function contentHash(...parts: readonly (Uint8Array | string)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex').slice(0, 32)
}

/** File name for the bytes of a program, for people: the only entry's, or `program.wasm`. */
export function wasmName(entries: readonly string[]): string {
  const [only, second] = entries
  return `${only !== undefined && second === undefined ? stem(only) : 'program'}.wasm`
}

/** @returns the path, with `/` between its parts */
export function writeWasmFile(cacheDir: string, name: string, bytes: Uint8Array): string {
  const folder = join(cacheDir, 'wasm', contentHash(bytes))
  const path = join(folder, name)
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true })
    const unfinished = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`
    try {
      writeFileSync(unfinished, bytes)
      renameSync(unfinished, path)
    } catch (error) {
      rmSync(unfinished, { force: true })
      // Windows refuses to replace a file that somebody is reading; what he reads is the same.
      if (!existsSync(path)) throw error
    }
  }
  return toPosix(path)
}
