/**
 * Statements as closures that tell how they ended.
 */
import type { StructValue, Value } from '../../objects/values.ts'
import { invariant, SpyError, unreachable } from '../../text/diagnostics.ts'
import type { Assert, AssignLocal, Deferred, If, TypedStmt, Unpack, While } from '../../typed/tree.ts'
import { BREAK, CONTINUE, type Eval, type Exec, NORMAL, RESULT, RETURN, type Unit } from './code.ts'
import { assertionFailed, outOfFuel } from './diagnostics.ts'
import { fail, leavingTyping } from './unwinding.ts'

export function compileBlock(unit: Unit, body: readonly TypedStmt[]): Exec {
  return body.some((stmt) => stmt.kind === 'Deferred')
    ? lazyBlock(unit, body)
    : sequence(body.map((stmt) => compileStmt(unit, stmt)))
}

function sequence(steps: readonly Exec[]): Exec {
  const [a, b, c, d] = steps
  if (a === undefined) return () => NORMAL
  if (b === undefined) return a
  if (c === undefined) {
    return (f) => {
      const done = a(f)
      return done === NORMAL ? b(f) : done
    }
  }
  if (d === undefined) {
    return (f) => {
      let done = a(f)
      if (done !== NORMAL) return done
      done = b(f)
      return done === NORMAL ? c(f) : done
    }
  }
  if (steps.length === 4) {
    return (f) => {
      let done = a(f)
      if (done !== NORMAL) return done
      done = b(f)
      if (done !== NORMAL) return done
      done = c(f)
      return done === NORMAL ? d(f) : done
    }
  }
  return (f) => {
    for (let i = 0; i < steps.length; i++) {
      const done = (steps[i] as Exec)(f)
      if (done !== NORMAL) return done
    }
    return NORMAL
  }
}

/**
 * Statements that are typed when they are reached. Each becomes code at its first execution; when all have, the block
 * is replaced by a plain sequence.
 */
function lazyBlock(unit: Unit, body: readonly TypedStmt[]): Exec {
  const steps = body.map((stmt) => (stmt.kind === 'Deferred' ? null : compileStmt(unit, stmt)))
  let settled: Exec | null = null

  const reach = (i: number): Exec => {
    const typed = force(unit, body[i] as Deferred)
    // Typing may have run this very function, and reached the statement, in the meantime.
    const step = steps[i] ?? unit.block(typed)
    steps[i] = step
    if (steps.every((other) => other !== null)) settled = sequence(steps as Exec[])
    return step
  }

  return (f) => {
    if (settled !== null) return settled(f)
    for (let i = 0; i < steps.length; i++) {
      const done = (steps[i] ?? reach(i))(f)
      if (done !== NORMAL) return done
    }
    return NORMAL
  }
}

function force(unit: Unit, stmt: Deferred): readonly TypedStmt[] {
  try {
    return stmt.force()
  } catch (error) {
    throw leavingTyping(error, unit.place(stmt.span))
  }
}

function compileStmt(unit: Unit, stmt: TypedStmt): Exec {
  switch (stmt.kind) {
    case 'Pass':
      return () => NORMAL
    case 'Break':
      return () => BREAK
    case 'Continue':
      return () => CONTINUE
    case 'Return': {
      const value = unit.expr(stmt.value)
      return (f) => {
        f[RESULT] = value(f)
        return RETURN
      }
    }
    case 'Declare': {
      const slot = unit.slots.declare(stmt.name, stmt.type)
      return stmt.value === null ? () => NORMAL : assign(slot, unit.expr(stmt.value))
    }
    case 'AssignLocal':
      return assignLocal(unit, stmt)
    case 'AssignCell': {
      const { cell } = stmt
      const value = unit.expr(stmt.value)
      return (f) => {
        cell.current = value(f)
        return NORMAL
      }
    }
    case 'Unpack':
      return unpack(unit, stmt)
    case 'ExprStmt': {
      const value = unit.expr(stmt.value)
      return (f) => {
        value(f)
        return NORMAL
      }
    }
    case 'If':
      return branch(unit, stmt)
    case 'While':
      return loop(unit, stmt)
    case 'Assert':
      return assertion(unit, stmt)
    case 'Fail': {
      const place = unit.place(stmt.span)
      return () => {
        throw new SpyError(stmt.error, [place])
      }
    }
    case 'Deferred':
      return lazyBlock(unit, [stmt])
    default:
      return unreachable(stmt)
  }
}

