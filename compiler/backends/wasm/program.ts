/**
 * A program of the jit engine: wasm bytes straight from typed trees, in one pass over each function.
 *
 * Emission starts at the exports and follows calls: what nothing reaches is not emitted. Structs that are held by value
 * are several locals and several results. Pointers are put into memory only around calls that may collect, see roots.ts.
 */

import type { EncodedSourceMap } from '@jridgewell/gen-mapping'
import { PLACES_SECTION } from '../../../src/runtime/abi/code-places.ts'
import { MEMORY } from '../../../src/runtime/abi/imports.ts'
import { gcParts, holdsGcPointers } from '../../objects/gc-pointers.ts'
import { layoutOf } from '../../objects/layout.ts'
import type { FuncObject } from '../../objects/values.ts'
import { invariant } from '../../text/diagnostics.ts'
import { BUILTINS_SPAN, type Span } from '../../text/source.ts'
import type { Collection } from '../../typed/roots.ts'
import { trackedFunctions } from '../../typed/tracked.ts'
import type { TypedExpr, TypedFunc, TypedProgram } from '../../typed/tree.ts'
import { codePlaces } from './code-places.ts'
import type { ProgramContext } from './context.ts'
import { noMemoryForm } from './diagnostics.ts'
import { MemoryEffects } from './effects.ts'
import { ByteWriter, type FuncRef, FunctionBody, type Import, ModuleWriter, type PlacedMark } from './encode.ts'
import { Facts } from './facts.ts'
import { emitFunction, functionSignature } from './functions.ts'
import { Image } from './image.ts'
import { Panics } from './panics.ts'
import { Shapes } from './parts.ts'
import { type CodePlace, PLACE_PARAMS } from './places.ts'
import { Collector } from './roots.ts'
import { RuntimeImports } from './runtime-imports.ts'
import { makeSourceMap } from './source-map.ts'

export interface WasmOptions {
  /** FQNs of functions to export, under their canonical names. */
  readonly exports: readonly string[]
  /** FQNs of module variables to export: `&fqn` gives the address. */
  readonly cells: readonly string[]
  /** Undefined: nothing is ever collected. */
  readonly collection?: Collection | undefined
  /** How panics and the source map call a source file; its path unless given. */
  readonly fileName?: (path: string) => string
  /** Where debuggers find the source map. */
  readonly sourceMapUrl?: string
  /** The module says where its code comes from, so that errors have frames where there is no compiler. */
  readonly hasPlaces?: boolean
}

export interface WasmProgram {
  readonly bytes: Uint8Array
  /** In the order of the import section: `spy_runtime.*` functions and memory, `spy.image` if it has an image. */
  readonly imports: readonly Import[]
  /** Bytes of the image region, as the custom section `spy.image` says. */
  readonly imageSize: number
  /** The collector sees all that leads into the image, which so can be freed when another version has taken over. */
  readonly isImageCollectable: boolean
  /** Which code comes from where, in the order of the code; what a stack of wasm frames is explained with. */
  readonly marks: readonly PlacedMark<CodePlace>[]
  /** Made when it is asked for. The names of files are relative to the URL `folder`, which ends in a slash. */
  sourceMap(folder?: string): EncodedSourceMap
}

/**
 * Emit everything that the exports reach.
 *
 * @throws SpyError of class WIP for values that the engine cannot represent yet
 */
export function emitWasm(program: TypedProgram, options: WasmOptions): WasmProgram {
  return new ProgramEmitter(program, options).emit(options)
}

class ProgramEmitter implements ProgramContext {
  readonly program: TypedProgram
  readonly shapes: Shapes
  readonly facts: Facts
  readonly effects: MemoryEffects
  readonly module = new ModuleWriter<CodePlace>()
  readonly image: Image
  readonly panics: Panics
  readonly runtime: RuntimeImports
  readonly collector: Collector | undefined
  readonly #tracked: ReadonlySet<string>
  readonly #refs = new Map<TypedFunc, FuncRef>()
  readonly #plainRefs = new Map<TypedFunc, FuncRef>()
  readonly #waiting: TypedFunc[] = []
  readonly #tableIndices = new Map<string, number>()

