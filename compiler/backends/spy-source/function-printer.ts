/**
 * Bodies of functions in source form. Statements and expressions print each other, because blocks are expressions.
 */
import { quote } from '../../../src/runtime/numbers.ts'
import type { SpyType } from '../../objects/types.ts'
import type { Cell } from '../../objects/values.ts'
import { PRECEDENCE } from '../../syntax/ast.ts'
import type { Diagnostic } from '../../text/diagnostics.ts'
import { unreachable } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { Call, TypedExpr, TypedFunc, TypedStmt } from '../../typed/tree.ts'
import { printConstant } from './constants.ts'
import type { Naming } from './names.ts'
import { infixOf } from './operators.ts'

/** Text and how tightly its outermost operator binds. */
interface Printed {
  readonly text: string
  readonly precedence: number
}

/** Prints the statements of one function. */
export class FunctionPrinter {
  readonly #naming: Naming
  readonly #types: ReadonlyMap<string, SpyType>
  /** Locals whose type has been shown. Parameters are not among them: their first assignment shows it again. */
  readonly #declared = new Set<string>()
  /** How many block expressions are around this point. */
  #blocks = 0

  constructor(naming: Naming, func: TypedFunc) {
    this.#naming = naming
    this.#types = new Map([...func.params, ...func.locals].map((local) => [local.name, local.type]))
  }

