/**
 * Checks that need not be made again. Code of the library goes to the same list again and again, and each access asks
 * whether there is one:
 *
 *     ll.length == ll.capacity; ll.items[ll.length] = item; ll.length += 1       one check of ll, not five
 *
 * What is known is that an index is below a length, which are locals or constants. It stays known until one of them is
 * assigned; that an index is below a length says that the length is not 0, which is what the check of a field asks for.
 */
import type { Source } from './context.ts'
import { KnownFlow } from './known-flow.ts'

/** Index and length in one number, see `factOf`. */
type Fact = number

type Facts = readonly Fact[]

const NOTHING: Facts = []

export class KnownChecks extends KnownFlow<Facts> {
  /** Locals below are variables of the function, which its statements assign; those behind are temporaries. */
  readonly #variables: number

  constructor(variables: number) {
    super(NOTHING)
    this.#variables = variables
  }

  /** The index, unsigned, is below the length. */
  isKnown(index: Source, length: Source): boolean {
    if (this.known === undefined || length.kind !== 'local') return false
    if (index.kind === 'i32' && index.value === 0) {
      return this.known.some((fact) => lengthOf(fact) === length.index)
    }
    const fact = factOf(index, length)
    return fact !== undefined && this.known.includes(fact)
  }

  /** That has just been checked. */
  passed(index: Source, length: Source): void {
    const fact = factOf(index, length)
    if (fact !== undefined && this.known !== undefined) this.known = [...this.known, fact]
  }

  /** The local has just been given the value of another one. */
  copied(from: number, to: number): void {
    if (this.known === undefined || from === to) return
    const copies = this.known.filter((fact) => lengthOf(fact) === from).map((fact) => fact - from + to)
    if (copies.length > 0) this.known = [...this.known, ...copies]
  }

  /** A loop begins behind this, whose turns change these variables and any temporary. */
  enterLoop(changes: ReadonlySet<number>): void {
    const stays = (local: number): boolean => local < this.#variables && !changes.has(local)
    this.known = this.known?.filter((fact) => {
      const index = indexLocalOf(fact)
      return stays(lengthOf(fact)) && (index === undefined || stays(index))
    })
  }

  assigned(local: number): void {
    if (this.known === undefined || this.known.length === 0) return
    const speaksOf = (fact: Fact): boolean => lengthOf(fact) === local || indexLocalOf(fact) === local
    if (this.known.some(speaksOf)) this.known = this.known.filter((fact) => !speaksOf(fact))
  }

  protected both(a: Facts, b: Facts): Facts {
    if (a.length === 0) return a
    return b.length === 0 ? b : a.filter((fact) => b.includes(fact))
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