  constructor(program: TypedProgram, { fileName = (path) => path, collection }: WasmOptions) {
    this.program = program
    this.#tracked = trackedFunctions(program)
    this.shapes = new Shapes(program.mode)
    this.facts = new Facts(program)
    this.effects = new MemoryEffects(program)
    this.runtime = new RuntimeImports(this.module)
    this.image = new Image(program.image, this.shapes, this.module, (func, span) => this.tableIndex(func, span))
    this.panics = new Panics(this.module, this.image, this.runtime, fileName)
    this.collector = collection && new Collector(collection, this.module, this.runtime, () => this.image.global)
  }

  emit({ exports, cells, sourceMapUrl, hasPlaces, fileName = (path) => path }: WasmOptions): WasmProgram {
    this.module.exportMemory(MEMORY)
    for (const name of exports) this.#exportFunction(name)
    for (const name of cells) this.#exportCell(name)
    this.#emitWaiting()
    const ranges = this.collector ? this.image.rootRanges() : []
    this.image.finish((body) => this.collector?.start(body, ranges, () => this.image.global))
    if (sourceMapUrl !== undefined) {
      const url = new ByteWriter()
      url.name(sourceMapUrl)
      this.module.addCustomSection('sourceMappingURL', url.finish())
    }
    if (hasPlaces) {
      this.module.whenPlaced((marks) => {
        const places = new TextEncoder().encode(JSON.stringify(codePlaces(marks, fileName)))
        this.module.addCustomSection(PLACES_SECTION, places)
      })
    }
    const { bytes, imports, marks } = this.module.finish()
    return {
      bytes,
      imports,
      imageSize: this.image.size,
      isImageCollectable: this.collector !== undefined && this.image.isCollectable,
      marks,
      sourceMap: (folder = '') => makeSourceMap(marks, (path) => folder + fileName(path)),
    }
  }

  functionRef(func: TypedFunc): FuncRef {
    let ref = this.#refs.get(func)
    if (ref === undefined) {
      ref = this.module.declareFunction(func.fqn.text, functionSignature(this, func))
      this.#refs.set(func, ref)
      this.#waiting.push(func)
    }
    return ref
  }

  isTracked(func: TypedFunc): boolean {
    return this.#tracked.has(func.fqn.text)
  }

  tableIndex(func: FuncObject, span: Span): number {
    const key = func.fqn.text
    let index = this.#tableIndices.get(key)
    if (index === undefined) {
      index = this.module.addElement(this.#plainRef(this.#asTyped(func, span)))
      this.#tableIndices.set(key, index)
    }
    return index
  }

  /** Functions reach constants, constants reach memory of import time, and that may hold functions. */
  #emitWaiting(): void {
    do {
      for (let func = this.#waiting.pop(); func !== undefined; func = this.#waiting.pop()) {
        this.module.setBody(this.functionRef(func), emitFunction(this, func))
      }
      this.image.fill()
    } while (this.#waiting.length > 0)
  }

  #exportFunction(name: string): void {
    const func = this.program.functions.get(name)
    invariant(func !== undefined, `${name} is exported, so it is in the program`)
    const { result } = func.type
    const ref = this.#withBoundary(func, this.#plainRef(func))
    const parts = this.shapes.parts(result)
    if (parts.length === 1 || (parts.length === 0 && result.kind !== 'struct')) {
      this.module.exportFunction(name, ref)
    } else {
      this.module.exportFunction(name, this.#returnInMemory(func, ref))
    }
  }

  /**
   * Where the host enters a program that collects: what it passes is held for the whole call, because nobody else does.
   * What it was given before is its own by now.
   */
  #withBoundary(func: TypedFunc, ref: FuncRef): FuncRef {
    const { collector } = this
    const { params, results } = this.shapes.signature(
      func.params.map((param) => param.type),
      func.type.result,
    )
    const pointers: number[] = []
    let first = 0
    for (const { type } of func.params) {
      for (const part of gcParts(type, this.program.mode)) pointers.push(first + part)
      first += this.shapes.width(type)
    }
    if (collector === undefined || (pointers.length === 0 && !collector.mayAllocate(func))) return ref
    const body = new FunctionBody<CodePlace>(this.module, { params, results }, [])
    const frame = pointers.length === 0 ? undefined : collector.enter(body, pointers.length)
    for (const [slot, pointer] of pointers.entries()) frame?.store(slot, () => body.get(pointer))
    collector.boundary(body)
    for (const index of params.keys()) body.get(index)
    body.call(ref)
    frame?.leave()
    const wrapper = this.module.declareFunction(`enter ${func.fqn}`, body.signature)
    this.module.setBody(wrapper, body)
    return wrapper
  }

