/**
 * A program's bytes as a file, for hosts that want a path. The folder is named by the content: a file that exists is
 * right, and two processes that write it at once write the same.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stem } from '../ids.ts'

/** Hash of bytes and texts, as 32 hexadecimal digits. */
export function contentHash(...parts: readonly (Uint8Array | string)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex').slice(0, 32)
}

/**
 * File name for the bytes of a program, for people: the only entry's, or `program.wasm`. Hosts put it into URLs, so there
 * is nothing in it that means something there.
 */
export function wasmName(entries: readonly string[]): string {
  const [only, second] = entries
  const name = only !== undefined && second === undefined ? stem(only) : 'program'
  return `${name.replace(/[^\w.-]+/g, '_')}.wasm`
}

const SPECIFIER = /^(?:\.\/)?unplugin-spy\/virtual\/wasm\/([0-9a-f]+)\/([\w.-]+)$/

/** How modules name a file that `writeWasmFile` has written. */
export function wasmSpecifier(bytes: Uint8Array, name: string): string {
  return `unplugin-spy/virtual/wasm/${contentHash(bytes)}/${name}`
}

/** The file that a specifier names; undefined for other specifiers. */
export function resolveWasm(cacheDir: string, specifier: string): string | undefined {
  const found = SPECIFIER.exec(specifier)
  return found === null ? undefined : join(cacheDir, 'wasm', found[1] as string, found[2] as string)
}

export function writeWasmFile(cacheDir: string, name: string, bytes: Uint8Array): void {
  const folder = join(cacheDir, 'wasm', contentHash(bytes))
  const path = join(folder, name)
  if (existsSync(path)) return
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
