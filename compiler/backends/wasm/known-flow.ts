/**
 * What is known where control is, while structured code is written. Where ways meet, that is what is known on all of them.
 */
import { invariant } from '../../text/diagnostics.ts'
import type { FlowWatcher, Label } from './encode.ts'

interface OpenBlock<Known> {
  readonly kind: 'block' | 'loop' | 'if'
  /** At the start of an `if`, until its `else`. */
  before: Known | undefined
  /** On the ways that jump to its end; undefined while there are none. */
  atEnd: Known | undefined
}

/** Values of `Known` are never changed after they have been made. */
export abstract class KnownFlow<Known> implements FlowWatcher {
  /** Undefined where control never comes. */
  protected known: Known | undefined
  readonly #blocks: OpenBlock<Known>[] = []

  constructor(start: Known) {
    this.known = start
  }

  /** What is known on both ways. */
  protected abstract both(a: Known, b: Known): Known

  abstract assigned(local: number): void

  opened(kind: OpenBlock<Known>['kind']): void {
    this.#blocks.push({ kind, before: kind === 'if' ? this.known : undefined, atEnd: undefined })
  }

  turned(): void {
    const block = this.#blocks[this.#blocks.length - 1]
    invariant(block !== undefined, 'else stands in an if')
    block.atEnd = this.#meet(block.atEnd, this.known)
    this.known = block.before
    block.before = undefined
  }

  closed(): void {
    const block = this.#blocks.pop()
    invariant(block !== undefined, 'what ends has begun')
    this.known = this.#meet(this.#meet(block.atEnd, block.before), this.known)
  }

  jumps(label: Label): void {
    const block = this.#blocks[label - 1]
    invariant(block !== undefined, 'jumps lead to blocks around them')
    // A loop begins with what is known in all turns.
    if (block.kind !== 'loop') block.atEnd = this.#meet(block.atEnd, this.known)
  }

  stops(): void {
    this.known = undefined
  }

  /** A way that is never taken takes nothing from what the other one knows. */
  #meet(a: Known | undefined, b: Known | undefined): Known | undefined {
    if (a === undefined || b === undefined) return a ?? b
    return a === b ? a : this.both(a, b)
  }
}
