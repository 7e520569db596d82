/**
 * Functions and statements of linear trees in C.
 */
import type { Cell } from '../../objects/values.ts'
import { unreachable } from '../../text/diagnostics.ts'
import { endOf, type Span } from '../../text/source.ts'
import type { LinearAssert, LinearExpr, LinearFunc, LinearIf, LinearStmt, LinearUnpack } from '../../typed/linear.ts'
import type { Fail } from '../../typed/tree.ts'
import { argument, assignment, C_PRECEDENCE, type CExpr, postfix, prefix } from './expr.ts'
import { Expressions, flagName } from './expressions.ts'
import { commentText, stringLiteral } from './literals.ts'
import { findLocalUse, type LocalUse } from './locals.ts'
import { fieldName, localName } from './names.ts'
import { enterFrame, LEAVE, storedLocals } from './roots.ts'
import { declaration, hasValue } from './types.ts'
import type { CFunction, Unit } from './unit.ts'
import type { CWriter } from './writer.ts'

/** Write the definition of a function. */
export function emitFunction(unit: Unit, func: CFunction, out: CWriter): void {
  const { tree } = func
  const { mentioned, checked } = findLocalUse(tree)
  const roots = unit.rootsOf(func)
  out.line(`/* ${commentText(unit.program.humanName(tree.fqn))} */`)
  out.at(tree.span)
  out.braces(unit.definitionHead(func, localName), () => {
    const stored = roots === undefined ? new Set<string>() : storedLocals(roots)
    for (const line of declareLocals(unit, tree, { mentioned, checked, stored })) out.line(line)
    if (roots !== undefined) out.line(enterFrame(roots.slots))
    const statements = new Statements(unit, func, checked, out)
    for (const stmt of tree.body) statements.emit(stmt)
    if (leaves(tree.body)) return
    if (!hasValue(tree.type.result)) {
      if (roots !== undefined) out.line(LEAVE)
      return
    }
    const message = 'reached the end of the function without a `return`'
    out.line(`spy_panic("TypeError", "${message}", ${unit.place(endOf(tree.span), func, ['TypeError'])});`)
  })
}

/**
 * Locals that are mentioned, those of one type on one line, and the flags of those that may be unset when read. What is
 * stored for the collector, perhaps before it is set, begins as zero.
 */
function declareLocals(
  unit: Unit,
  tree: LinearFunc,
  { mentioned, checked, stored }: LocalUse & { readonly stored: ReadonlySet<string> },
): readonly string[] {
  const params = new Set(tree.params.map((param) => param.name))
  const byType = new Map<string, string[]>()
  const add = (type: string, declarator: string): void => {
    byType.set(type, [...(byType.get(type) ?? []), declarator])
  }
  for (const { name, type } of tree.locals) {
    if (!mentioned.has(name) || params.has(name)) continue
    if (hasValue(type)) {
      const spelling = unit.types.spell(type, tree.span)
      const isPointer = spelling.endsWith('*')
      const start = stored.has(name) ? ` = ${isPointer ? 'NULL' : '{ 0 }'}` : ''
      if (isPointer) add(spelling.slice(0, -1), `*${localName(name)}${start}`)
      else add(`${spelling} `, localName(name) + start)
    }
    if (checked.has(name)) add('bool ', `${flagName(name)} = false`)
  }
  return [...byType].map(([type, declarators]) => `${type}${declarators.join(', ')};`)
}

/** The end of these statements is never reached. */
function leaves(body: readonly LinearStmt[]): boolean {
  const last = body[body.length - 1]
  switch (last?.kind) {
    case 'Return':
    case 'Fail':
      return true
    case 'ExprStmt':
      return last.value.kind === 'Call' && last.value.func.origin === 'builtin' && isRaise(last.value.func.intrinsic)
    case 'If':
      if (last.test.kind === 'Constant') return leaves(last.test.value === true ? last.then : last.orElse)
      return leaves(last.then) && leaves(last.orElse)
    default:
      return false
  }
}

