/**
 * Linearization: blocks disappear, and the left-to-right order of effects becomes an order of statements.
 *
 *     return a - hits * hit(5)    →    $v0: i32 = a
 *                                      $v1: i32 = hits
 *                                      $v2: i32 = hit(5)
 *                                      return $v0 - $v1 * $v2
 *
 * In:  typed functions, without statements that wait to be typed.
 * Out: the same behaviour; see typed/linear for what holds of it. Temporaries `$v0`, `$v1`, ... are ordinary locals
 *      behind all others. None of them holds a reference, unless a call returned it.
 */
import type { LinearFunc, LinearProgram } from '../../typed/linear.ts'
import type { TypedFunc, TypedProgram } from '../../typed/tree.ts'
import { linearizeBody } from './rewrite.ts'
import { Temporaries } from './temporaries.ts'

export function linearize(program: TypedProgram): LinearProgram {
  const functions = new Map<string, LinearFunc>()
  for (const [key, func] of program.functions) functions.set(key, linearizeFunction(func))
  return { ...program, functions }
}

/** The program with these functions only, for who needs no more of it. */
export function linearizeSome(program: TypedProgram, fqns: Iterable<string>): LinearProgram {
  const functions = new Map<string, LinearFunc>()
  for (const fqn of fqns) {
    const func = program.functions.get(fqn)
    if (func !== undefined) functions.set(fqn, linearizeFunction(func))
  }
  return { ...program, functions }
}

export function linearizeFunction(func: TypedFunc): LinearFunc {
  const temporaries = new Temporaries()
  const body = linearizeBody(func.body, temporaries)
  return { ...func, body, locals: [...func.locals, ...temporaries.locals] }
}
