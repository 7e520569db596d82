/**
 * npm packages as places of modules: a package offers `.spy` files under the condition `spy` of its `exports`.
 *
 *     "exports": {
 *       ".":          { "spy": "./src/main.spy", "import": "./dist/main.js" },
 *       "./shapes/*": { "spy": "./src/shapes/*.spy" }
 *     }
 *
 * Patterns and nested conditions follow Node's algorithm (PACKAGE_EXPORTS_RESOLVE), with `spy` as the condition that
 * must be met on the way.
 */
import type { Host } from '../../text/source.ts'
import { folderOf, joinPath } from './paths.ts'

export interface PackageHit {
  readonly path: string
}

/**
 * Look for a module in the packages that are visible from a folder.
 *
 * @param module  `package` or `package.sub.path`; `_` may stand for `-`
 * @param tried  receives the package descriptions that were looked for
 */
export function findInPackages(module: string, folder: string, host: Host, tried: string[]): PackageHit | undefined {
  const [first = '', ...subpath] = module.split('.')
  const names = first.includes('_') ? [first, first.replaceAll('_', '-')] : [first]
  for (let at = folder; ; at = folderOf(at)) {
    for (const name of names) {
      const root = `${at}/node_modules/${name}`
      const hit = findInPackage(root, subpath, host, tried)
      if (hit !== undefined) return hit
    }
    if (at === '') return undefined
  }
}

function findInPackage(root: string, subpath: readonly string[], host: Host, tried: string[]): PackageHit | undefined {
  const description = `${root}/package.json`
  tried.push(description)
  const content = host.read(description)
  if (content === undefined) return undefined
  const exported = exportsOf(content)
  const key = ['.', ...subpath].join('/')
  const target = resolveExport(exported, key)
  return target === undefined ? undefined : { path: joinPath(root, target) }
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

function exportsOf(content: string | Uint8Array): Json {
  try {
    const text = typeof content === 'string' ? content : new TextDecoder().decode(content)
    const description = JSON.parse(text) as Json
    return isObject(description) ? (description.exports ?? null) : null
  } catch {
    // A description that is no JSON offers nothing; whoever uses the package will say what is wrong with it.
    return null
  }
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function resolveExport(exported: Json, key: string): string | undefined {
  const isBySubpath = isObject(exported) && Object.keys(exported).every((name) => name.startsWith('.'))
  if (!isBySubpath) return key === '.' ? pickTarget(exported, '', false) : undefined
  const exact = exported[key]
  if (exact !== undefined) return pickTarget(exact, '', false)
  const pattern = bestPattern(Object.keys(exported), key)
  if (pattern === undefined) return undefined
  const [before = '', after = ''] = pattern.split('*')
  return pickTarget(exported[pattern] ?? null, key.slice(before.length, key.length - after.length), false)
}

/** The pattern with the longest text before its star. */
function bestPattern(patterns: readonly string[], key: string): string | undefined {
  return patterns
    .filter((pattern) => matches(pattern, key))
    .sort((a, b) => b.indexOf('*') - a.indexOf('*') || b.length - a.length)[0]
}

function matches(pattern: string, key: string): boolean {
  const [before, after] = pattern.split('*')
  if (before === undefined || after === undefined) return false
  return key.startsWith(before) && key.endsWith(after) && key.length >= before.length + after.length
}

/** @param underSpy  whether the condition `spy` has been met */
function pickTarget(target: Json, star: string, underSpy: boolean): string | undefined {
  if (typeof target === 'string') return underSpy ? target.replaceAll('*', star) : undefined
  if (Array.isArray(target)) return firstDefined(target, (item) => pickTarget(item, star, underSpy))
  if (!isObject(target)) return undefined
  return firstDefined(Object.entries(target), ([condition, inner]) => {
    if (condition === 'spy') return pickTarget(inner, star, true)
    return condition === 'default' || condition === 'import' ? pickTarget(inner, star, underSpy) : undefined
  })
}

function firstDefined<A, R>(items: readonly A[], pick: (item: A) => R | undefined): R | undefined {
  for (const item of items) {
    const found = pick(item)
    if (found !== undefined) return found
  }
  return undefined
}
