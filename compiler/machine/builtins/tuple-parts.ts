/**
 * Tuples made of the items of other tuples: `a + b`, `t * 3`, `t[1:]`. Each is a function that the compiler writes,
 * because no function of the language can take a number of items that varies.
 */
import type { StructType } from '../../objects/types.ts'
import type { SourceFunc } from '../../objects/values.ts'
import { BUILTINS_SPAN } from '../../text/source.ts'
import type { TypedExpr, TypedFunc } from '../../typed/tree.ts'
import { closureFrom } from '../rules/frames.ts'
import type { Typer } from '../rules/typer.ts'

/** An item of the result: which parameter it comes from, and its number there. */
export interface Part {
  readonly param: number
  readonly item: number
}

/** Parameters of these functions, in order. */
const NAMES = ['t', 'u'] as const

const known = new WeakMap<StructType, Map<string, SourceFunc>>()

/** `tuple::name(t, u) -> result`, whose items are `parts` of the parameters. */
export function tupleOf(
  t: Typer,
  name: string,
  params: readonly StructType[],
  result: StructType,
  parts: readonly Part[],
): SourceFunc {
  const { vm } = t
  const [owner] = params as readonly [StructType]
  const key = `${name} ${[...params, result].map((type) => vm.typeId(type)).join(' ')} ${parts.map(place).join(' ')}`
  const funcs = known.get(owner) ?? new Map<string, SourceFunc>()
  known.set(owner, funcs)
  let func = funcs.get(key)
  if (func === undefined) {
    func = declare(t, owner.fqn.join(name).join('impl'), params, result)
    const made = func
    vm.synthetic.set(made, () => write(t, made, params, result, parts))
    funcs.set(key, made)
  }
  return func
}

const place = ({ param, item }: Part): string => `${param}.${item}`

function declare(t: Typer, fqn: SourceFunc['fqn'], types: readonly StructType[], result: StructType): SourceFunc {
  const params = types.map((type, i) => ({ name: NAMES[i] as string, type, kind: 'simple' }) as const)
  const func: SourceFunc = {
    kind: 'func',
    origin: 'source',
    fqn: t.vm.uniqueFqn(fqn),
    type: t.vm.funcType('red', 'plain', params, result),
    params,
    defaults: [],
    node: null,
    closure: closureFrom(t.frame),
    prototype: BUILTINS_SPAN,
    docstring: null,
    forceInline: false,
    genericOrigin: null,
  }
  t.vm.addGlobal(func.fqn, { kind: 'func', func })
  return func
}

function write(
  t: Typer,
  func: SourceFunc,
  params: readonly StructType[],
  result: StructType,
  parts: readonly Part[],
): TypedFunc {
  const span = BUILTINS_SPAN
  const items = parts.map(({ param, item }): TypedExpr => {
    const type = params[param] as StructType
    const field = type.fields[item] as StructType['fields'][number]
    const read: TypedExpr = { kind: 'LocalRead', name: NAMES[param] as string, checked: false, type, span }
    return {
      kind: 'Call',
      type: field.type,
      span,
      func: t.vm.structFuncs.reader(type, field.name),
      args: [read],
    }
  })
  const value: TypedExpr = { kind: 'Call', type: result, span, func: t.vm.structFuncs.maker(result), args: items }
  return {
    fqn: func.fqn,
    type: func.type,
    params: func.params.map(({ name, type }) => ({ name, type })),
    locals: [],
    body: [{ kind: 'Return', value, span }],
    span,
    source: func,
  }
}
