/** The measurement itself, the same in Node and in a page. */
import { type Rounds, runRounds } from '../harness/rounds.ts'
import { type Access, type Entry, loadEntries, verify } from './contestants.ts'

export interface Work {
  readonly size: number
  readonly rounds: number
}

/** @returns milliseconds of a run: a row per round, in the order of the entries */
export async function measure(
  entries: readonly Entry[],
  access: Access,
  { size, rounds }: Work,
  clock: () => number,
): Promise<Rounds> {
  const loaded = await loadEntries(entries, access)
  verify(loaded, size)
  const contestants = loaded.map(({ name, run }) => ({ name, run: () => run(size) }))
  return runRounds(contestants, { rounds, warmup: 3, clock })
}
