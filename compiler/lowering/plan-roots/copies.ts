/**
 * Copies: locals whose pointers others hold as well. They need no slot where those are held.
 *
 *     def push(self, item):         self: a parameter, held by the caller
 *         ll = self.__ll__          ll: held with self
 *         $v0 = ll                  $v0: held with ll
 */
import { holdsGcPointers } from '../../objects/gc-pointers.ts'
import type { Intrinsic } from '../../objects/intrinsics.ts'
import type { LinearCall, LinearExpr, LinearFunc } from '../../typed/linear.ts'
import { flow, type Knowledge } from './flow.ts'
import type { Names, Need } from './needs.ts'

/** For a local, others that hold all of its pointers together. No local is among its own sources, however far. */
type Copies = ReadonlyMap<string, readonly string[]>

/**
 * What of the needs is left when copies are left out.
 *
 * @param tracked  locals that hold gc pointers
 * @param held  those that the caller holds
 */
export function leaveOutCopies(
  func: LinearFunc,
  needs: ReadonlyMap<LinearExpr, Need>,
  tracked: Names,
  held: Names,
): ReadonlyMap<LinearExpr, Need> {
  const rest = new Map<LinearExpr, Need>()
  const knowledge: Knowledge<Copies> = {
    meet: (a, b) => (a === b ? a : new Map([...a].filter(([name, sources]) => sameNames(sources, b.get(name))))),
    equal: (a, b) => a.size === b.size,
    assign(copies, local, value) {
      if (!tracked.has(local)) return copies
      const sources = value === null ? undefined : sourcesOf(value)
      const known = new Map<string, readonly string[]>()
      for (const [name, of] of copies) if (name !== local && !of.includes(local)) known.set(name, of)
      if (sources !== undefined && !sources.includes(local)) known.set(local, sources)
      return known
    },
    node(copies, node) {
      const need = needs.get(node)
      if (need !== undefined) rest.set(node, { ...need, locals: originals(need.locals, copies, held) })
      return copies
    },
  }
  flow<Copies>(func.body, new Map(), knowledge)
  return rest
}

function originals(locals: Names, copies: Copies, held: Names): Names {
  const isHeld = (name: string): boolean => held.has(name) || locals.has(name) || isCopy(name)
  const isCopy = (name: string): boolean => copies.get(name)?.every(isHeld) ?? false
  return new Set([...locals].filter((name) => !held.has(name) && !isCopy(name)))
}

function sameNames(a: readonly string[], b: readonly string[] | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((name, i) => name === b[i])
}

/** Locals that hold all pointers of the value; undefined if it has others. Constants are not on the heap. */
function sourcesOf(expr: LinearExpr): readonly string[] | undefined {
  if (!holdsGcPointers(expr.type)) return []
  switch (expr.kind) {
    case 'Constant':
      return []
    case 'LocalRead':
    case 'AssignExpr':
      return [expr.name]
    case 'IfExp':
      return allSources([expr.then, expr.orElse])
    case 'Call':
      return expr.func.origin === 'builtin' ? resultSources(expr, expr.func.intrinsic) : undefined
    default:
      return undefined
  }
}

function resultSources({ args }: LinearCall, intrinsic: Intrinsic): readonly string[] | undefined {
  switch (intrinsic.kind) {
    case 'structMake':
    case 'structGet':
    case 'identity':
    case 'reinterpret':
      return allSources(args)
    case 'ptrGetItem':
    case 'ptrGetField':
      // A reference into the block of the pointer keeps that block.
      return intrinsic.byRef ? allSources(args.slice(0, 1)) : undefined
    default:
      return undefined
  }
}

function allSources(exprs: readonly LinearExpr[]): readonly string[] | undefined {
  const sources: string[] = []
  for (const expr of exprs) {
    const found = sourcesOf(expr)
    if (found === undefined) return undefined
    sources.push(...found)
  }
  return sources
}
