/**
 * Slots: locals that are never needed at the same call share one, and a store that would change nothing is left out.
 * What all calls of a loop find in a slot is stored before the loop.
 */
import { gcPaths } from '../../objects/gc-pointers.ts'
import { invariant } from '../../text/diagnostics.ts'
import type { LinearExpr, LinearFunc, LinearWhile } from '../../typed/linear.ts'
import type { FuncRoots, RootStore, RootValue } from '../../typed/roots.ts'
import type { TypedLocal } from '../../typed/tree.ts'
import { assignedIn, visitExprsIn } from './code.ts'
import { flow, type Knowledge } from './flow.ts'
import type { Need } from './needs.ts'

/** What is in each slot: the name of a local whose pointer it holds, null, or undefined for what is not known. */
type Contents = readonly (string | null | undefined)[]

/** What a slot has to hold at a call. Cells may change at any time, so nobody relies on what slots hold of them. */
interface Wanted {
  readonly content: string | null | undefined
  readonly value: RootValue | null
}

/** Undefined if nothing is needed at any call. */
export function planSlots(func: LinearFunc, needs: ReadonlyMap<LinearExpr, Need>): FuncRoots | undefined {
  const locals = [...func.params, ...func.locals]
  const places = placeLocals(locals, needs)
  const wanted = new Map([...needs].map(([node, need]) => [node, wantedAt(need, locals, places)]))
  const slots = Math.max(0, ...[...wanted.values()].map((all) => all.length))
  if (slots === 0) return undefined
  const stores = new Map<LinearExpr | LinearWhile, readonly RootStore[]>()
  const steady = new Map<LinearWhile, readonly (Wanted | undefined)[]>()
  const knowledge: Knowledge<Contents> = {
    meet: (a, b) => (a === b ? a : a.map((content, slot) => (content === b[slot] ? content : undefined))),
    equal: (a, b) => a.every((content, slot) => content === b[slot]),
    assign: (contents, local) =>
      contents.includes(local) ? contents.map((content) => (content === local ? undefined : content)) : contents,
    loop(contents, loop) {
      const here = steady.get(loop) ?? steadyIn(loop, wanted, slots)
      steady.set(loop, here)
      const missing: RootStore[] = []
      const after = contents.map((content, slot) => {
        const kept = here[slot]
        if (kept === undefined || kept.content === content) return content
        missing.push({ slot, value: kept.value })
        return kept.content
      })
      stores.set(loop, missing)
      return after
    },
    node(contents, node) {
      const here = wanted.get(node)
      if (here === undefined) return contents
      const after = [...contents]
      const missing: RootStore[] = []
      for (let slot = 0; slot < slots; slot++) {
        const { content, value } = here[slot] ?? EMPTY
        if (content === undefined || content !== contents[slot]) missing.push({ slot, value })
        after[slot] = content
      }
      stores.set(node, missing)
      return after
    },
  }
  flow<Contents>(func.body, Array(slots).fill(undefined), knowledge)
  return { tree: func, slots, stores }
}

const EMPTY: Wanted = { content: null, value: null }

/** By slot: what it has to hold at all calls in the loop, if that is one value all the time. */
function steadyIn(
  loop: LinearWhile,
  wanted: ReadonlyMap<LinearExpr, readonly Wanted[]>,
  slots: number,
): readonly (Wanted | undefined)[] {
  const calls: (readonly Wanted[])[] = []
  visitExprsIn([loop], (expr) => {
    const here = wanted.get(expr)
    if (here !== undefined) calls.push(here)
  })
  const assigned = assignedIn([loop])
  return Array.from({ length: slots }, (_, slot) => {
    const [first, ...others] = calls.map((here) => here[slot] ?? EMPTY)
    if (first?.content === undefined || others.some(({ content }) => content !== first.content)) return undefined
    return first.content !== null && assigned.has(first.content) ? undefined : first
  })
}

/** The slots of each local that is ever needed: the first ones that nobody has who is needed beside it. */
function placeLocals(
  locals: readonly TypedLocal[],
  needs: ReadonlyMap<LinearExpr, Need>,
): ReadonlyMap<string, readonly number[]> {
  const together = new Map<string, Set<string>>()
  for (const { locals: names } of needs.values()) {
    for (const name of names) {
      const others = together.get(name) ?? new Set()
      for (const other of names) others.add(other)
      together.set(name, others)
    }
  }
  const places = new Map<string, readonly number[]>()
  for (const { name, type } of locals) {
    const others = together.get(name)
    if (others === undefined) continue
    const taken = new Set([...others].flatMap((other) => places.get(other) ?? []))
    places.set(name, freeSlots(taken, gcPaths(type).length))
  }
  return places
}

function freeSlots(taken: ReadonlySet<number>, count: number): readonly number[] {
  const free: number[] = []
  for (let slot = 0; free.length < count; slot++) if (!taken.has(slot)) free.push(slot)
  return free
}

/** By slot. */
function wantedAt(
  need: Need,
  locals: readonly TypedLocal[],
  places: ReadonlyMap<string, readonly number[]>,
): readonly Wanted[] {
  const wanted: Wanted[] = []
  const taken = new Set<number>()
  const put = (slot: number, content: string | undefined, value: RootValue): void => {
    while (wanted.length <= slot) wanted.push(EMPTY)
    wanted[slot] = { content, value }
    taken.add(slot)
  }
  for (const local of locals) {
    if (!need.locals.has(local.name)) continue
    const slots = places.get(local.name)
    invariant(slots !== undefined, 'every local that is needed has slots')
    for (const [index, slot] of slots.entries()) put(slot, local.name, { of: local, index })
  }
  for (const cell of need.cells) {
    const { length } = gcPaths(cell.valueType)
    for (const [index, slot] of freeSlots(taken, length).entries()) put(slot, undefined, { of: cell, index })
  }
  return wanted
}
