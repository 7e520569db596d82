/**
 * Checks that need not be made again. Code of the library goes to the same list again and again, and each access asks
 * whether there is one:
 *
 *     ll.length == ll.capacity; ll.items[ll.length] = item; ll.length += 1       one check of ll, not five
 *
 * What is known is that an index is below a length, which are locals or constants. It stays known until one of them is
 * assigned; that an index is below a length says that the length is not 0, which is what the check of a field asks for.
 */
import { invariant } from '../../text/diagnostics.ts'
import type { Source } from './context.ts'
import type { FlowWatcher, Label } from './encode.ts'

/** Index and length in one number, see `factOf`. */
type Fact = number

/** Facts that hold where control is; undefined where it never comes. */
type Facts = readonly Fact[] | undefined

const NOTHING: readonly Fact[] = []

interface OpenBlock {
  readonly kind: 'block' | 'loop' | 'if'
  /** At the start of an `if`, until its `else`. */
  before: Facts
  /** On the ways that jump to its end; undefined while there are none. */
  atEnd: Facts
}

export class KnownChecks implements FlowWatcher {
  /** Locals below are variables of the function, which its statements assign; those behind are temporaries. */
  readonly #variables: number
  #facts: Facts = NOTHING
  readonly #blocks: OpenBlock[] = []

  constructor(variables: number) {
    this.#variables = variables
  }

  /** The index, unsigned, is below the length. */
  isKnown(index: Source, length: Source): boolean {
    if (this.#facts === undefined || length.kind !== 'local') return false
    if (index.kind === 'i32' && index.value === 0) {
      return this.#facts.some((fact) => lengthOf(fact) === length.index)
    }
    const fact = factOf(index, length)
    return fact !== undefined && this.#facts.includes(fact)
  }

  /** That has just been checked. */
  passed(index: Source, length: Source): void {
    const fact = factOf(index, length)
    if (fact !== undefined && this.#facts !== undefined) this.#facts = [...this.#facts, fact]
  }

  /** The local has just been given the value of another one. */
  copied(from: number, to: number): void {
    if (this.#facts === undefined || from === to) return
    const copies = this.#facts.filter((fact) => lengthOf(fact) === from).map((fact) => fact - from + to)
    if (copies.length > 0) this.#facts = [...this.#facts, ...copies]
  }

  /** A loop begins behind this, whose turns change these variables and any temporary. */
  enterLoop(changes: ReadonlySet<number>): void {
    const stays = (local: number): boolean => local < this.#variables && !changes.has(local)
    this.#facts = this.#facts?.filter((fact) => {
      const index = indexLocalOf(fact)
      return stays(lengthOf(fact)) && (index === undefined || stays(index))
    })
  }

  assigned(local: number): void {
    if (this.#facts === undefined || this.#facts.length === 0) return
    const speaksOf = (fact: Fact): boolean => lengthOf(fact) === local || indexLocalOf(fact) === local
    if (this.#facts.some(speaksOf)) this.#facts = this.#facts.filter((fact) => !speaksOf(fact))
  }

  opened(kind: OpenBlock['kind']): void {
    this.#blocks.push({ kind, before: kind === 'if' ? this.#facts : undefined, atEnd: undefined })
  }

  turned(): void {
    const block = this.#blocks[this.#blocks.length - 1]
    invariant(block !== undefined, 'else stands in an if')
    block.atEnd = meet(block.atEnd, this.#facts)
    this.#facts = block.before
    block.before = undefined
  }

  closed(): void {
    const block = this.#blocks.pop()
    invariant(block !== undefined, 'what ends has begun')
    this.#facts = meet(meet(block.atEnd, block.before), this.#facts)
  }

  jumps(label: Label): void {
    const block = this.#blocks[label - 1]
    invariant(block !== undefined, 'jumps lead to blocks around them')
    // A loop begins with what holds in all turns.
    if (block.kind !== 'loop') block.atEnd = meet(block.atEnd, this.#facts)
  }

  stops(): void {
    this.#facts = undefined
  }
}

/** Locals of a function are fewer. */
const LENGTHS = 2 ** 20

/** Constants are even, locals odd; undefined for what is no fact to remember. */
function factOf(index: Source, length: Source): Fact | undefined {
  if (length.kind !== 'local') return undefined
  if (index.kind === 'local') return (2 * index.index + 1) * LENGTHS + length.index
  return index.kind === 'i32' && index.value >= 0 ? 2 * index.value * LENGTHS + length.index : undefined
}

function lengthOf(fact: Fact): number {
  return fact % LENGTHS
}

function indexLocalOf(fact: Fact): number | undefined {
  const index = Math.floor(fact / LENGTHS)
  return index % 2 === 1 ? (index - 1) / 2 : undefined
}

/** What holds on both ways; a way that is never gone allows everything. */
function meet(a: Facts, b: Facts): Facts {
  if (a === undefined || b === undefined) return a ?? b
  if (a === b || a.length === 0) return a
  return b.length === 0 ? b : a.filter((fact) => b.includes(fact))
}
