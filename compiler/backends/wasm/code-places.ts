/** The custom section that tells where code comes from, for a runtime that has no compiler beside it. */
import type { CodePlaces } from '../../../src/runtime/abi/code-places.ts'
import type { PlacedMark } from './encode.ts'
import type { CodePlace } from './places.ts'

/**
 * The standard library is part of what marks tell apart, but has no places: errors belong to the program that calls it.
 *
 * @param fileName  how panics call the file at a path
 */
export function codePlaces(marks: readonly PlacedMark<CodePlace>[], fileName: (path: string) => string): CodePlaces {
  const files = new Numbers()
  const functions = new Numbers()
  const sites = new Numbers()
  const numberOf = ({ fqn, file, start, caller }: CodePlace): number => {
    const isTold = file.isReadable && !file.isLibrary
    const place = isTold ? [files.of(fileName(file.path)), file.lines.position(start).line] : [-1, 0]
    return sites.of([functions.of(fqn), ...place, caller === undefined ? 0 : numberOf(caller) + 1].join())
  }
  const told: number[] = []
  let [offset, site] = [0, -1]
  for (const mark of marks) {
    const next = numberOf(mark.place)
    if (next === site) continue
    told.push(mark.offset - offset, next)
    ;[offset, site] = [mark.offset, next]
  }
  const rows = sites.keys.flatMap((key) => key.split(',').map(Number))
  return { files: files.keys, functions: functions.keys, sites: rows, marks: told }
}

/** Texts, numbered in the order in which they are first asked for. */
class Numbers {
  readonly #numbers = new Map<string, number>()

  get keys(): readonly string[] {
    return [...this.#numbers.keys()]
  }

  of(key: string): number {
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.#numbers.size
    this.#numbers.set(key, number)
    return number
  }
}
