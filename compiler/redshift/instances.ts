/**
 * How often one `def` may be made into a function. Generic code that asks for another instance of itself from each
 * instance would keep redshift busy for ever.
 */
import type { FuncDef } from '../syntax/ast.ts'
import { blame, SpyError } from '../text/diagnostics.ts'

/** More than any program has types for. */
const MOST_INSTANCES = 4000

/** Characters. Instances for types that contain each other have ever longer names. */
const LONGEST_NAME = 4000

export class Instances {
  readonly #counts = new Map<FuncDef, number>()

  /**
   * @param name  the FQN of the instance
   * @throws SpyError when there are too many
   */
  add(node: FuncDef, name: string): void {
    const count = (this.#counts.get(node) ?? 0) + 1
    this.#counts.set(node, count)
    if (count > MOST_INSTANCES || name.length > LONGEST_NAME) throw endless(node)
  }
}

/** No `StaticError`: what cannot be finished cannot be put off. */
function endless(node: FuncDef): SpyError {
  return new SpyError({
    class: 'Exception',
    message: `blue code makes instances of \`${node.name}\` without end`,
    annotations: [blame('each of them asks for another one', node.prototypeSpan)],
  })
}
