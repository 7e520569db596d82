/** How far a search is, and what it has found. */
import type { Comparison, Difference } from '../../test/support/random-programs.ts'
import type { Batch } from './batches.ts'

/** Counts, and says how far it is. */
export class Progress {
  readonly #start = performance.now()
  readonly #all: number
  readonly #todo: number
  #done = 0
  failed: number
  withPython = true

  /** @param todo  how many programs of `all` are still to be compared */
  constructor(all: number, todo: number, failed: number) {
    this.#all = all
    this.#todo = todo
    this.failed = failed
  }

  add({ count, settings }: Batch, { differences, withPython }: Comparison): void {
    this.#done += count
    this.failed += differences.length
    this.withPython &&= withPython
    for (const difference of differences) tell(difference, settings)
    const each = (performance.now() - this.#start) / this.#done
    const left = (each * (this.#todo - this.#done)) / 60_000
    const done = this.#all - this.#todo + this.#done
    console.log(
      `${done} of ${this.#all}, ${this.failed} failed, ${each.toFixed(0)} ms each, ${left.toFixed(0)} min left`,
    )
  }
}

function tell({ seed, program, outcomes }: Difference, { gc, build }: Batch['settings']): void {
  console.log(`\n== seed ${seed}, gc ${gc}, build ${build}\n${program}`)
  for (const [who, outcome] of Object.entries(outcomes)) console.log(`${who.padEnd(7)} ${outcome}`)
}
