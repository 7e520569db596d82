/**
 * Trees as they were parsed, in source form: functions before redshift, and expressions as labels for people. Comments,
 * docstrings, `var` and `const` are not kept.
 */
import { formatComplex, formatF64, quote } from '../../../src/runtime/numbers.ts'
import {
  BINARY_PRECEDENCE,
  type BinaryOp,
  type ClassDef,
  COMPARISON_PRECEDENCE,
  type Comprehension,
  type Expr,
  type FormattedValue,
  type FuncArg,
  type FuncDef,
  type JoinedStr,
  type Keyword,
  type Literal,
  type LiteralValue,
  PRECEDENCE,
  type Slice,
  type Stmt,
  type StrLiteral,
  UNARY_PRECEDENCE,
  type UnpackTarget,
} from '../../syntax/ast.ts'
import { unreachable } from '../../text/diagnostics.ts'
import { printBytes } from './constants.ts'
import { printName } from './names.ts'

interface Printed {
  readonly text: string
  readonly precedence: number
}

const atom = (text: string): Printed => ({ text, precedence: PRECEDENCE.atom })
const display = (text: string): Printed => ({ text, precedence: PRECEDENCE.display })
const postfix = (text: string): Printed => ({ text, precedence: PRECEDENCE.postfix })

// ---------------------------------------------------------------------------------------------------- expressions

export function printUntypedExpr(expr: Expr): string {
  return print(expr).text
}

/** In parentheses if it binds less tightly than `precedence`. */
function operand(expr: Expr, precedence: number): string {
  const printed = print(expr)
  return printed.precedence < precedence ? `(${printed.text})` : printed.text
}

function list(exprs: readonly Expr[]): string {
  return exprs.map(printUntypedExpr).join(', ')
}

function print(expr: Expr): Printed {
  switch (expr.kind) {
    case 'Name':
      return atom(printName(expr.id))
    case 'Auto':
      return atom('auto')
    case 'Literal':
      return atom(printLiteral(expr.value))
    case 'StrLiteral':
      return atom(quote(expr.value))
    case 'BytesLiteral':
      return atom(printBytes(expr.value))
    case 'JoinedStr':
      return atom(printJoined(expr))
    case 'GetItem':
      return postfix(`${target(expr.value)}[${printIndex(expr.args)}]`)
    case 'List':
      return display(`[${list(expr.items)}]`)
    case 'Tuple':
      return display(expr.items.length === 1 ? `(${list(expr.items)},)` : `(${list(expr.items)})`)
    case 'Set':
      return display(`{${list(expr.items)}}`)
    case 'Dict': {
      const items = expr.items.map(({ key, value }) => `${printUntypedExpr(key)}: ${printUntypedExpr(value)}`)
      return display(`{${items.join(', ')}}`)
    }
    case 'ListComp':
      return display(`[${printUntypedExpr(expr.element)}${printGenerators(expr.generators)}]`)
    case 'SetComp':
      return display(`{${printUntypedExpr(expr.element)}${printGenerators(expr.generators)}}`)
    case 'DictComp': {
      const item = `${printUntypedExpr(expr.key)}: ${printUntypedExpr(expr.value)}`
      return display(`{${item}${printGenerators(expr.generators)}}`)
    }
    case 'Call':
      return postfix(`${target(expr.func)}(${printArguments(expr.args, expr.keywords)})`)
    case 'CallMethod': {
      const method = `${target(expr.target)}.${expr.method.value}`
      return postfix(`${method}(${printArguments(expr.args, expr.keywords)})`)
    }
    case 'GetAttr':
      return postfix(`${target(expr.value)}.${expr.attr.value}`)
    case 'Slice':
      return postfix(printSlice(expr))
    case 'BinOp':
      return printBinary(expr.left, expr.op, expr.right)
    case 'CmpOp': {
      const [left, right] = [expr.left, expr.right].map((side) => operand(side, COMPARISON_PRECEDENCE + 1))
      return { text: `${left} ${expr.op} ${right}`, precedence: COMPARISON_PRECEDENCE }
    }
    case 'CmpChain': {
      const links = expr.ops.map((op, index) => {
        const comparator = expr.comparators[index]
        return comparator === undefined ? '' : ` ${op} ${operand(comparator, COMPARISON_PRECEDENCE + 1)}`
      })
      const text = operand(expr.left, COMPARISON_PRECEDENCE + 1) + links.join('')
      return { text, precedence: COMPARISON_PRECEDENCE }
    }
    case 'And':
      return printJunction(expr.left, 'and', expr.right, PRECEDENCE.and)
    case 'Or':
      return printJunction(expr.left, 'or', expr.right, PRECEDENCE.or)
    case 'UnaryOp': {
      const precedence = UNARY_PRECEDENCE[expr.op]
      const space = expr.op === 'not' ? ' ' : ''
      return { text: `${expr.op}${space}${operand(expr.value, precedence)}`, precedence }
    }
    case 'IfExp': {
      const { conditional } = PRECEDENCE
      const [body, test] = [expr.body, expr.test].map((part) => operand(part, conditional + 1))
      return { text: `${body} if ${test} else ${operand(expr.orelse, conditional)}`, precedence: conditional }
    }
    case 'AssignExpr':
      return {
        text: `${printName(expr.target.value)} := ${printUntypedExpr(expr.value)}`,
        precedence: PRECEDENCE.walrus,
      }
    case 'BlockExpr': {
      const lines = printSuite(expr.body, '')
      return atom(`__block__(${[...lines, printUntypedExpr(expr.value)].join('; ')})`)
    }
    default:
      return unreachable(expr)
  }
}

