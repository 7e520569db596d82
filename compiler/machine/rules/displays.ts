/**
 * The types of displays: `[a, b]` is a `list[T]`, `(a, b)` a `tuple[A, B]`, wherever those are defined.
 */
import type { SpyType } from '../../objects/types.ts'
import { invariant } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import { blueType } from '../dispatch/types.ts'
import { asFunc, asType } from '../vm/vm.ts'
import { compute } from './apply.ts'
import type { Typer } from './typer.ts'

/** `module.generic[args]` */
export function displayType(t: Typer, module: string, generic: string, args: readonly SpyType[], span: Span): SpyType {
  const func = asFunc(t.vm.evaluator.importModule(module).attributes.get(generic))
  invariant(func !== undefined, `module ${module} has the generic ${generic}`)
  const type = asType(compute(t, func, args.map(blueType), span))
  invariant(type !== undefined, `${generic}[...] is a type`)
  return type
}
