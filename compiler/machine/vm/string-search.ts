/**
 * Slices and searches of strings as the evaluator computes them on JavaScript strings: all positions count code points.
 * Text without surrogate pairs is the common case, where a code point is a unit of the string.
 */
import { Fault } from '../../objects/fault.ts'

/** Bits of `given`: which bounds of a slice there are. */
const START = 1
const STOP = 2

/** `text[start:stop:step]` */
export function sliceText(text: string, given: number, start: number, stop: number, step: number): string {
  if (step === 0) throw new Fault('ValueError', 'slice step cannot be zero')
  const points = codePoints(text)
  const count = points.length
  const backwards = step < 0
  const low = backwards ? -1 : 0
  const high = backwards ? count - 1 : count
  const clamp = (position: number): number => Math.min(Math.max(position < 0 ? position + count : position, low), high)
  const from = given & START ? clamp(start) : backwards ? high : low
  const to = given & STOP ? clamp(stop) : backwards ? low : high
  if (step === 1) return partOf(points, from, Math.max(from, to))
  let result = ''
  for (let i = from; backwards ? i > to : i < to; i += step) result += points[i]
  return result
}

/** Position of the first `part` in `text[start:end]`, or -1. */
export function findText(text: string, part: string, start: number, end: number): number {
  const range = searchRange(text, start, end)
  if (range === null) return -1
  const { points, from, to } = range
  const at = partOf(points, from, to).indexOf(part)
  return at < 0 ? -1 : from + countPoints(points, from, at)
}

/** Position of the last `part` in `text[start:end]`, or -1. */
export function findTextFromEnd(text: string, part: string, start: number, end: number): number {
  const range = searchRange(text, start, end)
  if (range === null) return -1
  const { points, from, to } = range
  const at = partOf(points, from, to).lastIndexOf(part)
  return at < 0 ? -1 : from + countPoints(points, from, at)
}

/** How often `part` occurs in `text[start:end]`, without overlaps; the empty text stands before and after each character. */
export function countText(text: string, part: string, start: number, end: number): number {
  const range = searchRange(text, start, end)
  if (range === null) return 0
  const { points, from, to } = range
  if (part === '') return to - from + 1
  return partOf(points, from, to).split(part).length - 1
}

/** `old` replaced by `replacement`, from the left, `limit` times at most; a negative limit is none. */
export function replaceText(text: string, old: string, replacement: string, limit: number): string {
  const most = limit < 0 ? Number.POSITIVE_INFINITY : limit
  if (old === '') return insertBetween([...text], replacement, most)
  const pieces = text.split(old)
  const count = Math.min(most, pieces.length - 1)
  const replaced = pieces.slice(0, count + 1).join(replacement)
  return [replaced, ...pieces.slice(count + 1)].join(old)
}

function insertBetween(points: readonly string[], inserted: string, most: number): string {
  let result = ''
  points.forEach((point, i) => {
    result += i < most ? inserted + point : point
  })
  return points.length < most ? result + inserted : result
}

/** Characters of the text: the text itself if none of them needs two units. */
function codePoints(text: string): string | readonly string[] {
  return /[\ud800-\udfff]/.test(text) ? [...text] : text
}

function partOf(points: string | readonly string[], from: number, to: number): string {
  return typeof points === 'string' ? points.slice(from, to) : points.slice(from, to).join('')
}

/** How many characters from `from` on fill `units` units. */
function countPoints(points: string | readonly string[], from: number, units: number): number {
  if (typeof points === 'string') return units
  let count = 0
  for (let left = units; left > 0; count++) left -= (points[from + count] as string).length
  return count
}

/** Bounds as in a slice; null if they leave no room even for the empty text. */
function searchRange(text: string, start: number, end: number) {
  const points = codePoints(text)
  const count = points.length
  const from = Math.max(start < 0 ? start + count : start, 0)
  const to = Math.min(Math.max(end < 0 ? end + count : end, 0), count)
  return from > to ? null : { points, from, to }
}
