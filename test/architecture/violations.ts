/**
 * Compares a tree of source files with the house they should form. Everything comes in as values, so that the checker
 * itself can be tested on small invented trees.
 */
import { posix } from 'node:path'
import type { Area, House } from './house.ts'
import { importsOf, type SourceImport } from './source-imports.ts'

/** Path relative to the root, with `/`, to text. */
export type SourceTree = ReadonlyMap<string, string>

interface Edge extends SourceImport {
  readonly from: string
  readonly to: string
}

/** One sentence for each rule that is broken, in the order of the files. */
export function findViolations(tree: SourceTree, house: House): string[] {
  const edges = [...tree].flatMap(([path, text]) => edgesOf(path, text))
  const inside = edges.filter((edge) => tree.has(edge.to))
  return [
    ...[...tree].flatMap(([path, text]) => [
      ...badName(path),
      ...missingComment(path, text),
      ...missingRoom(path, house),
    ]),
    ...inside.flatMap((edge) => badDirection(edge, house)),
    ...edges.filter((edge) => !edge.specifier.startsWith('.')).flatMap((edge) => badPackage(edge, house)),
    ...findCycles(inside),
    ...nodeInBrowser(tree, edges, house),
  ]
}

function edgesOf(path: string, text: string): Edge[] {
  return importsOf(path, text).map((found) => ({
    ...found,
    from: path,
    to: found.specifier.startsWith('.') ? posix.join(posix.dirname(path), found.specifier) : found.specifier,
  }))
}

function badName(path: string): string[] {
  const name = path.split('/').find((part) => /^(utils?|helpers?|misc|common)(\.|$)/.test(part))
  return name ? [`${path}: "${name}" says nothing; call it what the field calls the concept`] : []
}

function missingComment(path: string, text: string): string[] {
  const opening = text.replace(/^#!.*\n/, '')
  return /^\s*\/[/*]/.test(opening) ? [] : [`${path}: must open with a comment that says what it is for`]
}

function missingRoom(path: string, house: House): string[] {
  const area = areaOf(path, house)
  if (!area) return [`${path}: is in no area of the house`]
  if (area.rooms.length === 0 || area.rooms.includes(roomOf(path, area))) return []
  return [`${path}: "${roomOf(path, area)}" is not a room of ${area.path}`]
}

function badDirection(edge: Edge, house: House): string[] {
  const area = areaOf(edge.from, house)
  if (!area) return []
  const ban = house.bans.find(({ from, to }) => isWithin(edge.from, from) && isWithin(edge.to, to))
  if (ban) return [`${where(edge)} imports ${edge.to}: ${ban.why}`]
  if (areaOf(edge.to, house) === area) {
    const from = roomOf(edge.from, area)
    const to = roomOf(edge.to, area)
    const mutual = edge.typeOnly && area.mutualTypes
    const downhill =
      mutual || area.rooms.length === 0 || from === to || area.rooms.indexOf(to) < area.rooms.indexOf(from)
    return downhill ? [] : [`${where(edge)} imports ${edge.to}: ${to} stands after ${from} in ${area.path}`]
  }
  const allowed = edge.typeOnly ? [...area.imports, ...(area.typeImports ?? [])] : area.imports
  if (allowed.some((path) => isWithin(edge.to, path))) return []
  return [`${where(edge)} imports ${edge.to}: ${area.path} may not`]
}

function badPackage(edge: Edge, house: House): string[] {
  if (edge.specifier.startsWith('node:')) {
    const allowed = house.node.some((path) => isWithin(edge.from, path))
    return allowed ? [] : [`${where(edge)} imports ${edge.specifier}: the world is an argument here`]
  }
  const name = edge.specifier.match(/^(@[^/]+\/)?[^/]+/)?.[0] ?? edge.specifier
  const users = Object.hasOwn(house.packages, name) ? house.packages[name] : undefined
  if (users?.some((path) => isWithin(edge.from, path))) return []
  return [
    `${where(edge)} imports the package ${name}: ${users ? `only ${users.join(', ')} may` : 'it is not in the list'}`,
  ]
}

/** Cycles of imports that exist at run time; types may refer to each other. Each is told once, from its first file. */
function findCycles(edges: readonly Edge[]): string[] {
  const next = new Map<string, string[]>()
  for (const edge of edges) {
    if (!edge.typeOnly) next.set(edge.from, [...(next.get(edge.from) ?? []), edge.to])
  }
  const cycles: string[] = []
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path)
    if (start >= 0) cycles.push(`import cycle: ${[...trail.slice(start), path].join(' -> ')}`)
    if (start >= 0 || done.has(path)) return
    for (const to of next.get(path) ?? []) visit(to, [...trail, path])
    done.add(path)
  }
  for (const path of next.keys()) visit(path, [])
  return cycles
}

/** A `node:` import that a page would stumble over, with the way to it. */
function nodeInBrowser(tree: SourceTree, edges: readonly Edge[], house: House): string[] {
  const outgoing = new Map<string, Edge[]>()
  for (const edge of edges) outgoing.set(edge.from, [...(outgoing.get(edge.from) ?? []), edge])
  const ways = new Map<string, string>()
  const queue = [...tree.keys()].filter((path) => house.browser.some((door) => isWithin(path, door)))
  for (const path of queue) ways.set(path, path)
  const violations: string[] = []
  for (const path of queue) {
    for (const edge of outgoing.get(path) ?? []) {
      if (edge.to.startsWith('node:')) violations.push(`${edge.to} is reached in a browser: ${ways.get(path)}`)
      if (!tree.has(edge.to) || ways.has(edge.to)) continue
      ways.set(edge.to, `${ways.get(path)} -> ${edge.to}`)
      queue.push(edge.to)
    }
  }
  return violations
}

/** The area with the longest path that holds the file. */
function areaOf(path: string, house: House): Area | undefined {
  return house.areas
    .filter((area) => isWithin(path, area.path))
    .reduce<Area | undefined>((best, area) => (best && best.path.length > area.path.length ? best : area), undefined)
}

/** The first step below the area: a folder, or a file without its ending. */
function roomOf(path: string, area: Area): string {
  const step = path.slice(area.path.length + 1).split('/')[0] ?? ''
  return step.replace(/\.ts$/, '')
}

/** `a/b/c.ts` is within `a/b` and within `a/b/c`, not within `a/bb`. */
function isWithin(path: string, place: string): boolean {
  return path === place || path === `${place}.ts` || path.startsWith(`${place}/`)
}

function where(edge: Edge): string {
  return `${edge.from}:${edge.line}`
}
