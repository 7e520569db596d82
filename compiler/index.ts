/**
 * The compiler for pages, tests and plugins: reaches nothing of Node. Files, toolchains and caches are handed in.
 */

export { type AnswerTools, type ArtifactKey, type ArtifactStore, answered } from './driver/artifacts.ts'
export { type Checked, check } from './driver/pipelines/check.ts'
export type { Gc } from './driver/pipelines/collection.ts'
export { buildDev, type DevBuild, type DevOptions } from './driver/pipelines/dev.ts'
export type { Interfaces, ProgramRequest, Sources, World } from './driver/pipelines/front-end.ts'
export { type Interpreted, interpret } from './driver/pipelines/interpret.ts'
export { type Panic, panicError } from './driver/pipelines/panics.ts'
export { type Reads, rememberReads } from './driver/pipelines/reads.ts'
export {
  buildRelease,
  type CProgram,
  emitProgramC,
  type ReleaseBuild,
  type ReleaseOptions,
  type ReleaseTools,
} from './driver/pipelines/release.ts'
export { withInlineMap } from './driver/pipelines/release-map.ts'
export { type Dts, type DtsOptions, printDts } from './interface/dts.ts'
export { type FacadeOptions, type ProgramModuleOptions, printFacade, printProgram } from './interface/facade.ts'
export {
  type ClassModel,
  type ConstantModel,
  type FunctionModel,
  type InterfaceModel,
  isPrivate,
  type NameModel,
  type Place,
  type RefusedModel,
  type VariableModel,
} from './interface/model.ts'
export type { ErrorMode } from './machine/index.ts'
export { ParsedFiles } from './modules/graph.ts'
export {
  type Diagnostic,
  type Frame,
  HostError,
  InternalError,
  internalError,
  type PlacedAnnotation,
  type PlacedFrame,
  type PlacedSpan,
  placeSpan,
  type RenderOptions,
  renderDiagnostic,
  renderWarning,
  SpyError,
  type Warning,
} from './text/diagnostics.ts'
export { type Host, SourceFile, type Span } from './text/source.ts'
export type { BuildOptions, Toolchain } from './toolchain/port.ts'
export type { OperationErrors } from './typed/tree.ts'
