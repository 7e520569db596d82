/**
 * Root frames: slots on C's stack, where the collector of libspy finds the pointers that functions hold.
 *
 *     function begins    $roots = stack pointer - size;  $roots.previous = *frames;  $roots.count = 2;  *frames = $roots
 *     before a call      $roots.slots[0] = $name
 *     function ends      *frames = $roots.previous;  stack pointer = $roots + size
 *
 * A panic leaves frames behind; the host takes back both words.
 */
import { ROOT_FRAME } from '../../../src/runtime/abi/layout.ts'
import { gcOffsets, gcParts } from '../../objects/gc-pointers.ts'
import { alignUp } from '../../objects/layout.ts'
import { invariant } from '../../text/diagnostics.ts'
import { BUILTINS_SPAN } from '../../text/source.ts'
import type { Collection, FuncRoots, RootStore } from '../../typed/roots.ts'
import type { TypedExpr, TypedFunc, While } from '../../typed/tree.ts'
import type { FunctionContext } from './context.ts'
import type { FunctionBody, ModuleWriter } from './encode.ts'
import type { RootRange } from './image.ts'
import type { CodePlace } from './places.ts'
import type { RuntimeImports } from './runtime-imports.ts'
import { push, variableOf } from './sources.ts'

const MODES = { auto: 1, stress: 2 } as const

/** C wants its stack aligned. */
const STACK_ALIGN = 16

/** What the program has of the collector; nothing is imported before it is asked for. */
export class Collector {
  readonly #collection: Collection
  readonly #module: ModuleWriter<CodePlace>
  readonly #runtime: RuntimeImports
  readonly #image: () => number
  #stackPointer: number | undefined
  #frames: number | undefined

  /** @param image  imports the address of the image */
  constructor(collection: Collection, module: ModuleWriter<CodePlace>, runtime: RuntimeImports, image: () => number) {
    this.#image = image
    this.#collection = collection
    this.#module = module
    this.#runtime = runtime
  }

  /** Undefined for functions without a frame. */
  rootsOf(func: TypedFunc): FuncRoots | undefined {
    return this.#collection.plan.functions.get(func.fqn.text)
  }

  mayAllocate(func: TypedFunc): boolean {
    return this.#collection.plan.allocating.has(func.fqn.text)
  }

  /** Write the beginning of a frame. */
  enter(code: FunctionBody<CodePlace>, slots: number): RootFrame {
    // Who allocates needs the image, too. It comes first, as it does without a collector: code is the same with both.
    this.#image()
    this.#stackPointer ??= this.#module.importMutableGlobal('spy_runtime', '__stack_pointer', 'i32')
    this.#frames ??= this.#module.importGlobal('spy', 'frames', 'i32')
    return new RootFrame(code, slots, this.#stackPointer, this.#frames)
  }

  /** The host enters the program: time to collect what its last call has left. */
  boundary(code: FunctionBody<CodePlace>): void {
    code.call(this.#runtime.function('spy_gc_boundary'))
  }

  /**
   * At the start of the program: what it wants, and its variables and constant memory that are roots. Those matter also
   * if it does not allocate, because the images of the versions before it are collected.
   */
  start(code: FunctionBody<CodePlace>, ranges: readonly RootRange[], image: () => number): void {
    if (this.#runtime.allocates) {
      const { stress, poison } = this.#collection
      code.i32(MODES[stress ? 'stress' : 'auto'])
      code.i32(poison ? 1 : 0)
      code.call(this.#runtime.function('spy_gc_configure'))
    }
    for (const { offset, count, map } of ranges) {
      code.globalGet(image())
      code.i32(offset)
      code.op('i32.add')
      code.i32(count)
      code.globalGet(image())
      code.i32(map)
      code.op('i32.add')
      code.call(this.#runtime.function('spy_gc_add_roots'))
    }
  }
}

export class RootFrame {
  readonly #code: FunctionBody<CodePlace>
  readonly #size: number
  readonly #stackPointer: number
  readonly #frames: number
  readonly #frame: number

  constructor(code: FunctionBody<CodePlace>, slots: number, stackPointer: number, frames: number) {
    this.#code = code
    this.#size = alignUp(ROOT_FRAME.slots + 4 * slots, STACK_ALIGN)
    this.#stackPointer = stackPointer
    this.#frames = frames
    this.#frame = code.local('i32', '$roots')
    code.globalGet(stackPointer)
    code.i32(this.#size)
    code.op('i32.sub')
    code.tee(this.#frame)
    code.globalSet(stackPointer)
    code.get(this.#frame)
    code.globalGet(frames)
    code.load('i32.load', 0)
    code.store('i32.store', ROOT_FRAME.previous)
    code.get(this.#frame)
    code.i32(slots)
    code.store('i32.store', ROOT_FRAME.count)
    code.globalGet(frames)
    code.get(this.#frame)
    code.store('i32.store', 0)
  }

  /** Store what `pushValue` leaves on the stack. */
  store(slot: number, pushValue: () => void): void {
    this.#code.get(this.#frame)
    pushValue()
    this.#code.store('i32.store', ROOT_FRAME.slots + 4 * slot)
  }

  leave(): void {
    this.#code.globalGet(this.#frames)
    this.#code.get(this.#frame)
    this.#code.load('i32.load', ROOT_FRAME.previous)
    this.#code.store('i32.store', 0)
    this.#code.get(this.#frame)
    this.#code.i32(this.#size)
    this.#code.op('i32.add')
    this.#code.globalSet(this.#stackPointer)
  }
}

/** What the plan wants to be stored before `node` is evaluated, or the loop begins. */
export function storeRoots(on: FunctionContext, node: TypedExpr | While): void {
  if (on.roots === undefined) return
  const { frame, stores } = on.roots
  for (const store of stores.get(node) ?? []) frame.store(store.slot, () => pushRoot(on, store))
}

function pushRoot(on: FunctionContext, { value }: RootStore): void {
  if (value === null) return on.code.i32(0)
  const { of, index } = value
  if ('name' in of) {
    const part = gcParts(of.type, on.program.shapes.mode)[index]
    const source = part === undefined ? undefined : variableOf(on, of.name).parts[part]
    invariant(source !== undefined, 'roots are parts of variables')
    return push(on, source)
  }
  const offset = gcOffsets(of.valueType, on.program.shapes.mode)[index]
  invariant(offset !== undefined, 'roots are parts of module variables')
  on.code.globalGet(on.program.image.global)
  on.code.load('i32.load', on.program.image.cell(of, BUILTINS_SPAN) + offset)
}
