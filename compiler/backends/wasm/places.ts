/**
 * Where code comes from. Functions are expanded where they are called, so one wasm frame may stand for several SPy frames:
 * a place knows the place of the call that it was expanded for.
 *
 * Errors are told with places of the program. What fails inside a function of the library that is expanded has the place
 * of that call; one that is not expanded is given the place of its call, in two parameters.
 */
import type { Span } from '../../text/source.ts'
import type { Frame, FunctionContext } from './context.ts'
import type { ValueType } from './encode.ts'

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

/** The parameters that tell a tracked function where it is called: address of the name of the file, packed position. */
export const PLACE_PARAMS: readonly { readonly name: string; readonly type: ValueType }[] = [
  { name: 'place.file', type: 'i32' },
  { name: 'place.position', type: 'i32' },
]

/** What an error at `span` is told with: a place of the program, or the one that the function was given. */
export function toldPlace(on: FunctionContext, span: Span): Span | 'given' {
  for (let place: CodePlace | undefined = placeIn(on.frame, span); place !== undefined; place = place.caller) {
    if (!place.file.isLibrary) return place
  }
  return on.placeParams === undefined ? span : 'given'
}
