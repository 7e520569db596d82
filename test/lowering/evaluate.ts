/**
 * A small evaluator of typed trees over i32 and bool, as a yardstick: what a program does is its trace of effects and its
 * outcome. Operands are evaluated in the order asked for, so that code can be run as a target would that has its own.
 */
import { PRIMITIVE_FUNCS } from '../../compiler/objects/builtin-funcs.ts'
import type { Value } from '../../compiler/objects/values.ts'
import type { Call, TypedExpr, TypedFunc, TypedStmt } from '../../compiler/typed/tree.ts'

export interface Run {
  /** Module variables at the end, by FQN. */
  readonly cells: Readonly<Record<string, Value>>
  /** Calls and assignments of module variables, in the order in which they happened. */
  readonly trace: readonly string[]
  /** What was returned, or the failure. */
  readonly outcome: string
}

class Failure extends Error {}
class Returned {
  readonly value: Value
  constructor(value: Value) {
    this.value = value
  }
}
type Jump = 'break' | 'continue' | Returned | undefined

export function evaluate(func: TypedFunc, args: readonly Value[], order: 'left to right' | 'right to left'): Run {
  const machine = new Machine(order)
  func.params.forEach((param, index) => {
    machine.locals.set(param.name, args[index] as Value)
  })
  try {
    const jump = machine.body(func.body)
    return machine.end(jump instanceof Returned ? `returned ${jump.value}` : 'fell off the end')
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return machine.end(error.message)
  }
}

class Machine {
  readonly locals = new Map<string, Value>()
  readonly cells = new Map<string, Value>()
  readonly trace: string[] = []
  readonly #order: 'left to right' | 'right to left'
  #fuel = 2000

  constructor(order: 'left to right' | 'right to left') {
    this.#order = order
  }

  end(outcome: string): Run {
    return { trace: this.trace, outcome, cells: Object.fromEntries(this.cells) }
  }

  body(stmts: readonly TypedStmt[]): Jump {
    for (const stmt of stmts) {
      const jump = this.#stmt(stmt)
      if (jump !== undefined) return jump
    }
    return undefined
  }

  #stmt(stmt: TypedStmt): Jump {
    switch (stmt.kind) {
      case 'Pass':
        return undefined
      case 'Break':
        return 'break'
      case 'Continue':
        return 'continue'
      case 'Return':
        return new Returned(this.expr(stmt.value))
      case 'Declare':
        if (stmt.value !== null) this.locals.set(stmt.name, this.expr(stmt.value))
        return undefined
      case 'AssignLocal':
        this.locals.set(stmt.name, this.expr(stmt.value))
        return undefined
      case 'AssignCell':
        this.#setCell(stmt.cell.fqn.text, this.expr(stmt.value))
        return undefined
      case 'ExprStmt':
        this.expr(stmt.value)
        return undefined
      case 'If':
        return this.body(this.expr(stmt.test) ? stmt.then : stmt.orElse)
      case 'While':
        while (this.expr(stmt.test)) {
          if (this.#fuel-- <= 0) throw new Failure('endless')
          const jump = this.body(stmt.body)
          if (jump === 'break') break
          if (jump instanceof Returned) return jump
        }
        return undefined
      case 'Assert':
        if (!this.expr(stmt.test)) {
          throw new Failure(`AssertionError ${stmt.message === null ? '' : this.expr(stmt.message)}`)
        }
        return undefined
      case 'Unpack':
      case 'Fail':
      case 'Deferred':
        throw new Error(`${stmt.kind} is not among the statements tried`)
    }
  }

  #setCell(name: string, value: Value): void {
    this.trace.push(`${name} = ${value}`)
    this.cells.set(name, value)
  }

  expr(expr: TypedExpr): Value {
    switch (expr.kind) {
      case 'Constant':
        return expr.value
      case 'LocalRead': {
        const value = this.locals.get(expr.name)
        if (value === undefined) throw new Failure('read from uninitialized local')
        return value
      }
      case 'CellRead':
        return this.cells.get(expr.cell.fqn.text) ?? expr.cell.current
      case 'Call':
        return this.#call(expr)
      case 'And':
        return this.expr(expr.left) && this.expr(expr.right)
      case 'Or':
        return this.expr(expr.left) || this.expr(expr.right)
      case 'IfExp':
        return this.expr(expr.test) ? this.expr(expr.then) : this.expr(expr.orElse)
      case 'AssignExpr': {
        const value = this.expr(expr.value)
        this.locals.set(expr.name, value)
        return value
      }
      case 'AssignCellExpr': {
        const value = this.expr(expr.value)
        this.#setCell(expr.cell.fqn.text, value)
        return value
      }
      case 'Block':
        if (this.body(expr.body) !== undefined) throw new Error('blocks are not left by a jump')
        return this.expr(expr.value)
      case 'Upcast':
      case 'IndirectCall':
        throw new Error(`${expr.kind} is not among the expressions tried`)
    }
  }

  #call({ func, args }: Call): Value {
    const values: Value[] = new Array(args.length)
    const indexes = args.map((_, index) => index)
    if (this.#order === 'right to left') indexes.reverse()
    for (const index of indexes) values[index] = this.expr(args[index] as TypedExpr)
    if (func.origin === 'builtin') return primitive(func.fqn.last.name, values)
    // Functions of the program: they leave a trace and count in a module variable that operands may read.
    this.trace.push(`${func.fqn}(${values.join(', ')})`)
    const count = ((this.cells.get('test::count') as number | undefined) ?? 0) + 1
    this.cells.set('test::count', count)
    const sum = (values as number[]).reduce((total, value) => (total * 3 + value + count) | 0, 0)
    const result = func.type.result.fqn.last.name
    return result === 'bool' ? sum % 2 === 0 : result === 'str' ? 'label' : sum
  }
}

function primitive(name: string, [a, b]: readonly Value[]): Value {
  const x = a as number
  const y = b as number
  switch (name) {
    case 'i32_add':
      return (x + y) | 0
    case 'i32_mul':
      return Math.imul(x, y)
    case 'i32_floordiv':
      if (y === 0) throw new Failure('ZeroDivisionError')
      return Math.floor(x / y) | 0
    case 'i32_lt':
      return x < y
    case 'bool_not':
      return !a
    default:
      throw new Error(
        `${name} is ${PRIMITIVE_FUNCS.has(name) ? '' : 'not even '}a primitive, and not among those tried`,
      )
  }
}
