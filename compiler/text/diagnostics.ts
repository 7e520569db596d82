/** What we say: diagnostics as data, the errors that carry them, and the one renderer. */
export { type Background, type Color, type Paint, painter } from './diagnostics/ansi.ts'
export {
  type Annotation,
  blame,
  type Diagnostic,
  type ErrorClass,
  type Frame,
  type FrameKind,
  type Level,
  note,
  type Warning,
} from './diagnostics/diagnostic.ts'
export { displayWidth } from './diagnostics/display-width.ts'
export {
  HostError,
  InternalError,
  internalError,
  invariant,
  isStackExhausted,
  unreachable,
} from './diagnostics/failures.ts'
export { type RenderOptions, renderDiagnostic, renderError, renderWarning } from './diagnostics/render.ts'
export {
  type PlacedAnnotation,
  type PlacedFrame,
  type PlacedSpan,
  placeSpan,
  SpyError,
  wip,
} from './diagnostics/spy-error.ts'
