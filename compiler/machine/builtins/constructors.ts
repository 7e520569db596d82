/**
 * What built-in types do when they are called: `i32(x)`, `str(x)`, `ValueError(text)`, `type(x)`.
 */
import { builtinFunc, PRIMITIVE_FUNCS } from '../../objects/builtin-funcs.ts'
import { complex, constant, type MetaArg, type OpSpec } from '../../objects/dispatch.ts'
import { Fqn } from '../../objects/fqn.ts'
import {
  BYTES,
  DYNAMIC,
  INT_TYPES,
  isBoxed,
  isClass,
  type OpaqueType,
  PRIMITIVE_TYPES,
  type PrimitiveName,
  STR,
  TYPE,
} from '../../objects/types.ts'
import type { BlueValue, BuiltinFunc, Value } from '../../objects/values.ts'
import { bytesValue, complexValue } from '../../objects/values.ts'
import { invariant } from '../../text/diagnostics.ts'
import { blueArg, classOfObject } from '../dispatch/attributes.ts'
import { askFunc, callMetafunc } from '../dispatch/metafuncs.ts'
import { blueType } from '../dispatch/types.ts'
import { dynamicType } from '../vm/classes.ts'
import { EXCEPTION_TYPES, makeException, SPDB_QUIT_TYPE } from '../vm/objects.ts'
import { asFunc, type Vm } from '../vm/vm.ts'
import { complexOfParts } from './complex.ts'
import { type Arity, addMember, metafunc, plainBlue } from './define.ts'
import { identityOf } from './identity.ts'
import { parsedFrom, strOf } from './text.ts'

const NUMBER_NAMES: readonly PrimitiveName[] = [
  'i8',
  'u8',
  'i32',
  'u32',
  'i64',
  'u64',
  'f32',
  'f64',
  'bool',
  'complex128',
]

/** A wrong number of arguments means that the type cannot be called like that. */
const ANY_NUMBER: Arity = { min: 1, max: Number.POSITIVE_INFINITY }

/** Constructors of all built-in types, as members of those types. */
export function addConstructors(vm: Vm): void {
  for (const name of NUMBER_NAMES) {
    const type = PRIMITIVE_TYPES[name]
    addMember(
      vm,
      type,
      '__new__',
      metafunc(
        vm,
        type.fqn.join('__new__'),
        ANY_NUMBER,
        (args) => constructNumber(vm, name, args.slice(1)),
        name === 'complex128' ? ['', 'real', 'imag'] : ['', '', 'base'],
      ),
    )
  }
  addMember(
    vm,
    STR,
    '__new__',
    metafunc(
      vm,
      STR.fqn.join('__new__'),
      ANY_NUMBER,
      (args) => {
        const [, value, encoding] = args
        if (value?.type === BYTES && encoding !== undefined && args.length === 3) return decoded(vm, value, encoding)
        if (args.length > 2) return null
        return value === undefined ? constant({ type: STR, value: '' }) : strOf(vm, value)
      },
      ['', 'object', 'encoding'],
    ),
  )
  addMember(
    vm,
    BYTES,
    '__new__',
    metafunc(vm, BYTES.fqn.join('__new__'), ANY_NUMBER, (args) => constructBytes(vm, args.slice(1)), [
      '',
      'source',
      'encoding',
    ]),
  )
  addMember(
    vm,
    TYPE,
    '__new__',
    metafunc(vm, TYPE.fqn.join('__new__'), { min: 2, max: 2 }, ([, value]) => typeOf(vm, value as MetaArg)),
  )
  for (const type of [...EXCEPTION_TYPES.values(), SPDB_QUIT_TYPE]) addExceptionConstructor(vm, type)
}

/** `str(b, encoding)` is `b.decode(encoding)`. */
function decoded(vm: Vm, value: MetaArg, encoding: MetaArg): OpSpec {
  const func = vm.lookupFunc(BYTES, 'decode')
  invariant(func !== undefined, 'bytes have a method decode')
  const spec = askFunc(vm, func, [value, encoding])
  return spec?.kind === 'simple' ? complex(spec.func, [value, encoding]) : spec
}

/** `bytes(...)`: of numbers, of text with its encoding, or as many zeros. */
function constructBytes(vm: Vm, args: readonly MetaArg[]): OpSpec {
  if (args.length === 0) return constant({ type: BYTES, value: bytesValue(new Uint8Array()) })
  const choose = asFunc(vm.evaluator.importModule('_bytes').attributes.get('new_bytes'))
  invariant(choose !== undefined, 'module _bytes has new_bytes')
  return callMetafunc(vm, choose, args)
}

/** `T(x)`: numbers convert to each other, text is parsed, nothing is the zero of the type. */
function constructNumber(vm: Vm, name: PrimitiveName, args: readonly MetaArg[]): OpSpec {
  const type = PRIMITIVE_TYPES[name]
  const [value] = args
  if (args.length > 2) return null
  if (value === undefined) return constant({ type, value: zeroOf(name) })
  if (value.type === type && args.length === 1) return complex(identityOf(vm, type), [value])
  if (value.type === STR) return parsedFrom(name, value, args[1])
  if (args[1] !== undefined)
    return name === 'complex128' && args.length === 2 ? complexOfParts(vm, value, args[1]) : null
  if (value.type.kind === 'primitive') {
    const convert = PRIMITIVE_FUNCS.get(`${value.type.name}_to_${name}`)
    if (convert !== undefined) return complex(convert, [value])
  }
  return null
}

function zeroOf(name: PrimitiveName): Value {
  if (name === 'bool') return false
  if (name === 'complex128') return complexValue(0, 0)
  return name in INT_TYPES && INT_TYPES[name as keyof typeof INT_TYPES].bits === 64 ? 0n : 0
}

/** `type::__new__(x)`: asks the value. */
const TYPE_OF: BuiltinFunc = builtinFunc(
  Fqn.of('builtins', 'type', '__new__'),
  [['x', DYNAMIC]],
  TYPE,
  { kind: 'typeOf' },
  { pure: true },
)

/**
 * `type(x)`: the dynamic type, which is the static one for everything that does not carry its type with it. The result
 * has the colour of x.
 */
function typeOf(vm: Vm, value: MetaArg): OpSpec {
  if (value.blue !== null) return constant(blueType(dynamicType(vm, value.blue)))
  if (isBoxed(value.type)) return complex(TYPE_OF, [value])
  if (isClass(value.type)) return classOfObject(vm, value.type, value)
  return complex(identityOf(vm, TYPE), [blueArg(blueType(value.type), value.span)])
}

// ------------------------------------------------------------------------------------------------------- exceptions

function addExceptionConstructor(vm: Vm, type: OpaqueType): void {
  const create = plainBlue(vm, type.fqn.join('__new__'), 'plain', [['message', STR]], type, ([message]) => ({
    type,
    value: makeException(type, message?.value as string),
  }))
  const choose = metafunc(vm, type.fqn.join('__new__'), { min: 1, max: 2 }, (args) => {
    const [, message] = args
    return message === undefined
      ? constant({ type, value: makeException(type, '') } as BlueValue)
      : complex(create, [message])
  })
  addMember(vm, type, '__new__', choose)
}
