/** How V8 is told that a process compiles one program and ends. */
import { setFlagsFromString } from 'node:v8'

/**
 * In a process that compiles once, most of the compiler runs too few times to repay its own optimisation, which takes
 * a third of the time: V8 optimises a function only when it is seven to ten times as hot as usual from here on. A dev
 * server, which compiles the same program again and again, is better off with V8's own choice.
 *
 * Call it before the compiler is loaded. V8 complains about flags that it does not have, so each version gets its own.
 */
export function expectOneCompilation(): void {
  const major = Number.parseInt(process.versions.v8, 10)
  setFlagsFromString(major < 12 ? '--interrupt-budget=1000000' : '--invocation-count-for-turbofan=30000')
}
