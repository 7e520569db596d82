/**
 * What has to be captured so that the order of effects stays the source's when operands are evaluated in any order.
 *
 *     mix(a + 1, hit(a), hits)       captured: a, a, hit(a)       read in place: a + 1, hits
 *
 * Operations without effects are never captured: they are computed in place, at the end, from captured values. A read is
 * captured if something with effects follows it. What has effects is captured, because something may follow it. So is
 * what may allocate, because a collection may follow, and only locals can be made roots.
 *
 * References (addresses of structs inside memory) are the exception. They are captured only if something with effects
 * comes between them and the operation that reads them, so that `p[i].x` stays one access.
 */
import { makesBox } from '../../objects/boxes.ts'
import { hasEffects, type Intrinsic, mayAllocate } from '../../objects/intrinsics.ts'
import type { Call, LocalRead, TypedExpr, TypedStmt } from '../../typed/tree.ts'
import { childExprs, stmtExprs, stmtStmts } from '../../typed/walk.ts'

/**
 * Nodes of `top` to capture. Blocks, `and`, `or` and conditional expressions are not entered: they are evaluated on their
 * own, and here they only count as something with effects.
 *
 * @param alone  nothing follows `top` in its statement, so it is not captured itself
 */
export function markCaptures(top: TypedExpr, alone: boolean): ReadonlySet<TypedExpr> {
  const captured = new Set<TypedExpr>()
  let pending: TypedExpr[] = []
  let references: LocalRead[] = [] // reads of locals that hold references: only assignments can change them

  const stir = (node: TypedExpr): void => {
    for (const read of pending) captured.add(read)
    pending = []
    references = references.filter((read) => {
      const changed = assigns(node, read.name)
      if (changed) captured.add(read)
      return !changed
    })
  }

  const visit = (node: TypedExpr): void => {
    const operands = operandsOf(node)
    for (const operand of operands) visit(operand)
    switch (effectOf(node)) {
      case 'none':
        return
      case 'read':
        if (node.kind === 'LocalRead' && isReference(node)) references.push(node)
        else pending.push(node)
        return
      case 'effects':
        pending = pending.filter((read) => !(isReference(read) && operands.includes(read)))
        stir(node)
        if (isReference(node)) pending.push(node)
        else captured.add(node)
    }
  }

  if (alone) for (const operand of operandsOf(top)) visit(operand)
  else visit(top)
  return captured
}

/** Only computes an address, perhaps with a check: doing it twice is doing it once. */
export function isAddressOf(node: TypedExpr): node is Call {
  if (node.kind !== 'Call' || node.func.origin !== 'builtin') return false
  const { intrinsic } = node.func
  return (intrinsic.kind === 'ptrGetItem' || intrinsic.kind === 'ptrGetField') && intrinsic.byRef
}

/** The place of something in memory. Objects are values like others: what gives one may have effects. */
export function isReference(node: TypedExpr): boolean {
  return node.type.kind === 'ref' && !node.type.isClass
}

/** What evaluating the node itself does, its operands aside. */
function effectOf(node: TypedExpr): 'none' | 'read' | 'effects' {
  switch (node.kind) {
    case 'Constant':
      return 'none'
    case 'Upcast':
      return makesBox(node.value) ? 'effects' : 'none'
    case 'LocalRead':
      return node.checked ? 'effects' : 'read' // a checked read can fail
    case 'CellRead':
      return 'read'
    case 'Call':
      return node.func.origin === 'builtin' && !acts(node.func.intrinsic) ? 'none' : 'effects'
    case 'IndirectCall':
    case 'And':
    case 'Or':
    case 'IfExp':
    case 'AssignExpr':
    case 'AssignCellExpr':
    case 'Block':
      return 'effects'
  }
}

function acts(intrinsic: Intrinsic): boolean {
  return hasEffects(intrinsic) || mayAllocate(intrinsic)
}

/** Evaluating the whole expression only computes and reads. */
export function isQuiet(node: TypedExpr): boolean {
  return effectOf(node) !== 'effects' && operandsOf(node).every(isQuiet)
}

/** Operands that are evaluated with the node, in order. */
function operandsOf(node: TypedExpr): readonly TypedExpr[] {
  switch (node.kind) {
    case 'And':
    case 'Or':
    case 'IfExp':
    case 'Block':
      return []
    default:
      return childExprs(node)
  }
}

/** Can evaluating `node` assign the local? */
function assigns(node: TypedExpr, local: string): boolean {
  if (node.kind === 'AssignExpr' && node.name === local) return true
  if (node.kind === 'Block' && node.body.some((stmt) => stmtAssigns(stmt, local))) return true
  return childExprs(node).some((child) => assigns(child, local))
}

function stmtAssigns(stmt: TypedStmt, local: string): boolean {
  return (
    assignsItself(stmt, local) ||
    stmtExprs(stmt).some((expr) => assigns(expr, local)) ||
    stmtStmts(stmt).some((inner) => stmtAssigns(inner, local))
  )
}

function assignsItself(stmt: TypedStmt, local: string): boolean {
  switch (stmt.kind) {
    case 'AssignLocal':
      return stmt.name === local
    case 'Declare':
      return stmt.name === local && stmt.value !== null
    case 'Unpack':
      return stmt.targets.some(({ target, item }) => target === local || item === local)
    default:
      return false
  }
}
