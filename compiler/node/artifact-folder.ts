/**
 * Results kept in files, one for each key. Safe for processes that use one folder at once: a file appears whole or not at
 * all, and two that make the same result write the same bytes.
 *
 *     folder/ab/cdef0123...        32 bytes SHA-256 of the rest, then the result
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ArtifactKey, ArtifactStore } from '../driver/artifacts.ts'

const DAY_MS = 86_400_000

export interface ArtifactFolderOptions {
  /** Files that nobody has used for so many days are removed, once per store. Default 30. */
  readonly keepDays?: number
}

const DIGEST = 32

export class ArtifactFolder implements ArtifactStore {
  readonly #folder: string
  readonly #keepMs: number
  #pruned = false

  /** @param folder made when the first result is kept; for a project, `node_modules/.cache/unplugin-spy` */
  constructor(folder: string, { keepDays = 30 }: ArtifactFolderOptions = {}) {
    this.#folder = folder
    this.#keepMs = keepDays * DAY_MS
  }

  async get(key: ArtifactKey): Promise<Uint8Array | undefined> {
    const path = this.#path(key)
    let content: Uint8Array
    try {
      content = await readFile(path)
    } catch {
      return undefined
    }
    const bytes = content.subarray(DIGEST)
    if (content.length < DIGEST || !digestOf(bytes).equals(content.subarray(0, DIGEST))) {
      await unlink(path).catch(() => {}) // a disk that was full, a machine that stopped: make it again
      return undefined
    }
    // When it was used last is what decides about removing it; nobody waits for that.
    const now = new Date()
    utimes(path, now, now).catch(() => {})
    return bytes
  }

  async put(key: ArtifactKey, bytes: Uint8Array): Promise<void> {
    const path = this.#path(key)
    const temporary = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`
    try {
      await mkdir(dirname(path), { recursive: true })
      await writeFile(temporary, Buffer.concat([digestOf(bytes), bytes]))
      await rename(temporary, path)
    } catch {
      await rm(temporary, { force: true }).catch(() => {})
      return // a folder that cannot be written to costs time, not results
    }
    await this.#prune()
  }

  #path(key: ArtifactKey): string {
    return join(this.#folder, key.slice(0, 2), key.slice(2))
  }

  /** Remove what is old, also temporary files of processes that died. */
  async #prune(): Promise<void> {
    if (this.#pruned) return
    this.#pruned = true
    const before = Date.now() - this.#keepMs
    for (const group of await readdir(this.#folder).catch(() => [])) {
      if (!/^[0-9a-f]{2}$/.test(group)) continue // not ours
      const folder = join(this.#folder, group)
      for (const name of await readdir(folder).catch(() => [])) {
        const path = join(folder, name)
        const found = await stat(path).catch(() => undefined)
        const limit = name.endsWith('.tmp') ? Date.now() - DAY_MS : before
        if (found !== undefined && found.mtimeMs < limit) await rm(path, { force: true }).catch(() => {})
      }
    }
  }
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
