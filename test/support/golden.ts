/**
 * Golden files: questions and answers in one text.
 *
 *     === title
 *     source
 *     --- name of an answer
 *     answer
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface GoldenCase {
  readonly title: string
  readonly source: string
  /** By name, without blank lines at the end. */
  readonly answers: ReadonlyMap<string, string>
}

/** @param path  below `fixtures` */
export function readGolden(path: string): readonly GoldenCase[] {
  const text = readFileSync(fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url)), 'utf8')
  return text
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const [question = '', ...answers] = part.split(/^--- /m)
      const { head, rest } = cut(question)
      return {
        title: head,
        source: rest,
        answers: new Map(answers.map((answer) => [cut(answer).head, cut(answer).rest.trimEnd()])),
      }
    })
}

function cut(text: string): { readonly head: string; readonly rest: string } {
  const end = text.indexOf('\n')
  return { head: text.slice(0, end), rest: text.slice(end + 1) }
}
