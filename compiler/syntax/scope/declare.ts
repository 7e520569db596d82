/**
 * First pass: every definition of a module is entered into the table that it belongs to, in source order.
 *
 *     def scan(limit: i32) -> i32:       limit  var    a parameter of a red function
 *         best = 0                       best   var    assigned again in the loop
 *         seen = 1                       seen   const  assigned once
 *         for step in range(limit):      step   var    a loop variable
 *             best = step * 3
 *         return best + seen
 *
 * Out: tables with definitions only (level 0). The order of the text decides what a plain assignment means: it assigns an
 * outer variable that has been declared already, and declares a local one otherwise.
 */
import { type Diagnostic, SpyError, unreachable } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type {
  ClassDef,
  Comprehension,
  Decl,
  DictComp,
  Expr,
  FuncArg,
  FuncDef,
  GenericClassDef,
  GenericFuncDef,
  If,
  ListComp,
  ModuleNode,
  ScopeNode,
  SetComp,
  Stmt,
  StrLiteral,
  VarDef,
} from '../ast.ts'
import { forEachInChain, forEachOperand, LITERAL_TYPES, loopNames } from '../ast.ts'
import { alreadyDeclared, literalTypeRedefined, localBeforeGlobal, shadowsOuterName } from './diagnostics.ts'
import { type Definition, type SymbolBuilder, TableBuilder } from './symbols.ts'

export interface Declared {
  readonly module: TableBuilder
  readonly tables: ReadonlyMap<ScopeNode, TableBuilder>
  readonly warnings: readonly Diagnostic[]
}

/** @throws SpyError of class ScopeError at the first declaration that cannot stand */
export function declare(node: ModuleNode, name: string, builtins: TableBuilder): Declared {
  const declarer = new Declarer(builtins)
  return declarer.module(node, name)
}

/** Name of the hidden variable of a loop. */
export function iteratorName(seq: number): string {
  return `_$iter${seq}`
}

/** Name of the hidden variable of a `with` item. */
export function contextName(seq: number): string {
  return `_$with${seq}`
}

const RETURN = '@return'

class Declarer {
  readonly #tables = new Map<ScopeNode, TableBuilder>()
  readonly #warnings: Diagnostic[] = []
  /** Locals that exist because of a plain assignment: the module may turn out to have the same name. */
  readonly #implicitLocals: SymbolBuilder[] = []
  readonly #builtins: TableBuilder
  #table: TableBuilder
  #isInLoop = false

  constructor(builtins: TableBuilder) {
    this.#builtins = builtins
    this.#table = builtins
  }