function isRaise(intrinsic: { readonly kind: string }): boolean {
  return intrinsic.kind === 'raise'
}

class Statements {
  readonly #unit: Unit
  readonly #func: CFunction
  readonly #flagged: ReadonlySet<string>
  readonly #exprs: Expressions
  readonly #out: CWriter

  constructor(unit: Unit, func: CFunction, flagged: ReadonlySet<string>, out: CWriter) {
    this.#unit = unit
    this.#func = func
    this.#flagged = flagged
    this.#exprs = new Expressions(unit, func, flagged)
    this.#out = out
  }

  emit(stmt: LinearStmt): void {
    const out = this.#out
    const { span } = stmt
    switch (stmt.kind) {
      case 'Pass':
        return
      case 'Break':
        return out.statement(span, 'break;')
      case 'Continue':
        return out.statement(span, 'continue;')
      case 'Return':
        return this.#return(stmt.value, span)
      case 'Declare':
        return stmt.value === null ? undefined : this.#assign(stmt.name, stmt.value, span)
      case 'AssignLocal':
        return this.#assign(stmt.name, stmt.value, span)
      case 'AssignCell':
        return this.#assignCell(stmt.cell, stmt.value, span)
      case 'Unpack':
        return this.#unpack(stmt)
      case 'ExprStmt':
        return this.#evaluate(stmt.value, span)
      case 'If':
        out.at(span)
        return this.#if(stmt)
      case 'While':
        for (const store of this.#exprs.stores(stmt)) out.statement(span, `${store};`)
        out.at(span)
        return out.braces(`while (${this.#exprs.emit(stmt.test).text})`, () => this.#body(stmt.body))
      case 'Assert':
        return out.statement(span, this.#assert(stmt))
      case 'Fail':
        return out.statement(span, this.#fail(stmt))
      default:
        return unreachable(stmt)
    }
  }

  #body(body: readonly LinearStmt[]): void {
    for (const stmt of body) this.emit(stmt)
  }

  /** An `if` that is all there is in an `else` continues the chain. */
  #if(stmt: LinearIf, before = ''): void {
    const out = this.#out
    const test = this.#exprs.emit(stmt.test).text
    const [only, ...more] = stmt.orElse
    out.line(`${before}if (${test}) {`)
    out.indented(() => this.#body(stmt.then))
    if (only === undefined) return out.line('}')
    if (only.kind === 'If' && more.length === 0) return this.#if(only, '} else ')
    out.line('} else {')
    out.indented(() => this.#body(stmt.orElse))
    out.line('}')
  }

  #return(value: LinearExpr, span: Span): void {
    const out = this.#out
    const result = this.#assignFirst(value, span)
    const leave = this.#unit.rootsOf(this.#func) === undefined ? '' : `${LEAVE} `
    if (!hasValue(value.type)) {
      this.#evaluate(result, span)
      return out.statement(span, `${leave}return;`)
    }
    const { text } = this.#value(result, span)
    if (leave === '' || isIdle(result)) return out.statement(span, `${leave}return ${text};`)
    const declared = this.#unit.types.declare(value.type, '$result', span)
    out.statement(span, `{ ${declared} = ${text}; ${leave}return $result; }`)
  }

  /** The value of an expression, behind statements for what the collector must see before. */
  #value(expr: LinearExpr, span: Span): CExpr {
    const before: string[] = []
    const value = this.#exprs.emitAfter(expr, before)
    for (const store of before) this.#out.statement(span, `${store};`)
    return value
  }

  /**
   * `x := (y := v)` is two statements: C does not say which of two assignments in one expression comes last.
   *
   * @returns what to read after the assignments
   */
  #assignFirst(value: LinearExpr, span: Span): LinearExpr {
    if (value.kind === 'AssignExpr') {
      this.#assign(value.name, value.value, span)
      return { kind: 'LocalRead', name: value.name, checked: false, type: value.type, span: value.span }
    }
    if (value.kind === 'AssignCellExpr') {
      this.#assignCell(value.cell, value.value, span)
      return { kind: 'CellRead', cell: value.cell, type: value.type, span: value.span }
    }
    return value
  }

  #assign(name: string, value: LinearExpr, span: Span): void {
    const result = this.#assignFirst(value, span)
    if (!hasValue(value.type)) this.#evaluate(result, span)
    else if (!isRead(result, name)) {
      this.#out.statement(span, `${assignment(localName(name), this.#value(result, span)).text};`)
    }
    this.#setFlag(name, span)
  }

