/**
 * The names that every module sees without importing them, and the modules that have no file.
 */
import type { BuiltinNames } from '../../syntax/scope.ts'
import { EXCEPTION_TYPES } from '../vm/objects.ts'

/** Names whose home is a module of the library. */
const ELSEWHERE: Readonly<Record<string, readonly [module: string, attr: string]>> = {
  abs: ['_builtins', 'abs'],
  min: ['_builtins', 'min'],
  max: ['_builtins', 'max'],
  any: ['_builtins', 'any'],
  all: ['_builtins', 'all'],
  sum: ['_builtins', 'sum'],
  sorted: ['_builtins', 'sorted'],
  enumerate: ['_iterators', 'enumerate'],
  zip: ['_iterators', 'zip'],
  reversed: ['_iterators', 'reversed'],
  divmod: ['_arithmetic', 'divmod'],
  pow: ['_arithmetic', 'pow'],
  bin: ['_arithmetic', 'bin'],
  oct: ['_arithmetic', 'oct'],
  hex: ['_arithmetic', 'hex'],
  round: ['_arithmetic', 'round'],
  iter: ['_iteration', 'iter'],
  next: ['_iteration', 'next'],
  map: ['_iteration', 'map'],
  filter: ['_iteration', 'filter'],
  ascii: ['_builtins', 'ascii'],
  format: ['_builtins', 'format'],
  range: ['_range', 'range'],
  list: ['_list', 'list'],
  dict: ['_dict', 'dict'],
  set: ['_set', 'set'],
  frozenset: ['_set', 'frozenset'],
  tuple: ['_tuple', 'tuple'],
  slice: ['_slice', 'Slice'],
}

const HERE: readonly string[] = [
  ...['object', 'type', 'dynamic', 'property', 'staticmethod', 'classmethod', 'struct'],
  ...['i8', 'u8', 'i32', 'u32', 'i64', 'u64', 'f32', 'f64', 'complex128', 'bool', 'str', 'bytes'],
  ...['int', 'float', 'complex'],
  ...['None', 'True', 'False', 'NotImplemented'],
  ...EXCEPTION_TYPES.keys(),
  ...['STATIC_TYPE', 'print', 'len', 'repr', 'hash', 'getattr', 'hasattr', 'setattr', 'ord', 'chr'],
  ...['isinstance', 'issubclass', 'callable', 'super', 'dir', 'id'],
  ...['hash_i8', 'hash_i32', 'hash_u8', 'hash_u32', 'hash_i64', 'hash_u64', 'hash_bool', 'hash_str', '_ord_str'],
]

/** Modules that are built in. */
export const BUILTIN_MODULES: readonly string[] = [
  'builtins',
  'operator',
  'types',
  'math',
  'unsafe',
  'time',
  '__spy__',
  '_tuple',
]

export const BUILTIN_NAMES: BuiltinNames = {
  names: new Map([
    ...HERE.map((name) => [name, { module: 'builtins', attr: name }] as const),
    ...Object.entries(ELSEWHERE).map(([name, [module, attr]]) => [name, { module, attr }] as const),
  ]),
  modules: new Set(BUILTIN_MODULES),
}
