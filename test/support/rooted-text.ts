/** Functions with the stores of their rooting plan, as a person would write them down. */
import { printFunction } from '../../compiler/backends/spy-source.ts'
import { linearize } from '../../compiler/lowering/linearize.ts'
import { planRoots } from '../../compiler/lowering/plan-roots.ts'
import { gcPaths } from '../../compiler/objects/gc-pointers.ts'
import { STR } from '../../compiler/objects/types.ts'
import type { LinearExpr, LinearStmt } from '../../compiler/typed/linear.ts'
import type { FuncRoots, RootStore, RootValue } from '../../compiler/typed/roots.ts'
import type { TypedExpr, TypedProgram } from '../../compiler/typed/tree.ts'
import { childExprs, stmtExprs } from '../../compiler/typed/walk.ts'

/** The linear form of a function, each statement behind what is stored for the calls in it. */
export function rootedText(program: TypedProgram, fqn: string): string {
  const linear = linearize(program)
  const roots = planRoots(linear).functions.get(fqn)
  const func = linear.functions.get(fqn)
  if (func === undefined) throw new Error(`${fqn} is not in the program`)
  const tree = roots === undefined ? func : { ...func, body: withStores(roots.tree.body, roots) }
  return printFunction(tree, program.humanName, 'test')
}

function withStores(body: readonly LinearStmt[], roots: FuncRoots): readonly LinearStmt[] {
  return body.flatMap((stmt): readonly LinearStmt[] => {
    const ofLoop = stmt.kind === 'While' ? (roots.stores.get(stmt) ?? []) : []
    const stores = [...ofLoop, ...stmtExprs(stmt).flatMap((expr) => storesIn(expr, roots))]
    const lines = stores.map(
      ({ slot, value }): LinearStmt => ({
        kind: 'ExprStmt',
        span: stmt.span,
        value: {
          kind: 'LocalRead',
          name: `roots[${slot}] = ${valueText(value)}`,
          checked: false,
          type: STR,
          span: stmt.span,
        },
      }),
    )
    if (stmt.kind === 'If') {
      return [...lines, { ...stmt, then: withStores(stmt.then, roots), orElse: withStores(stmt.orElse, roots) }]
    }
    if (stmt.kind === 'While') return [...lines, { ...stmt, body: withStores(stmt.body, roots) }]
    return [...lines, stmt]
  })
}

function storesIn(expr: TypedExpr, roots: FuncRoots): readonly RootStore[] {
  const inside = childExprs(expr).flatMap((child) => storesIn(child, roots))
  return [...inside, ...(roots.stores.get(expr as LinearExpr) ?? [])]
}

function valueText(value: RootValue | null): string {
  if (value === null) return 'None'
  const { of, index } = value
  const [name, type] = 'name' in of ? [of.name, of.type] : [of.fqn.debugName, of.valueType]
  return [name, ...(gcPaths(type)[index] ?? [])].join('.')
}
