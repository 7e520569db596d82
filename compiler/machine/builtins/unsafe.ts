/**
 * Module `unsafe`: pointers, references, allocation, and what goes with them.
 */
import { PRIMITIVE_FUNCS } from '../../objects/builtin-funcs.ts'
import { complex, type MetaArg, type OpSpec } from '../../objects/dispatch.ts'
import { Fqn } from '../../objects/fqn.ts'
import { layoutOf, structLayout } from '../../objects/layout.ts'
import { DYNAMIC, I32, type MemoryKind, type SpyType, STR, TYPE } from '../../objects/types.ts'
import type { BlueValue, BuiltinFunc } from '../../objects/values.ts'
import { BUILTINS_SPAN } from '../../text/source.ts'
import { noLayout } from '../dispatch/attributes.ts'
import { typeError } from '../dispatch/diagnostics.ts'
import { blueType } from '../dispatch/types.ts'
import { asType, type Vm } from '../vm/vm.ts'
import { addFunc, funcValue, metafunc, plainBlue } from './define.ts'

export function addUnsafe(vm: Vm): void {
  const module = vm.addModule('unsafe', '', true)
  const named = (name: string): Fqn => Fqn.of('unsafe', name)
  for (const memory of ['raw', 'gc'] as const) {
    addFunc(
      vm,
      module,
      typeGeneric(vm, named(`${memory}_ptr`), (item) => pointerType(vm, memory, item)),
    )
    addFunc(
      vm,
      module,
      typeGeneric(vm, named(`${memory}_ref`), (item) => {
        pointerType(vm, memory, item)
        return blueType(vm.refType(memory, item))
      }),
    )
    addFunc(
      vm,
      module,
      typeGeneric(vm, named(`${memory}_alloc`), (item) => allocator(vm, memory, item)),
    )
    addFunc(
      vm,
      module,
      typeGeneric(vm, named(`${memory}_alloc_zero`), (item) => allocator(vm, memory, item)),
    )
  }
  addFunc(vm, module, measure(vm, named('sizeof'), 'size'))
  addFunc(vm, module, measure(vm, named('alignof'), 'align'))
  addFunc(vm, module, offsetOf(vm, named('offsetof')))
  for (const func of PRIMITIVE_FUNCS.values()) if (func.fqn.module === 'unsafe') addFunc(vm, module, func)
  for (const [name, op] of [
    ['unchecked_div', 'div'],
    ['unchecked_floordiv', 'floordiv'],
    ['unchecked_mod', 'mod'],
  ] as const) {
    addFunc(
      vm,
      module,
      metafunc(vm, named(name), { min: 2, max: 2 }, ([a, b]) => uncheckedOp(vm, op, a as MetaArg, b as MetaArg)),
    )
  }
  addFunc(
    vm,
    module,
    metafunc(vm, named('ieee754_div'), { min: 2, max: 2 }, ([a, b]) => ieeeDivision(vm, a as MetaArg, b as MetaArg)),
  )
}

/** `name[T]` for one type. */
function typeGeneric(vm: Vm, fqn: Fqn, make: (item: SpyType) => BlueValue): BuiltinFunc {
  return plainBlue(vm, fqn, 'generic', [['T', TYPE]], DYNAMIC, ([arg]) => make(asType(arg) as SpyType))
}

function pointerType(vm: Vm, memory: MemoryKind, item: SpyType): BlueValue {
  return blueType(vm.ptrType(memory, item))
}

function allocator(vm: Vm, memory: MemoryKind, item: SpyType): BlueValue {
  if (layoutOf(item, vm.options.mode) === undefined) throw noLayout(vm, item, BUILTINS_SPAN)
  return funcValue(vm.memoryFuncs.alloc(vm.ptrType(memory, item)))
}

function measure(vm: Vm, fqn: Fqn, what: 'size' | 'align'): BuiltinFunc {
  return plainBlue(vm, fqn, 'plain', [['T', TYPE]], I32, ([arg]) => {
    const type = asType(arg) as SpyType
    const layout = layoutOf(type, vm.options.mode)
    if (layout === undefined) throw noLayout(vm, type, BUILTINS_SPAN)
    return { type: I32, value: layout[what] }
  })
}

function offsetOf(vm: Vm, fqn: Fqn): BuiltinFunc {
  return plainBlue(
    vm,
    fqn,
    'plain',
    [
      ['T', TYPE],
      ['field', STR],
    ],
    I32,
    ([typeArg, nameArg]) => {
      const type = asType(typeArg) as SpyType
      const name = nameArg?.value as string
      const layout = type.kind === 'struct' ? structLayout(type, vm.options.mode) : undefined
      const field = layout?.fields.find((candidate) => candidate.name === name)
      if (field === undefined) throw typeError(`type \`${vm.human(type)}\` has no field '${name}'`, [])
      return { type: I32, value: field.offset }
    },
  )
}

const UNCHECKED_WORDS = { div: ['/', 'division'], floordiv: ['//', 'floordiv'], mod: ['%', 'modulus'] } as const

function uncheckedOp(vm: Vm, op: keyof typeof UNCHECKED_WORDS, a: MetaArg, b: MetaArg): OpSpec {
  const [token, word] = UNCHECKED_WORDS[op]
  const type = commonNumber(a.type, b.type)
  const func = type === undefined ? undefined : PRIMITIVE_FUNCS.get(`${type}_unchecked_${op}`)
  if (func === undefined) throw unsupported(vm, a, token, b, `unchecked ${word}`)
  return complex(func, [a, b])
}

function ieeeDivision(vm: Vm, a: MetaArg, b: MetaArg): OpSpec {
  const name = commonNumber(a.type, b.type)
  const func = PRIMITIVE_FUNCS.get(`${name === 'f32' ? 'f32' : 'f64'}_ieee754_div`)
  if (func === undefined || name === undefined || !['i32', 'f64', 'f32'].includes(name)) {
    throw unsupported(vm, a, '/', b, 'unchecked ieee754 division')
  }
  return complex(func, [a, b])
}

/** Pairs of types that the unchecked operations take, and in which type they compute. */
function commonNumber(a: SpyType, b: SpyType): string | undefined {
  if (a.kind !== 'primitive' || b.kind !== 'primitive') return undefined
  const names = [a.name, b.name]
  if (names.some((name) => name === 'i64' || name === 'u64')) return undefined
  if (a === b) return a.name
  if (names.includes('f64')) return 'f64'
  return names.includes('f32') && names.includes('i32') ? 'f32' : undefined
}

function unsupported(vm: Vm, a: MetaArg, token: string, b: MetaArg, operation: string) {
  const text = `Unsupported types \`${vm.human(a.type)}\` ${token} \`${vm.human(b.type)}\` for ${operation} operation`
  return typeError(text, [])
}
