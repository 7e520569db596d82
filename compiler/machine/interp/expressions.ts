/**
 * Expressions as closures that give their value.
 */
import { isBoxed } from '../../objects/types.ts'
import type { Value } from '../../objects/values.ts'
import { invariant, unreachable } from '../../text/diagnostics.ts'
import type { Block, LocalRead, TypedExpr, Upcast } from '../../typed/tree.ts'
import { compileCall, compileIndirectCall } from './calls.ts'
import { type Eval, NORMAL, type Unit } from './code.ts'
import { uninitializedLocal } from './diagnostics.ts'
import { fail } from './unwinding.ts'

export function compileExpr(unit: Unit, node: TypedExpr): Eval {
  switch (node.kind) {
    case 'Constant': {
      const { value } = node
      return () => value
    }
    case 'LocalRead':
      return readLocal(unit, node)
    case 'CellRead': {
      const { cell } = node
      return () => cell.current
    }
    case 'Call':
      return compileCall(unit, node)
    case 'IndirectCall':
      return compileIndirectCall(unit, node)
    case 'And': {
      const left = unit.expr(node.left) as Eval<boolean>
      const right = unit.expr(node.right) as Eval<boolean>
      return (f) => left(f) && right(f)
    }
    case 'Or': {
      const left = unit.expr(node.left) as Eval<boolean>
      const right = unit.expr(node.right) as Eval<boolean>
      return (f) => left(f) || right(f)
    }
    case 'IfExp': {
      const test = unit.expr(node.test)
      const then = unit.expr(node.then)
      const orElse = unit.expr(node.orElse)
      return (f) => (test(f) ? then(f) : orElse(f))
    }
    case 'AssignExpr': {
      const slot = unit.slots.assign(node.name, node.type)
      const value = unit.expr(node.value)
      return (f) => {
        const v = value(f)
        f[slot] = v
        return v
      }
    }
    case 'AssignCellExpr': {
      const { cell } = node
      const value = unit.expr(node.value)
      return (f) => {
        const v = value(f)
        cell.current = v
        return v
      }
    }
    case 'Block':
      return evaluateBlock(unit, node)
    case 'Upcast':
      return box(unit, node)
    default:
      return unreachable(node)
  }
}

function readLocal(unit: Unit, node: LocalRead): Eval {
  const slot = unit.slots.index(node.name)
  if (!node.checked) return (f) => f[slot] as Value
  const place = unit.place(node.span)
  return (f) => {
    const value = f[slot]
    return value === undefined ? fail(uninitializedLocal(node.span), place) : value
  }
}

function evaluateBlock(unit: Unit, node: Block): Eval {
  const body = unit.block(node.body)
  const value = unit.expr(node.value)
  return (f) => {
    const done = body(f)
    invariant(done === NORMAL, 'the statements of a block run to its value')
    return value(f)
  }
}

/** Values of static type `object` or `dynamic` carry their type; those that do already keep what they carry. */
function box(unit: Unit, node: Upcast): Eval {
  const value = unit.expr(node.value)
  const { type } = node.value
  return isBoxed(node.type) && !isBoxed(type) ? (f) => ({ type, value: value(f) }) : value
}
