/**
 * Expected errors that are drawn under the source:
 *
 *     x: str = 1
 *              ^ error: expected `str`, got `i32`
 *        ^^^ note: expected `str` because of type declaration
 *
 * A wrong column looks wrong here.
 */
import { dedent, type ProgramText } from './program-text.ts'

export interface DrawnErrors {
  readonly program: ProgramText
  /** `FILE:LINE:FIRST-END LEVEL: TEXT`, columns from 1, the end exclusive; in the order of the drawing. */
  readonly annotations: readonly string[]
}

export function parseDrawnErrors(drawn: ProgramText): DrawnErrors {
  const annotations: string[] = []
  if (typeof drawn === 'string') return { program: takeDrawings('test.spy', drawn, annotations), annotations }
  const files = Object.entries(drawn).map(([name, text]) => [name, takeDrawings(name, text, annotations)])
  return { program: Object.fromEntries(files), annotations }
}

/** The text without its drawings. */
function takeDrawings(file: string, text: string, annotations: string[]): string {
  const lines: string[] = []
  for (const line of dedent(text).split('\n')) {
    const [, before, marks, level, message] = /^( *)(\^+) (error|note|panic):(.*)$/.exec(line) ?? []
    if (before === undefined || marks === undefined) {
      lines.push(line)
      continue
    }
    const first = before.length + 1
    const said = (message as string).trim()
    annotations.push(`${file}:${lines.length}:${first}-${first + marks.length} ${level}: ${said}`)
  }
  return lines.join('\n')
}
