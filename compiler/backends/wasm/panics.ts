/**
 * The ways in which emitted code fails. Where a check stands, a failure costs a constant and a call: what the error says
 * stands in a cold function of its own, one for each class, message and file, that gets only the position.
 *
 *     local.get $y
 *     i32.eqz
 *     if
 *       i32.const 12:9
 *       call $ZeroDivisionError: integer modulo by zero
 *       unreachable
 *     end
 */

import type { RuntimeFunctionName } from '../../../src/runtime/abi/functions.ts'
import { packPosition } from '../../../src/runtime/abi/layout.ts'
import type { Span } from '../../text/source.ts'
import type { FunctionContext } from './context.ts'
import { type FuncRef, FunctionBody, type ModuleWriter, type Signature } from './encode.ts'
import type { Image } from './image.ts'
import { type CodePlace, mark } from './places.ts'
import type { RuntimeImports } from './runtime-imports.ts'

/** Accesses that are checked; the numbers are those of `spy_panic_pointer`. */
const POINTER_ACCESSES = { getitem: 0, store: 1, getfield: 2 } as const

export type PointerAccess = keyof typeof POINTER_ACCESSES

const POSITION: Signature = { params: ['i32'], results: [] }
const POINTER: Signature = { params: ['i32', 'i32', 'i32', 'i32'], results: [] }

export class Panics {
  readonly #module: ModuleWriter<CodePlace>
  readonly #image: Image
  readonly #runtime: RuntimeImports
  readonly #functions = new Map<string, FuncRef>()

  constructor(module: ModuleWriter<CodePlace>, image: Image, runtime: RuntimeImports) {
    this.#module = module
    this.#image = image
    this.#runtime = runtime
  }

  /** `raise etype(message)`; never returns. */
  raise(on: FunctionContext, etype: string, message: string, span: Span): void {
    const ref = this.#function(`${etype}: ${message}`, span.file.path, POSITION, ['position'], (cold) => {
      this.#pushString(cold, etype)
      this.#pushString(cold, message)
      this.#pushString(cold, span.file.path)
      cold.get(0)
      return 'spy_raise'
    })
    mark(on, span)
    on.code.i32(positionOf(span))
    on.code.call(ref)
    on.code.op('unreachable')
  }

  /** An access through NULL or out of bounds: expects address, index and length on the stack, never returns. */
  pointer(on: FunctionContext, access: PointerAccess, span: Span): void {
    const params = ['address', 'index', 'length', 'position']
    const ref = this.#function(`PanicError: ptr_${access}`, span.file.path, POINTER, params, (cold) => {
      cold.i32(POINTER_ACCESSES[access])
      cold.get(0)
      cold.get(1)
      cold.get(2)
      this.#pushString(cold, span.file.path)
      cold.get(3)
      return 'spy_panic_pointer'
    })
    mark(on, span)
    on.code.i32(positionOf(span))
    on.code.call(ref)
    on.code.op('unreachable')
  }

  /** The two last arguments of runtime functions that can fail: file and position. */
  pushPlace(on: FunctionContext, span: Span): void {
    mark(on, span)
    this.#pushString(on.code, span.file.path)
    on.code.i32(positionOf(span))
  }

  #function(
    name: string,
    file: string,
    signature: Signature,
    params: readonly string[],
    pushArguments: (body: FunctionBody<CodePlace>) => RuntimeFunctionName,
  ): FuncRef {
    const key = `${file}\n${name}`
    const known = this.#functions.get(key)
    if (known !== undefined) return known
    const ref = this.#module.declareFunction(name, signature)
    this.#functions.set(key, ref)
    const body = new FunctionBody<CodePlace>(this.#module, signature, params)
    const raise = pushArguments(body)
    body.call(this.#runtime.function(raise))
    body.op('unreachable')
    this.#module.setBody(ref, body)
    return ref
  }

  #pushString(body: FunctionBody<CodePlace>, text: string): void {
    body.globalGet(this.#image.global)
    body.i32(this.#image.string(text))
    body.op('i32.add')
  }
}

/** Line and column in one word; 0 for what stands in no text. */
export function positionOf(span: Span): number {
  if (!span.file.isReadable) return 0
  const { line, column } = span.file.lines.position(span.start)
  return packPosition(line, column + 1)
}
