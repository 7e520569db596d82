/**
 * `hash(x)`: what equals has equal hashes.
 */
import { hashF64, hashInt } from '../../../src/runtime/numbers.ts'
import { builtinFunc } from '../../objects/builtin-funcs.ts'
import { complex, constant, type MetaArg, type OpSpec } from '../../objects/dispatch.ts'
import { Fqn } from '../../objects/fqn.ts'
import {
  COMPLEX128,
  DYNAMIC,
  I32,
  isClass,
  NONE,
  PRIMITIVE_TYPES,
  type SpyType,
  STR,
  type StructType,
} from '../../objects/types.ts'
import type { BuiltinFunc, FuncObject } from '../../objects/values.ts'
import { invariant } from '../../text/diagnostics.ts'
import { noSuchOperation, typeError } from '../dispatch/diagnostics.ts'
import { dynamicFunc } from '../dispatch/dynamic.ts'
import { askFunc } from '../dispatch/metafuncs.ts'
import { blueType } from '../dispatch/types.ts'
import { interpTuple } from '../vm/blue-containers.ts'
import { customEquality } from '../vm/keys.ts'
import { HASH_STR } from '../vm/string-funcs.ts'
import { asFunc, type Vm } from '../vm/vm.ts'

const HASHES: ReadonlyMap<string, BuiltinFunc> = new Map(
  (['i8', 'u8', 'i32', 'u32', 'i64', 'u64', 'bool'] as const).map((name) => {
    const evaluate = (value: number | bigint | boolean): number =>
      name === 'bool' ? Number(value) : hashInt(name, value as number | bigint)
    const intrinsic = { kind: 'runtime', name: `spy_hash_${name}`, effects: false, evaluate } as const
    return [name, builtinFunc(Fqn.of('builtins', `hash_${name}`), [['x', PRIMITIVE_TYPES[name]]], I32, intrinsic)]
  }),
)

const HASH_F64 = builtinFunc(Fqn.of('builtins', 'hash_f64'), [['x', PRIMITIVE_TYPES.f64]], I32, {
  kind: 'runtime',
  name: 'spy_hash_f64',
  effects: false,
  evaluate: (value: number) => hashF64(value),
})

/** Those that are functions of the module. */
export const HASH_FUNCS: readonly BuiltinFunc[] = [...HASHES.values()]

/** None equals nothing but itself, so any number will do. */
const HASH_NONE = 0x6e6f6e65

/** What `hash(x)` calls. */
export function hashOf(vm: Vm, x: MetaArg): OpSpec {
  if (x.type === STR) return complex(HASH_STR, [x])
  if (x.type === DYNAMIC) return complex(dynamicFunc({ kind: 'hash' }, 1), [x])
  // An f32 hashes as the f64 that it equals.
  if (x.type === PRIMITIVE_TYPES.f64 || x.type === PRIMITIVE_TYPES.f32) return complex(HASH_F64, [x])
  if (x.type === NONE) return constant({ type: I32, value: HASH_NONE })
  if (x.type === COMPLEX128) {
    const func = asFunc(vm.evaluator.importModule('_builtins').attributes.get('hash_complex'))
    return func === undefined ? null : complex(func, [x])
  }
  const known = x.type.kind === 'primitive' ? HASHES.get(x.type.name) : undefined
  if (known !== undefined) return complex(known, [x])
  const func = vm.lookupFunc(x.type, '__hash__')
  // Objects that are equal if they are the same.
  if (func === undefined && isClass(x.type) && vm.lookup(x.type, '__eq__') === undefined) {
    return complex(vm.classFuncs.addressOf(x.type), [x])
  }
  if (func === undefined && hasOwnHash(vm, x.type)) return complex(structHash(vm, x.type), [x])
  const spec = func === undefined ? null : askFunc(vm, func, [x])
  if (spec === null) {
    const error = noSuchOperation(vm, `unhashable type '${vm.human(x.type)}'`, [x], 'single')
    throw typeError(error.message, error.diagnostic.annotations.slice(0, 1))
  }
  return spec.kind === 'simple' ? complex(spec.func, [x]) : spec
}

/** A struct that is compared field by field is hashed in the same way, if all of its fields can be. */
function hasOwnHash(vm: Vm, type: SpyType): type is StructType {
  return type.kind === 'struct' && !customEquality.has(type) && type.fields.every((field) => isHashable(vm, field.type))
}

function isHashable(vm: Vm, type: SpyType): boolean {
  if (type === STR || type === DYNAMIC || type === NONE || type === COMPLEX128) return true
  if (type.kind === 'primitive') return HASHES.has(type.name) || type.name === 'f64' || type.name === 'f32'
  if (vm.lookupFunc(type, '__hash__') !== undefined || hasOwnHash(vm, type)) return true
  return isClass(type) && vm.lookup(type, '__eq__') === undefined
}

/** A function of module `_structs`. */
function structHash(vm: Vm, struct: StructType): FuncObject {
  const generic = asFunc(vm.evaluator.importModule('_structs').attributes.get('struct_hash'))
  const names = interpTuple(struct.fields.map(({ name }) => ({ type: STR, value: name })))
  const func = generic && asFunc(vm.evaluator.call(generic, [blueType(struct), names]))
  invariant(func !== undefined, 'module _structs has struct_hash')
  return func
}
