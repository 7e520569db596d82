/**
 * Calls. Arguments are evaluated straight into the frame of the callee, so that a call allocates that frame and nothing
 * else. A site looks its function up when it is executed for the first time, after the arguments have been evaluated.
 */
import type { SpyType, StructType } from '../../objects/types.ts'
import { type FuncObject, type PtrValue, structValue, type Value } from '../../objects/values.ts'
import type { Call, IndirectCall } from '../../typed/tree.ts'
import { classOf, classOperation } from './class-operations.ts'
import type { Eval, Frame, Unit } from './code.ts'
import { callOfNothing, outOfFuel } from './diagnostics.ts'
import { compileIntrinsic } from './intrinsics.ts'
import type { Callable, Fuel, Link } from './link.ts'
import { Routine } from './routine.ts'
import { fail, leaving, type Place } from './unwinding.ts'

export function compileCall(unit: Unit, node: Call): Eval {
  const { func } = node
  const place = unit.place(node.span)
  const intrinsic = func.origin === 'builtin' ? func.intrinsic : undefined
  if (intrinsic?.kind === 'class') {
    const { operation } = intrinsic
    return operation.kind === 'virtual'
      ? virtualCall(unit, operation.name, node, place)
      : classOperation(unit, operation, node, place)
  }
  if (intrinsic !== undefined && intrinsic.kind !== 'blue') {
    return compileIntrinsic(unit, intrinsic, node.args, place)
  }
  const site = new CallSite(unit.link, func, place)
  const args = node.args.map((arg) => unit.expr(arg))
  const last = func.params[func.params.length - 1]
  if (last?.kind === 'var_positional') return variadicCall(site, args, func.params.length - 1)
  return fixedCall(site, args)
}

/** One place where a known function is called. */
class CallSite {
  readonly place: Place
  readonly #link: Link
  readonly #func: FuncObject
  readonly #fuel: Fuel | null
  #callable: Callable | null = null
  /** The callee, once it is known to be one of ours: then the fast way in may be taken. */
  routine: Routine | null = null

  constructor(link: Link, func: FuncObject, place: Place) {
    this.#link = link
    this.#func = func
    this.#fuel = link.fuel
    this.place = place
  }

  /** The fast way: a frame of the routine, with its parameters set. */
  enter(routine: Routine, frame: Frame): Value {
    const fuel = this.#fuel
    if (fuel !== null && --fuel.remaining < 0) fail(outOfFuel(fuel.limit), this.place)
    try {
      return routine.enter(frame)
    } catch (error) {
      throw leaving(error, this.place)
    }
  }

  /** The way that is always open. `pack` makes values for the parameters of the routine, if it is one. */
  call(args: readonly Value[], pack?: (routine: Routine) => readonly Value[]): Value {
    const fuel = this.#fuel
    if (fuel !== null && --fuel.remaining < 0) fail(outOfFuel(fuel.limit), this.place)
    try {
      if (this.#callable === null) {
        this.#callable = this.#link.callable(this.#func)
        if (this.#callable instanceof Routine) this.routine = this.#callable
      }
      return this.#callable.call(this.routine !== null && pack !== undefined ? pack(this.routine) : args)
    } catch (error) {
      throw leaving(error, this.place)
    }
  }
}

function fixedCall(site: CallSite, args: readonly Eval[]): Eval {
  const [a, b, c] = args
  if (a === undefined) {
    return () => {
      const { routine } = site
      return routine === null ? site.call([]) : site.enter(routine, routine.frame())
    }
  }
  if (b === undefined) {
    return (f) => {
      const { routine } = site
      if (routine === null) return site.call([a(f)])
      const frame = routine.frame()
      frame[1] = a(f)
      return site.enter(routine, frame)
    }
  }
  if (c === undefined) {
    return (f) => {
      const { routine } = site
      if (routine === null) return site.call([a(f), b(f)])
      const frame = routine.frame()
      frame[1] = a(f)
      frame[2] = b(f)
      return site.enter(routine, frame)
    }
  }
  if (args.length === 3) {
    return (f) => {
      const { routine } = site
      if (routine === null) return site.call([a(f), b(f), c(f)])
      const frame = routine.frame()
      frame[1] = a(f)
      frame[2] = b(f)
      frame[3] = c(f)
      return site.enter(routine, frame)
    }
  }
  return (f) => {
    const { routine } = site
    if (routine === null) return site.call(args.map((arg) => arg(f)))
    const frame = routine.frame()
    for (let i = 0; i < args.length; i++) frame[i + 1] = (args[i] as Eval)(f)
    return site.enter(routine, frame)
  }
}

/** `*args`: a routine receives the arguments from `fixed` on as one tuple; other callables receive them as they are. */
function variadicCall(site: CallSite, args: readonly Eval[], fixed: number): Eval {
  return (f) => {
    const values = args.map((arg) => arg(f))
    return site.call(values, (routine) => {
      const tuple = routine.func.params[fixed]?.type
      if (tuple?.kind !== 'struct') return values
      return [...values.slice(0, fixed), structValue(tuple as StructType, values.slice(fixed))]
    })
  }
}

/** The method that the class of the first argument has; the site of the latest class is kept. */
function virtualCall(unit: Unit, name: string, node: Call, place: Place): Eval {
  const { link } = unit
  const args = node.args.map((arg) => unit.expr(arg))
  let latest: { readonly type: SpyType; readonly site: CallSite } | null = null
  return (f) => {
    const values = args.map((arg) => arg(f))
    const type = classOf(link.memory, values[0] as PtrValue)
    latest = latest?.type === type ? latest : { type, site: new CallSite(link, link.methodOf(type, name), place) }
    return latest.site.call(values)
  }
}

export function compileIndirectCall(unit: Unit, node: IndirectCall): Eval {
  const { link } = unit
  const place = unit.place(node.span)
  const callee = unit.expr(node.callee) as Eval<FuncObject | null>
  const args = node.args.map((arg) => unit.expr(arg))
  let latest: { readonly func: FuncObject; readonly site: CallSite } | null = null
  return (f) => {
    const func = callee(f)
    const values = args.map((arg) => arg(f))
    if (func === null) fail(callOfNothing(node.callee.span), place)
    latest = latest?.func === func ? latest : { func, site: new CallSite(link, func, place) }
    return latest.site.call(values)
  }
}
