/**
 * `complex128`: how one is made of parts and what it has.
 */
import { complexAbs } from '../../../src/runtime/numbers.ts'
import { builtinFunc, primitiveFuncNamed } from '../../objects/builtin-funcs.ts'
import { complex, type MetaArg, type OpSpec } from '../../objects/dispatch.ts'
import { COMPLEX128, F64, type SpyType } from '../../objects/types.ts'
import type { BuiltinFunc, ComplexValue } from '../../objects/values.ts'
import { tryConversion } from '../dispatch/conversions.ts'
import { makeDescriptor, PROPERTY_TYPE } from '../vm/objects.ts'
import type { Vm } from '../vm/vm.ts'
import { addMember } from './define.ts'

const ABS: BuiltinFunc = builtinFunc(COMPLEX128.fqn.join('__abs__'), [['self', COMPLEX128]], F64, {
  kind: 'runtime',
  name: 'spy_complex128_abs',
  effects: false,
  evaluate: (value: ComplexValue) => complexAbs(value),
})

/** `complex128(re, im)`: both are numbers that become f64 by themselves. */
export function complexOfParts(vm: Vm, re: MetaArg, im: MetaArg): OpSpec {
  const isPart = (arg: MetaArg): boolean => arg.type.kind === 'primitive' && tryConversion(vm, arg, F64) !== undefined
  return isPart(re) && isPart(im) ? complex(primitiveFuncNamed('complex128_make'), [re, im]) : null
}

/** `z.real`, `z.imag`, `z.conjugate()`, `abs(z)`. */
export function addComplexMembers(vm: Vm): void {
  const type: SpyType = COMPLEX128
  for (const part of ['real', 'imag']) {
    const value = makeDescriptor(PROPERTY_TYPE, primitiveFuncNamed(`complex128_${part}`))
    addMember(vm, type, part, { type: PROPERTY_TYPE, value })
  }
  addMember(vm, type, 'conjugate', primitiveFuncNamed('complex128_conjugate'))
  addMember(vm, type, '__abs__', ABS)
}
