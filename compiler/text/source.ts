/** What we read: texts, the places in them, and where texts come from. */
export type { Host } from './source/host.ts'
export { countCodePoints, LineMap, type Position } from './source/line-map.ts'
export { BUILTINS_FILE, BUILTINS_SPAN, decodeSource, type NotUtf8, SourceFile } from './source/source-file.ts'
export {
  endOf,
  formatLoc,
  joinSpans,
  type Offset,
  type Span,
  spanText,
  toEndOfLine,
  wholeLine,
} from './source/span.ts'
