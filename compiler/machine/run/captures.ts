/**
 * What functions see of the blue functions around them. A captured variable is read as a constant: its value at the time.
 *
 *     @blue
 *     def outer():
 *         var k = 1
 *         def f() -> i32:
 *             return k
 *         a = f()              1
 *         k = 5
 *         return a + f()       6
 *
 * As long as `outer` runs, `f` may be another function each time it is called.
 */
import type { SourceFunc } from '../../objects/values.ts'
import { walk } from '../../syntax/ast.ts'
import type { Frame } from '../rules/frames.ts'

/** The function mentions a variable that code which is running now may still assign. */
export function seesRunningVariables({ closure, node }: SourceFunc): boolean {
  if (node === null) return false
  const names = (closure as readonly Frame[]).flatMap(runningVariables)
  if (names.length === 0) return false
  for (const each of walk(node)) if (each.kind === 'Name' && names.includes(each.id)) return true
  return false
}

function runningVariables({ running, table }: Frame): readonly string[] {
  if (running?.isRunning !== true) return []
  const own = [...table.symbols.values()].filter((symbol) => symbol.level === 0 && symbol.varkind === 'var')
  return own.map((symbol) => symbol.name)
}
