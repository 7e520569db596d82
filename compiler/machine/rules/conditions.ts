/**
 * Conditions: what counts as true in `if`, `while`, `assert`, `and`, `or`, `not` and `bool(x)`. More types have a truth
 * value than convert to `bool`.
 */
import { PRIMITIVE_FUNCS } from '../../objects/builtin-funcs.ts'
import { BOOL, DYNAMIC, I32, NONE, type SpyType } from '../../objects/types.ts'
import type { BlueValue, FuncObject } from '../../objects/values.ts'
import { tryConversion } from '../dispatch/conversions.ts'
import { mismatchedTypes } from '../dispatch/diagnostics.ts'
import { dynamicImpl } from '../dispatch/dynamic.ts'
import { asBlueObject, EMPTY_DICT, EMPTY_LIST } from '../vm/objects.ts'
import { apply, applyConversion } from './apply.ts'
import { blueOperand, effectsOf, type Operand } from './operand.ts'
import { callMethod } from './operations.ts'
import type { Typer } from './typer.ts'

/** The operand as a `bool`. */
export function condition(t: Typer, value: Operand): Operand {
  return t.within(value.span, () => truthOf(t, value))
}

function truthOf(t: Typer, value: Operand): Operand {
  const { type, span } = value
  if (type === BOOL) return value
  if (type === DYNAMIC) return apply(t, dynamicImpl({ kind: 'truth' }, [value]), [value], span)
  const conversion = tryConversion(t.vm, value, BOOL)
  if (conversion !== undefined && conversion !== null) return applyConversion(t, value, conversion)
  const size = value.blue === null ? undefined : sizeNow(value.blue)
  if (type === NONE || size !== undefined) {
    return blueOperand({ type: BOOL, value: size !== undefined && size > 0 }, span, { before: effectsOf(value) })
  }
  const direct = directTruth(t, type)
  if (direct !== undefined) {
    const impl = { kind: 'call', func: direct, args: [{ kind: 'operand', index: 0 }] } as const
    return apply(t, impl, [value], span)
  }
  for (const method of ['__bool__', '__len__']) {
    if ((type.kind === 'ref' && !type.isClass) || t.vm.lookupFunc(type, method) === undefined) continue
    const result = callMethod(t, value, method, span, [], [], span)
    if (result.type === BOOL) return result
    if (result.type === I32) return truthOf(t, result)
  }
  throw mismatchedTypes(t.vm, BOOL, type, span)
}

/** How many items a container that only blue code holds has. */
function sizeNow(value: BlueValue): number | undefined {
  const object = asBlueObject(value)
  switch (object?.what) {
    case 'interpTuple':
    case 'interpList':
      return object.items.length
    case 'interpDict':
      return object.entries.size
    case 'singleton':
      return object === EMPTY_LIST || object === EMPTY_DICT ? 0 : undefined
    default:
      return undefined
  }
}

/** Types with a function of their own for it. */
function directTruth(t: Typer, type: SpyType): FuncObject | undefined {
  if (type.kind === 'ptr') return t.vm.memoryFuncs.toBool(type)
  return type.kind === 'primitive' ? PRIMITIVE_FUNCS.get(`${type.name}_to_bool`) : undefined
}
