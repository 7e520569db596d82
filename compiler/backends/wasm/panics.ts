/**
 * The ways in which emitted code fails. Where a check stands, a failure costs a constant and a call: what the error says
 * stands in a cold function of its own, one for each class, message and file, that gets only the position. In functions
 * that are given the place of their call, it gets the file, too.
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
import { type CodePlace, mark, toldPlace } from './places.ts'
import type { RuntimeImports } from './runtime-imports.ts'

/** Accesses that are checked; the numbers are those of `spy_panic_pointer`. */
const POINTER_ACCESSES = { getitem: 0, store: 1, getfield: 2 } as const

export type PointerAccess = keyof typeof POINTER_ACCESSES

export class Panics {
  readonly #module: ModuleWriter<CodePlace>
  readonly #image: Image
  readonly #runtime: RuntimeImports
  readonly #fileName: (path: string) => string
  readonly #functions = new Map<string, FuncRef>()

  /** @param fileName  how the file at a path is called */
  constructor(
    module: ModuleWriter<CodePlace>,
    image: Image,
    runtime: RuntimeImports,
    fileName: (path: string) => string,
  ) {
    this.#module = module
    this.#image = image
    this.#runtime = runtime
    const names = new Map<string, string>()
    this.#fileName = (path) => {
      const known = names.get(path) ?? fileName(path)
      names.set(path, known)
      return known
    }
  }

  /** `raise etype(message)`; never returns. */
  raise(on: FunctionContext, etype: string, message: string, span: Span): void {
    this.#fail(on, `${etype}: ${message}`, [], span, (cold) => {
      this.#pushString(cold, etype)
      this.#pushString(cold, message)
      return 'spy_raise'
    })
  }

  /** An access through NULL or out of bounds: expects address, index and length on the stack, never returns. */
  pointer(on: FunctionContext, access: PointerAccess, span: Span): void {
    this.#fail(on, `PanicError: ptr_${access}`, ['address', 'index', 'length'], span, (cold) => {
      cold.i32(POINTER_ACCESSES[access])
      cold.get(0)
      cold.get(1)
      cold.get(2)
      return 'spy_panic_pointer'
    })
  }

  /** The two last arguments of tracked functions, and of runtime functions that can fail: file and position. */
  pushPlace(on: FunctionContext, span: Span): void {
    mark(on, span)
    const place = toldPlace(on, span)
    if (place === 'given') this.#pushGiven(on)
    else this.pushSpan(on.code, place)
  }

  /** The place as it stands, also if it is in the library. */
  pushSpan(code: FunctionBody<CodePlace>, span: Span): void {
    this.#pushString(code, this.#fileName(span.file.path))
    code.i32(positionOf(span))
  }

  #pushGiven(on: FunctionContext): void {
    for (const param of on.placeParams ?? []) on.code.get(param)
  }

  /**
   * Call the cold function `name`. It has the operands that are on the stack, and the place.
   *
   * @param pushArguments  all arguments but the place of the runtime function that it answers
   */
  #fail(
    on: FunctionContext,
    name: string,
    operands: readonly string[],
    span: Span,
    pushArguments: (body: FunctionBody<CodePlace>) => RuntimeFunctionName,
  ): void {
    const place = toldPlace(on, span)
    const file = place === 'given' ? undefined : this.#fileName(place.file.path)
    const params = [...operands, ...(file === undefined ? ['file'] : []), 'position']
    const key = `${file}\n${name}`
    let ref = this.#functions.get(key)
    if (ref === undefined) {
      const signature: Signature = { params: params.map(() => 'i32'), results: [] }
      ref = this.#module.declareFunction(name, signature)
      this.#functions.set(key, ref)
      const body = new FunctionBody<CodePlace>(this.#module, signature, params)
      const raise = pushArguments(body)
      if (file === undefined) body.get(params.length - 2)
      else this.#pushString(body, file)
      body.get(params.length - 1)
      body.call(this.#runtime.function(raise))
      body.op('unreachable')
      this.#module.setBody(ref, body)
    }
    mark(on, span)
    if (place === 'given') this.#pushGiven(on)
    else on.code.i32(positionOf(place))
    on.code.call(ref)
    on.code.op('unreachable')
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
