/**
 * Serves the programs of a dev server from memory: no file has to be inside of what the server may read, and a hash in
 * the name makes every answer good for ever.
 *
 *     /@spy/<hash>.wasm       the program, with the URL of its source map
 *     /@spy/<hash>.wasm.map   source map to the `.spy` files
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { contentHash } from '../programs.ts'

/** Versions that may still be asked for: a slow page can be some edits behind. */
const KEPT = 32

const FOLDER = '@spy/'

interface Served {
  readonly wasm: Uint8Array
  readonly sourceMap: (() => string) | undefined
}

export class ServedBytes {
  readonly #base: string
  readonly #served = new Map<string, Served>()

  /** @param base  path under which the server serves everything, with `/` at both ends */
  constructor(base: string) {
    this.#base = base
  }

  /** @returns the path at which the bytes are served */
  add(wasm: Uint8Array, sourceMap: (() => string) | undefined): string {
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
    const body = isMap
      ? served.sourceMap?.()
      : withSourceMapUrl(served, mapUrl(request, `${this.#base}${FOLDER}${name}`))
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

/** Absolute: Chromium takes a relative one for relative to `wasm://`. */
function mapUrl(request: IncomingMessage, path: string): string {
  const protocol = 'encrypted' in request.socket && request.socket.encrypted ? 'https' : 'http'
  return `${protocol}://${request.headers.host ?? 'localhost'}${path}.wasm.map`
}

function withSourceMapUrl({ wasm, sourceMap }: Served, url: string): Uint8Array {
  return sourceMap === undefined ? wasm : appendCustomSection(wasm, 'sourceMappingURL', url)
}

/** A custom section at the end of a module, whose content is a text with its length in front. */
function appendCustomSection(wasm: Uint8Array, name: string, content: string): Uint8Array {
  const payload = [...lengthAndText(name), ...lengthAndText(content)]
  const section = [0, ...leb128(payload.length), ...payload]
  const out = new Uint8Array(wasm.length + section.length)
  out.set(wasm)
  out.set(section, wasm.length)
  return out
}

function lengthAndText(text: string): number[] {
  const bytes = new TextEncoder().encode(text)
  return [...leb128(bytes.length), ...bytes]
}

function leb128(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  return [...bytes, rest]
}
