/** Operations on complex numbers, which are (re, im) on the stack. */
import type { ComplexBinaryOp } from '../../../objects/primitives.ts'
import { invariant, unreachable } from '../../../text/diagnostics.ts'
import type { Call } from '../../../typed/tree.ts'
import type { FunctionContext, Source } from '../context.ts'
import type { Op } from '../encode.ts'
import { argument, bind, push, release } from '../sources.ts'
import { callRuntime } from './operands.ts'

/** Both operands, part by part: (re, im) and (re, im). */
function bindComplex(on: FunctionContext, call: Call, taken: number[]): readonly [Source, Source, Source, Source] {
  const [a, b] = bind(on, argument(call, 0), call.args.slice(1), taken)
  const [c, d] = bind(on, argument(call, 1), [], taken)
  invariant(a && b && c && d, 'a complex number has two parts')
  return [a, b, c, d]
}

export function emitComplexBinary(on: FunctionContext, call: Call, op: ComplexBinaryOp): void {
  const taken: number[] = []
  switch (op) {
    case 'add':
    case 'sub': {
      const [a, b, c, d] = bindComplex(on, call, taken)
      pushBinary(on, a, c, `f64.${op}`)
      pushBinary(on, b, d, `f64.${op}`)
      return release(on, taken)
    }
    case 'mul': {
      const [a, b, c, d] = bindComplex(on, call, taken)
      pushBinary(on, a, c, 'f64.mul')
      pushBinary(on, b, d, 'f64.mul')
      on.code.op('f64.sub')
      pushBinary(on, a, d, 'f64.mul')
      pushBinary(on, b, c, 'f64.mul')
      on.code.op('f64.add')
      return release(on, taken)
    }
    case 'div':
    case 'pow': {
      const out: Source = { kind: 'image', offset: on.program.image.returnArea(16) }
      push(on, out)
      callRuntime(on, call, `spy_wasm_complex128_${op}`)
      push(on, out)
      on.code.load('f64.load', 0)
      push(on, out)
      return on.code.load('f64.load', 8)
    }
    default:
      return unreachable(op)
  }
}

export function emitComplexCompare(on: FunctionContext, call: Call, op: 'eq' | 'ne'): void {
  const taken: number[] = []
  const [a, b, c, d] = bindComplex(on, call, taken)
  pushBinary(on, a, c, `f64.${op}`)
  pushBinary(on, b, d, `f64.${op}`)
  on.code.op(op === 'eq' ? 'i32.and' : 'i32.or')
  release(on, taken)
}

/** Each part changed by its operation, or as it is. */
export function emitComplexParts(on: FunctionContext, call: Call, ops: readonly (Op | null)[]): void {
  const taken: number[] = []
  bind(on, argument(call, 0), [], taken).forEach((part, i) => {
    push(on, part)
    const op = ops[i] ?? null
    if (op !== null) on.code.op(op)
  })
  release(on, taken)
}

function pushBinary(on: FunctionContext, left: Source, right: Source, op: Op): void {
  push(on, left)
  push(on, right)
  on.code.op(op)
}
