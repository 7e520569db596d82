/**
 * Calls of built-in functions: what each kind of intrinsic does to values and memory.
 */
import { staysKnown } from '../../objects/boxes.ts'
import type {
  DynamicOperation,
  Intrinsic,
  MemoryIntrinsic,
  RuntimeIntrinsic,
  StructIntrinsic,
} from '../../objects/intrinsics.ts'
import { placeAtPath, structLayout } from '../../objects/layout.ts'
import { isBoxed, isSubtype, type PtrType, type RefType, type SpyType, type StructType } from '../../objects/types.ts'
import {
  type BlueValue,
  type PtrValue,
  ptrValue,
  type StructValue,
  structValue,
  type Value,
} from '../../objects/values.ts'
import { invariant, SpyError, unreachable } from '../../text/diagnostics.ts'
import type { TypedExpr } from '../../typed/tree.ts'
import { dynamicResult } from '../dispatch/dynamic.ts'
import type { GuestMemory } from '../vm/guest-memory.ts'
import { bulkOperation, fieldAddress, itemAddress } from '../vm/pointer-checks.ts'
import { compilePrimitive } from './arithmetic.ts'
import type { Eval, Unit } from './code.ts'
import { invalidCast, raised } from './diagnostics.ts'
import { fail, leaving, type Place } from './unwinding.ts'

/** Intrinsics that can be called without the machine's help. */
type RunnableIntrinsic = Exclude<Intrinsic, { readonly kind: 'blue' | 'class' }>

export function compileIntrinsic(
  unit: Unit,
  intrinsic: RunnableIntrinsic,
  args: readonly TypedExpr[],
  place: Place,
): Eval {
  switch (intrinsic.kind) {
    case 'primitive':
      return compilePrimitive(unit, intrinsic.op, args, place)
    case 'runtime':
      return runtimeCall(unit, intrinsic, args, place)
    case 'structMake':
    case 'structGet':
      return structAccess(unit, intrinsic, args)
    case 'raise':
      return raising(unit, args, place)
    case 'identity':
      return unit.expr(argument(args, 0))
    case 'identical':
      return identity(unit, intrinsic.negated, argument(args, 0), argument(args, 1))
    case 'isCompiled':
      return () => false
    case 'dynamic':
      return dynamicOperation(unit, intrinsic.operation, args, place)
    case 'typeOf': {
      const boxed = unit.expr(argument(args, 0)) as Eval<BlueValue>
      return (f) => boxed(f).type
    }
    case 'unbox': {
      const boxed = unit.expr(argument(args, 0)) as Eval<BlueValue>
      return (f) => boxed(f).value
    }
    case 'downcast':
      return downcast(unit, intrinsic.to, argument(args, 0), place)
    default:
      return memoryAccess(unit, intrinsic, args, place)
  }
}

function argument(args: readonly TypedExpr[], index: number): TypedExpr {
  const arg = args[index]
  invariant(arg !== undefined, `the call has an argument ${index}`)
  return arg
}

/** `evaluate` may throw faults, which get the place of the call, or errors that know their place already. */
function runtimeCall(unit: Unit, { evaluate }: RuntimeIntrinsic, args: readonly TypedExpr[], place: Place): Eval {
  const run = evaluate as (...args: readonly Value[]) => unknown as (...args: readonly Value[]) => Value
  const operands = args.map((arg) => unit.expr(arg))
  const [a, b] = operands
  if (a !== undefined && operands.length === 1) {
    return (f) => {
      const x = a(f)
      try {
        return run(x) ?? null
      } catch (error) {
        throw leaving(error, place)
      }
    }
  }
  if (a !== undefined && b !== undefined && operands.length === 2) {
    return (f) => {
      const x = a(f)
      const y = b(f)
      try {
        return run(x, y) ?? null
      } catch (error) {
        throw leaving(error, place)
      }
    }
  }
  return (f) => {
    const values = operands.map((operand) => operand(f))
    try {
      return run(...values) ?? null
    } catch (error) {
      throw leaving(error, place)
    }
  }
}

function structAccess(unit: Unit, intrinsic: StructIntrinsic, args: readonly TypedExpr[]): Eval {
  const { struct } = intrinsic
  if (intrinsic.kind === 'structGet') {
    const index = struct.fields.findIndex((field) => field.name === intrinsic.field)
    invariant(index >= 0, `${struct.fqn.text} has a field ${intrinsic.field}`)
    const whole = unit.expr(argument(args, 0)) as Eval<StructValue>
    return (f) => whole(f).fields[index] as Value
  }
  const fields = args.map((arg) => unit.expr(arg))
  const [a, b, c] = fields
  if (a !== undefined && fields.length === 1) return (f) => structValue(struct, [a(f)])
  if (a !== undefined && b !== undefined && fields.length === 2) return (f) => structValue(struct, [a(f), b(f)])
  if (a !== undefined && b !== undefined && c !== undefined && fields.length === 3) {
    return (f) => structValue(struct, [a(f), b(f), c(f)])
  }
  return (f) =>
    structValue(
      struct,
      fields.map((field) => field(f)),
    )
}

