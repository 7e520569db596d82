/**
 * The evaluator: SPy code that runs at blue time and in the interp engine. Functions are typed as they run (each
 * statement when it is first reached), and what has been typed is executed as closures.
 *
 * A red function is typed once. A blue function is typed anew for each set of arguments, because its parameters are
 * constants; the blue cache makes that once per set.
 */
import type { Fqn } from '../../objects/fqn.ts'
import { meaningOf } from '../../objects/primitive-meaning.ts'
import { isBoxed, type SpyType } from '../../objects/types.ts'
import type { BlueValue, BuiltinFunc, FuncObject, SourceFunc, Value } from '../../objects/values.ts'
import type { ScopeTables } from '../../syntax/scope.ts'
import { invariant } from '../../text/diagnostics.ts'
import { BUILTINS_SPAN, type Span } from '../../text/source.ts'
import type { TypedExpr, TypedFunc, TypedStmt } from '../../typed/tree.ts'
import { blueType } from '../dispatch/types.ts'
import { compileFunction } from '../interp/function.ts'
import { type Callable, Fuel, type Link } from '../interp/link.ts'
import type { Routine } from '../interp/routine.ts'
import { declareClass, typeClassDef, typeFuncDef } from '../rules/definitions.ts'
import { type Frame, functionFrame } from '../rules/frames.ts'
import { bindBlueParameters, declareRedParameters } from '../rules/parameters.ts'
import { deferStmts, typeStmts } from '../rules/statements.ts'
import { type ScopesOf, Typer } from '../rules/typer.ts'
import { methodOf } from '../vm/classes.ts'
import { blueKey } from '../vm/keys.ts'
import type { ModuleObject } from '../vm/objects.ts'
import { asFunc, asType, type Evaluator, type Vm } from '../vm/vm.ts'
import { seesRunningVariables } from './captures.ts'
import { runDynamic } from './dynamic.ts'
import { NO_FRAME, withoutOwnFrame } from './own-frame.ts'

/** Modules that are imported when code needs them. */
export interface ModuleSource extends ScopesOf {
  importModule(name: string): ModuleObject
}

export class Machine implements Evaluator {
  readonly vm: Vm
  readonly #modules: ModuleSource
  /** For code that runs while a program is compiled: it has a limit. */
  readonly #blueLink: Link
  /** For the interp engine: no limit. */
  readonly freeLink: Link

  constructor(vm: Vm, modules: ModuleSource) {
    this.vm = vm
    this.#modules = modules
    this.#blueLink = this.#makeLink(new Fuel(vm.options.blueSteps))
    this.freeLink = this.#makeLink(null)
    vm.connect(this)
  }

