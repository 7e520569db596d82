/**
 * Module ids, as bundlers hand them to plugins, taken apart and put together.
 *
 *     /app/src/topo.spy?import&t=17        → path /app/src/topo.spy, query import&t=17
 *     C:\app\a #1\topo.spy                 → path C:/app/a #1/topo.spy
 *     /app/a\0#1/topo.spy?raw              → path /app/a#1/topo.spy, query raw      (as webpack writes a literal #)
 *
 * `?` and `#` begin a query or a fragment in an id but may also stand in the name of a folder. An id that webpack made
 * tells them apart: a null byte stands before a literal one. The other hosts escape nothing; there the ending `.spy`
 * decides, because a query can only follow it. Nothing is percent-decoded: ids are file names, not URLs.
 */
import { toPosix } from './paths.ts'

export interface ModuleId {
  /** With `/` between its parts, unescaped. */
  readonly path: string
  /** Without `?`; empty if there is none. */
  readonly query: string
  /** Without `#`; empty if there is none. */
  readonly hash: string
}

const ENDING = '.spy'

/** The id of a `.spy` file with whatever follows it, or undefined: other modules, and virtual ones, are not ours. */
export function parseSpyId(id: string): ModuleId | undefined {
  const escaped = id.includes('\0')
  if (escaped && (id.startsWith('\0') || /\0(?![#?])/.test(id))) return undefined
  const end = escaped ? endOfEscapedPath(id) : endOfPlainPath(id)
  const path = id.slice(0, end)
  if (!path.endsWith(ENDING)) return undefined
  const [query, hash] = splitTail(id.slice(end))
  return { path: toPosix(withoutEscapes(path)), query: withoutEscapes(query), hash: withoutEscapes(hash) }
}

/** The inverse of `parseSpyId` for hosts that escape nothing. */
export function formatSpyId({ path, query, hash }: ModuleId): string {
  return path + (query === '' ? '' : `?${query}`) + (hash === '' ? '' : `#${hash}`)
}

/** webpack and Rspack: the first `?` or `#` that no null byte protects. */
function endOfEscapedPath(id: string): number {
  for (let at = 0; at < id.length; at++) {
    if (id[at] === '\0') at++
    else if (id[at] === '?' || id[at] === '#') return at
  }
  return id.length
}

/**
 * The query begins at the first `?` that follows `.spy`, or at the first one if there is none. Of what stands before,
 * everything up to the last `.spy` that ends it or has a `#` behind is path: `#` in a folder's name is more common than
 * a fragment.
 */
function endOfPlainPath(id: string): number {
  const query = id.indexOf(`${ENDING}?`)
  const before = query === -1 ? id : id.slice(0, query + ENDING.length)
  if (before.endsWith(ENDING)) return before.length
  const fragment = before.lastIndexOf(`${ENDING}#`)
  return fragment === -1 ? before.length : fragment + ENDING.length
}

/** `?query#hash`, or `#hash` alone. */
function splitTail(tail: string): [query: string, hash: string] {
  if (!tail.startsWith('?')) return ['', tail.slice(1)]
  const hash = tail.indexOf('#')
  return hash === -1 ? [tail.slice(1), ''] : [tail.slice(1, hash), tail.slice(hash + 1)]
}

function withoutEscapes(text: string): string {
  return text.replaceAll('\0', '')
}
