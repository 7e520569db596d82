/** What is said about many measurements of one thing. */
import type { Rounds } from './rounds.ts'

/** The value below which the part `p` of all values lies, interpolated. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * p
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place % 1)
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** Of a contestant: its median time, and the median over the rounds of its time divided by that of the first. */
export interface Standing {
  readonly milliseconds: number
  readonly ratio: number
}

export function standings(rounds: Rounds): Standing[] {
  return (rounds[0] ?? []).map((_, at) => ({
    milliseconds: median(rounds.map((times) => times[at] ?? Number.NaN)),
    ratio: median(rounds.map((times) => (times[at] ?? Number.NaN) / (times[0] ?? Number.NaN))),
  }))
}
