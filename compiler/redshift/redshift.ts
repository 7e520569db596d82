/**
 * Redshift: every red function of a program as a typed function. Blue code runs, blue values become constants, generic
 * functions become instances.
 *
 *     K = 4                                       def area(w: i32) -> f64:
 *     def area(w: i32) -> f64:               →        total: f64 = i32_to_f64(w * 16)
 *         side = square(K)                            return total
 *         total: f64 = w * side
 *         return total
 *
 * In:  a VM whose modules have been imported.
 * Out: typed functions in the order of the table of globals. Typing one function can make others (closures of blue
 *      calls, instances of generics), so the table is gone through until nothing is new. Of the library only functions
 *      that something refers to are there: most of the methods of a `list[T]` are never called.
 */

import { declareClass } from '../machine/rules/definitions.ts'
import { leaves } from '../machine/rules/flow.ts'
import { type Frame, functionFrame } from '../machine/rules/frames.ts'
import { declareRedParameters } from '../machine/rules/parameters.ts'
import { typeStmts } from '../machine/rules/statements.ts'
import { Typer } from '../machine/rules/typer.ts'
import type { Machine } from '../machine/run/evaluator.ts'
import { asBlueObject, isStaticErrorClass, type ModuleObject } from '../machine/vm/objects.ts'
import { asFunc, type Vm } from '../machine/vm/vm.ts'
import { DYNAMIC, NONE } from '../objects/types.ts'
import type { Cell, FuncObject, SourceFunc } from '../objects/values.ts'
import { invariant, SpyError } from '../text/diagnostics.ts'
import type { ModuleAttribute, TypedExpr, TypedFunc, TypedModule, TypedProgram, TypedStmt } from '../typed/tree.ts'
import { forEachFunction, functionsOfValue } from './calls.ts'
import { ClassExpansion } from './classes.ts'
import { DynamicExpansion } from './dynamic/expand.ts'
import { Inlining } from './inline.ts'
import { Instances } from './instances.ts'
import { dropKept } from './kept.ts'

/** Type everything that is red. */
export function redshift(machine: Machine): TypedProgram {
  return new Redshift(machine).run()
}

/** The same for engines that have no types while a program runs: what depends on dynamic types is written out. */
export function redshiftClosed(machine: Machine): TypedProgram {
  return new Redshift(machine).runClosed()
}

class Redshift {
  readonly #machine: Machine
  readonly #vm: Vm
  readonly #typed = new Map<SourceFunc, TypedFunc>()
  readonly #inProgress = new Set<SourceFunc>()
  /** Methods of generic instances that do not type-check: an error only if something refers to them. */
  readonly #failed = new Map<SourceFunc, SpyError>()
  /** Functions of the library that something refers to and that have not been typed yet. */
  readonly #wanted: SourceFunc[] = []
  readonly #instances = new Instances()
  readonly #inlining: Inlining

