/**
 * What depends on the class that an object really has, as functions of the program: they ask the object, whose first
 * field is its class.
 *
 *     a.f(1)     →     A::f#virtual(a, 1):  if a.__class__ is B: return B::f(a as B, 1)
 *                                           return A::f(a, 1)
 *
 * The program is closed: all its classes are known. Where all of them agree, nothing has to be asked.
 */
import { OBJECT_IS } from '../machine/dispatch/identity.ts'
import { RAISE } from '../machine/dispatch/raise.ts'
import { blueType } from '../machine/dispatch/types.ts'
import { classesOf, methodOf } from '../machine/vm/classes.ts'
import type { Vm } from '../machine/vm/vm.ts'
import type { Fqn } from '../objects/fqn.ts'
import type { ClassOperation } from '../objects/intrinsics.ts'
import {
  BOOL,
  CLASS_FIELD,
  type ClassType,
  I32,
  isClass,
  isSubtype,
  NONE,
  OBJECT,
  type SpyType,
  STR,
  TYPE,
} from '../objects/types.ts'
import type { BlueValue, BuiltinFunc, FuncObject, ParamInfo, SourceFunc } from '../objects/values.ts'
import { invariant } from '../text/diagnostics.ts'
import { BUILTINS_SPAN, type Span } from '../text/source.ts'
import type { Call, TypedExpr, TypedFunc, TypedStmt } from '../typed/tree.ts'
import { copyStmts } from '../typed/walk.ts'
import { forEachFunction } from './calls.ts'

/** A function for one operation on the objects of one class. */
interface Written {
  readonly func: SourceFunc
  readonly operation: ClassOperation
  readonly of: ClassType
}

export class ClassExpansion {
  readonly #vm: Vm
  readonly #written = new Map<BuiltinFunc, Written>()

  constructor(vm: Vm) {
    this.#vm = vm
  }

