/** Programs written in a test, up to their typed trees. */
import { importProgram } from '../../compiler/driver/pipelines/front-end.ts'
import type { LayoutMode } from '../../compiler/objects/layout.ts'
import { redshift } from '../../compiler/redshift/redshift.ts'
import type { TypedProgram } from '../../compiler/typed/tree.ts'
import { memoryWorld } from './memory-world.ts'

export interface RedshiftOptions {
  /** Of the file, which is in `/test`; `test` unless given. */
  readonly name?: string
  readonly mode?: LayoutMode
  readonly errors?: 'eager' | 'lazy'
}

/** @throws SpyError */
export function redshiftText(source: string, options: RedshiftOptions = {}): TypedProgram {
  const path = `/test/${options.name ?? 'test'}.spy`
  const world = memoryWorld(new Map([[path, source]]))
  const request = { entries: [path], errors: options.errors ?? 'eager' }
  return redshift(importProgram(request, options.mode ?? 'debug', world).machine)
}
