/**
 * Values as text, and text as values: `str`, `repr`, and the parsers behind `i32("12")`.
 */
import {
  formatComplex,
  formatF32,
  formatF64,
  type IntName,
  parseF32,
  parseF64,
  parseInteger,
} from '../../../src/runtime/numbers.ts'
import { type BuiltinParams, builtinFunc } from '../../objects/builtin-funcs.ts'
import { complex, constant, type MetaArg, type OpSpec } from '../../objects/dispatch.ts'
import { Fqn } from '../../objects/fqn.ts'
import {
  BOOL,
  type ClassType,
  COMPLEX128,
  DYNAMIC,
  I32,
  INT_TYPES,
  isBoxed,
  isClass,
  NONE,
  PRIMITIVE_TYPES,
  type PrimitiveName,
  type SpyType,
  STR,
} from '../../objects/types.ts'
import type { BlueValue, BuiltinFunc, ComplexValue, FuncObject, Value } from '../../objects/values.ts'
import { invariant } from '../../text/diagnostics.ts'
import { BUILTINS_SPAN } from '../../text/source.ts'
import { blueArg } from '../dispatch/attributes.ts'
import { noSuchOperation } from '../dispatch/diagnostics.ts'
import { dynamicFunc } from '../dispatch/dynamic.ts'
import { askFunc } from '../dispatch/metafuncs.ts'
import { blueType } from '../dispatch/types.ts'
import { asBlueObject, NOT_IMPLEMENTED_TYPE } from '../vm/objects.ts'
import { STR_REPR, STR_STR, STR_TO_COMPLEX } from '../vm/string-funcs.ts'
import { asFunc, asType, type Vm } from '../vm/vm.ts'
import { blueAddress } from './object-ids.ts'

function formatter(type: SpyType, runtime: string, evaluate: (value: never) => string, pure = false): BuiltinFunc {
  const intrinsic = { kind: 'runtime', name: runtime, effects: false, evaluate } as const
  return builtinFunc(type.fqn.join('__str__'), [['self', type]], STR, intrinsic, { pure })
}

/** `__str__` of the numeric types, by name. */
const FORMATTERS: ReadonlyMap<string, BuiltinFunc> = new Map([
  ...Object.keys(INT_TYPES).map((name) => {
    const type = PRIMITIVE_TYPES[name as PrimitiveName]
    return [name, formatter(type, `spy_${name}_to_str`, (value: number | bigint) => String(value))] as const
  }),
  ['f64', formatter(PRIMITIVE_TYPES.f64, 'spy_f64_to_str', formatF64)],
  ['f32', formatter(PRIMITIVE_TYPES.f32, 'spy_f32_to_str', formatF32)],
  ['bool', formatter(BOOL, 'spy_bool_to_str', (value: boolean) => (value ? 'True' : 'False'), true)],
  [
    'complex128',
    formatter(COMPLEX128, 'spy_complex128_to_str', (value: ComplexValue) => formatComplex(value.re, value.im)),
  ],
])

/** `T(text)`, or `T(text, base)` for integers. */
export function parsedFrom(name: PrimitiveName, text: MetaArg, base: MetaArg | undefined): OpSpec {
  const func = PARSE_FUNCS.get(name)
  if (func === undefined) return null
  if (func.params.length === 1) return base === undefined ? complex(func, [text]) : null
  return complex(func, [text, base ?? blueArg({ type: I32, value: 10 }, text.span)])
}

/** `str(value)` */
export function strOf(vm: Vm, value: MetaArg): OpSpec {
  const { type } = value
  if (type === DYNAMIC) return complex(dynamicFunc({ kind: 'str' }, 1), [value])
  if (type === STR) return complex(STR_STR, [value])
  const own = vm.lookupFunc(type, '__str__')
  if (own !== undefined) return asked(vm, own, value, 'str')
  const object = asBlueObject(value.blue)
  if (object?.what === 'exception') return constant({ type: STR, value: object.message })
  return reprOf(vm, value)
}

/** `repr(value)` */
export function reprOf(vm: Vm, value: MetaArg): OpSpec {
  const { type } = value
  if (type === DYNAMIC) return complex(dynamicFunc({ kind: 'repr' }, 1), [value])
  if (type === STR) return complex(STR_REPR, [value])
  const own = vm.lookupFunc(type, '__repr__')
  if (own !== undefined) return asked(vm, own, value, 'repr')
  if (type === NONE) return constant({ type: STR, value: 'None' })
  if (type === NOT_IMPLEMENTED_TYPE) return constant({ type: STR, value: 'NotImplemented' })
  if (type.kind === 'primitive') {
    const func = FORMATTERS.get(type.name)
    if (func !== undefined) return complex(func, [value])
  }
  if (isClass(type)) return complex(objectRepr(vm, type), [value])
  if (value.blue !== null) return constant({ type: STR, value: blueRepr(vm, value.blue, type) })
  // What only the evaluator can hold has a text that only it can make.
  if (type.kind === 'opaque') return complex(dynamicFunc({ kind: 'repr' }, 1), [value])
  return constant({ type: STR, value: genericRepr(type, 0) })
}