  /** Lines of a suite, without an end of line. */
  suite(body: readonly TypedStmt[], indent: string): readonly string[] {
    return body.flatMap((stmt) => this.#stmt(stmt, indent))
  }

  #stmt(stmt: TypedStmt, indent: string): readonly string[] {
    const line = (text: string): readonly string[] => [indent + text]
    switch (stmt.kind) {
      case 'Pass':
        return line('pass')
      case 'Break':
        return line('break')
      case 'Continue':
        return line('continue')
      case 'Return':
        return line(`return ${this.expr(stmt.value)}`)
      case 'Declare': {
        this.#declared.add(stmt.name)
        const declaration = `${stmt.name}: ${this.#naming.type(stmt.type)}`
        return line(stmt.value === null ? declaration : `${declaration} = ${this.expr(stmt.value)}`)
      }
      case 'AssignLocal':
        return line(`${this.#target(stmt.name)} = ${this.expr(stmt.value)}`)
      case 'AssignCell':
        return line(`${this.#naming.fqn(stmt.cell.fqn)} = ${this.expr(stmt.value)}`)
      case 'Unpack': {
        const targets = stmt.targets.map(({ target }) => this.#unpackTarget(target))
        return line(`${targets.join(', ')}${targets.length === 1 ? ',' : ''} = ${this.expr(stmt.value)}`)
      }
      case 'ExprStmt':
        return line(this.#raise(stmt.value) ?? this.expr(stmt.value))
      case 'If':
        return [
          ...line(`if ${this.expr(stmt.test)}:`),
          ...this.suite(stmt.then, `${indent}    `),
          ...(stmt.orElse.length === 0 ? [] : [...line('else:'), ...this.suite(stmt.orElse, `${indent}    `)]),
        ]
      case 'While':
        return [...line(`while ${this.expr(stmt.test)}:`), ...this.suite(stmt.body, `${indent}    `)]
      case 'Assert': {
        const message = stmt.message === null ? '' : `, ${this.expr(stmt.message)}`
        return line(`assert ${this.expr(stmt.test)}${message}`)
      }
      case 'Fail':
        return line(this.#fail(stmt.error, stmt.span))
      case 'Deferred':
        return this.suite(stmt.force(), indent)
      default:
        return unreachable(stmt)
    }
  }

  #target(name: string): string {
    const type = this.#types.get(name)
    if (this.#declared.has(name) || type === undefined) return name
    this.#declared.add(name)
    return `${name}: ${this.#naming.type(type)}`
  }

  #unpackTarget(target: string | Cell | null): string {
    if (target === null) return '_'
    if (typeof target !== 'string') return this.#naming.fqn(target.fqn)
    this.#declared.add(target)
    return target
  }

  expr(expr: TypedExpr): string {
    return this.#print(expr).text
  }

  #print(expr: TypedExpr): Printed {
    switch (expr.kind) {
      case 'Constant':
        return atom(printConstant(expr.value, expr.type, this.#naming))
      case 'LocalRead':
        return atom(expr.name)
      case 'CellRead':
        return atom(this.#naming.fqn(expr.cell.fqn))
      case 'Call':
        return this.#call(expr)
      case 'IndirectCall':
        return call(this.#operand(expr.callee, PRECEDENCE.postfix), this.#items(expr.args))
      case 'And':
        return this.#infix(expr.left, 'and', expr.right, PRECEDENCE.and)
      case 'Or':
        return this.#infix(expr.left, 'or', expr.right, PRECEDENCE.or)
      case 'IfExp': {
        const then = this.#operand(expr.then, PRECEDENCE.conditional + 1)
        const test = this.#operand(expr.test, PRECEDENCE.conditional + 1)
        const orElse = this.#operand(expr.orElse, PRECEDENCE.conditional)
        return { text: `${then} if ${test} else ${orElse}`, precedence: PRECEDENCE.conditional }
      }
      case 'AssignExpr':
        return { text: `${expr.name} := ${this.expr(expr.value)}`, precedence: PRECEDENCE.walrus }
      case 'AssignCellExpr': {
        const target = this.#naming.fqn(expr.cell.fqn)
        return { text: `${target} := ${this.expr(expr.value)}`, precedence: PRECEDENCE.walrus }
      }
      case 'Block': {
        this.#blocks++
        const body = this.suite(expr.body, '')
        this.#blocks--
        return atom(`__block__(${[...body, this.expr(expr.value)].join('; ')})`)
      }
      case 'Upcast':
        return this.#print(expr.value)
      default:
        return unreachable(expr)
    }
  }

  /** In parentheses if it binds less tightly than `precedence`. */
  #operand(expr: TypedExpr, precedence: number): string {
    const printed = this.#print(expr)
    return printed.precedence < precedence ? `(${printed.text})` : printed.text
  }

  #items(exprs: readonly TypedExpr[]): string {
    return exprs.map((expr) => this.expr(expr)).join(', ')
  }

  #infix(left: TypedExpr, symbol: string, right: TypedExpr, precedence: number, rightPrecedence = precedence): Printed {
    const text = `${this.#operand(left, precedence)} ${symbol} ${this.#operand(right, rightPrecedence)}`
    return { text, precedence }
  }

  #call(expr: Call): Printed {
    const { func, args } = expr
    if (!this.#naming.full) {
      const infix = infixOf(func)
      const [left, right] = args
      if (infix !== undefined && left !== undefined && right !== undefined) {
        return this.#infix(left, infix.symbol, right, infix.precedence, infix.precedence + 1)
      }
    }
    return call(this.#naming.fqn(func.fqn), this.#items(args))
  }

  /** The call of `operator::raise` that is a statement, in the short format: as it would be written. */
  #raise(expr: TypedExpr): string | undefined {
    if (this.#naming.full || expr.kind !== 'Call') return undefined
    const { func, args } = expr
    if (func.origin !== 'builtin' || func.intrinsic.kind !== 'raise') return undefined
    const [etype, message, file, line] = args
    const className = textOf(etype) ?? (etype === undefined ? '' : this.expr(etype))
    const what = message === undefined || textOf(message) === '' ? '' : `(${this.expr(message)})`
    return `raise ${className}${what}${this.#place(textOf(file) ?? '', line === undefined ? '' : this.expr(line))}`
  }

  /** An error of redshift that waits for its statement to be reached. */
  #fail(error: Diagnostic, span: Span): string {
    const line = String(span.file.lines.lineAt(span.start))
    if (this.#naming.full) {
      const args = [quote(error.class), quote(error.message), quote(span.file.path), line]
      return `\`operator::raise\`(${args.join(', ')})`
    }
    const what = error.message === '' ? '' : `(${quote(error.message)})`
    return `raise ${error.class}${what}${this.#place(span.file.path, line)}`
  }

  /** Where it was raised, as a comment. In a block, which is one line, there is no room for one. */
  #place(file: string, line: string): string {
    return this.#blocks > 0 ? '' : ` # /.../${file.slice(file.lastIndexOf('/') + 1)}:${line}`
  }
}

function atom(text: string): Printed {
  return { text, precedence: PRECEDENCE.atom }
}

function call(callee: string, args: string): Printed {
  return { text: `${callee}(${args})`, precedence: PRECEDENCE.postfix }
}

function textOf(expr: TypedExpr | undefined): string | undefined {
  return expr?.kind === 'Constant' && typeof expr.value === 'string' ? expr.value : undefined
}
