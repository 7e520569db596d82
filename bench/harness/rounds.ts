/**
 * Interleaved rounds: in every round each contestant runs once, and the order moves on from round to round. A machine
 * that is busy for a while then slows all of them, and the ratios of one round stay right. Runs in Node and in pages.
 */

export interface Contestant {
  readonly name: string
  run(): void
}

export interface RoundOptions {
  readonly rounds: number
  /** Runs of each contestant before the clock matters: engines compile what they see often. */
  readonly warmup: number
  /** Milliseconds since some moment. */
  readonly clock: () => number
}

/** Milliseconds of each contestant, in the order of the contestants; round after round. */
export type Rounds = readonly (readonly number[])[]

export function runRounds(contestants: readonly Contestant[], { rounds, warmup, clock }: RoundOptions): Rounds {
  for (let i = 0; i < warmup; i++) for (const contestant of contestants) contestant.run()
  return Array.from({ length: rounds }, (_, round) => {
    const times = new Array<number>(contestants.length).fill(0)
    for (let turn = 0; turn < contestants.length; turn++) {
      const at = (turn + round) % contestants.length
      const start = clock()
      contestants[at]?.run()
      times[at] = clock() - start
    }
    return times
  })
}
