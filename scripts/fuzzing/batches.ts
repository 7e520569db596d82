/** Which programs are compared together, and how they are compiled. */
import type { Settings } from '../../test/support/random-programs/run.ts'

/** The programs of the seeds `first` up to `first + count`. */
export interface Batch {
  readonly first: number
  readonly count: number
  readonly settings: Settings
}

/** Every fifth batch collects at every allocation, every tenth is compiled as a release. */
export function* batchesOf(seed: number, count: number, size: number): Generator<Batch> {
  for (let done = 0, number = 1; done < count; done += size, number++) {
    const settings = {
      gc: number % 5 === 0 ? 'stress' : 'auto',
      build: number % 10 === 3 ? 'release' : 'quick',
    } as const
    yield { first: seed + done, count: Math.min(size, count - done), settings }
  }
}
