/**
 * Keyword arguments: which parameter each of them is for.
 */
import type { MetaArg } from '../../objects/dispatch.ts'
import type { FuncObject, SourceFunc } from '../../objects/values.ts'
import { blame } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { Vm } from '../vm/vm.ts'
import { missingArgument, multipleValues, typeError, unexpectedKeyword } from './diagnostics.ts'

/** A keyword argument: the parameter it names, its value, and the span of `name=value`. */
export interface KeywordArg {
  readonly name: string
  readonly value: MetaArg
  readonly span: Span
}

/** Positional and keyword arguments in the order of the parameters; defaults are filled where a keyword skipped one. */
export function bindKeywords(
  func: FuncObject,
  args: readonly MetaArg[],
  keywords: readonly KeywordArg[],
  callee: Span,
): readonly MetaArg[] {
  if (keywords.length === 0) return args
  const bound: (MetaArg | undefined)[] = [...args]
  placeKeywords(func, bound, keywords, 0)
  const defaults = func.origin === 'source' ? func.defaults : []
  const simple = func.params.filter((param) => param.kind === 'simple')
  return simple.map((param, i) => {
    const given = bound[i]
    if (given !== undefined) return given
    const value = defaults[i - (simple.length - defaults.length)]
    if (value === undefined) throw missingArgument(param.name, callee, func)
    return { color: 'blue', type: value.type, blue: value, span: value.span, symbol: null }
  })
}

/** @param first  parameters before this one are given by position only */
function placeKeywords(
  func: FuncObject,
  bound: (MetaArg | undefined)[],
  keywords: readonly KeywordArg[],
  first: number,
): void {
  for (const keyword of keywords) {
    const index = func.params.findIndex((param) => param.name === keyword.name && param.kind === 'simple')
    if (index < first) throw unexpectedKeyword(keyword.name, keyword.span, func)
    if (bound[index] !== undefined) throw multipleValues(keyword.name, keyword.span, func)
    bound[index] = keyword.value
  }
}

/** Functions that are not told their keywords take none. */
export function refuseKeywords(vm: Vm, func: FuncObject, keywords: readonly KeywordArg[]): void {
  const [first] = keywords
  if (first === undefined) return
  if (func.origin === 'source' && !isLibraryFunc(vm, func)) {
    throw typeError('metafuncs take no keyword arguments', [blame('', first.span)])
  }
  throw unexpectedKeyword(first.name, first.span, func)
}

/**
 * What a metafunction is asked with; undefined where its default stands. Only those of the library take keywords: the
 * names of their parameters are those that programs write. Before `*args`, parameters with defaults have no position:
 *
 *     @blue.metafunc
 *     def min(key=None, default=None, *args_m)
 */
export function bindMetafuncKeywords(
  vm: Vm,
  func: SourceFunc,
  args: readonly MetaArg[],
  keywords: readonly KeywordArg[],
): readonly (MetaArg | undefined)[] {
  if (!isLibraryFunc(vm, func)) {
    refuseKeywords(vm, func, keywords)
    return args
  }
  const { params, defaults } = func
  const variadic = params[params.length - 1]?.kind === 'var_positional'
  if (!variadic || defaults.length === 0) {
    const bound: (MetaArg | undefined)[] = [...args]
    placeKeywords(func, bound, keywords, params.length - defaults.length)
    return Array.from(bound)
  }
  const required = params.length - 1 - defaults.length
  const bound: (MetaArg | undefined)[] = Array.from({ length: params.length - 1 })
  args.slice(0, required).forEach((arg, i) => {
    bound[i] = arg
  })
  placeKeywords(func, bound, keywords, required)
  return [...bound, ...args.slice(required)]
}

/** What a built-in metafunction is asked with: keywords follow the positional arguments without a gap. */
export function bindNamed(
  func: FuncObject,
  names: readonly string[],
  args: readonly MetaArg[],
  keywords: readonly KeywordArg[],
): readonly MetaArg[] {
  if (keywords.length === 0) return args
  const bound: (MetaArg | undefined)[] = [...args]
  for (const keyword of keywords) {
    const index = names.indexOf(keyword.name)
    if (index < 0) throw unexpectedKeyword(keyword.name, keyword.span, func)
    if (bound[index] !== undefined) throw multipleValues(keyword.name, keyword.span, func)
    bound[index] = keyword.value
  }
  return Array.from(bound, (arg, i) => {
    if (arg !== undefined) return arg
    throw missingArgument(names[i] ?? '', (keywords[0] as KeywordArg).span, func)
  })
}

function isLibraryFunc(vm: Vm, func: SourceFunc): boolean {
  return vm.modules.get(func.fqn.module)?.isLibrary === true
}
