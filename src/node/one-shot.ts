/** How V8 is told that a process compiles one program and ends. */
import { setFlagsFromString } from 'node:v8'

/**
 * In a process that compiles once, most of the compiler runs too few times to repay its own optimisation, which takes
 * a third of the time: V8 optimises a function only when it is seven to ten times as hot as usual from here on. A dev
 * server, which compiles the same program again and again, is better off with V8's own choice.
 *
 * Call it before the compiler is loaded.
 */
export function expectOneCompilation(): void {
  const flag = FLAGS.get(Number.parseInt(process.versions.v8, 10))
  if (flag !== undefined) setFlagsFromString(flag)
}

/** By version of V8, which complains on standard error about a flag that it does not have: new ones get none. */
const FLAGS: ReadonlyMap<number, string> = new Map([
  [11, '--interrupt-budget=1000000'],
  [12, '--invocation-count-for-turbofan=30000'],
  [13, '--invocation-count-for-turbofan=30000'],
])