  /** Note the operations in some code. */
  see(body: readonly TypedStmt[]): void {
    forEachFunction(body, (func) => this.#note(func))
  }

  #note(func: FuncObject): void {
    if (func.origin !== 'builtin' || func.intrinsic.kind !== 'class' || this.#written.has(func)) return
    const { of, operation } = func.intrinsic
    const fqn = this.#freeFqn(func, operation)
    const written: SourceFunc = {
      kind: 'func',
      origin: 'source',
      fqn,
      type: func.type,
      params: func.params,
      defaults: [],
      node: null,
      closure: [],
      prototype: BUILTINS_SPAN,
      docstring: null,
      forceInline: false,
      genericOrigin: null,
    }
    this.#written.set(func, { func: written, operation, of })
  }

  readonly #fqns = new Set<string>()

  #freeFqn(func: BuiltinFunc, operation: ClassOperation): Fqn {
    for (let n = 0; ; n++) {
      const fqn = func.fqn.withSuffix(n === 0 ? operation.kind : `${operation.kind}${n}`)
      if (this.#fqns.has(fqn.text)) continue
      this.#fqns.add(fqn.text)
      return fqn
    }
  }

  /** How many operations there are, and classes that they can meet. */
  get size(): number {
    return this.#written.size + classesOf(this.#vm).length
  }

  /** The functions, for the classes that there are now. Writing them can ask for others. */
  functions(): readonly TypedFunc[] {
    const made = new Map<Written, TypedFunc>()
    for (let count = -1; count !== made.size; ) {
      count = made.size
      for (const written of [...this.#written.values()]) {
        if (made.has(written)) continue
        const typed = this.#write(written)
        made.set(written, typed)
        this.see(typed.body)
      }
    }
    return [...made.values()]
  }

  /** The function with calls of what has been written. */
  rewrite(typed: TypedFunc): TypedFunc {
    let found = false
    forEachFunction(typed.body, (func) => {
      found ||= func.origin === 'builtin' && func.intrinsic.kind === 'class'
    })
    if (!found) return typed
    const body = copyStmts(typed.body, {
      name: (name: string) => name,
      span: (span: Span) => span,
      expr: (expr: TypedExpr) => (expr.kind === 'Call' ? this.#rewriteCall(expr) : expr),
    })
    return { ...typed, body }
  }

  #rewriteCall(call: Call): TypedExpr {
    const { func } = call
    if (func.origin !== 'builtin' || func.intrinsic.kind !== 'class') return call
    const { of, operation } = func.intrinsic
    if (operation.kind === 'virtual' && this.#replacements(of, operation.name, operation.func).size === 0) {
      return { ...call, func: operation.func }
    }
    const written = this.#written.get(func)
    invariant(written !== undefined, 'operations on objects have been seen')
    return { ...call, func: written.func }
  }

  // --------------------------------------------------------------------------------------------------------- bodies

  #below(type: ClassType): readonly ClassType[] {
    return classesOf(this.#vm).filter((each) => each !== type && isSubtype(each, type))
  }

  /** The methods that classes below have in place of `func`, and which of them have each. */
  #replacements(of: ClassType, name: string, func: FuncObject): Map<FuncObject, readonly ClassType[]> {
    const found = new Map<FuncObject, readonly ClassType[]>()
    for (const type of this.#below(of)) {
      const method = methodOf(this.#vm, type, name)
      if (method !== func) found.set(method, [...(found.get(method) ?? []), type])
    }
    return found
  }

  #write({ func, operation, of }: Written): TypedFunc {
    const params = func.params.map((param) => read(param))
    const [self] = params
    invariant(self !== undefined, 'operations on objects have the object')
    const body = this.#body(operation, of, self, params)
    return {
      fqn: func.fqn,
      type: func.type,
      params: func.params.map(({ name, type }) => ({ name, type })),
      locals: [{ name: CLASS, type: TYPE }],
      body: [assignLocal(CLASS, this.#classOf(of, self)), ...body],
      span: BUILTINS_SPAN,
      source: func,
    }
  }

  #body(operation: ClassOperation, of: ClassType, self: TypedExpr, params: readonly TypedExpr[]): readonly TypedStmt[] {
    switch (operation.kind) {
      case 'virtual': {
        const branches = [...this.#replacements(of, operation.name, operation.func)].map(([method, types]) => {
          const answer = call(method, [this.#seenAs(self, method.params[0]?.type as SpyType), ...params.slice(1)])
          return branch(types, this.#answer(answer, operation.func.type.result))
        })
        return [...branches, giveBack(call(operation.func, params))]
      }
      case 'isInstance': {
        const types = [operation.of, ...this.#below(operation.of)]
        return [
          branch(types, giveBack(constant({ type: BOOL, value: true }))),
          giveBack(constant({ type: BOOL, value: false })),
        ]
      }
      case 'cast': {
        const fits = [operation.to, ...this.#below(operation.to)]
        const others = this.#below(of).filter((type) => !fits.includes(type))
        return [
          branch(fits, giveBack(this.#seenAs(self, operation.to))),
          ...others.map((type) => branch([type], this.#invalidCast(operation.to, type))),
          this.#invalidCast(operation.to, of),
          giveBack(this.#seenAs(self, operation.to)),
        ]
      }
      case 'box':
        return [
          ...this.#below(of).map((type) => branch([type], giveBack(upcast(this.#seenAs(self, type))))),
          giveBack(upcast(self)),
        ]
    }
  }

  /** The result of a method below may be of a class below. */
  #answer(value: TypedExpr, wanted: SpyType): TypedStmt {
    return giveBack(isClass(wanted) ? this.#seenAs(value, wanted) : value)
  }

  #classOf(of: ClassType, self: TypedExpr): TypedExpr {
    const name = constant({ type: STR, value: CLASS_FIELD })
    const func = this.#vm.memoryFuncs.getField(of, CLASS_FIELD, TYPE)
    return call(func, [self, name, constant({ type: I32, value: 0 })])
  }

  #seenAs(value: TypedExpr, type: SpyType): TypedExpr {
    if (value.type === type || !isClass(type)) return value
    return call(this.#vm.classFuncs.reinterpret(value.type, type), [value])
  }

  #invalidCast(to: ClassType, got: ClassType): TypedStmt {
    const message = `Invalid cast. Expected \`${this.#vm.human(to)}\`, got \`${this.#vm.human(got)}\``
    const text = (value: string): TypedExpr => constant({ type: STR, value })
    const args = [text('TypeError'), text(message), text(''), constant({ type: I32, value: 0 })]
    const value: TypedExpr = { kind: 'Call', type: NONE, span: BUILTINS_SPAN, func: RAISE, args }
    return { kind: 'ExprStmt', value, span: BUILTINS_SPAN }
  }
}

/** Local that holds the class of the object. */
const CLASS = '$class'

function read({ name, type }: ParamInfo): TypedExpr {
  return { kind: 'LocalRead', name, checked: false, type, span: BUILTINS_SPAN }
}

function assignLocal(name: string, value: TypedExpr): TypedStmt {
  return { kind: 'AssignLocal', name, value, span: BUILTINS_SPAN }
}

function constant({ type, value }: BlueValue): TypedExpr {
  return { kind: 'Constant', type, value, span: BUILTINS_SPAN }
}

function call(func: FuncObject, args: readonly TypedExpr[]): TypedExpr {
  return { kind: 'Call', type: func.type.result, span: BUILTINS_SPAN, func, args }
}

function upcast(value: TypedExpr): TypedExpr {
  return { kind: 'Upcast', type: OBJECT, value, span: BUILTINS_SPAN }
}

function giveBack(value: TypedExpr): TypedStmt {
  return { kind: 'Return', value, span: BUILTINS_SPAN }
}

/** `then`, if the object is of one of the classes. */
function branch(types: readonly ClassType[], then: TypedStmt): TypedStmt {
  const own = read({ name: CLASS, type: TYPE, kind: 'simple' })
  const tests = types.map((type): TypedExpr => call(OBJECT_IS, [own, constant({ ...blueType(type), type: TYPE })]))
  const test = tests.reduce((left, right) => ({ kind: 'Or', type: BOOL, span: BUILTINS_SPAN, left, right }))
  return { kind: 'If', test, then: [then], orElse: [], span: BUILTINS_SPAN }
}