  constructor(machine: Machine) {
    this.#machine = machine
    this.#vm = machine.vm
    this.#inlining = new Inlining({
      typed: (func) => this.#typedOf(func),
      isInProgress: (func) => this.#inProgress.has(func),
      humanName: (func) => this.#vm.humanFqn(func.fqn),
    })
  }

  run(): TypedProgram {
    this.#wantValues()
    this.#typeAll()
    this.#checkFailures(this.#typed.keys())
    return this.#program([])
  }

  runClosed(): TypedProgram {
    const expansion = new DynamicExpansion({
      vm: this.#vm,
      scopes: this.#machine,
      inliner: this.#inlining,
      whyNot: (body) => this.#failureIn(body, new Set()),
    })
    const classes = new ClassExpansion(this.#vm)
    const found = (body: readonly TypedStmt[]) => {
      classes.see(body)
      forEachFunction(body, (func) => this.#want(func))
    }
    this.#wantValues()
    let own: readonly SourceFunc[] | undefined
    let ofClasses: readonly TypedFunc[] = []
    for (let size = -1, grown = true; grown || size !== classes.size; ) {
      size = classes.size
      this.#typeAll()
      own ??= [...this.#typed.keys()]
      for (const typed of this.#typed.values()) classes.see(typed.body)
      ofClasses = classes.functions()
      grown = expansion.grow([...this.#typed.values(), ...ofClasses], found)
    }
    // What only operations on boxed values refer to fails when it is reached.
    this.#checkFailures(own ?? [])
    const rewrite = (typed: TypedFunc): TypedFunc => classes.rewrite(expansion.rewrite(typed))
    for (const [func, typed] of this.#typed) this.#typed.set(func, withEnd(rewrite(typed)))
    const written = [...expansion.functions().map((typed) => classes.rewrite(typed)), ...ofClasses.map(rewrite)]
    return { ...this.#program(written), operationErrors: expansion.errors() }
  }

  #typeAll(): void {
    for (let before = -1; before !== this.#typed.size + this.#failed.size; ) {
      before = this.#typed.size + this.#failed.size
      for (const func of [...this.#vm.functions()]) if (isCompiled(func) && !isOfLibrary(func)) this.#typedOf(func)
      for (let func = this.#wanted.pop(); func !== undefined; func = this.#wanted.pop()) this.#typedOf(func)
    }
  }

  /** Why a function that the code refers to, at whatever distance, does not type-check. */
  #failureIn(body: readonly TypedStmt[], seen: Set<SourceFunc>): SpyError | undefined {
    let failure: SpyError | undefined
    forEachFunction(body, (func) => {
      if (failure !== undefined || func.origin === 'builtin' || seen.has(func)) return
      seen.add(func)
      failure = this.#failed.get(func) ?? this.#failureIn(this.#typed.get(func)?.body ?? [], seen)
    })
    return failure
  }

  /** Functions of the library that import time has put into variables and memory, or that modules offer as their own. */
  #wantValues(): void {
    this.#forEachValue((func) => this.#want(func))
  }

  #forEachValue(visit: (func: FuncObject) => void): void {
    for (const entry of this.#vm.globals.values()) {
      if (entry.kind === 'cell') functionsOfValue(entry.cell.valueType, entry.cell.current, visit)
    }
    for (const module of this.#vm.modules.values()) {
      if (module.isLibrary) continue
      for (const value of module.attributes.values()) {
        const func = asFunc(value)
        if (func !== undefined) visit(func)
      }
    }
    this.#vm.memory.objects.functions.forEach(visit)
  }

  #want(func: FuncObject): void {
    if (func.origin === 'source' && isOfLibrary(func) && isCompiled(func)) this.#wanted.push(func)
  }

  #typedOf(func: SourceFunc): TypedFunc | undefined {
    const known = this.#typed.get(func)
    if (known !== undefined || this.#failed.has(func)) return known
    this.#inProgress.add(func)
    try {
      const typed = this.#typeFunction(func)
      this.#typed.set(func, typed)
      forEachFunction(typed.body, (called) => this.#want(called))
      return typed
    } catch (error) {
      if (!(error instanceof SpyError) || !isStaticErrorClass(error.etype) || !isOfGenericType(func)) throw error
      this.#failed.set(func, error)
      return undefined
    } finally {
      this.#inProgress.delete(func)
    }
  }

  #typeFunction(func: SourceFunc): TypedFunc {
    const synthetic = this.#vm.synthetic.get(func)
    if (synthetic !== undefined) return synthetic()
    const { node } = func
    invariant(node?.kind === 'FuncDef', 'a red function is a plain def')
    this.#instances.add(node, func.fqn.text)
    const t = this.#typer(func)
    declareRedParameters(t, func)
    const body = t.guard('dopplerframe', () => {
      for (const stmt of node.body) if (stmt.kind === 'ClassDef') declareClass(t, stmt)
      return typeStmts(t, node.body)
    })
    return {
      fqn: func.fqn,
      type: func.type,
      params: func.params.map(({ name, type }) => ({ name, type })),
      body: dropKept(t, body),
      locals: t.locals,
      span: node.span,
      source: func,
    }
  }

  #typer(func: SourceFunc): Typer {
    const { node } = func
    invariant(node?.kind === 'FuncDef', 'a red function is a plain def')
    const closure = func.closure as readonly Frame[]
    const table = this.#machine.tablesOf((closure[0] as Frame).module.name).tables.get(node)
    invariant(table !== undefined, `${func.fqn.text} has a symbol table`)
    const frame = functionFrame(table, closure, func.fqn, func)
    const result = { type: func.type.result, span: node.returnType.span }
    return new Typer(
      { vm: this.#vm, scopes: this.#machine, typeStmts, frame, deferred: false, inliner: this.#inlining, result },
      node.span,
    )
  }

  /** A method that does not type-check for its types is dropped, unless something that stays refers to it. */
  #checkFailures(funcs: Iterable<SourceFunc>): void {
    if (this.#failed.size === 0) return
    const check = (func: FuncObject): void => {
      const error = func.origin === 'source' ? this.#failed.get(func) : undefined
      if (error !== undefined) throw error
    }
    this.#forEachValue(check)
    for (const each of funcs) forEachFunction(this.#typed.get(each)?.body ?? [], check)
  }

  /** @param further  functions that are in no module */
  #program(further: readonly TypedFunc[]): TypedProgram {
    const functions = new Map<string, TypedFunc>()
    const cells = new Map<string, Cell>()
    for (const [fqn, entry] of this.#vm.globals) {
      if (entry.kind === 'cell') cells.set(fqn, entry.cell)
      const typed = entry.kind === 'func' && entry.func.origin === 'source' ? this.#typed.get(entry.func) : undefined
      if (typed !== undefined) functions.set(fqn, typed)
    }
    for (const typed of further) functions.set(typed.fqn.text, typed)
    return {
      mode: this.#vm.options.mode,
      modules: describeModules(this.#vm),
      functions,
      cells,
      image: this.#vm.memory,
      humanName: (fqn) => this.#vm.humanFqn(fqn),
    }
  }
}

/** Red functions are; those with `*args` are made anew for each number of arguments, and only those are compiled. */
function isCompiled(func: SourceFunc): boolean {
  return func.type.color === 'red' && func.params.every((param) => param.kind === 'simple')
}

/** At the end of a function that promises no type, None is returned. */
function withEnd(typed: TypedFunc): TypedFunc {
  if (typed.type.result !== DYNAMIC || leaves(typed.body)) return typed
  const { span } = typed
  const none: TypedExpr = { kind: 'Constant', type: NONE, value: null, span }
  const value: TypedExpr = { kind: 'Upcast', type: DYNAMIC, value: none, span }
  return { ...typed, body: [...typed.body, { kind: 'Return', value, span }] }
}

/** Code of the library, also where it has been made for types of the program. */
function isOfLibrary(func: SourceFunc): boolean {
  const [module] = func.closure as readonly Frame[]
  return module?.module.isLibrary === true
}

/** The function belongs to a type or function that was made for certain type arguments. */
function isOfGenericType(func: SourceFunc): boolean {
  return func.fqn.parts.slice(0, -1).some((part) => part.quals.length > 0) || func.node === null
}

/** The modules of a VM, as printers and bindings see them. */
export function describeModules(vm: Vm): readonly TypedModule[] {
  return [...vm.modules.values()].map(describeModule)
}

function describeModule(module: ModuleObject): TypedModule {
  const attributes = new Map<string, ModuleAttribute>()
  for (const [name, value] of module.attributes) {
    const func: FuncObject | undefined = asFunc(value)
    const object = asBlueObject(value)
    if (func !== undefined) attributes.set(name, { kind: 'func', func })
    else if (object?.what === 'cell') attributes.set(name, { kind: 'cell', cell: object })
    else attributes.set(name, { kind: 'const', type: value.type, value: value.value })
  }
  return { name: module.name, file: module.file, isLibrary: module.isLibrary, attributes }
}
