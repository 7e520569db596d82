/**
 * The rooting plan: what the collector must see, and where compiled code tells it.
 *
 * A function that holds pointers over calls that may allocate has a frame with some slots. At such a call the slots hold
 * exactly the pointers that are read after it, and those that it is passed; the plan says what to store for that. Slots
 * have no content before the first of these calls, so nothing has to be cleared when the function begins. What a slot
 * holds at all of these calls in a loop is stored before the loop.
 *
 *     s = greet(name)              roots[0] = name;  s = greet(name)
 *     print(s + name)       →      roots[1] = s;     print(s + name)
 *
 * Who calls a function of the program holds what it passes, for as long as the call lasts: parameters that are not
 * assigned need no slot. Functions of the runtime hold their arguments themselves.
 */
import type { Cell } from '../objects/values.ts'
import type { LinearExpr, LinearFunc, LinearWhile } from './linear.ts'
import type { LocalRead } from './tree.ts'

/** How a program collects. */
export interface Collection {
  readonly plan: RootPlan
  /** At every allocation. */
  readonly stress: boolean
  /** Freed memory is overwritten, so that its use shows. */
  readonly poison: boolean
}

export interface RootPlan {
  /** FQNs of the functions that may allocate, and so collect. */
  readonly allocating: ReadonlySet<string>
  /** The functions that have slots, by FQN. All others do without a frame. */
  readonly functions: ReadonlyMap<string, FuncRoots>
}

export interface FuncRoots {
  /** The tree that the plan is about: back ends emit this one. */
  readonly tree: LinearFunc
  readonly slots: number
  /** What to store before a node that may allocate is evaluated, when its operands are known; and before a loop begins. */
  readonly stores: ReadonlyMap<LinearExpr | LinearWhile, readonly RootStore[]>
}

export interface RootStore {
  readonly slot: number
  /** null clears the slot: what it held is not needed any more. */
  readonly value: RootValue | null
}

/** One gc pointer inside of a value that a local or a module variable holds. */
export interface RootValue {
  readonly of: Pick<LocalRead, 'name' | 'type'> | Cell
  /** Which of `gcPaths(type)`. */
  readonly index: number
}