  #makeLink(fuel: Fuel | null): Link {
    const routines = new Map<SourceFunc, Routine>()
    const link: Link = {
      memory: this.vm.memory,
      fuel,
      callable: (func) => this.#callable(func, link, routines),
      dynamic: (operation, operands, known, span) => runDynamic(this, operation, operands, known, span),
      methodOf: (type, name) => methodOf(this.vm, type, name),
      humanName: (type) => this.vm.human(type),
    }
    return link
  }

  importModule(name: string): ModuleObject {
    return this.#modules.importModule(name)
  }

  tablesOf(module: string): ScopeTables {
    return this.#modules.tablesOf(module)
  }

  // ------------------------------------------------------------------------------------------------------- calling

  #callable(func: FuncObject, link: Link, routines: Map<SourceFunc, Routine>): Callable {
    if (func.origin === 'builtin' || func.type.color === 'blue') {
      return { call: (args) => this.#unboxed(func, this.call(func, this.#boxed(func, args))) }
    }
    if (seesRunningVariables(func)) {
      return { call: (args) => compileFunction(this.#lazyFunc(func), link).call(args) }
    }
    let routine = routines.get(func)
    if (routine === undefined) {
      routine = compileFunction(this.#lazyFunc(func), link)
      routines.set(func, routine)
    }
    return routine
  }

  #boxed(func: FuncObject, args: readonly Value[]): readonly BlueValue[] {
    return args.map((value, i) => box(func.params[Math.min(i, func.params.length - 1)]?.type as SpyType, value))
  }

  #unboxed(func: FuncObject, result: BlueValue): Value {
    return isBoxed(func.type.result) ? result : result.value
  }

  call(func: FuncObject, args: readonly BlueValue[]): BlueValue {
    if (func.origin === 'builtin') return this.#callBuiltin(func, args)
    if (func.type.color === 'blue') return this.#callCached(func, args)
    const raw = args.map((arg, i) => (isBoxed(func.params[i]?.type as SpyType) ? arg : arg.value))
    return box(func.type.result, this.#blueLink.callable(func).call(raw))
  }

  #callBuiltin(func: BuiltinFunc, args: readonly BlueValue[]): BlueValue {
    const { intrinsic } = func
    const { result } = func.type
    switch (intrinsic.kind) {
      case 'primitive':
        return { type: result, value: meaningOf(intrinsic.op)(args[0]?.value as Value, args[1]?.value as Value) }
      case 'runtime': {
        const evaluate = intrinsic.evaluate as (...values: readonly Value[]) => Value
        return { type: result, value: evaluate(...args.map((arg) => arg.value)) ?? null }
      }
      case 'blue':
        invariant(intrinsic.run.kind === 'plain', 'metafunctions are asked, not called')
        return intrinsic.run.call(args)
      default: {
        const trees = args.map((arg, i): TypedExpr => {
          const constant = { kind: 'Constant', type: arg.type, value: arg.value, span: BUILTINS_SPAN } as const
          const wanted = func.params[i]?.type as SpyType
          return isBoxed(wanted) ? { kind: 'Upcast', type: wanted, value: constant, span: BUILTINS_SPAN } : constant
        })
        const tree: TypedExpr = { kind: 'Call', type: result, func, args: trees, span: BUILTINS_SPAN }
        return box(result, this.run(tree))
      }
    }
  }

  run(tree: TypedExpr, reached?: (span: Span) => void): Value {
    const func: TypedFunc = {
      fqn: NO_FRAME,
      type: this.vm.funcType('red', 'plain', [], tree.type),
      params: [],
      locals: [],
      body: [{ kind: 'Return', value: tree, span: tree.span }],
      span: tree.span,
      source: null,
    }
    try {
      return compileFunction(func, this.#blueLink).call([])
    } catch (error) {
      throw withoutOwnFrame(error, reached)
    }
  }

  // ---------------------------------------------------------------------------------------------------- blue calls

  #callCached(func: SourceFunc, args: readonly BlueValue[]): BlueValue {
    const cache = this.#cacheOf(func)
    const key = args.map((arg) => blueKey(this.vm, arg)).join('|')
    const known = cache.get(key)
    if (known !== undefined) return known
    const result = this.#callBlue(func, args, (early) => cache.set(key, early))
    cache.set(key, result)
    return result
  }

  #cacheOf(func: SourceFunc): Map<string, BlueValue> {
    let cache = this.vm.blueCache.get(func)
    if (cache === undefined) {
      cache = new Map()
      this.vm.blueCache.set(func, cache)
    }
    return cache
  }

  callUncached(func: SourceFunc, args: readonly BlueValue[]): BlueValue {
    return this.#callBlue(func, args, () => {})
  }

  /** @param early  told the result before it is complete: a generic type may name itself */
  #callBlue(func: SourceFunc, args: readonly BlueValue[], early: (result: BlueValue) => void): BlueValue {
    const frame = this.#frameOf(func, args)
    const t = this.#typer(func, frame)
    bindBlueParameters(t, func, args)
    const result = this.#runBlue(func, t, early)
    this.#recordOrigin(func, frame.namespace, result)
    return result
  }

  #runBlue(func: SourceFunc, t: Typer, early: (result: BlueValue) => void): BlueValue {
    const { node } = func
    invariant(node !== null, 'blue functions are written in SPy')
    switch (node.kind) {
      case 'GenericFuncDef':
        return t.guard('astframe', () => {
          typeFuncDef(t, node.inner)
          return bound(t, node.inner.name)
        })
      case 'GenericClassDef':
        return t.guard('astframe', () => {
          const struct = declareClass(t, node.inner)
          this.#recordOrigin(func, t.frame.namespace, blueType(struct))
          early(blueType(struct))
          typeClassDef(t, node.inner)
          return bound(t, node.inner.name)
        })
      case 'FuncDef': {
        for (const stmt of node.body) if (stmt.kind === 'ClassDef') declareClass(t, stmt)
        const typed = this.#typedFunc(func, t, [])
        const routine = compileFunction(typed, this.#blueLink)
        const activation = routine.activate([])
        t.frame.running = activation
        return box(func.type.result, activation.run())
      }
    }
  }

  /** What a generic function made itself is shown by the name of the generic, and knows where it comes from. */
  #recordOrigin(func: SourceFunc, namespace: Fqn, result: BlueValue): void {
    if (func.type.funcKind !== 'generic') return
    const made = asFunc(result) ?? asType(result)
    if (made === undefined || made.fqn.namespace?.text !== namespace.text) return
    if ('members' in made) {
      if (made.origin !== null) return
      made.origin = func
    } else {
      if (made.genericOrigin !== null) return
      made.genericOrigin = func
    }
    this.vm.aliases.add(made.fqn, namespace)
  }

  // --------------------------------------------------------------------------------------------------- red functions

  /** The function with a body that is typed as it runs. */
  #lazyFunc(func: SourceFunc): TypedFunc {
    const synthetic = this.vm.synthetic.get(func)
    if (synthetic !== undefined) return synthetic()
    const t = this.#typer(func, this.#frameOf(func, []))
    declareRedParameters(t, func)
    return this.#typedFunc(
      func,
      t,
      func.params.map(({ name, type }) => ({ name, type })),
    )
  }

  #typedFunc(func: SourceFunc, t: Typer, params: TypedFunc['params']): TypedFunc {
    invariant(func.node?.kind === 'FuncDef', 'only plain functions have a body to run')
    const body: readonly TypedStmt[] = deferStmts(t, func.node.body, t.assigned)
    return { fqn: t.frame.namespace, type: func.type, params, locals: [], body, span: func.node.span, source: func }
  }

  #typer(func: SourceFunc, frame: Frame): Typer {
    invariant(func.node !== null, `${func.fqn.text} is written in SPy`)
    const span = func.node.kind === 'FuncDef' ? func.node.returnType.span : func.prototype
    const result = { type: func.type.result, span }
    return new Typer(
      { vm: this.vm, scopes: this.#modules, typeStmts, frame, deferred: true, inliner: null, result },
      func.node.span,
    )
  }

  #frameOf(func: SourceFunc, args: readonly BlueValue[]): Frame {
    const closure = func.closure as readonly Frame[]
    const module = (closure[0] as Frame).module.name
    const table = func.node === null ? undefined : this.#modules.tablesOf(module).tables.get(func.node)
    invariant(table !== undefined, `${func.fqn.text} has a symbol table`)
    const quals = args.flatMap((arg) => asType(arg)?.fqn ?? [])
    return functionFrame(table, closure, func.fqn.withQualifiers(quals), func)
  }
}

function box(type: SpyType, value: Value): BlueValue {
  return isBoxed(type) ? (value as BlueValue) : { type, value }
}

function bound(t: Typer, name: string): BlueValue {
  const blue = t.frame.locals.get(name)?.blue
  invariant(blue !== null && blue !== undefined, `${name} has just been bound`)
  return blue
}
