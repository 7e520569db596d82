/**
 * Expansion of small functions where they are called. Engines of browsers do that for wasm, Node 20 does not, and code of
 * the library is made of functions of one line: an iteration step, a checked list access, a linear interpolation.
 *
 *     return lerp(a, b, 0.5)          a, b: locals of the caller; t: the constant; no locals, no copies
 *
 * Parameters that are never assigned stand for what was passed. `return` delivers the value to where the call wants it
 * and leaves the block that holds the body.
 */
import { endOf } from '../../text/source.ts'
import type { Call, TypedExpr, TypedFunc } from '../../typed/tree.ts'
import type { Destination, Frame, FunctionContext, Source, Variable } from './context.ts'
import { variadicCall } from './diagnostics.ts'
import { mark, placeIn } from './places.ts'
import { storeRoots } from './roots.ts'
import { bind, release, takeLocals } from './sources.ts'

/** Nodes of a function that is worth expanding in a loop, and elsewhere, where the call is made once. */
const MAX_COST_IN_LOOPS = 48
const MAX_COST = 24

/** Nodes that one function may grow by. */
export const INLINE_BUDGET = 2000

const MAX_DEPTH = 8

/** @returns false, having done nothing, if the function should be called */
export function expandCall(on: FunctionContext, call: Call, destination: Destination): boolean {
  const func = on.program.facts.callee(call)
  if (func === undefined || !isWorthwhile(on, func)) return false
  storeRoots(on, call)
  const { cost, onlyReturn } = on.program.facts.func(func)
  const aliases = on.program.facts.expansionAliases(func)
  on.inlineBudget -= cost
  const taken: number[] = []
  const variables = bindVariables(on, call, func, taken)
  const caller = on.frame
  const site = placeIn(caller, call.span)
  const enter = (end: number | undefined): void => {
    on.frame = { func, caller, site, variables, destination, aliases, end, loop: undefined }
  }
  if (onlyReturn !== undefined) {
    enter(undefined)
    on.deliver(onlyReturn, destination)
  } else {
    const types =
      destination.kind === 'stack'
        ? on.program.shapes.wasmTypes(func.type.result).slice(destination.from, destination.to)
        : []
    enter(on.code.block(types))
    finishBody(on, func)
    on.code.end()
  }
  on.frame = caller
  mark(on, call.span)
  release(on, taken)
  return true
}

/** Emit the statements of the frame's function, and what happens at their end. */
export function finishBody(on: FunctionContext, func: TypedFunc): void {
  const outcome = on.run(func.body, true)
  if (outcome === 'closed') {
    on.code.op('unreachable')
  } else if (outcome === 'delivered') {
    leaveFrame(on)
  } else if (on.program.shapes.width(func.type.result) > 0 || func.type.result.kind === 'struct') {
    const message = 'reached the end of the function without a `return`'
    on.program.panics.raise(on, 'TypeError', message, endOf(func.span))
  } else {
    leaveFrame(on)
  }
}

/** At the end of the wasm function, not of a call that is expanded in it. */
export function leaveFrame(on: FunctionContext): void {
  if (on.frame.caller === undefined) on.roots?.frame.leave()
}

/** Each argument has a parameter of its own. */
export function checkArity(call: Call, func: TypedFunc): void {
  const isVariadic = func.type.params.some((param) => param.kind === 'var_positional')
  if (isVariadic || call.args.length !== func.params.length) variadicCall(call.span)
}

function isWorthwhile(on: FunctionContext, func: TypedFunc): boolean {
  const { cost } = on.program.facts.func(func)
  if (cost > MAX_COST_IN_LOOPS || cost > on.inlineBudget) return false
  if (on.program.collector?.rootsOf(func) !== undefined) return false // it has a frame of its own
  let depth = 0
  let isInLoop = false
  for (let frame: Frame | undefined = on.frame; frame !== undefined; frame = frame.caller) {
    if (frame.func === func || ++depth > MAX_DEPTH) return false
    isInLoop ||= frame.loop !== undefined
  }
  return isInLoop || cost <= MAX_COST
}

function bindVariables(on: FunctionContext, call: Call, func: TypedFunc, taken: number[]): Map<string, Variable> {
  const { assigned, checked } = on.program.facts.func(func)
  checkArity(call, func)
  const variables = new Map<string, Variable>()
  const shownName = (name: string): string => `${func.fqn.last.name}.${name}`
  call.args.forEach((arg, index) => {
    const param = func.params[index]
    if (param === undefined) return
    const parts = assigned.has(param.name)
      ? copyArgument(on, arg, taken, shownName(param.name))
      : bind(on, arg, call.args.slice(index + 1), taken, shownName(param.name))
    variables.set(param.name, { type: param.type, parts, isSet: undefined })
  })
  for (const { name, type } of func.locals) {
    const parts = takeLocals(on, type, taken, shownName(name))
    const isSet = checked.has(name) ? clearedFlag(on, taken) : undefined
    variables.set(name, { type, parts, isSet })
  }
  return variables
}

/** Own locals for a parameter that the body assigns. */
function copyArgument(on: FunctionContext, arg: TypedExpr, taken: number[], name: string): readonly Source[] {
  on.emit(arg, 0, on.program.shapes.width(arg.type))
  const locals = takeLocals(on, arg.type, taken, name)
  for (const { index } of [...locals].reverse()) on.code.set(index)
  return locals
}

/** The body may be expanded in a loop: what was set the last time is not set now. */
function clearedFlag(on: FunctionContext, taken: number[]): number {
  const flag = on.code.temporary('i32')
  taken.push(flag)
  on.code.i32(0)
  on.code.set(flag)
  return flag
}
