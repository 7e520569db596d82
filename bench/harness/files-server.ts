/** A server for one measurement: what it serves is a function of the path. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
}

export interface FilesServer {
  /** With a slash at the end. */
  readonly url: string
  close(): Promise<void>
}

/** @param read  content for a path without a leading slash; undefined is a 404 */
export async function serveFiles(read: (path: string) => string | Uint8Array | undefined): Promise<FilesServer> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname).slice(1)
    const content = read(path === '' ? 'index.html' : path)
    if (content === undefined) response.writeHead(404).end()
    else {
      const type = TYPES[path === '' ? '.html' : extname(path)] ?? 'application/octet-stream'
      response.writeHead(200, { 'content-type': type }).end(content)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
