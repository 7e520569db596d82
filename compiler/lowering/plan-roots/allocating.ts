/**
 * What may allocate: functions of the program that reach an allocation, and the nodes of their trees where it happens.
 * The program is closed, so calls through function values are the only ones whose target is not known.
 */
import { makesBox } from '../../objects/boxes.ts'
import { mayAllocate } from '../../objects/intrinsics.ts'
import type { TypedExpr, TypedFunc, TypedProgram } from '../../typed/tree.ts'
import { forEachExprWithin } from '../../typed/walk.ts'

/** FQNs of the functions that may allocate. */
export function allocatingFunctions(program: TypedProgram): ReadonlySet<string> {
  const allocating = new Set<string>()
  const callers = new Map<string, string[]>()
  const add = (fqn: string): void => {
    if (allocating.has(fqn)) return
    allocating.add(fqn)
    callers.get(fqn)?.forEach(add)
  }
  for (const [fqn, func] of program.functions) {
    const { itself, calls } = examine(func)
    for (const callee of calls) {
      const known = callers.get(callee)
      if (known === undefined) callers.set(callee, [fqn])
      else known.push(fqn)
    }
    if (itself || [...calls].some((callee) => allocating.has(callee))) add(fqn)
  }
  return allocating
}

/** Does evaluating the node, its operands aside, perhaps allocate? */
export function nodeAllocates(node: TypedExpr, allocating: ReadonlySet<string>): boolean {
  switch (node.kind) {
    case 'Call':
      return node.func.origin === 'source' ? allocating.has(node.func.fqn.text) : mayAllocate(node.func.intrinsic)
    case 'IndirectCall':
      return true
    case 'Upcast':
      return makesBox(node.value)
    default:
      return false
  }
}

interface Examined {
  readonly itself: boolean
  /** Functions of the program that it calls. */
  readonly calls: ReadonlySet<string>
}

const NONE: ReadonlySet<string> = new Set()

function examine(func: TypedFunc): Examined {
  let itself = false
  const calls = new Set<string>()
  forEachExprWithin(func.body, (expr) => {
    if (expr.kind === 'Call' && expr.func.origin === 'source') calls.add(expr.func.fqn.text)
    else itself ||= nodeAllocates(expr, NONE)
  })
  return { itself, calls }
}
