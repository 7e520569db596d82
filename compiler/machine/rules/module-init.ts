/**
 * What `__INIT__` of a module assigns through the module object: the module's names themselves, as everybody sees them.
 */
import { builtinFunc } from '../../objects/builtin-funcs.ts'
import { Fqn } from '../../objects/fqn.ts'
import { DYNAMIC, NONE } from '../../objects/types.ts'
import type { BlueValue, BuiltinFunc } from '../../objects/values.ts'
import type { Span } from '../../text/source.ts'
import type { TypedStmt } from '../../typed/tree.ts'
import { asBlueObject, NONE_VALUE } from '../vm/objects.ts'
import { convert } from './apply.ts'
import type { Frame } from './frames.ts'
import { convertForSlot } from './names.ts'
import { exprStmt, type Operand, treeOf } from './operand.ts'
import type { Typer } from './typer.ts'

/**
 * `module.name = value` in the module's `__INIT__`, converted to the type that the name has.
 *
 * @returns undefined if it is another module's or no module's attribute that is assigned, or a variable
 */
export function assignInInit(
  t: Typer,
  target: Operand,
  name: string,
  value: Operand,
): readonly TypedStmt[] | undefined {
  const frame = t.vm.initialising as Frame | null
  const module = asBlueObject(target.blue)
  if (frame === null || module !== frame.module || frame.locals.get(name)?.cell) return undefined
  const known = frame.locals.get(name)
  const converted = known === undefined ? value : convertForSlot(t, value, known.type, known.typeSpan)
  const span = { ...value.span, start: target.span.start }
  const boxed = convert(t, converted, DYNAMIC)
  return [exprStmt({ kind: 'Call', type: NONE, span, func: binder(frame, name, span), args: [treeOf(boxed)] })]
}

function binder(frame: Frame, name: string, span: Span): BuiltinFunc {
  const bind = ([value]: readonly BlueValue[]): BlueValue => {
    const blue = value as BlueValue
    const known = frame.locals.get(name) ?? { name, cell: null, slot: name, span, typeSpan: span }
    frame.locals.set(name, { ...known, type: blue.type, blue })
    frame.module.attributes.set(name, blue)
    return NONE_VALUE
  }
  const fqn = Fqn.of('types', 'module', '__setattr__')
  return builtinFunc(fqn, [['value', DYNAMIC]], NONE, { kind: 'blue', run: { kind: 'plain', call: bind } })
}
