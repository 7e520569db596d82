/** Errors about names, assignments and statements. */
import type { SpyType } from '../../objects/types.ts'
import { blame, type Diagnostic, note, SpyError } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import { typeError } from '../dispatch/diagnostics.ts'
import type { Vm } from '../vm/vm.ts'

export function nameNotDefined(name: string, at: Span): SpyError {
  return new SpyError({
    class: 'NameError',
    message: `name \`${name}\` is not defined`,
    annotations: [blame('not found in this scope', at)],
  })
}

export function usedBeforeDefinition(name: string, at: Span): SpyError {
  return new SpyError({
    class: 'NameError',
    message: `name \`${name}\` is not defined`,
    annotations: [blame('used before its definition', at)],
  })
}

export function uninitializedLocal(at: Span): SpyError {
  return new SpyError({ class: 'Exception', message: 'read from uninitialized local', annotations: [blame('', at)] })
}

export function redCapture(name: Span, definition: Span): SpyError {
  return typeError('cannot capture a red variable', [
    blame('this is red', name),
    note('variable defined here', definition),
  ])
}

/** @param use  what a blue function does with a module variable when import time is over */
export function cellAtBlueTime(use: 'read' | 'assign', name: Span): SpyError {
  return typeError(`cannot ${use} a variable at blue time`, [blame('this is red', name)])
}

export function alreadyDeclared(name: string, now: Span, before: Span): SpyError {
  return new SpyError({
    class: 'ScopeError',
    message: `variable \`${name}\` already declared`,
    annotations: [blame('this is the new declaration', now), note('this is the previous declaration', before)],
  })
}

export interface ConstTarget {
  readonly name: string
  readonly target: Span
  readonly origin: string
  readonly definition: Span
}

export function invalidAssignmentTarget({ name, target, origin, definition }: ConstTarget): SpyError {
  const annotations = [blame(`${name} is const`, target), note(`const declared here (${origin})`, definition)]
  if (origin === 'global-const') annotations.push(note(`help: declare it as variable: \`var ${name} ...\``, definition))
  if (origin === 'blue-param') annotations.push(note('blue function arguments are const by default', definition))
  return typeError('invalid assignment target', annotations)
}

export function recursiveInlining(func: string, call: Span): SpyError {
  return typeError(`cannot inline a recursive call to @force_inline function \`${func}\``, [
    blame('recursive inline call', call),
  ])
}

export function notLocal(name: string, target: Span): SpyError {
  return typeError('invalid assignment target', [blame(`${name} is not local`, target)])
}

export function expectedType(vm: Vm, got: SpyType, at: Span): SpyError {
  return typeError(`expected \`type\`, got \`${vm.human(got)}\``, [blame('expected `type`', at)])
}

export function intOutOfRange(value: bigint, at: Span): SpyError {
  return new SpyError({
    class: 'ValueError',
    message: `integer literal ${value} is out of range for i32; use i64(${value}) or u64(${value}) to get a 64-bit value`,
    annotations: [blame('integer literal out of range', at)],
  })
}

export function noUnpacking(vm: Vm, type: SpyType, at: Span): SpyError {
  return typeError(`\`${vm.human(type)}\` does not support unpacking`, [blame(`this is \`${vm.human(type)}\``, at)])
}

export function wrongUnpackCount(targets: Span, expected: number, value: Span, got: number): SpyError {
  const values = (count: number): string => `${count} ${count === 1 ? 'value' : 'values'}`
  return typeError('Wrong number of values to unpack', [
    blame(`expected ${values(expected)}`, targets),
    blame(`got ${values(got)}`, value),
  ])
}

/** The statement or expression is understood, but this version cannot do it yet. */
export function notImplementedYet(what: string, at: Span): SpyError {
  const diagnostic: Diagnostic = {
    class: 'WIP',
    message: `not implemented yet: ${what}`,
    annotations: [blame('this is not supported', at)],
  }
  return new SpyError(diagnostic)
}
