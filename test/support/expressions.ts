/**
 * Tables of expressions: what each is worth, or how it fails, on every engine.
 *
 *     evaluates(operators, 'integers wrap', 'var a: i32 = 2147483647', { 'a + 1': '-2147483648' })
 */
import * as assert from 'uvu/assert'
import type { LanguageSuite, ProgramOptions } from './engines.ts'

/** Expression → what `print` shows of it. */
export type Expressions = Readonly<Record<string, string>>

/** All in one function, each printed on a line of its own. `before` stands before them; `declared` before the function. */
export function evaluates(
  suite: LanguageSuite,
  title: string,
  before: string,
  rows: Expressions,
  options: ProgramOptions & { readonly declared?: string } = {},
): void {
  const expressions = Object.keys(rows)
  const statements = expressions.map((expression) => `print(${expression})`)
  suite(
    title,
    program(options.declared, before, statements),
    ({ main }, { stdout }) => {
      main?.()
      const lines = stdout().split('\n').slice(0, -1)
      assert.equal(Object.fromEntries(expressions.map((expression, i) => [expression, lines[i]])), { ...rows })
    },
    options,
  )
}

/** Each in a function of its own, behind `before`: statement → what `print` shows of `value` afterwards. */
export function changes(
  suite: LanguageSuite,
  title: string,
  before: string,
  value: string,
  rows: Expressions,
  options: ProgramOptions & { readonly declared?: string } = {},
): void {
  const statements = Object.keys(rows)
  const functions = statements.map((statement, i) => {
    const lines = [...before.split('\n'), statement, `print(${value})`]
    return `def case${i}() -> None:\n${lines.map((line) => `    ${line}`).join('\n')}\n`
  })
  suite(
    title,
    program(
      `${options.declared ?? ''}\n${functions.join('\n')}`,
      '',
      statements.map((_, i) => `case${i}()`),
    ),
    ({ main }, { stdout }) => {
      main?.()
      const lines = stdout().split('\n').slice(0, -1)
      assert.equal(Object.fromEntries(statements.map((statement, i) => [statement, lines[i]])), { ...rows })
    },
    options,
  )
}

/** Each in a program of its own: expression → `Class: message`. */
export function fails(
  suite: LanguageSuite,
  before: string,
  rows: Expressions,
  options: ProgramOptions & { readonly declared?: string } = {},
): void {
  for (const [expression, headline] of Object.entries(rows)) {
    suite.refuses(
      `${before === '' ? '' : `${before}: `}${expression} is ${headline}`,
      program(options.declared, before, [`print(${expression})`]),
      headline,
      options,
    )
  }
}

function program(declared: string | undefined, before: string, statements: readonly string[]): string {
  const lines = [...before.split('\n').filter((line) => line.trim() !== ''), ...statements]
  return `${declared ?? ''}\ndef main() -> None:\n${lines.map((line) => `    ${line}`).join('\n')}\n`
}
