/**
 * Which functions typed code refers to.
 */
import type { SpyType } from '../objects/types.ts'
import type { BlueValue, FuncObject, StructValue, Value } from '../objects/values.ts'
import type { TypedStmt } from '../typed/tree.ts'
import { forEachExprWithin } from '../typed/walk.ts'

/** Visits every function that is called and every function in a constant, in order of appearance; repeated ones too. */
export function forEachFunction(body: readonly TypedStmt[], visit: (func: FuncObject) => void): void {
  forEachExprWithin(body, (expr) => {
    if (expr.kind === 'Call') visit(expr.func)
    if (expr.kind === 'Constant') functionsOfValue(expr.type, expr.value, visit)
  })
}

/** Functions that a value holds without pointing to them through memory. */
export function functionsOfValue(type: SpyType, value: Value, visit: (func: FuncObject) => void): void {
  switch (type.kind) {
    case 'func':
      // A variable of function type that nobody has assigned holds none.
      if (value !== null) visit(value as FuncObject)
      return
    case 'struct':
      for (const [i, field] of type.fields.entries()) {
        functionsOfValue(field.type, (value as StructValue).fields[i] as Value, visit)
      }
      return
    case 'object':
    case 'dynamic': {
      const boxed = value as BlueValue | null
      if (boxed !== null) functionsOfValue(boxed.type, boxed.value, visit)
      return
    }
    case 'primitive':
    case 'ptr':
    case 'ref':
    case 'opaque':
  }
}