  #assignCell(cell: Cell, value: LinearExpr, span: Span): void {
    const result = this.#assignFirst(value, span)
    if (!hasValue(value.type)) return this.#evaluate(result, span)
    if (result.kind === 'CellRead' && result.cell === cell) return
    this.#store(cell, this.#value(result, span), span)
  }

  #store(target: string | Cell, value: CExpr, span: Span): void {
    const variable = typeof target === 'string' ? localName(target) : this.#unit.cell(target, span)
    this.#out.statement(span, `${assignment(variable, value).text};`)
    if (typeof target === 'string') this.#setFlag(target, span)
  }

  #setFlag(name: string, span: Span): void {
    if (this.#flagged.has(name)) this.#out.statement(span, `${flagName(name)} = true;`)
  }

  /** Evaluate for the effects alone. */
  #evaluate(value: LinearExpr, span: Span): void {
    const rest = this.#assignFirst(value, span)
    if (isIdle(rest)) return
    const { text, precedence } = this.#value(rest, span)
    const isStatement = !hasValue(value.type) || precedence === C_PRECEDENCE.assign
    this.#out.statement(span, isStatement ? `${text};` : `(void)(${text});`)
  }

  /** `{ T $tuple = v; a = $tuple._item0; ... }`. No name of SPy begins with `$` and a letter other than `v`. */
  #unpack({ struct, targets, value, span }: LinearUnpack): void {
    const out = this.#out
    const type = this.#unit.types.spell(struct, span)
    const tuple = this.#value(value, span)
    out.at(span)
    out.braces('', () => {
      out.statement(span, `${declaration(type, '$tuple')} = ${argument(tuple)};`)
      for (const [index, { target, item, convert }] of targets.entries()) {
        const field = struct.fields[index]
        if (field === undefined || target === null || !hasValue(convert.type)) continue
        const unpacked: CExpr = postfix(`$tuple.${fieldName(field.name)}`)
        if (isRead(convert, item)) {
          this.#store(target, unpacked, span)
        } else {
          out.statement(span, `${assignment(localName(item), unpacked).text};`)
          this.#store(target, this.#exprs.emit(convert), span)
        }
      }
    })
  }

  #assert({ test, message, span }: LinearAssert): string {
    const failed = prefix('!', this.#exprs.emit(test)).text
    const place = this.#unit.place(span, this.#func, ['AssertionError'])
    if (message === null) return `if (${failed}) spy_panic("AssertionError", "assertion failed", ${place});`
    const text = argument(this.#exprs.emit(message))
    return `if (${failed}) spy_raise(&${this.#unit.data.str('AssertionError')}, ${text}, ${place});`
  }

  #fail({ error, span }: Fail): string {
    const length = new TextEncoder().encode(error.message).length
    const text = `(const uint8_t *)${stringLiteral(error.message)}`
    const place = this.#unit.place(span, this.#func, [error.class])
    return `spy_panic_text(${stringLiteral(error.class)}, ${text}, ${length}, ${place});`
  }
}

/** Evaluating it does nothing. */
function isIdle(expr: LinearExpr): boolean {
  return expr.kind === 'Constant' || expr.kind === 'CellRead' || (expr.kind === 'LocalRead' && !expr.checked)
}

/** Nothing but a read of this local, which has just been set. */
function isRead(expr: LinearExpr, local: string): boolean {
  return expr.kind === 'LocalRead' && expr.name === local && !expr.checked
}