function raising(unit: Unit, args: readonly TypedExpr[], place: Place): Eval {
  const etype = unit.expr(argument(args, 0)) as Eval<string>
  const message = unit.expr(argument(args, 1)) as Eval<string>
  return (f) => fail(raised(etype(f), message(f)), place)
}

/** `is`: one object. Values have no identity, references are the same when they refer to the same place. */
function identity(unit: Unit, negated: boolean, left: TypedExpr, right: TypedExpr): Eval {
  const a = unit.expr(left)
  const b = unit.expr(right)
  return (f) => isSameObject(a(f), left.type, b(f), right.type) !== negated
}

function isSameObject(a: Value, aStatic: SpyType, b: Value, bStatic: SpyType): boolean {
  const { type: aType, value: aValue } = isBoxed(aStatic) ? (a as BlueValue) : { type: aStatic, value: a }
  const { type: bType, value: bValue } = isBoxed(bStatic) ? (b as BlueValue) : { type: bStatic, value: b }
  if (aType.storage === 'value' || bType.storage === 'value') return false
  if (aType.kind === 'ref' && bType.kind === 'ref') {
    return (aValue as PtrValue).address === (bValue as PtrValue).address
  }
  return aValue === bValue
}

function dynamicOperation(unit: Unit, operation: DynamicOperation, args: readonly TypedExpr[], place: Place): Eval {
  const { link } = unit
  const operands = args.map((arg): Eval<BlueValue> => {
    const value = unit.expr(arg)
    const { type } = arg
    return isBoxed(type) ? (value as Eval<BlueValue>) : (f) => ({ type, value: value(f) })
  })
  const known = args.map((arg) => isKnownOperand(arg, operation))
  const isBox = isBoxed(dynamicResult(operation))
  return (f) => {
    const values = operands.map((operand) => operand(f))
    try {
      const result = link.dynamic(operation, values, known, place.span)
      return isBox ? result : result.value
    } catch (error) {
      throw leaving(error, place)
    }
  }
}

function isKnownOperand(arg: TypedExpr, { kind }: DynamicOperation): boolean {
  if (arg.kind === 'Constant') return true
  return arg.kind === 'Upcast' && arg.value.kind === 'Constant' && staysKnown(arg.value.type, kind)
}

function downcast(unit: Unit, to: SpyType, arg: TypedExpr, place: Place): Eval {
  const { link } = unit
  const boxed = unit.expr(arg) as Eval<BlueValue>
  invariant(isBoxed(arg.type), 'only values with a dynamic type are cast')
  const keepsBox = isBoxed(to)
  return (f) => {
    const box = boxed(f)
    if (!isSubtype(box.type, to)) fail(invalidCast(link.humanName(to), link.humanName(box.type)), place)
    return keepsBox ? box : box.value
  }
}

// ------------------------------------------------------------------------------------------------------- memory

function memoryAccess(unit: Unit, intrinsic: MemoryIntrinsic, args: readonly TypedExpr[], place: Place): Eval {
  const { memory } = unit.link
  switch (intrinsic.kind) {
    case 'ptrAlloc': {
      const { memory: kind, item } = intrinsic.ptr
      const count = unit.expr(argument(args, 0)) as Eval<number>
      // What blue code allocates may be in constants, so it stays.
      const isCollected = kind === 'gc' && unit.link.fuel === null
      return guarded(place, (f) =>
        isCollected ? memory.allocCollected(item, count(f)) : memory.alloc(kind, item, count(f)),
      )
    }
    case 'ptrGetItem':
      return getItem(unit, memory, intrinsic.ptr.item, intrinsic.byRef, args, place)
    case 'ptrSetItem':
      return setItem(unit, memory, intrinsic.ptr.item, args, place)
    case 'ptrGetField':
      return getField(unit, memory, intrinsic.of, intrinsic.field, intrinsic.byRef, args, place)
    case 'ptrSetField':
      return setField(unit, memory, intrinsic.of, intrinsic.field, args, place)
    case 'fieldIsSet': {
      const { offset } = placeAtPath(intrinsic.of.item as StructType, intrinsic.path, memory.mode)
      const ref = unit.expr(argument(args, 0)) as Eval<PtrValue>
      return (f) => memory.view.getUint32(ref(f).address + offset, true) !== 0
    }
    case 'addressOf': {
      const ref = unit.expr(argument(args, 0)) as Eval<PtrValue>
      return (f) => ref(f).address | 0
    }
    case 'reinterpret':
      return unit.expr(argument(args, 0))
    case 'ptrCompare': {
      const p = unit.expr(argument(args, 0)) as Eval<PtrValue>
      const q = unit.expr(argument(args, 1)) as Eval<PtrValue>
      return intrinsic.op === 'eq' ? (f) => p(f).address === q(f).address : (f) => p(f).address !== q(f).address
    }
    case 'ptrToBool': {
      const p = unit.expr(argument(args, 0)) as Eval<PtrValue>
      return (f) => p(f).address !== 0
    }
    case 'refDeref': {
      const read = memory.reader(intrinsic.ref.item)
      const ref = unit.expr(argument(args, 0)) as Eval<PtrValue>
      return (f) => read(ref(f).address)
    }
    case 'ptrBulk': {
      const { op } = intrinsic
      const itemSize = memory.sizeOf(intrinsic.item)
      const operands = args.map((arg) => unit.expr(arg))
      return (f) => {
        const values = operands.map((operand) => operand(f))
        try {
          return bulkOperation(memory, op, itemSize, values)
        } catch (error) {
          throw leaving(error, place)
        }
      }
    }
    default:
      return unreachable(intrinsic)
  }
}

