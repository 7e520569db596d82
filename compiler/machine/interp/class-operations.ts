/**
 * What depends on the class that an object really has: its first field says which one that is.
 */
import type { ClassOperation } from '../../objects/intrinsics.ts'
import { isSubtype, type SpyType } from '../../objects/types.ts'
import type { PtrValue } from '../../objects/values.ts'
import { invariant, unreachable } from '../../text/diagnostics.ts'
import type { Call } from '../../typed/tree.ts'
import type { GuestMemory } from '../vm/guest-memory.ts'
import type { Eval, Unit } from './code.ts'
import { invalidCast } from './diagnostics.ts'
import { fail, type Place } from './unwinding.ts'

export function classOf(memory: GuestMemory, object: PtrValue): SpyType {
  return memory.objects.blueAt(memory.view.getUint32(object.address, true)) as SpyType
}

/** Everything but calls of methods. */
export function classOperation(
  unit: Unit,
  operation: Exclude<ClassOperation, { readonly kind: 'virtual' }>,
  node: Call,
  place: Place,
): Eval {
  const { memory, humanName } = unit.link
  const [arg] = node.args
  invariant(arg !== undefined, 'an operation on an object has the object')
  const object = unit.expr(arg) as Eval<PtrValue>
  switch (operation.kind) {
    case 'isInstance':
      return (f) => isSubtype(classOf(memory, object(f)), operation.of)
    case 'cast':
      return (f) => {
        const value = object(f)
        const type = classOf(memory, value)
        if (!isSubtype(type, operation.to)) fail(invalidCast(humanName(operation.to), humanName(type)), place)
        return value
      }
    case 'box':
      return (f) => {
        const value = object(f)
        return { type: classOf(memory, value), value }
      }
    default:
      return unreachable(operation)
  }
}
