/**
 * Errors for esbuild, which draws the line and the mark itself.
 */
import { Buffer } from 'node:buffer'
import { reportError } from './report.ts'

export interface EsbuildMessage {
  text: string
  location?: { file: string; line: number; column: number; length: number; lineText: string; suggestion?: string }
  notes?: { text: string }[]
}

/**
 * @param readText  text of a source file, or undefined if it cannot be had
 * @returns undefined for errors that are ours: esbuild shows their stack when they are thrown
 */
export function esbuildMessage(
  error: unknown,
  readText: (path: string) => string | undefined,
): EsbuildMessage | undefined {
  const report = reportError(error)
  if (report === undefined) return undefined
  const { headline, place, frame, details } = report
  // Only one place can be marked; the frame shows the others.
  const notes = [frame, details].filter((text) => text !== '').map((text) => ({ text }))
  if (place === undefined) return { text: headline, notes }
  const lineText = readText(place.file)?.split(/\r\n|\r|\n/)[place.line - 1] ?? ''
  const points = [...lineText]
  // esbuild counts columns and lengths in bytes of UTF-8.
  const column = Buffer.byteLength(points.slice(0, place.column).join(''))
  const length = Buffer.byteLength(points.slice(place.column, place.column + place.length).join(''))
  const text = place.text === '' ? headline : `${headline} (${place.text})`
  return { text, location: { file: place.file, line: place.line, column, length, lineText }, notes }
}
