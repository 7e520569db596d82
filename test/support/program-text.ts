/** Texts of programs as tests write them. */

/** A text is the file `test.spy`; several files are given by path relative to the folder of the program. */
export type ProgramText = string | Readonly<Record<string, string>>

/** The text without the indentation of its first line that is not blank, and without that blank line. */
export function dedent(text: string): string {
  const body = text.replace(/^[ \t]*\n/, '')
  const margin = /^ */.exec(body)?.[0] ?? ''
  return body
    .split('\n')
    .map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line.trimStart()))
    .join('\n')
}
