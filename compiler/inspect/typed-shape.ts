/**
 * Typed trees as dumps and viewers see them. Names of nodes and fields are those of syntax trees where a node stands for
 * the same; what exists after redshift only says what it refers to.
 */
import { exprPrinter } from '../backends/spy-source.ts'
import type { Fqn } from '../objects/fqn.ts'
import type { SpyType } from '../objects/types.ts'
import type { Cell } from '../objects/values.ts'
import { spanText } from '../text/source.ts'
import type { Constant, TypedExpr, TypedFunc, TypedProgram, TypedStmt, Unpack } from '../typed/tree.ts'
import { dedent } from './node-source.ts'
import { type Shape, type ShapeField, type ShapeValue, shapeList, shapeValue, text, word } from './shape.ts'

/** @param symbolTable  what the symbol table of the function is called */
export function typedShape(func: TypedFunc, program: TypedProgram, symbolTable?: string): Shape {
  return new TypedShapes(func, program).func(symbolTable)
}

type Fields = Readonly<Record<string, ShapeValue>>

class TypedShapes {
  readonly #func: TypedFunc
  readonly #print: (expr: TypedExpr) => string
  readonly #human: (fqn: Fqn) => string

  constructor(func: TypedFunc, program: TypedProgram) {
    this.#func = func
    this.#human = program.humanName
    this.#print = exprPrinter(func, program.humanName)
  }