/** For accesses whose operands are evaluated inside: their errors know their places, others are of the access itself. */
function guarded(place: Place, evaluate: Eval, blamed = place.span): Eval {
  return (f) => {
    try {
      return evaluate(f)
    } catch (error) {
      throw error instanceof SpyError ? error : leaving(error, place, blamed)
    }
  }
}

function getItem(
  unit: Unit,
  memory: GuestMemory,
  item: SpyType,
  byRef: boolean,
  args: readonly TypedExpr[],
  place: Place,
): Eval {
  const itemSize = memory.sizeOf(item)
  const pointer = argument(args, 0)
  const ptr = unit.expr(pointer) as Eval<PtrValue>
  const index = unit.expr(argument(args, 1)) as Eval<number>
  if (byRef) {
    return guarded(place, (f) => ptrValue(itemAddress(ptr(f), index(f), itemSize, 'getitem'), 1), pointer.span)
  }
  const read = memory.reader(item)
  return guarded(place, (f) => read(itemAddress(ptr(f), index(f), itemSize, 'getitem')), pointer.span)
}

function setItem(unit: Unit, memory: GuestMemory, item: SpyType, args: readonly TypedExpr[], place: Place): Eval {
  const itemSize = memory.sizeOf(item)
  const write = memory.writer(item)
  const pointer = argument(args, 0)
  const ptr = unit.expr(pointer) as Eval<PtrValue>
  const index = unit.expr(argument(args, 1)) as Eval<number>
  const value = unit.expr(argument(args, 2))
  const store: Eval = (f) => {
    const p = ptr(f)
    const i = index(f)
    const v = value(f)
    write(itemAddress(p, i, itemSize, 'store'), v)
    return null
  }
  return guarded(place, store, pointer.span)
}

function fieldLayout(memory: GuestMemory, of: PtrType | RefType, name: string) {
  const layout = structLayout(of.item as StructType, memory.mode)
  const field = layout?.fields.find((candidate) => candidate.name === name)
  invariant(field !== undefined, `${of.item.fqn.text} has a field ${name} in memory`)
  return field
}

function getField(
  unit: Unit,
  memory: GuestMemory,
  of: PtrType | RefType,
  name: string,
  byRef: boolean,
  args: readonly TypedExpr[],
  place: Place,
): Eval {
  const { offset, type } = fieldLayout(memory, of, name)
  const pointer = argument(args, 0)
  const ptr = unit.expr(pointer) as Eval<PtrValue>
  if (of.kind === 'ref') {
    if (byRef) return (f) => ptrValue(ptr(f).address + offset, 1)
    const read = memory.reader(type)
    return (f) => read(ptr(f).address + offset)
  }
  if (byRef) return guarded(place, (f) => ptrValue(fieldAddress(ptr(f), offset), 1), pointer.span)
  const read = memory.reader(type)
  return guarded(place, (f) => read(fieldAddress(ptr(f), offset)), pointer.span)
}

function setField(
  unit: Unit,
  memory: GuestMemory,
  of: PtrType | RefType,
  name: string,
  args: readonly TypedExpr[],
  place: Place,
): Eval {
  const { offset, type } = fieldLayout(memory, of, name)
  const write = memory.writer(type)
  const pointer = argument(args, 0)
  const ptr = unit.expr(pointer) as Eval<PtrValue>
  const value = unit.expr(argument(args, args.length - 1)) // name and offset stand before it
  if (of.kind === 'ref') {
    return (f) => {
      const { address } = ptr(f)
      write(address + offset, value(f))
      return null
    }
  }
  const store: Eval = (f) => {
    const p = ptr(f)
    const v = value(f)
    write(fieldAddress(p, offset), v)
    return null
  }
  return guarded(place, store, pointer.span)
}
