/** One wasm function from one function of the program. Here the rooms of the emitter are plugged together. */
import type { FuncRoots } from '../../typed/roots.ts'
import type { TypedFunc, TypedStmt } from '../../typed/tree.ts'
import { temporaryAliases } from './aliases.ts'
import type { Frame, FunctionContext, ProgramContext, Source, Variable } from './context.ts'
import { FunctionBody, type Signature } from './encode.ts'
import { finishBody, INLINE_BUDGET } from './expansion.ts'
import { deliverExpr, emitExpr } from './expressions.ts'
import { KnownChecks } from './known-checks.ts'
import { KnownLoads } from './known-loads.ts'
import { type CodePlace, PLACE_PARAMS, placeIn } from './places.ts'
import { runStatements } from './statements.ts'

/** Bytes of code that few functions exceed. */
const USUAL_SIZE = 512

const NO_ALIASES: ReadonlySet<TypedStmt> = new Set()

export function emitFunction(program: ProgramContext, func: TypedFunc): FunctionBody<CodePlace> {
  const roots = program.collector?.rootsOf(func)
  return roots === undefined ? emitTree(program, func, undefined) : emitTree(program, roots.tree, roots)
}

function emitTree(program: ProgramContext, func: TypedFunc, roots: FuncRoots | undefined): FunctionBody<CodePlace> {
  const { shapes, facts } = program
  const isTracked = program.isTracked(func)
  const paramNames = func.params.flatMap(({ name, type }) => shapes.parts(type).map((part) => name + part.suffix))
  if (isTracked) paramNames.push(...PLACE_PARAMS.map(({ name }) => name))
  const signature = functionSignature(program, func)
  const code = new FunctionBody<CodePlace>(program.module, signature, paramNames, USUAL_SIZE)
  // Without checks, what stands in a local of a pointer may be anything before it is set.
  const watches = shapes.mode === 'debug' && facts.func(func).hasLoops
  const loads = watches ? new KnownLoads(program.module, code, () => program.image.global) : undefined
  const variables = new Map<string, Variable>()
  let next = 0
  for (const { name, type } of func.params) {
    const parts = shapes.parts(type).map((): Source => ({ kind: 'local', index: next++ }))
    variables.set(name, { type, parts, isSet: undefined })
  }
  const placeParams = isTracked ? ([next, next + 1] as const) : undefined
  const { checked } = facts.func(func)
  for (const { name, type } of func.locals) {
    // Others are the compiler's: nobody looks for them.
    const isSeen = !name.startsWith('$')
    const parts = shapes
      .parts(type)
      .map(({ wasm, suffix }): Source => ({ kind: 'local', index: code.local(wasm, isSeen ? name + suffix : '') }))
    const isSet = checked.has(name) ? code.local('i32', `${name} is set`) : undefined
    variables.set(name, { type, parts, isSet })
  }
  const checks = shapes.mode === 'debug' ? new KnownChecks(code.localCount) : undefined
  for (const watcher of [loads, checks]) if (watcher !== undefined) code.watchers.push(watcher)
  const destination = { kind: 'stack', from: 0, to: shapes.width(func.type.result) } as const
  const frame: Frame = {
    func,
    caller: undefined,
    site: undefined,
    variables,
    destination,
    aliases: roots === undefined ? NO_ALIASES : temporaryAliases(func),
    end: undefined,
    loop: undefined,
  }
  code.mark(placeIn(frame, func.span))
  const context: FunctionContext = {
    program,
    code,
    roots: roots && program.collector && { frame: program.collector.enter(code, roots.slots), stores: roots.stores },
    checks,
    loads,
    frame,
    placeParams,
    inlineBudget: INLINE_BUDGET,
    emit: (expr, from, to) => emitExpr(context, expr, from, to),
    deliver: (expr, to) => deliverExpr(context, expr, to),
    run: (body, tail) => runStatements(context, body, tail),
  }
  finishBody(context, func)
  loads?.readEarly()
  return code
}

/** How the function is called inside of the program. */
export function functionSignature(program: ProgramContext, func: TypedFunc): Signature {
  const types = func.params.map((param) => param.type)
  const { params, results } = program.shapes.signature(types, func.type.result)
  return program.isTracked(func)
    ? { params: [...params, ...PLACE_PARAMS.map(({ type }) => type)], results }
    : { params, results }
}
