/**
 * Values seen as `object` or `dynamic`: the address of a box. See objects/boxes.
 */
import { boxStruct, isIdentity, makesBox } from '../../objects/boxes.ts'
import { BOOL, isBoxed, NONE, type SpyType } from '../../objects/types.ts'
import { invariant } from '../../text/diagnostics.ts'
import type { Call, Upcast } from '../../typed/tree.ts'
import type { FunctionContext } from './context.ts'
import { loadParts, sizeOf, storeSources } from './memory.ts'
import { storeRoots } from './roots.ts'
import { argument, bind, bindPart, popToTemporary, push, release, sourcesOf } from './sources.ts'

/** Leave the address on the stack, if it is wanted. */
export function emitUpcast(on: FunctionContext, upcast: Upcast, isWanted: boolean): void {
  const { value } = upcast
  const width = isWanted ? 1 : 0
  if (isBoxed(value.type)) return on.emit(value, 0, width)
  if (!isWanted) return on.emit(value, 0, 0)
  const constant = sourcesOf(on, upcast)
  if (constant?.[0] !== undefined) return push(on, constant[0])
  if (value.type === NONE) {
    on.emit(value, 0, 0)
    return on.code.i32(0)
  }
  if (value.type === BOOL) {
    for (const known of [true, false]) push(on, on.program.image.box({ type: BOOL, value: known }, upcast.span))
    on.emit(value, 0, 1)
    return on.code.op('select')
  }
  emitBox(on, upcast)
}

function emitBox(on: FunctionContext, upcast: Upcast): void {
  const { value, span } = upcast
  invariant(makesBox(value), 'other values need no new box')
  const struct = boxStruct(value.type)
  const taken: number[] = []
  storeRoots(on, upcast)
  const values = bind(on, value, [], taken)
  on.code.i32(1)
  on.code.i32(sizeOf(on, struct, span))
  push(on, on.program.image.pointerMap(struct))
  on.program.panics.pushPlace(on, span)
  on.code.call(on.program.runtime.function('spy_gc_alloc'))
  const box = popToTemporary(on, 'i32', taken)
  const type = { kind: 'i32', value: on.program.image.identity(value.type) } as const
  storeSources(on, struct, { base: box, offset: 0 }, [type, ...values])
  push(on, box)
  release(on, taken)
}

/** The number of the dynamic type; NULL is None. */
export function emitTypeOf(on: FunctionContext, call: Call): void {
  const taken: number[] = []
  const box = bindPart(on, argument(call, 0), 0, [], taken)
  push(on, box)
  on.code.load('i32.load', 0)
  on.code.i32(on.program.image.identity(NONE))
  push(on, box)
  on.code.op('select')
  release(on, taken)
}

/** Parts [from, to) of the value inside of a box, whose type is known. */
export function emitUnbox(on: FunctionContext, call: Call, type: SpyType, from: number, to: number): void {
  const operand = argument(call, 0)
  if (to === from) return on.emit(operand, 0, 0)
  const taken: number[] = []
  const base = bindPart(on, operand, 0, [], taken)
  if (isIdentity(type)) {
    push(on, base)
    on.code.load('i32.load', 4)
  } else {
    const struct = boxStruct(type)
    const { from: first } = on.program.shapes.field(struct, 'value')
    loadParts(on, struct, { base, offset: 0 }, first + from, first + to)
  }
  release(on, taken)
}
