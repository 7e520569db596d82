/**
 * A running program that can be started again.
 *
 * A SPy error leaves a program usable: the stack pointer and the root frames, which the functions that were cut short
 * could not put back, return to where they stood before. A trap that is no SPy error, or an exhausted stack, leaves it in an unknown state:
 * every further use throws, until `reset` starts it with fresh memory.
 */
import { SpyError } from '../errors.ts'
import type { Guest, GuestFunction } from '../memory/guest.ts'

export interface Instance extends Guest {
  exports: Exports
  memory: WebAssembly.Memory
  /** What to throw when a call of an export failed with `error`; facades let no call fail without it. */
  fail(error: unknown): unknown
  /** Start again with fresh memory. Views of the old memory are dead. */
  reset(): void
  /** Let go of the memory. Every later use throws. */
  dispose(): void
}

export type Exports = Readonly<Record<string, GuestFunction>>

/** A host function: given the program that will call it, what it imports. */
export type HostImport = (guest: Guest) => (...args: never[]) => number | bigint | undefined

/** Exports of which every use throws: unless told otherwise, because the program was stopped in the middle of something. */
export const unusable = (message = 'instance is in an undefined state after a trap'): Exports =>
  new Proxy({} as Exports, {
    get() {
      throw new SpyError('PanicError', message)
    },
  })

/**
 * @param start  instantiates the program, whose host functions find its memory in their argument, when they are called
 * @returns the program, running: what its module does at the start has been done
 */
export function startProgram(start: (guest: Guest) => WebAssembly.Exports): Instance {
  let stack: WebAssembly.Global | undefined
  let top: unknown
  const program = {
    fail(error: unknown): unknown {
      // The engines have no class of their own for it: V8 and JavaScriptCore "Maximum call stack", SpiderMonkey "recursion".
      // C has a stack of its own, at the bottom of memory.
      const overflow = /call stack|recursion/.test((error as Error)?.message) || stack?.value < 0
      if (overflow || error instanceof WebAssembly.RuntimeError) {
        program.exports = unusable()
      } else {
        if (stack) stack.value = top
        program.exports.spy_gc_unwind?.()
      }
      return overflow ? new SpyError('PanicError', 'stack overflow') : error
    },
    reset(): void {
      const exports = start(program)
      program.exports = exports as Exports
      program.memory = exports.memory as WebAssembly.Memory
      stack = exports.__stack_pointer as WebAssembly.Global | undefined
      top = stack?.value
      program.exports._initialize?.()
    },
    dispose(): void {
      program.exports = unusable('instance is disposed')
      program.memory = new WebAssembly.Memory({ initial: 0 })
    },
  } as Instance
  program.reset()
  return program
}