function printLiteral(value: LiteralValue): string {
  switch (value.type) {
    case 'int':
      return String(value.value)
    case 'f64':
      return formatF64(value.value)
    case 'f32':
      return `f32(${formatF64(value.value)})`
    case 'complex128':
      return formatComplex(0, value.imag)
    case 'bool':
      return value.value ? 'True' : 'False'
    case 'NoneType':
      return 'None'
    default:
      return `${value.type}(${value.value})`
  }
}

/** What stands before `.`, `[` or `(`. A number in that place would swallow the point, or take its sign along. */
function target(expr: Expr): string {
  return isNumber(expr) ? `(${printUntypedExpr(expr)})` : operand(expr, PRECEDENCE.postfix)
}

function isNumber(expr: Expr): expr is Literal {
  return expr.kind === 'Literal' && (expr.value.type === 'int' || expr.value.type === 'f64')
}

function printBinary(left: Expr, op: BinaryOp, right: Expr): Printed {
  const precedence = BINARY_PRECEDENCE[op]
  if (op !== '**') {
    return { text: `${operand(left, precedence)} ${op} ${operand(right, precedence + 1)}`, precedence }
  }
  // The only operator that associates to the right; it binds tighter than a sign before it, not behind it.
  const base = operand(left, precedence + 1)
  const power = operand(right, UNARY_PRECEDENCE['-'])
  return { text: `${base.startsWith('-') ? `(${base})` : base} ** ${power}`, precedence }
}

function printJunction(left: Expr, word: string, right: Expr, precedence: number): Printed {
  return { text: `${operand(left, precedence)} ${word} ${operand(right, precedence)}`, precedence }
}

function printIndex(args: readonly Expr[]): string {
  return args.length === 0 ? '()' : list(args)
}

function printArguments(args: readonly Expr[], keywords: readonly Keyword[]): string {
  const named = keywords.map(({ name, value }) => `${name.value}=${printUntypedExpr(value)}`)
  return [...args.map(printUntypedExpr), ...named].join(', ')
}

