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

/**
 * Of a contestant: its median time; the median over the rounds of its time divided by that of the first; its least time
 * divided by the least of the first, which says most where other programs get in the way.
 */
export interface Standing {
  readonly milliseconds: number
  readonly ratio: number
  readonly least: number
}

export function standings(rounds: Rounds): Standing[] {
  const timesOf = (at: number) => rounds.map((times) => times[at] ?? Number.NaN)
  return (rounds[0] ?? []).map((_, at) => ({
    milliseconds: median(timesOf(at)),
    ratio: median(rounds.map((times) => (times[at] ?? Number.NaN) / (times[0] ?? Number.NaN))),
    least: Math.min(...timesOf(at)) / Math.min(...timesOf(0)),
  }))
}

export const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
