/**
 * The names and native modules of the language, for tests of the stages before the built-in modules exist.
 */
import type { ImportRef } from '../../compiler/syntax/ast.ts'
import type { BuiltinNames } from '../../compiler/syntax/scope.ts'

const ELSEWHERE: Readonly<Record<string, string>> = {
  abs: '_builtins.abs',
  min: '_builtins.min',
  max: '_builtins.max',
  range: '_range.range',
  list: '_list.list',
  tuple: '_tuple.tuple',
  slice: '_slice.Slice',
  dict: '_dict.dict',
  file: '_file.file',
  open: '_file.open',
}

const IN_BUILTINS = `
  object type member dynamic property staticmethod classmethod struct i8 u8 i32 u32 i64 u64 f32 f64 complex128 bool str
  bytes int float complex None True False NotImplemented Exception StaticError TypeError ValueError OverflowError
  IndexError ParseError ImportError ScopeError NameError PanicError ZeroDivisionError AssertionError KeyError OSError
  NotImplementedError WIP STATIC_TYPE print len repr hash dir getattr hasattr setattr ord breakpoint
`

function reference(text: string): ImportRef {
  const [module = '', attr = ''] = text.split('.')
  return { module, attr }
}

const names = new Map<string, ImportRef>()
for (const name of IN_BUILTINS.trim().split(/\s+/)) names.set(name, { module: 'builtins', attr: name })
for (const [name, target] of Object.entries(ELSEWHERE)) names.set(name, reference(target))

export const BUILTIN_NAMES: BuiltinNames = {
  names,
  modules: new Set(
    'builtins operator types math unsafe rawbuffer jsffi posix time __spy__ _testing_helpers'.split(' '),
  ),
}
