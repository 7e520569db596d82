/**
 * Where code comes from. Functions are expanded where they are called, so one wasm frame may stand for several SPy frames:
 * a place knows the place of the call that it was expanded for.
 */
import type { Span } from '../../text/source.ts'
import type { Frame, FunctionContext } from './context.ts'

export interface CodePlace extends Span {
  /** The function that the code was written in. */
  readonly fqn: string
  /** Where that function is called, if it is expanded there. */
  readonly caller: CodePlace | undefined
}

/** What follows belongs to `span`. */
export function mark(on: FunctionContext, span: Span): void {
  on.code.mark(placeIn(on.frame, span))
}

export function placeIn({ func, site }: Frame, { file, start, end }: Span): CodePlace {
  return { file, start, end, fqn: func.fqn.text, caller: site }
}
