/**
 * Serves the programs of a dev server from memory: no file has to be inside of what the server may read, and a hash in
 * the name makes every answer good for ever.
 *
 *     /@spy/<hash>.wasm       the program
 *     /@spy/<hash>.wasm.map   source map to the `.spy` files, at the URLs at which Vite serves them: /src/topo.spy
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { contentHash } from '../programs.ts'

/** Versions that may still be asked for: a slow page can be some edits behind. */
const KEPT = 32

const FOLDER = '@spy/'

/** What the server needs of a program. */
export interface Served {
  readonly wasm: Uint8Array
  readonly sourceMap: ((folder: string) => string) | undefined
}

export class ServedBytes {
  readonly #base: string
  readonly #served = new Map<string, Served>()

  /** @param base  path under which the server serves everything, with `/` at both ends */
  constructor(base: string) {
    this.#base = base
  }

  /** @returns the path at which the bytes are served */
  add({ wasm, sourceMap }: Served): string {
    const name = contentHash(wasm)
    this.#served.delete(name)
    this.#served.set(name, { wasm, sourceMap })
    for (const oldest of this.#served.keys()) {
      if (this.#served.size <= KEPT) break
      this.#served.delete(oldest)
    }
    return `${this.#base}${FOLDER}${name}.wasm`
  }

  /** A middleware for Connect, Express and their kin. */
  readonly middleware = (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const found = this.#find(request)
    if (found === undefined) return next()
    const { name, served, isMap } = found
    const etag = `"${name}"`
    response.setHeader('ETag', etag)
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable')
    if (request.headers['if-none-match'] === etag) {
      response.statusCode = 304
      response.end()
      return
    }
    response.setHeader('Content-Type', isMap ? 'application/json' : 'application/wasm')
    const body = isMap ? served.sourceMap?.(this.#base) : served.wasm
    response.end(request.method === 'HEAD' ? undefined : body)
  }

  #find(request: IncomingMessage): { name: string; served: Served; isMap: boolean } | undefined {
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    const asked = /\/@spy\/([0-9a-f]+)\.wasm(\.map)?$/.exec(path)
    if (asked === null) return undefined
    const [, name = '', map] = asked
    const served = this.#served.get(name)
    if (served === undefined || (map !== undefined && served.sourceMap === undefined)) return undefined
    return { name, served, isMap: map !== undefined }
  }
}
