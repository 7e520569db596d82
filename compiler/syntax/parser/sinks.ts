/**
 * What may stand where: the bodies of functions, classes and compound statements on one hand, modules on the other.
 */
import type { Span } from '../../text/source.ts'
import type { Auto, Decl, Import, Stmt, VarDef } from '../ast.ts'
import { moduleVariableNeedsValue, notAtModuleLevel, notImplemented } from './diagnostics.ts'
import type { Parser, StatementSink } from './parser.ts'

export class BodySink implements StatementSink {
  readonly body: Stmt[] = []

  statement(_p: Parser, statement: Stmt): void {
    this.body.push(statement)
  }

  imports(p: Parser, _items: readonly Import[], span: Span, what: string): void {
    p.refuse(notImplemented(what, span))
  }

  /** Take a docstring away from the start of the body. */
  takeDocstring(): string | null {
    const [first] = this.body
    if (first?.kind !== 'StmtExpr' || first.value.kind !== 'StrLiteral') return null
    this.body.shift()
    return first.value.value
  }
}

export class ModuleSink implements StatementSink {
  readonly decls: Decl[] = []
  docstring: string | null = null
  #isFirst = true

  statement(p: Parser, statement: Stmt, mark: number): void {
    const decl = this.#declaration(p, statement, mark)
    if (decl !== undefined) this.decls.push(decl)
    this.#isFirst = false
  }

  imports(_p: Parser, items: readonly Import[]): void {
    this.decls.push(...items)
    this.#isFirst = false
  }

  #declaration(p: Parser, statement: Stmt, mark: number): Decl | undefined {
    const { span } = statement
    switch (statement.kind) {
      case 'FuncDef':
        return { kind: 'GlobalFuncDef', span, funcdef: statement }
      case 'GenericFuncDef':
        return { kind: 'GlobalGenericFuncDef', span, funcdef: statement }
      case 'ClassDef':
        return { kind: 'GlobalClassDef', span, classdef: statement }
      case 'GenericClassDef':
        return { kind: 'GlobalGenericClassDef', span, classdef: statement }
      case 'VarDef':
        if (statement.value === null && statement.varKind !== 'const') {
          p.refuseWhole(mark, moduleVariableNeedsValue(span))
        }
        return { kind: 'GlobalVarDef', span, vardef: statement }
      case 'Assign':
        if (statement.target.kind === 'SingleTarget') {
          const type: Auto = { kind: 'Auto', span }
          const { value, target } = statement
          const vardef: VarDef = { kind: 'VarDef', span, varKind: null, name: target.name, type, value }
          return { kind: 'GlobalVarDef', span, vardef }
        }
        break
      case 'StmtExpr':
        if (statement.value.kind === 'StrLiteral') {
          if (this.#isFirst) this.docstring = statement.value.value
          return undefined
        }
        break
    }
    if (!p.refusedAssignments.has(statement)) p.refuseWhole(mark, notAtModuleLevel(span))
    return undefined
  }
}
