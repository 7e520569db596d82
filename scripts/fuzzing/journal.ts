/**
 * What a long search has done, in a file of one line for each batch, so that it can be stopped at any time and taken up
 * where it was.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Difference } from '../../test/support/random-programs.ts'

/** What is searched: a journal belongs to one search. */
export interface Search {
  readonly seed: number
  readonly count: number
  readonly batch: number
}

interface Done {
  readonly first: number
  readonly differences: readonly Difference[]
}

export interface Journal {
  readonly search: Search
  /** First seeds of the batches that are done. */
  readonly done: ReadonlySet<number>
  /** What was found when they were. */
  readonly differences: readonly Difference[]
  add(done: Done): void
}

/**
 * The journal of `path`: the one that is there, with its search, or a new one of `search`.
 *
 * @param path  undefined for a journal that nobody keeps
 */
export function openJournal(path: string | undefined, search: Search): Journal {
  if (path === undefined) return { search, done: new Set(), differences: [], add() {} }
  const add = (done: Done): void => appendFileSync(path, `${JSON.stringify(done)}\n`)
  if (!existsSync(path)) {
    writeFileSync(path, `${JSON.stringify(search)}\n`)
    return { search, done: new Set(), differences: [], add }
  }
  const [head = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n')
  const batches = lines.map((line): Done => JSON.parse(line))
  return {
    search: JSON.parse(head),
    done: new Set(batches.map(({ first }) => first)),
    differences: batches.flatMap(({ differences }) => differences),
    add,
  }
}