/** The answer of the type's own method. */
function asked(vm: Vm, method: FuncObject, value: MetaArg, how: 'str' | 'repr'): OpSpec {
  const spec = askFunc(vm, method, [value])
  if (spec === null) throw noSuchOperation(vm, `cannot call ${how}(\`{0}\`)`, [value], 'single')
  return spec.kind === 'simple' ? complex(spec.func, [value]) : spec
}

/** `_builtins::_object_repr[C]`: the class and the address. */
function objectRepr(vm: Vm, type: ClassType): FuncObject {
  const generic = asFunc(vm.evaluator.importModule('_builtins').attributes.get('_object_repr'))
  invariant(generic !== undefined, 'module _builtins has _object_repr')
  const func = asFunc(vm.evaluator.call(generic, [blueType(type), { type: STR, value: type.fqn.debugName }]))
  invariant(func !== undefined, '_object_repr makes functions')
  return func
}

/** Text of a value that only blue code holds, or whose type has no text of its own. */
function blueRepr(vm: Vm, blue: BlueValue, seenAs: SpyType): string {
  const type = asType(blue)
  if (type !== undefined && !isBoxed(seenAs)) return typeRepr(type)
  const object = asBlueObject(blue)
  if (object?.what === 'interpTuple') {
    const texts = object.items.map((item) => itemText(vm, item))
    return texts.length === 1 ? `(${texts[0]},)` : `(${texts.join(', ')})`
  }
  if (blue.type.kind === 'primitive' && !isBoxed(seenAs)) return String(blue.value)
  return genericRepr(seenAs, blueAddress(vm, blue))
}

/** An item of a container of blue time. Strings are quoted; everything else has the text that `str` gives. */
export function itemText(vm: Vm, item: BlueValue): string {
  const arg = blueArg(item, BUILTINS_SPAN)
  const spec = item.type === STR ? reprOf(vm, arg) : strOf(vm, arg)
  invariant(spec !== null, 'everything has a text')
  return String(spec.kind === 'const' ? spec.value.value : vm.evaluator.call(spec.func, [item]).value)
}

/** The text of values whose type has no `__repr__`. Values that do not lie in memory have no address. */
function genericRepr(type: SpyType, address: number): string {
  return `<spy \`${type.fqn.debugName}\` object at 0x${address.toString(16)}>`
}

/** `<spy type 'NAME'>` */
export function typeRepr(type: SpyType): string {
  const flags = type.kind === 'struct' ? (type.state === 'declared' ? ' (fwdecl, struct)' : ' (struct)') : ''
  return `<spy type '${type.fqn.debugName}'${flags}>`
}

const INT_PARAMS: BuiltinParams = [
  ['s', STR],
  ['base', I32],
]
const FLOAT_PARAMS: BuiltinParams = [['s', STR]]

/** Text as a number: what `i32("12")` calls. */
const PARSE_FUNCS: ReadonlyMap<PrimitiveName, BuiltinFunc> = new Map([
  ...Object.keys(INT_TYPES).map((name) => {
    const type = PRIMITIVE_TYPES[name as PrimitiveName]
    const evaluate = (text: string, base: number): Value => parseInteger(name as IntName, text, base)
    return [name as PrimitiveName, parser(name, type, INT_PARAMS, evaluate)] as const
  }),
  ['f64', parser('f64', PRIMITIVE_TYPES.f64, FLOAT_PARAMS, parseF64)] as const,
  ['complex128', STR_TO_COMPLEX] as const,
  ['f32', parser('f32', PRIMITIVE_TYPES.f32, FLOAT_PARAMS, parseF32)] as const,
])

function parser(
  name: string,
  type: SpyType,
  params: BuiltinParams,
  evaluate: (text: string, base: number) => Value,
): BuiltinFunc {
  const intrinsic = {
    kind: 'runtime',
    name: `spy_str_to_${name}`,
    effects: true,
    evaluate,
  } as const
  return builtinFunc(Fqn.of('operator', `str_to_${name}`), params, type, intrinsic, { pure: true })
}
