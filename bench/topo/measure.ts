/** The measurement itself, the same in Node and in a page. */
import { type Rounds, runRounds } from '../harness/rounds.ts'
import { type Access, type Entry, loadMaps, verify } from './contestants.ts'

export interface Size {
  readonly columns: number
  readonly rows: number
  readonly rounds: number
}

/** @returns milliseconds per frame: a row per round, in the order of the entries */
export async function measure(
  entries: readonly Entry[],
  access: Access,
  { columns, rows, rounds }: Size,
  clock: () => number,
): Promise<Rounds> {
  const maps = await loadMaps(entries, access)
  verify(maps, columns, rows)
  // The same moments for all: the land, and so the work, changes slowly.
  const contestants = maps.map(({ name, map }) => {
    let time = 20
    return {
      name,
      run() {
        time += 1 / 60
        map.update(time)
      },
    }
  })
  return runRounds(contestants, { rounds, warmup: 5, clock })
}