  /** The function for callers that cannot tell where they are. */
  #plainRef(func: TypedFunc): FuncRef {
    if (!this.isTracked(func)) return this.functionRef(func)
    let ref = this.#plainRefs.get(func)
    if (ref === undefined) {
      const { params, results } = functionSignature(this, func)
      const signature = { params: params.slice(0, -PLACE_PARAMS.length), results }
      ref = this.module.declareFunction(`call ${func.fqn}`, signature)
      this.#plainRefs.set(func, ref)
      const body = new FunctionBody<CodePlace>(this.module, signature, [])
      for (const index of signature.params.keys()) body.get(index)
      this.panics.pushSpan(body, func.span)
      body.call(this.functionRef(func))
      this.module.setBody(ref, body)
    }
    return ref
  }

  /** A wrapper that stores the result into a return area and gives its address. */
  #returnInMemory(func: TypedFunc, ref: FuncRef): FuncRef {
    const { result } = func.type
    const parts = this.shapes.parts(result)
    const layout = layoutOf(result, this.program.mode)
    if (layout === undefined) return noMemoryForm(this.program.humanName(result.fqn), func.span)
    const area = this.image.returnArea(layout.size)
    const { params } = this.shapes.signature(
      func.params.map((param) => param.type),
      result,
    )
    const signature = { params, results: ['i32'] } as const
    const body = new FunctionBody<CodePlace>(this.module, signature, [])
    for (const index of params.keys()) body.get(index)
    body.call(ref)
    const values = parts.map((part) => body.local(part.wasm, `result${part.suffix}`))
    for (const value of [...values].reverse()) body.set(value)
    parts.forEach((part, index) => {
      body.globalGet(this.image.global)
      body.get(values[index] as number)
      body.store(part.store, area + (part.offset ?? 0))
    })
    body.globalGet(this.image.global)
    body.i32(area)
    body.op('i32.add')
    const wrapper = this.module.declareFunction(`export ${func.fqn}`, signature)
    this.module.setBody(wrapper, body)
    return wrapper
  }

  #exportCell(name: string): void {
    const cell = this.program.cells.get(name)
    invariant(cell !== undefined, `${name} is exported, so it is in the program`)
    if (layoutOf(cell.valueType, this.program.mode) === undefined) return
    const signature = { params: [], results: ['i32'] } as const
    const body = new FunctionBody<CodePlace>(this.module, signature, [])
    // The host is about to read it, or to assign what it will allocate.
    if (holdsGcPointers(cell.valueType)) this.collector?.boundary(body)
    body.globalGet(this.image.global)
    body.i32(this.image.cell(cell, BUILTINS_SPAN))
    body.op('i32.add')
    const ref = this.module.declareFunction(`&${name}`, signature)
    this.module.setBody(ref, body)
    this.module.exportFunction(`&${name}`, ref)
  }

  /** A built-in function as a value needs a function of its own, which calls it. */
  #asTyped(func: FuncObject, span: Span): TypedFunc {
    if (func.origin === 'source') {
      const typed = this.program.functions.get(func.fqn.text)
      invariant(typed !== undefined, `${func.fqn} is used, so it is in the program`)
      return typed
    }
    const args = func.params.map(
      ({ name, type }): TypedExpr => ({ kind: 'LocalRead', name, type, span, checked: false }),
    )
    const value: TypedExpr = { kind: 'Call', func, args, type: func.type.result, span }
    const body = [{ kind: 'Return', value, span }] as const
    return { fqn: func.fqn, type: func.type, params: func.params, locals: [], body, span, source: null }
  }
}