  module(node: ModuleNode, name: string): Declared {
    const module = this.#open(node, new TableBuilder(name, 'blue', 'module', this.#builtins), () => {
      for (const decl of node.decls) this.#decl(decl)
    })
    for (const local of this.#implicitLocals) {
      const global = module.own(local.name)
      if (global !== undefined && local.span !== undefined) {
        this.#warnings.push(localBeforeGlobal(local.name, local.span, global.span))
      }
    }
    return { module, tables: this.#tables, warnings: this.#warnings }
  }

  #open(node: ScopeNode, table: TableBuilder, fill: () => void): TableBuilder {
    const outer = this.#table
    const wasInLoop = this.#isInLoop
    this.#tables.set(node, table)
    this.#table = table
    if (table.kind !== 'comprehension') this.#isInLoop = false
    fill()
    this.#table = outer
    this.#isInLoop = wasInLoop
    return table
  }

  /** A table inside the current one. */
  #inner(name: string, color: 'red' | 'blue', kind: 'function' | 'class'): TableBuilder {
    return new TableBuilder(`${this.#table.name}::${name}`, color, kind, this.#table)
  }

  #decl(decl: Decl): void {
    switch (decl.kind) {
      case 'Import':
        this.#define({
          name: decl.asname,
          varkind: 'const',
          origin: 'auto',
          span: decl.span,
          typeSpan: decl.span,
          impref: decl.ref,
        })
        return
      case 'GlobalVarDef':
        this.#globalVariable(decl.vardef)
        return
      case 'GlobalFuncDef':
        this.#function(decl.funcdef)
        return
      case 'GlobalGenericFuncDef':
        this.#genericFunction(decl.funcdef)
        return
      case 'GlobalClassDef':
        this.#class(decl.classdef)
        return
      case 'GlobalGenericClassDef':
        this.#genericClass(decl.classdef)
        return
      default:
        unreachable(decl)
    }
  }

  #globalVariable({ name, varKind, type, value, span }: VarDef): void {
    this.#expr(type)
    if (value !== null) this.#expr(value)
    this.#define({
      name: name.value,
      varkind: varKind ?? 'const',
      origin: varKind === null ? 'global-const' : 'explicit',
      span,
      typeSpan: type.span,
    })
  }

  #function(func: FuncDef): void {
    this.#define(defined(func.name, 'funcdef', func.prototypeSpan))
    this.#functionScope(func)
  }

  /** A function whose name has been entered already. */
  #functionScope(func: FuncDef): void {
    for (const expr of func.decorators) this.#expr(expr)
    for (const arg of func.args) this.#expr(arg.type)
    this.#expr(func.returnType)
    for (const expr of func.defaults) this.#expr(expr)
    this.#open(func, this.#inner(func.name, func.color, 'function'), () => {
      for (const arg of func.args) this.#parameter(arg)
      this.#return(func.returnType.span)
      this.#body(func.body)
    })
  }

  #parameter({ name, span, type }: FuncArg): void {
    const isRed = this.#table.color === 'red'
    this.#define({
      name,
      varkind: isRed ? 'var' : 'const',
      origin: isRed ? 'red-param' : 'blue-param',
      span,
      typeSpan: type.span,
    })
  }

  #return(span: Span): void {
    this.#table.define({ name: RETURN, varkind: 'var', origin: 'auto', span, typeSpan: span })
  }

  #genericFunction(generic: GenericFuncDef): void {
    this.#define(defined(generic.name, 'funcdef', generic.inner.prototypeSpan))
    this.#open(generic, this.#inner(generic.name, 'blue', 'function'), () => {
      for (const arg of generic.args) this.#parameter(arg)
      // The name is ours, so it cannot be in the way of anything.
      this.#table.define(defined(generic.inner.name, 'funcdef', generic.inner.prototypeSpan))
      this.#return(generic.span)
      this.#functionScope(generic.inner)
    })
  }

  #class(classDef: ClassDef): void {
    this.#define(defined(classDef.name, 'classdef', classDef.span))
    this.#classBody(classDef)
  }

  #classBody(classDef: ClassDef): void {
    if (classDef.base !== null) this.#expr(classDef.base)
    this.#open(classDef, this.#inner(classDef.name, 'blue', 'class'), () => this.#body(classDef.body))
  }

  #genericClass(generic: GenericClassDef): void {
    this.#define(defined(generic.name, 'funcdef', generic.inner.span))
    this.#open(generic, this.#inner(generic.name, 'blue', 'function'), () => {
      for (const arg of generic.args) this.#parameter(arg)
      this.#table.define(defined(generic.inner.name, 'classdef', generic.inner.span))
      this.#return(generic.inner.span)
      this.#classBody(generic.inner)
    })
  }

  #body(body: readonly Stmt[]): void {
    for (const stmt of body) this.#stmt(stmt)
  }

  #loop(inside: () => void): void {
    const wasInLoop = this.#isInLoop
    this.#isInLoop = true
    inside()
    this.#isInLoop = wasInLoop
  }

  #stmt(stmt: Stmt): void {
    switch (stmt.kind) {
      case 'Pass':
      case 'Break':
      case 'Continue':
        return
      case 'Return':
      case 'StmtExpr':
        this.#expr(stmt.value)
        return
      case 'VarDef':
        this.#variable(stmt)
        return
      case 'Assign':
        this.#expr(stmt.value)
        if (stmt.target.kind === 'SingleTarget') this.#assign(stmt.target.name, stmt.value.span)
        else for (const { name } of stmt.target.targets) this.#assign(name, stmt.value.span)
        return
      case 'AugAssign':
        this.#expr(stmt.value)
        this.#promote(stmt.target.value)
        return
      case 'SetAttr':
      case 'AugSetAttr':
        this.#expr(stmt.target)
        this.#expr(stmt.value)
        return
      case 'SetItem':
      case 'AugSetItem':
        this.#expr(stmt.target)
        for (const arg of stmt.args) this.#expr(arg)
        this.#expr(stmt.value)
        return
      case 'If':
        this.#if(stmt)
        return
      case 'While':
        this.#loop(() => {
          this.#expr(stmt.test)
          this.#body(stmt.body)
        })
        return
      case 'For':
        this.#loop(() => {
          this.#expr(stmt.iter)
          this.#table.define(hidden(iteratorName(stmt.seq), stmt.iter.span))
          for (const name of loopNames(stmt)) this.#loopVariable(name, stmt.iter.span)
          this.#body(stmt.body)
        })
        return
      case 'With':
        for (const { seq, context, target } of stmt.items) {
          this.#expr(context)
          this.#table.define(hidden(contextName(seq), context.span))
          if (target !== null) this.#assign(target, context.span)
        }
        this.#body(stmt.body)
        return
      case 'Raise':
        this.#expr(stmt.exc)
        return
      case 'Assert':
        this.#expr(stmt.test)
        if (stmt.msg !== null) this.#expr(stmt.msg)
        return
      case 'FuncDef':
        this.#function(stmt)
        return
      case 'GenericFuncDef':
        this.#genericFunction(stmt)
        return
      case 'ClassDef':
        this.#class(stmt)
        return
      case 'GenericClassDef':
        this.#genericClass(stmt)
        return
      default:
        unreachable(stmt)
    }
  }

  #variable({ name, varKind, type, value, span }: VarDef): void {
    this.#expr(type)
    if (value !== null) this.#expr(value)
    const isField = this.#table.kind === 'class'
    const found = this.#isInLoop ? 'var' : 'const'
    this.#define({
      name: name.value,
      varkind: isField ? 'var' : (varKind ?? found),
      origin: isField ? 'class-field' : varKind === null ? 'auto' : 'explicit',
      span,
      typeSpan: type.span,
    })
  }

  /** `name = value`: declares a local if nothing but the builtins knows the name; otherwise assigns what it names. */
  #assign(name: StrLiteral, value: Span): void {
    // A comprehension has only its loop variables: a walrus in it assigns a variable of the function.
    const table = this.#table.frame
    const visible = table.kind === 'class' ? undefined : table.lookup(name.value)?.symbol
    const existing = table.own(name.value) ?? (visible?.definedIn === this.#builtins ? undefined : visible)
    if (existing !== undefined) {
      if (existing.definedIn === table) promote(existing)
      return
    }
    const varkind = this.#isInLoop ? 'var' : 'const'
    const symbol = table.define({ name: name.value, varkind, origin: 'auto', span: name.span, typeSpan: value })
    if (table.kind === 'function') this.#implicitLocals.push(symbol)
  }

  #promote(name: string): void {
    const own = this.#table.frame.own(name)
    if (own !== undefined) promote(own)
  }

  /** A variable of the function may be the variable of several loops; anything else of that name is in the way. */
  #loopVariable(name: StrLiteral, iter: Span): void {
    const own = this.#table.own(name.value)
    if (own !== undefined && own.origin !== 'funcdef' && own.origin !== 'classdef') promote(own)
    else {
      this.#define({ name: name.value, varkind: 'var', origin: 'auto', span: name.span, typeSpan: iter })
    }
  }

  /** Clauses nest as deep as there are `elif`s; this goes through them without recursion. */
  #if(stmt: If): void {
    for (let clause: If | undefined = stmt; clause !== undefined; ) {
      this.#expr(clause.test)
      this.#body(clause.thenBody)
      const [next, more]: readonly Stmt[] = clause.elseBody
      if (next?.kind !== 'If' || more !== undefined) this.#body(clause.elseBody)
      clause = next?.kind === 'If' && more === undefined ? next : undefined
    }
  }

  #expr(expr: Expr): void {
    switch (expr.kind) {
      case 'Name':
      case 'Literal':
      case 'StrLiteral':
        return
      case 'BinOp':
      case 'And':
      case 'Or':
        forEachInChain(expr, this.#visit)
        return
      case 'AssignExpr':
        this.#expr(expr.value)
        this.#assign(expr.target, expr.value.span)
        return
      case 'BlockExpr':
        this.#body(expr.body)
        this.#expr(expr.value)
        return
      case 'ListComp':
      case 'SetComp':
      case 'DictComp':
        this.#comprehension(expr)
        return
      default:
        forEachOperand(expr, this.#visit)
    }
  }

  readonly #visit = (expr: Expr): void => this.#expr(expr)

  #comprehension(expr: ListComp | SetComp | DictComp): void {
    const { name, color } = this.#table
    const [first] = expr.generators
    // The first iterable is evaluated outside, before the loop starts.
    if (first !== undefined) this.#expr(first.iter)
    this.#open(expr, new TableBuilder(name, color, 'comprehension', this.#table), () => {
      this.#loop(() => {
        for (const generator of expr.generators) this.#generator(generator, generator === first)
        forEachOperand(expr, this.#visit)
      })
    })
  }

  #generator(generator: Comprehension, isFirst: boolean): void {
    if (!isFirst) this.#expr(generator.iter)
    const { span } = generator.iter
    this.#table.define(hidden(iteratorName(generator.seq), span))
    for (const name of loopNames(generator)) {
      if (this.#table.own(name.value) !== undefined) continue
      this.#table.define({ name: name.value, varkind: 'var', origin: 'auto', span: name.span, typeSpan: span })
    }
    for (const condition of generator.conditions) this.#expr(condition)
  }

  /** Enter a declaration, unless something is in its way. */
  #define(definition: Definition & { readonly span: Span }): void {
    const table = this.#table
    const { name, span } = definition
    if (LITERAL_TYPES.has(name)) this.#warnings.push(literalTypeRedefined(name, span))
    const own = table.own(name)
    if (own !== undefined) {
      // Blue code may declare a name in each of two branches; it is an error only if both run.
      if (table.color === 'blue') return
      throw new SpyError(alreadyDeclared(name, span, own.span))
    }
    // Members of a class are reached through the class, so they are never in the way of other names.
    const outer = table.kind === 'class' ? undefined : table.lookup(name)?.symbol
    if (outer !== undefined && outer.definedIn !== this.#builtins) {
      throw new SpyError(shadowsOuterName(name, span, outer.span))
    }
    table.define(definition)
  }
}

function promote(symbol: SymbolBuilder): void {
  if (symbol.origin === 'auto') symbol.varkind = 'var'
}

function defined(name: string, origin: 'funcdef' | 'classdef', span: Span): Definition & { readonly span: Span } {
  return { name, varkind: 'const', origin, span, typeSpan: span }
}

function hidden(name: string, span: Span): Definition {
  return { name, varkind: 'var', origin: 'auto', span, typeSpan: span }
}
