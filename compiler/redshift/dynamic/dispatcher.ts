/**
 * A function that does one operation on boxed values. It asks for their types, one operand after the other:
 *
 *     def `operator::dynamic_add`(x0: dynamic, x1: i32) -> dynamic:
 *         t0 = type(x0)
 *         if t0 is i32:
 *             return i32_add(unbox[i32](x0), x1)
 *         if t0 is f64:
 *             return f64_add(unbox[f64](x0), i32_to_f64(x1))
 *         raise TypeError("cannot do `" + name(x0) + "` + `i32`")
 *
 * The types are those of the closed world. What an operation makes of them may be a type that is new there: then the
 * function grows.
 */

import { dynamicResult } from '../../machine/dispatch/dynamic.ts'
import { OBJECT_IS } from '../../machine/dispatch/identity.ts'
import { RAISE } from '../../machine/dispatch/raise.ts'
import { metatypeOf } from '../../machine/dispatch/types.ts'
import { blueOperand, type Operand, redOperand } from '../../machine/rules/operand.ts'
import type { Typer } from '../../machine/rules/typer.ts'
import { isUniversal, saysMoreThanItsType } from '../../machine/run/dynamic.ts'
import { STR_ADD } from '../../machine/vm/string-funcs.ts'
import type { Vm } from '../../machine/vm/vm.ts'
import { isIdentity } from '../../objects/boxes.ts'
import { builtinFunc } from '../../objects/builtin-funcs.ts'
import { Fqn } from '../../objects/fqn.ts'
import { BOOL, DYNAMIC, I32, NONE, type SpyType, STR, TYPE } from '../../objects/types.ts'
import type { BlueValue, FuncObject, SourceFunc, Value } from '../../objects/values.ts'
import { type Diagnostic, SpyError } from '../../text/diagnostics.ts'
import { BUILTINS_SPAN } from '../../text/source.ts'
import type { TypedExpr, TypedFunc, TypedLocal, TypedStmt } from '../../typed/tree.ts'
import { boolConstant, giveBack, type Leaf, typeLeaf } from './leaves.ts'
import type { BoxedOperation, DynamicSite, OperandShape, ShapeKeys } from './sites.ts'
import { fill, type Template, templateKey, templateOf } from './texts.ts'
import type { BoxedWorld } from './world.ts'

/** Combinations of types that one function may tell apart. */
const MAX_LEAVES = 10_000

export interface DispatcherHost {
  readonly vm: Vm
  readonly world: BoxedWorld
  readonly keys: ShapeKeys
  /** The function that names the type of a boxed value. */
  typeName(): SourceFunc
  /** Why code cannot be part of the program; undefined if it can. */
  whyNot(body: readonly TypedStmt[]): SpyError | undefined
}

/** One operand, with a type that it may have. */
interface Variant {
  readonly operand: Operand
  readonly key: string
  /** Name of the type, if it is found out while the program runs. */
  readonly name: string | undefined
}

export class Dispatcher {
  readonly func: SourceFunc
  readonly #host: DispatcherHost
  readonly #operation: BoxedOperation
  readonly #shapes: readonly OperandShape[]
  readonly #typer: Typer
  readonly #leaves = new Map<string, Leaf>()

  constructor(host: DispatcherHost, fqn: Fqn, { operation, shapes }: DynamicSite, typer: Typer) {
    this.#host = host
    this.#operation = operation
    this.#shapes = shapes
    this.#typer = typer
    const params = shapes.flatMap((shape, i): TypedLocal[] => {
      if (shape.kind === 'constant') return []
      return [{ name: operandName(i), type: shape.kind === 'typed' ? shape.type : DYNAMIC }]
    })
    this.func = makeFunction(host.vm, fqn, params, resultOf(operation))
  }

