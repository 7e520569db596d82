/**
 * Second pass: every name that is used in a table gets a symbol there. It runs when all definitions are known, so that a
 * function sees the names of its module whatever their order.
 *
 * Out: tables in which each name that occurs has a symbol: its own, a copy of an outer one, or `NameError`. A name that
 * is not found is no error yet: the line may never run.
 */
import { unreachable } from '../../text/diagnostics.ts'
import type { Decl, DictComp, Expr, FuncDef, If, ListComp, ModuleNode, ScopeNode, SetComp, Stmt } from '../ast.ts'
import { forEachInChain, forEachOperand, loopNames } from '../ast.ts'
import { type SymbolBuilder, type TableBuilder, unresolvedSymbol } from './symbols.ts'

/** Modules of the library that make an expression of this kind work. */
const MODULE_OF_SYNTAX = {
  List: '_list',
  ListComp: '_list',
  Tuple: '_tuple',
  Dict: '_dict',
  DictComp: '_dict',
  Set: '_set',
  SetComp: '_set',
  Slice: '_slice',
} as const

/** @returns the modules that are needed although nothing imports them, in order of first use */
export function resolveNames(node: ModuleNode, tables: ReadonlyMap<ScopeNode, TableBuilder>): readonly string[] {
  const resolver = new Resolver(tables)
  return resolver.module(node)
}

class Resolver {
  readonly #tables: ReadonlyMap<ScopeNode, TableBuilder>
  readonly #implicitImports = new Set<string>()
  #table!: TableBuilder

  constructor(tables: ReadonlyMap<ScopeNode, TableBuilder>) {
    this.#tables = tables
  }

  module(node: ModuleNode): readonly string[] {
    this.#inside(node, () => {
      for (const decl of node.decls) this.#decl(decl)
    })
    const explicit = new Set(node.decls.map((decl) => (decl.kind === 'Import' ? decl.ref.module : undefined)))
    return [...this.#implicitImports].filter((module) => !explicit.has(module))
  }

  #inside(node: ScopeNode, visit: () => void): void {
    const outer = this.#table
    this.#table = this.#tables.get(node) ?? outer
    visit()
    this.#table = outer
  }

  #name(name: string): void {
    this.#enter(name, this.#table)
  }

  #enter(name: string, table: TableBuilder): SymbolBuilder {
    const known = table.symbols.get(name)
    if (known !== undefined) return known
    const symbol = this.#seenFrom(name, table)
    table.symbols.set(name, symbol)
    return symbol
  }

  #seenFrom(name: string, table: TableBuilder): SymbolBuilder {
    // A comprehension shares the frame, and so the symbols, of what is around it.
    if (table.kind === 'comprehension' && table.parent !== undefined) return this.#enter(name, table.parent)
    const found = table.lookup(name)
    if (found === undefined) return unresolvedSymbol(name)
    if (found.symbol.impref !== undefined) this.#implicitImports.add(found.symbol.impref.module)
    return found.symbol.seenFrom(found.level)
  }

  #decl(decl: Decl): void {
    switch (decl.kind) {
      case 'Import':
        return
      case 'GlobalVarDef':
        this.#stmt(decl.vardef)
        return
      case 'GlobalFuncDef':
      case 'GlobalGenericFuncDef':
        this.#stmt(decl.funcdef)
        return
      case 'GlobalClassDef':
      case 'GlobalGenericClassDef':
        this.#stmt(decl.classdef)
        return
      default:
        unreachable(decl)
    }
  }

  /** What stands in the header of a function belongs to the table around it. */
  #function(func: FuncDef): void {
    for (const decorator of func.decorators) this.#expr(decorator)
    for (const arg of func.args) this.#expr(arg.type)
    this.#expr(func.returnType)
    for (const expr of func.defaults) this.#expr(expr)
    this.#inside(func, () => this.#body(func.body))
  }

  #body(body: readonly Stmt[]): void {
    for (const stmt of body) this.#stmt(stmt)
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
        this.#expr(stmt.type)
        if (stmt.value !== null) this.#expr(stmt.value)
        return
      case 'Assign':
        this.#expr(stmt.value)
        if (stmt.target.kind === 'SingleTarget') {
          this.#name(stmt.target.name.value)
        } else {
          this.#implicitImports.add(MODULE_OF_SYNTAX.Tuple)
          for (const { name } of stmt.target.targets) this.#name(name.value)
        }
        return
      case 'AugAssign':
        this.#name(stmt.target.value)
        this.#expr(stmt.value)
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
        this.#expr(stmt.test)
        this.#body(stmt.body)
        return
      case 'For':
        this.#expr(stmt.iter)
        if (stmt.target.kind === 'UnpackTarget') this.#implicitImports.add(MODULE_OF_SYNTAX.Tuple)
        for (const name of loopNames(stmt)) this.#name(name.value)
        this.#body(stmt.body)
        return
      case 'With':
        for (const { context, target } of stmt.items) {
          this.#expr(context)
          if (target !== null) this.#name(target.value)
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
        this.#inside(stmt, () => this.#function(stmt.inner))
        return
      case 'ClassDef':
        if (stmt.base !== null) this.#expr(stmt.base)
        this.#inside(stmt, () => this.#body(stmt.body))
        return
      case 'GenericClassDef':
        this.#inside(stmt, () => this.#stmt(stmt.inner))
        return
      default:
        unreachable(stmt)
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
        this.#name(expr.id)
        return
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
        this.#name(expr.target.value)
        return
      case 'BlockExpr':
        this.#body(expr.body)
        this.#expr(expr.value)
        return
      case 'ListComp':
      case 'SetComp':
      case 'DictComp':
        this.#implicitImports.add(MODULE_OF_SYNTAX[expr.kind])
        this.#comprehension(expr)
        return
      case 'List':
      case 'Tuple':
      case 'Dict':
      case 'Set':
      case 'Slice':
        this.#implicitImports.add(MODULE_OF_SYNTAX[expr.kind])
        forEachOperand(expr, this.#visit)
        return
      default:
        forEachOperand(expr, this.#visit)
    }
  }

  readonly #visit = (expr: Expr): void => this.#expr(expr)

  #comprehension(expr: ListComp | SetComp | DictComp): void {
    const [first] = expr.generators
    if (first !== undefined) this.#expr(first.iter)
    this.#inside(expr, () => {
      for (const generator of expr.generators) {
        if (generator !== first) this.#expr(generator.iter)
        if (generator.target.kind === 'UnpackTarget') this.#implicitImports.add(MODULE_OF_SYNTAX.Tuple)
        for (const condition of generator.conditions) this.#expr(condition)
      }
      forEachOperand(expr, this.#visit)
    })
  }
}