function assign(slot: number, value: Eval): Exec {
  return (f) => {
    f[slot] = value(f)
    return NORMAL
  }
}

function assignLocal(unit: Unit, { name, value }: AssignLocal): Exec {
  const slot = unit.slots.assign(name, value.type)
  if (value.kind === 'Call' && value.func.origin === 'builtin' && value.func.intrinsic.kind === 'primitive') {
    const [left, right] = value.args
    const isCounter =
      value.func.intrinsic.op.name === 'i32_add' &&
      left?.kind === 'LocalRead' &&
      left.name === name &&
      !left.checked &&
      right?.kind === 'Constant'
    if (isCounter) {
      const step = right.value as number
      return (f) => {
        f[slot] = ((f[slot] as number) + step) | 0
        return NORMAL
      }
    }
  }
  return assign(slot, unit.expr(value))
}

function unpack(unit: Unit, stmt: Unpack): Exec {
  const tuple = unit.expr(stmt.value) as Eval<StructValue>
  const targets = stmt.targets.flatMap(({ target, item, convert }, index) => {
    const type = stmt.struct.fields[index]?.type
    invariant(type !== undefined, 'a tuple is unpacked into as many targets as it has items')
    if (target === null) return []
    const slot = unit.slots.assign(item, type)
    const value = unit.expr(convert)
    if (typeof target !== 'string') {
      const store = (f: Parameters<Eval>[0]) => {
        target.current = value(f)
      }
      return [{ index, slot, store }]
    }
    const local = unit.slots.assign(target, convert.type)
    const store = (f: Parameters<Eval>[0]) => {
      f[local] = value(f)
    }
    return [{ index, slot, store }]
  })
  return (f) => {
    const { fields } = tuple(f)
    for (const { index, slot, store } of targets) {
      f[slot] = fields[index] as Value
      store(f)
    }
    return NORMAL
  }
}

function branch(unit: Unit, stmt: If): Exec {
  // The other side of a constant test is dead: there is nothing to compile.
  if (stmt.test.kind === 'Constant') return unit.block(stmt.test.value === true ? stmt.then : stmt.orElse)
  const test = unit.expr(stmt.test)
  const then = unit.block(stmt.then)
  if (stmt.orElse.length === 0) return (f) => (test(f) ? then(f) : NORMAL)
  const orElse = unit.block(stmt.orElse)
  return (f) => (test(f) ? then(f) : orElse(f))
}

function loop(unit: Unit, stmt: While): Exec {
  const test = unit.expr(stmt.test)
  const body = unit.block(stmt.body)
  const { fuel } = unit.link
  if (fuel === null) {
    return (f) => {
      while (test(f)) {
        const done = body(f)
        if (done === BREAK) break
        if (done === RETURN) return RETURN
      }
      return NORMAL
    }
  }
  const place = unit.place(stmt.span)
  return (f) => {
    while (test(f)) {
      if (--fuel.remaining < 0) fail(outOfFuel(fuel.limit), place)
      const done = body(f)
      if (done === BREAK) break
      if (done === RETURN) return RETURN
    }
    return NORMAL
  }
}

function assertion(unit: Unit, stmt: Assert): Exec {
  const test = unit.expr(stmt.test)
  const message = stmt.message === null ? () => 'assertion failed' : (unit.expr(stmt.message) as Eval<string>)
  const place = unit.place(stmt.span)
  return (f) => (test(f) ? NORMAL : fail(assertionFailed(message(f), stmt.span), place))
}
