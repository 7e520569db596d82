/**
 * `getattr(module, "name")` and `setattr(module, "name", value)`: the same as `module.name`, variables included, which no
 * answer of a metafunction could name.
 */
import type { Span } from '../../text/source.ts'
import { dispatchSetAttr } from '../dispatch/attributes.ts'
import { asBlueObject, NONE_VALUE } from '../vm/objects.ts'
import { asFunc } from '../vm/vm.ts'
import { convert } from './apply.ts'
import { assignInInit } from './module-init.ts'
import { blueOperand, effectsOf, type Operand, treeOf } from './operand.ts'
import { getAttrNamed } from './operations.ts'
import type { Typer } from './typer.ts'

/** Undefined if the call is about anything else. */
export function accessModule(t: Typer, callee: Operand, args: readonly Operand[], span: Span): Operand | undefined {
  const [module, name, value, ...more] = args
  if (module === undefined || name === undefined || more.length > 0) return undefined
  if (asBlueObject(module.blue)?.what !== 'module') return undefined
  switch (asFunc(callee.blue)?.fqn.text) {
    case 'builtins::getattr':
      return value === undefined ? getAttrNamed(t, module, name, span) : undefined
    case 'builtins::setattr':
      return value === undefined ? undefined : setVariable(t, module, name, value, span)
    default:
      return undefined
  }
}

function setVariable(t: Typer, module: Operand, name: Operand, value: Operand, span: Span): Operand | undefined {
  const text = name.blue?.value
  const init = typeof text === 'string' ? assignInInit(t, module, text, value) : undefined
  if (init !== undefined) return blueOperand(NONE_VALUE, span, { before: init })
  const write = dispatchSetAttr(t.vm, module, name, value, span)
  if (write.kind !== 'cell') return undefined
  const converted = convert(t, value, write.cell.valueType)
  const before = [
    ...effectsOf(module),
    { kind: 'AssignCell', cell: write.cell, value: treeOf(converted), span } as const,
  ]
  return blueOperand(NONE_VALUE, span, { before })
}
