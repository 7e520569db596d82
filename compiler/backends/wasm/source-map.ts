/**
 * Source map of a wasm module, as browsers read it: one line, whose columns are byte offsets of the module.
 */
import {
  type EncodedSourceMap,
  GenMapping,
  maybeAddSegment,
  setSourceContent,
  toEncodedMap,
} from '@jridgewell/gen-mapping'
import type { SourceFile } from '../../text/source.ts'
import type { PlacedMark } from './encode.ts'
import type { CodePlace } from './places.ts'

/** @param fileName  how the map calls the file at a path: its URL, or what the URL of the map makes one */
export function makeSourceMap(
  marks: readonly PlacedMark<CodePlace>[],
  fileName: (path: string) => string,
): EncodedSourceMap {
  const map = new GenMapping()
  const files = new Set<SourceFile>()
  for (const { offset, place } of marks) {
    if (!place.file.isReadable) continue
    files.add(place.file)
    const { line, column } = place.file.lines.position(place.start)
    maybeAddSegment(map, 0, offset, fileName(place.file.path), line - 1, column)
  }
  for (const file of files) setSourceContent(map, fileName(file.path), file.text)
  return toEncodedMap(map)
}