function printSlice({ start, stop, step }: Slice): string {
  const part = (expr: Expr): string => (isNone(expr) ? '' : operand(expr, PRECEDENCE.conditional))
  return `${part(start)}:${part(stop)}${isNone(step) ? '' : `:${part(step)}`}`
}

function isNone(expr: Expr): boolean {
  return expr.kind === 'Literal' && expr.value.type === 'NoneType'
}

function printGenerators(generators: readonly Comprehension[]): string {
  return generators
    .map(({ target: name, iter, conditions }) => {
      const tests = conditions.map((condition) => ` if ${operand(condition, PRECEDENCE.or)}`)
      return ` for ${printTarget(name)} in ${operand(iter, PRECEDENCE.or)}${tests.join('')}`
    })
    .join('')
}

/** The mark of the text is one that its fields do not contain. */
function printJoined(expr: JoinedStr): string {
  const text = printParts(expr)
  const mark = text.includes("'") ? '"' : "'"
  return `f${mark}${text}${mark}`
}

function printParts({ parts }: JoinedStr): string {
  return parts.map((part) => (part.kind === 'StrLiteral' ? printText(part.value) : printField(part))).join('')
}

function printText(text: string): string {
  // A double quote in the text keeps `quote` from choosing it as the mark; both quotes are written as escapes.
  const escaped = text
    .split(/(["'])/)
    .map((piece) => (piece === '"' ? '\\x22' : piece === "'" ? '\\x27' : inside(piece)))
  return escaped.join('').replace(/[{}]/g, (brace) => brace + brace)
}

function inside(text: string): string {
  return quote(text).slice(1, -1)
}

function printField({ value, conversion, spec }: FormattedValue): string {
  const inner = operand(value, PRECEDENCE.conditional)
  const shown = inner.startsWith('{') ? ` ${inner}` : inner
  return `{${shown}${conversion === null ? '' : `!${conversion}`}${spec === null ? '' : `:${printParts(spec)}`}}`
}

// ----------------------------------------------------------------------------------------------------- statements

/** Lines of a suite, without an end of line. */
export function printSuite(body: readonly Stmt[], indent: string): readonly string[] {
  return body.flatMap((stmt) => printStmt(stmt).map((line) => indent + line))
}

function nested(body: readonly Stmt[]): readonly string[] {
  return printSuite(body, '    ')
}

function printStmt(stmt: Stmt): readonly string[] {
  switch (stmt.kind) {
    case 'Pass':
      return ['pass']
    case 'Break':
      return ['break']
    case 'Continue':
      return ['continue']
    case 'Return':
      return [`return ${printUntypedExpr(stmt.value)}`]
    case 'VarDef': {
      const type = stmt.type.kind === 'Auto' ? '' : `: ${printUntypedExpr(stmt.type)}`
      return [`${printName(stmt.name.value)}${type}${stmt.value === null ? '' : ` = ${printUntypedExpr(stmt.value)}`}`]
    }
    case 'StmtExpr':
      return [printUntypedExpr(stmt.value)]
    case 'Assign': {
      const name = stmt.target.kind === 'SingleTarget' ? printName(stmt.target.name.value) : printTarget(stmt.target)
      return [`${name} = ${printUntypedExpr(stmt.value)}`]
    }
    case 'AugAssign':
      return [`${stmt.target.value} ${stmt.op}= ${printUntypedExpr(stmt.value)}`]
    case 'AugSetAttr':
      return [`${target(stmt.target)}.${stmt.attr.value} ${stmt.op}= ${printUntypedExpr(stmt.value)}`]
    case 'AugSetItem':
      return [`${target(stmt.target)}[${printIndex(stmt.args)}] ${stmt.op}= ${printUntypedExpr(stmt.value)}`]
    case 'SetAttr':
      return [`${target(stmt.target)}.${stmt.attr.value} = ${printUntypedExpr(stmt.value)}`]
    case 'SetItem':
      return [`${target(stmt.target)}[${printIndex(stmt.args)}] = ${printUntypedExpr(stmt.value)}`]
    case 'If': {
      const orElse = stmt.elseBody.length === 0 ? [] : ['else:', ...nested(stmt.elseBody)]
      return [`if ${printUntypedExpr(stmt.test)}:`, ...nested(stmt.thenBody), ...orElse]
    }
    case 'While':
      return [`while ${printUntypedExpr(stmt.test)}:`, ...nested(stmt.body)]
    case 'For':
      return [`for ${printTarget(stmt.target)} in ${printUntypedExpr(stmt.iter)}:`, ...nested(stmt.body)]
    case 'With': {
      const items = stmt.items.map(({ context, target: name }) => {
        return `${operand(context, PRECEDENCE.conditional)}${name === null ? '' : ` as ${name.value}`}`
      })
      return [`with ${items.join(', ')}:`, ...nested(stmt.body)]
    }
    case 'Raise':
      return [`raise ${printUntypedExpr(stmt.exc)}`]
    case 'Assert':
      return [`assert ${printUntypedExpr(stmt.test)}${stmt.msg === null ? '' : `, ${printUntypedExpr(stmt.msg)}`}`]
    case 'FuncDef':
      return printFuncDef(stmt)
    case 'GenericFuncDef':
      return printFuncDef(stmt.inner, stmt.name, `[${stmt.args.map(({ name }) => name).join(', ')}]`)
    case 'ClassDef':
      return printClassDef(stmt)
    case 'GenericClassDef':
      return printClassDef(stmt.inner, stmt.name, `[${stmt.args.map(({ name }) => name).join(', ')}]`)
    default:
      return unreachable(stmt)
  }
}

function printTarget(name: StrLiteral | UnpackTarget): string {
  if (name.kind === 'StrLiteral') return name.value
  const names = name.targets.map((single) => printName(single.name.value))
  return names.length === 1 ? `${names[0]},` : names.length === 0 ? '()' : names.join(', ')
}

/** A function, decorators first, as lines. */
export function printFuncDef(func: FuncDef, name = func.name, typeParams = ''): readonly string[] {
  const result = func.returnType.kind === 'Auto' ? '' : ` -> ${printUntypedExpr(func.returnType)}`
  return [
    ...func.decorators.map((decorator) => `@${printUntypedExpr(decorator)}`),
    ...colorDecorator(func),
    `def ${printName(name)}${typeParams}(${printParams(func.args, func.defaults)})${result}:`,
    ...printBody(func.body, func.docstring),
  ]
}

function colorDecorator({ color, funcKind }: FuncDef): readonly string[] {
  if (color === 'red') return []
  return [funcKind === 'plain' ? '@blue' : `@blue.${funcKind}`]
}

function printParams(args: readonly FuncArg[], defaults: readonly Expr[]): string {
  const simple = args.filter((arg) => arg.argKind === 'simple')
  return args
    .map((arg) => {
      const type = arg.type.kind === 'Auto' ? '' : `: ${printUntypedExpr(arg.type)}`
      const fallback = defaults[simple.indexOf(arg) - (simple.length - defaults.length)]
      const star = arg.argKind === 'var_positional' ? '*' : ''
      return `${star}${arg.name}${type}${fallback === undefined ? '' : ` = ${printUntypedExpr(fallback)}`}`
    })
    .join(', ')
}

/** A body that had a docstring only still needs a statement. */
function printBody(body: readonly Stmt[], docstring: string | null): readonly string[] {
  return body.length === 0 && docstring !== null ? ['    pass'] : nested(body)
}

function printClassDef(node: ClassDef, name = node.name, typeParams = ''): readonly string[] {
  const base = node.base === null ? '' : `(${printUntypedExpr(node.base)})`
  return [
    ...(node.classKind === 'struct' ? ['@struct'] : []),
    `class ${name}${typeParams}${base}:`,
    ...printBody(node.body, node.docstring),
  ]
}