  /** Type all combinations that are new. */
  grow(found: (body: readonly TypedStmt[]) => void): void {
    this.#forEachLeaf([], (variants) => {
      const key = variants.map((variant) => variant.key).join(' ')
      if (this.#leaves.has(key)) return
      if (this.#leaves.size >= MAX_LEAVES) throw tooManyTypes()
      const operands = variants.map(({ operand }) => operand)
      const leaf = typeLeaf(this.#typer, this.#operation, operands, this.func.type.result)
      this.#leaves.set(key, leaf)
      if (leaf.kind === 'code') found(leaf.body)
    })
  }

  #forEachLeaf(before: readonly Variant[], visit: (variants: readonly Variant[]) => void): void {
    const i = before.length
    if (i === this.#shapes.length) return visit(before)
    for (const variant of this.#variants(i)) this.#forEachLeaf([...before, variant], visit)
  }

  // ------------------------------------------------------------------------------------------------------ operands

  #variants(i: number): readonly Variant[] {
    const shape = this.#shapes[i] as OperandShape
    switch (shape.kind) {
      case 'constant':
        return [this.#known(shape.value, undefined)]
      case 'typed':
        return this.#variantsOf(i, shape.type, read(operandName(i), shape.type), undefined)
      case 'boxed':
        return this.#host.world.types.flatMap((type) =>
          this.#variantsOf(i, type, unbox(read(operandName(i), DYNAMIC), type), this.#host.vm.human(type)),
        )
    }
  }

  /** A value whose type is known; what only blue code can use has to be known itself. */
  #variantsOf(i: number, type: SpyType, tree: TypedExpr, name: string | undefined): readonly Variant[] {
    if (type === NONE) return [this.#known({ type, value: null }, name)]
    if (isIdentity(type)) return this.#host.world.objectsOf(type).map((object) => this.#known(object, name))
    const known = this.#functionsToTellApart(i, type).map((value) => this.#known({ type, value }, name))
    return [...known, { operand: redOperand(tree), key: this.#host.keys.type(type), name }]
  }

  #functionsToTellApart(i: number, type: SpyType): readonly FuncObject[] {
    if (i > 0 || type.kind !== 'func') return []
    return this.#host.world.functionsOf(type).filter((func) => saysMoreThanItsType(func, this.#operation))
  }

  #known(value: BlueValue, name: string | undefined): Variant {
    return { operand: blueOperand(value, BUILTINS_SPAN), key: this.#host.keys.constant(value), name }
  }

  // ---------------------------------------------------------------------------------------------------------- code

  /** The function as it is now. */
  build(): TypedFunc {
    const fallback = this.#fallback()
    const types = this.#shapes.flatMap((shape, i) => (shape.kind === 'boxed' ? [i] : []))
    const asked = types.map((i): TypedStmt => assign(typeLocal(i), typeOf(read(operandName(i), DYNAMIC))))
    const body = [...asked, ...this.#choose([], fallback.template), ...fallback.code]
    const locals: TypedLocal[] = [...types.map((i) => ({ name: typeLocal(i), type: TYPE })), ...this.#typer.locals]
    const { fqn, type, params } = this.func
    return {
      fqn,
      type,
      params: params.map((param) => ({ name: param.name, type: param.type })),
      locals,
      body,
      span: BUILTINS_SPAN,
      source: null,
    }
  }

  #choose(before: readonly Variant[], template: Template | undefined): readonly TypedStmt[] {
    const i = before.length
    const shape = this.#shapes[i]
    if (shape === undefined) return this.#leafCode(before, template)
    const further = (variant: Variant): readonly TypedStmt[] => this.#choose([...before, variant], template)
    switch (shape.kind) {
      case 'constant':
        return this.#variants(i).flatMap(further)
      case 'typed':
        return this.#chooseObject(i, shape.type, read(operandName(i), shape.type), undefined, further)
      case 'boxed':
        return this.#host.world.types.flatMap((type) => {
          const name = this.#host.vm.human(type)
          const value = unbox(read(operandName(i), DYNAMIC), type)
          const body = this.#chooseObject(i, type, value, name, further)
          const isType = same(read(typeLocal(i), TYPE), constant(metatypeOf(type), type))
          return body.length === 0 ? [] : [when(isType, body)]
        })
    }
  }

  #chooseObject(
    i: number,
    type: SpyType,
    tree: TypedExpr,
    name: string | undefined,
    further: (variant: Variant) => readonly TypedStmt[],
  ): readonly TypedStmt[] {
    const variants = this.#variantsOf(i, type, tree, name)
    if (type === NONE || this.#shapes[i]?.kind === 'constant') return variants.flatMap(further)
    return variants.flatMap((variant) => {
      const body = further(variant)
      const object = variant.operand.blue
      if (object === null) return body
      return body.length === 0 ? [] : [when(same(tree, constant(object.type, object.value)), body)]
    })
  }

  #leafCode(variants: readonly Variant[], template: Template | undefined): readonly TypedStmt[] {
    const leaf = this.#leafOf(variants)
    switch (leaf.kind) {
      case 'default':
        return []
      case 'code':
        return leaf.body
      case 'error': {
        const { error } = leaf
        const names = variants.map(({ name }) => name)
        const isUsual = template !== undefined && error.class === 'TypeError' && fill(template, names) === error.message
        return isUsual ? [] : [{ kind: 'Fail', error: { ...error, annotations: [] }, span: BUILTINS_SPAN }]
      }
    }
  }

