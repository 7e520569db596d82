/**
 * A typed function that can be called, and its running activations.
 */
import { isBoxed } from '../../objects/types.ts'
import type { BlueValue, Value } from '../../objects/values.ts'
import { type Diagnostic, invariant, isStackExhausted, SpyError } from '../../text/diagnostics.ts'
import type { TypedFunc } from '../../typed/tree.ts'
import { stackOverflow } from '../dispatch/diagnostics.ts'
import type { Eval, Frame, Slots } from './code.ts'
import type { Callable } from './link.ts'

export class Routine implements Callable {
  readonly func: TypedFunc
  readonly slots: Slots
  readonly #template: Frame
  /** Runs a frame whose parameters are set, to the result. Compiles the body when it is first called. */
  enter: Eval

  constructor(func: TypedFunc, slots: Slots, compile: () => Eval) {
    this.func = func
    this.slots = slots
    this.#template = slots.template
    this.enter = (frame) => {
      this.enter = compile()
      return this.enter(frame)
    }
  }

  /** A frame to be filled: parameters from slot 1 on. */
  frame(): Frame {
    return this.#template.slice()
  }

  call(args: readonly Value[]): Value {
    return this.activate(args).run()
  }

  /** A frame with arguments that has not started to run. */
  activate(args: readonly Value[]): Activation {
    invariant(args.length === this.func.params.length, `${this.func.fqn.text} is called with all of its arguments`)
    const frame = this.frame()
    for (let i = 0; i < args.length; i++) frame[i + 1] = args[i]
    return new Activation(this, frame)
  }
}

/** One execution of a function: what code that is typed while it runs can see of it. */
export class Activation {
  readonly #routine: Routine
  readonly #frame: Frame
  isRunning = false

  constructor(routine: Routine, frame: Frame) {
    this.#routine = routine
    this.#frame = frame
  }

  /** Run to the end. Once. */
  run(): Value {
    this.isRunning = true
    try {
      return this.#routine.enter(this.#frame)
    } catch (error) {
      throw isStackExhausted(error) ? new SpyError(this.#overflow()) : error
    } finally {
      this.isRunning = false
    }
  }

  /** What a local holds now, with its dynamic type. Undefined while it is unset or not known. */
  readLocal(name: string): BlueValue | undefined {
    const local = this.#routine.slots.find(name)
    if (local === undefined) return undefined
    const value = this.#frame[local.index]
    if (value === undefined) return undefined
    return isBoxed(local.type) ? (value as BlueValue) : { type: local.type, value }
  }

  #overflow(): Diagnostic {
    return stackOverflow(this.#routine.func.span)
  }
}
