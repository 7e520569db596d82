/**
 * What an import of a `.spy` file asks for, by its query.
 */
import type { ModuleId } from './module-id.ts'

/**
 * - `facade`: the module itself: its functions, classes and variables
 * - `raw`: its source text
 * - `url`: where the program's wasm is
 * - `host`: something that the bundler answers by itself, such as a worker around the module
 */
export type RequestKind = 'facade' | 'raw' | 'url' | 'host'

/**
 * Queries that hosts and browsers add without changing what is meant: `import` and `t` (Vite), `v` (its optimiser),
 * `worker_file` and `type` (the module inside of a Vite worker), `ssr`, `commonjs-*` (Rollup plugins).
 */
const ASKED_FOR: Readonly<Record<string, RequestKind>> = {
  raw: 'raw',
  url: 'url',
  worker: 'host',
  sharedworker: 'host',
}

export function requestKind(id: ModuleId): RequestKind {
  for (const key of queryKeys(id.query)) {
    const kind = Object.hasOwn(ASKED_FOR, key) ? ASKED_FOR[key] : undefined
    if (kind !== undefined) return kind
  }
  return 'facade'
}

/** `import&t=17` → import, t. */
export function queryKeys(query: string): string[] {
  return query
    .split('&')
    .map((part) => part.split('=', 1)[0] ?? '')
    .filter((key) => key !== '')
}