  /** Code that refers to functions that do not type-check fails as soon as it is reached. */
  #leafOf(variants: readonly Variant[]): Leaf {
    const leaf = this.#leaves.get(variants.map((variant) => variant.key).join(' ')) ?? { kind: 'default' }
    const error = leaf.kind === 'code' ? this.#host.whyNot(leaf.body) : undefined
    if (error === undefined) return leaf
    if (this.#isEquality && error.etype === 'TypeError') return { kind: 'default' }
    return { kind: 'error', error: { ...error.diagnostic, annotations: [] } }
  }

  /** What it may raise by itself. */
  errors(): readonly Diagnostic[] {
    const errors: Diagnostic[] = []
    this.#forEachLeaf([], (variants) => {
      const leaf = this.#leafOf(variants)
      if (leaf.kind === 'error') errors.push(leaf.error)
    })
    return errors
  }

  get #isEquality(): boolean {
    return this.#operation.kind === 'binary' && isUniversal(this.#operation.op)
  }

  // ------------------------------------------------------------------------------------------------------ fallback

  /** What happens for all combinations that have no code of their own. */
  #fallback(): { readonly template: Template | undefined; readonly code: readonly TypedStmt[] } {
    if (this.#operation.kind === 'identical') {
      return { template: undefined, code: [giveBack(boolConstant(this.#operation.negated))] }
    }
    if (this.#operation.kind === 'binary' && this.#isEquality) {
      const answer = boolConstant(this.#operation.op === '!=')
      return {
        template: undefined,
        code: [giveBack({ kind: 'Upcast', type: DYNAMIC, value: answer, span: BUILTINS_SPAN })],
      }
    }
    const template = this.#usualTemplate() ?? { texts: ['unexpected dynamic type'], holes: [] }
    return { template, code: [this.#raise(template)] }
  }

  /** The text of most errors. */
  #usualTemplate(): Template | undefined {
    const counts = new Map<string, { readonly template: Template; count: number }>()
    this.#forEachLeaf([], (variants) => {
      const leaf = this.#leafOf(variants)
      if (leaf.kind !== 'error' || leaf.error.class !== 'TypeError') return
      const template = templateOf(
        leaf.error.message,
        variants.map(({ name }) => name),
      )
      const key = templateKey(template)
      const known = counts.get(key)
      if (known === undefined) counts.set(key, { template, count: 1 })
      else known.count++
    })
    let usual: { readonly template: Template; readonly count: number } | undefined
    for (const each of counts.values()) if (usual === undefined || each.count > usual.count) usual = each
    return usual?.template
  }

  #raise({ texts, holes }: Template): TypedStmt {
    const text = (value: string): TypedExpr => constant(STR, value)
    let message = text(texts[0] ?? '')
    for (const [i, operand] of holes.entries()) {
      const name = callOf(this.#host.typeName(), [read(operandName(operand), DYNAMIC)])
      message = concat(concat(message, name), text(texts[i + 1] ?? ''))
    }
    const args = [text('TypeError'), message, text(''), constant(I32, 0)]
    const value: TypedExpr = { kind: 'Call', func: RAISE, args, type: NONE, span: BUILTINS_SPAN }
    return { kind: 'ExprStmt', value, span: BUILTINS_SPAN }
  }
}

function resultOf(operation: BoxedOperation): SpyType {
  switch (operation.kind) {
    case 'cast':
      return operation.to
    case 'identical':
      return BOOL
    default:
      return dynamicResult(operation)
  }
}

function tooManyTypes(): SpyError {
  return new SpyError({
    class: 'WIP',
    message: 'an operation on `dynamic` values has too many combinations of types to be compiled',
    annotations: [],
  })
}

// -------------------------------------------------------------------------------------------------------------- trees

/** The function that names the type of a boxed value, as messages do. */
export function buildTypeName(vm: Vm, func: SourceFunc, world: BoxedWorld): TypedFunc {
  const type = read('type', TYPE)
  const body = world.types.map((each) =>
    when(same(type, constant(metatypeOf(each), each)), [giveBack(constant(STR, vm.human(each)))]),
  )
  return {
    fqn: func.fqn,
    type: func.type,
    params: func.params.map((param) => ({ name: param.name, type: param.type })),
    locals: [{ name: 'type', type: TYPE }],
    body: [assign('type', typeOf(read('x', DYNAMIC))), ...body, giveBack(constant(STR, '?'))],
    span: BUILTINS_SPAN,
    source: null,
  }
}

/** A function that the compiler writes itself, as a value that calls can name. */
export function makeFunction(vm: Vm, fqn: Fqn, params: readonly TypedLocal[], result: SpyType): SourceFunc {
  const infos = params.map(({ name, type }) => ({ name, type, kind: 'simple' }) as const)
  return {
    kind: 'func',
    origin: 'source',
    fqn,
    type: vm.funcType('red', 'plain', infos, result),
    params: infos,
    defaults: [],
    node: null,
    closure: [],
    prototype: BUILTINS_SPAN,
    docstring: null,
    forceInline: false,
    genericOrigin: null,
  }
}

export function callOf(func: SourceFunc, args: readonly TypedExpr[]): TypedExpr {
  return { kind: 'Call', func, args, type: func.type.result, span: BUILTINS_SPAN }
}

function operandName(index: number): string {
  return `x${index}`
}

function typeLocal(index: number): string {
  return `$type${index}`
}

function read(name: string, type: SpyType): TypedExpr {
  return { kind: 'LocalRead', name, type, checked: false, span: BUILTINS_SPAN }
}

function constant(type: SpyType, value: Value): TypedExpr {
  return { kind: 'Constant', type, value, span: BUILTINS_SPAN }
}

function assign(name: string, value: TypedExpr): TypedStmt {
  return { kind: 'AssignLocal', name, value, span: BUILTINS_SPAN }
}

function when(test: TypedExpr, then: readonly TypedStmt[]): TypedStmt {
  return { kind: 'If', test, then, orElse: [], span: BUILTINS_SPAN }
}

function same(left: TypedExpr, right: TypedExpr): TypedExpr {
  return { kind: 'Call', func: OBJECT_IS, args: [left, right], type: BOOL, span: BUILTINS_SPAN }
}

function concat(left: TypedExpr, right: TypedExpr): TypedExpr {
  return { kind: 'Call', func: STR_ADD, args: [left, right], type: STR, span: BUILTINS_SPAN }
}

const TYPE_OF = builtinFunc(Fqn.of('operator', 'type_of'), [['x', DYNAMIC]], TYPE, { kind: 'typeOf' }, { pure: true })

function typeOf(value: TypedExpr): TypedExpr {
  return { kind: 'Call', func: TYPE_OF, args: [value], type: TYPE, span: BUILTINS_SPAN }
}

function unbox(value: TypedExpr, to: SpyType): TypedExpr {
  const func = builtinFunc(Fqn.of('operator').join('unbox', [to.fqn]), [['x', DYNAMIC]], to, { kind: 'unbox', to })
  return { kind: 'Call', func, args: [value], type: to, span: BUILTINS_SPAN }
}