  func(symbolTable: string | undefined): Shape {
    const { fqn, type, params, body, span } = this.#func
    const args = params.map(({ name }, i): Shape => {
      const kind = type.params[i]?.kind ?? 'simple'
      const argType = type.params[i]?.type
      return {
        label: 'FuncArg',
        short: `${name} ${kind}`,
        isExpr: false,
        fields: fieldsOf({ name: text(name), ...(argType && { type: this.#type(argType) }), kind: text(kind) }),
        source: () => name,
      }
    })
    const fields = fieldsOf({
      color: text('red'),
      kind: text('plain'),
      name: text(fqn.symbolName),
      args: shapeList(args),
      return_type: this.#type(type.result),
      defaults: shapeList([]),
      body: this.#suite(body),
      decorators: shapeList([]),
    })
    const table: readonly ShapeField[] =
      symbolTable === undefined ? [] : [{ name: 'symtable', value: word(symbolTable), dumpOnly: true }]
    return {
      label: 'FuncDef',
      short: `red ${fqn.symbolName}`,
      isExpr: false,
      fields: [...fields, ...table],
      source: () => dedent(spanText(span)),
      isOpen: true,
    }
  }

  // ----------------------------------------------------------------------------------------------------- statements

  #suite(stmts: readonly TypedStmt[]): ShapeValue {
    return shapeList(stmts.map((stmt) => this.#stmt(stmt)))
  }

  #stmt(stmt: TypedStmt): Shape {
    const [label, fields] = this.#stmtFields(stmt)
    return { label, isExpr: false, fields: fieldsOf(fields), source: () => dedent(spanText(stmt.span)) }
  }

  #stmtFields(stmt: TypedStmt): readonly [label: string, Fields] {
    switch (stmt.kind) {
      case 'Pass':
      case 'Break':
      case 'Continue':
        return [stmt.kind, {}]
      case 'Return':
        return ['Return', { value: this.#value(stmt.value) }]
      case 'Declare': {
        const value = stmt.value === null ? word('None') : this.#value(stmt.value)
        return ['VarDef', { kind: text('var'), name: this.#target(stmt.name), type: this.#type(stmt.type), value }]
      }
      case 'AssignLocal':
        return ['AssignLocal', { target: this.#target(stmt.name), value: this.#value(stmt.value) }]
      case 'AssignCell':
        return ['AssignCell', { ...this.#cellTarget(stmt.cell), value: this.#value(stmt.value) }]
      case 'Unpack':
        return ['Assign', { target: this.#unpackTarget(stmt), value: this.#value(stmt.value) }]
      case 'ExprStmt':
        return ['StmtExpr', { value: this.#value(stmt.value) }]
      case 'If':
        return [
          'If',
          { test: this.#value(stmt.test), then_body: this.#suite(stmt.then), else_body: this.#suite(stmt.orElse) },
        ]
      case 'While':
        return ['While', { test: this.#value(stmt.test), body: this.#suite(stmt.body) }]
      case 'Assert':
        return [
          'Assert',
          { test: this.#value(stmt.test), msg: stmt.message === null ? word('None') : this.#value(stmt.message) },
        ]
      case 'Fail':
        return ['Raise', { etype: text(stmt.error.class), message: text(stmt.error.message) }]
      case 'Deferred':
        return ['Deferred', { body: this.#suite(stmt.force()) }]
    }
  }

  #target(name: string): ShapeValue {
    return shapeValue({
      label: 'StrLiteral',
      short: `'${name}'`,
      isExpr: true,
      fields: fieldsOf({ value: text(name) }),
      source: () => name,
    })
  }

  #cellTarget(cell: Cell): Fields {
    return { target: this.#target(cell.fqn.symbolName), target_fqn: fqnWord(cell.fqn) }
  }

  #unpackTarget({ targets }: Unpack): ShapeValue {
    const items = targets.map(({ target }) =>
      target === null ? text('_') : typeof target === 'string' ? text(target) : fqnWord(target.fqn),
    )
    return shapeValue({
      label: 'UnpackTarget',
      isExpr: false,
      fields: fieldsOf({ targets: { kind: 'list', items } }),
      source: () => '',
    })
  }

  // ---------------------------------------------------------------------------------------------------- expressions

  #value(expr: TypedExpr): ShapeValue {
    return shapeValue(this.#expr(expr))
  }

  #values(exprs: readonly TypedExpr[]): ShapeValue {
    return shapeList(exprs.map((expr) => this.#expr(expr)))
  }

  #expr(expr: TypedExpr): Shape {
    const { label, short, fields } = this.#exprFields(expr)
    return {
      label,
      short,
      isExpr: true,
      fields: [
        ...fieldsOf(fields),
        { name: 'w_T', value: word(`<spy type '${this.#human(expr.type.fqn)}'>`), dumpOnly: true },
      ],
      source: () => this.#print(expr),
    }
  }

  #exprFields(expr: TypedExpr): { readonly label: string; readonly short?: string; readonly fields: Fields } {
    switch (expr.kind) {
      case 'Constant':
        return this.#constant(expr)
      case 'LocalRead': {
        const { name } = expr
        const sym: ShapeValue = { kind: 'symbol', name, text: `Symbol('${name}', 'var', 'direct')` }
        return { label: 'NameLocalDirect', short: name, fields: { sym } }
      }
      case 'CellRead': {
        const name = expr.cell.fqn.symbolName
        const sym: ShapeValue = { kind: 'symbol', name, text: `Symbol('${name}', 'var', 'cell')` }
        return { label: 'NameOuterCell', short: name, fields: { sym, fqn: fqnWord(expr.cell.fqn) } }
      }
      case 'Call':
        return { label: 'Call', fields: { func: this.#fqnConst(expr.func.fqn), args: this.#values(expr.args) } }
      case 'IndirectCall':
        return { label: 'Call', fields: { func: this.#value(expr.callee), args: this.#values(expr.args) } }
      case 'And':
      case 'Or':
        return { label: expr.kind, fields: { left: this.#value(expr.left), right: this.#value(expr.right) } }
      case 'IfExp':
        return {
          label: 'IfExp',
          fields: { test: this.#value(expr.test), body: this.#value(expr.then), orelse: this.#value(expr.orElse) },
        }
      case 'AssignExpr':
        return {
          label: 'AssignExprLocal',
          short: expr.name,
          fields: { target: this.#target(expr.name), value: this.#value(expr.value) },
        }
      case 'AssignCellExpr':
        return {
          label: 'AssignExprCell',
          short: expr.cell.fqn.symbolName,
          fields: { ...this.#cellTarget(expr.cell), value: this.#value(expr.value) },
        }
      case 'Block':
        return { label: 'BlockExpr', fields: { body: this.#suite(expr.body), value: this.#value(expr.value) } }
      case 'Upcast':
        return { label: 'Upcast', fields: { value: this.#value(expr.value) } }
    }
  }

  #constant(expr: Constant): { readonly label: string; readonly short: string; readonly fields: Fields } {
    const shown = this.#print(expr)
    switch (expr.type.kind === 'primitive' ? expr.type.name : expr.type.kind) {
      case 'str':
        return { label: 'StrLiteral', short: shown, fields: { value: text(expr.value as string) } }
      case 'bytes':
        return { label: 'BytesLiteral', short: shown, fields: { value: word(shown) } }
      case 'func':
      case 'opaque':
        return { label: 'FQNConst', short: shown, fields: { fqn: word(`FQN('${shown.replace(/^`|`$/g, '')}')`) } }
      default: {
        const value = `${boxName(expr.type)}(${bare(shown)})`
        return { label: 'Const', short: value, fields: { w_val: word(value) } }
      }
    }
  }

  #type(type: SpyType): ShapeValue {
    return this.#fqnConst(type.fqn)
  }

  #fqnConst(fqn: Fqn): ShapeValue {
    const name = this.#human(fqn)
    return shapeValue({
      label: 'FQNConst',
      short: name,
      isExpr: true,
      fields: fieldsOf({ fqn: fqnWord(fqn) }),
      source: () => name,
    })
  }
}

function fieldsOf(fields: Fields): readonly ShapeField[] {
  return Object.entries(fields).map(([name, value]) => ({ name, value }))
}

function fqnWord(fqn: Fqn): ShapeValue {
  return word(`FQN('${fqn.text}')`)
}

/** `W_I32`, `W_Bool`: objects of blue time are called after their types. */
function boxName({ fqn }: SpyType): string {
  const { name } = fqn.last
  return `W_${name.charAt(0).toUpperCase()}${name.slice(1)}`
}

/** `i64(3)` as `3`: the box says the type. */
function bare(constant: string): string {
  return /^[a-z]\w*\((.*)\)$/.exec(constant)?.[1] ?? constant
}
