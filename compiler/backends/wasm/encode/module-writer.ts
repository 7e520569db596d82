/**
 * A wasm module while it is being written, and its binary form.
 *
 * Functions are referred to by `FuncRef`, because imported functions take the first indices and which ones are needed is
 * known only at the end. `finish` gives every function its index and writes the calls.
 */
import { ByteWriter } from './byte-writer.ts'
import type { FuncRef, FunctionBody, Signature, TypeNumbers } from './function-body.ts'
import { STRUCTURE, VALUE_TYPES, type ValueType } from './opcodes.ts'

const SECTIONS = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  export: 7,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
} as const

const KINDS = { func: 0, table: 1, memory: 2, global: 3 } as const

const FUNC_TYPE = 0x60
const FUNC_REF = 0x70
const PASSIVE = 1

/** What a module takes from outside, in the order of the import section. */
export interface Import {
  readonly module: string
  readonly name: string
  readonly kind: 'func' | 'memory' | 'global'
}

interface ImportedFunc {
  readonly ref: FuncRef
  readonly module: string
  readonly name: string
  readonly type: number
}

interface ImportedGlobal {
  readonly module: string
  readonly name: string
  readonly type: ValueType
  readonly mutable: boolean
}

interface DefinedFunc<Place> {
  readonly ref: FuncRef
  readonly name: string
  readonly type: number
  body: FunctionBody<Place> | undefined
}

interface Export {
  readonly name: string
  readonly kind: keyof typeof KINDS
  readonly ref: FuncRef | undefined
}

/** Code position of a mark: `offset` is in bytes from the start of the module. */
export interface PlacedMark<Place> {
  readonly offset: number
  readonly place: Place
}

export interface LinkedModule<Place> {
  readonly bytes: Uint8Array
  readonly imports: readonly Import[]
  /** Increasing. A function ends where the next begins: each starts with a mark of its own, if it has any. */
  readonly marks: readonly PlacedMark<Place>[]
}

export class ModuleWriter<Place> implements TypeNumbers {
  readonly #types = new Map<string, number>()
  readonly #typeList: Signature[] = []
  readonly #importedFuncs: ImportedFunc[] = []
  readonly #importedGlobals: ImportedGlobal[] = []
  #importedMemory: { readonly module: string; readonly name: string } | undefined
  readonly #defined: DefinedFunc<Place>[] = []
  readonly #definedById = new Map<number, DefinedFunc<Place>>()
  readonly #exports: Export[] = []
  readonly #elements: FuncRef[] = []
  #callsThroughTable = false
  readonly #segments: Uint8Array[] = []
  readonly #custom: { readonly name: string; readonly data: Uint8Array }[] = []
  #afterCode: ((marks: readonly PlacedMark<Place>[]) => void) | undefined
  #nextId = 0

  typeIndex(signature: Signature): number {
    const key = `${signature.params.join()}>${signature.results.join()}`
    const known = this.#types.get(key)
    if (known !== undefined) return known
    const index = this.#typeList.push(signature) - 1
    this.#types.set(key, index)
    return index
  }

  /** The type of a call through the table, which is there then, even if no function is in it. */
  tableTypeIndex(signature: Signature): number {
    this.#callsThroughTable = true
    return this.typeIndex(signature)
  }

  importFunction(module: string, name: string, signature: Signature): FuncRef {
    const ref = { id: this.#nextId++ }
    this.#importedFuncs.push({ ref, module, name, type: this.typeIndex(signature) })
    return ref
  }

  importMemory(module: string, name: string): void {
    this.#importedMemory = { module, name }
  }

  /** An immutable global; gives its index. */
  importGlobal(module: string, name: string, type: ValueType): number {
    return this.#importedGlobals.push({ module, name, type, mutable: false }) - 1
  }

  importMutableGlobal(module: string, name: string, type: ValueType): number {
    return this.#importedGlobals.push({ module, name, type, mutable: true }) - 1
  }

  /** A function whose body is set later. `name` is for people. */
  declareFunction(name: string, signature: Signature): FuncRef {
    const ref = { id: this.#nextId++ }
    const func = { ref, name, type: this.typeIndex(signature), body: undefined }
    this.#defined.push(func)
    this.#definedById.set(ref.id, func)
    return ref
  }

  setBody(ref: FuncRef, body: FunctionBody<Place>): void {
    const func = this.#definedById.get(ref.id)
    if (func !== undefined) func.body = body
  }

  exportFunction(name: string, ref: FuncRef): void {
    this.#exports.push({ name, kind: 'func', ref })
  }

  exportMemory(name: string): void {
    this.#exports.push({ name, kind: 'memory', ref: undefined })
  }

  /** Put a function into the table; gives its index, which is never 0. */
  addElement(ref: FuncRef): number {
    return this.#elements.push(ref)
  }

  /** A passive data segment; gives its index. */
  addSegment(bytes: Uint8Array): number {
    return this.#segments.push(bytes) - 1
  }

  addCustomSection(name: string, data: Uint8Array): void {
    this.#custom.push({ name, data })
  }

  /** Let `then` add custom sections when it is known where code is. */
  whenPlaced(then: (marks: readonly PlacedMark<Place>[]) => void): void {
    this.#afterCode = then
  }

  finish(): LinkedModule<Place> {
    const indices = new Map<number, number>()
    for (const func of this.#importedFuncs) indices.set(func.ref.id, indices.size)
    for (const func of this.#defined) indices.set(func.ref.id, indices.size)
    const indexOf = (ref: FuncRef): number => indices.get(ref.id) as number

    const out = new ByteWriter(4096)
    out.bytes(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]))
    const section = (id: number, count: number, write: (to: ByteWriter) => void): void => {
      if (count === 0) return
      const content = new ByteWriter()
      content.unsigned(count)
      write(content)
      out.byte(id)
      out.sized(content.view())
    }

    section(SECTIONS.type, this.#typeList.length, (to) => {
      for (const { params, results } of this.#typeList) {
        to.byte(FUNC_TYPE)
        valueTypes(to, params)
        valueTypes(to, results)
      }
    })
    const imports = this.#imports()
    section(SECTIONS.import, imports.length, (to) => this.#writeImports(to))
    section(SECTIONS.function, this.#defined.length, (to) => {
      for (const func of this.#defined) to.unsigned(func.type)
    })
    const hasElements = this.#elements.length > 0
    section(SECTIONS.table, hasElements || this.#callsThroughTable ? 1 : 0, (to) => {
      to.byte(FUNC_REF)
      to.byte(1)
      to.unsigned(this.#elements.length + 1)
      to.unsigned(this.#elements.length + 1)
    })
    section(SECTIONS.export, this.#exports.length, (to) => {
      for (const { name, kind, ref } of this.#exports) {
        to.name(name)
        to.byte(KINDS[kind])
        to.unsigned(ref === undefined ? 0 : indexOf(ref))
      }
    })
    section(SECTIONS.element, hasElements ? 1 : 0, (to) => {
      to.unsigned(0) // active, table 0
      to.byte(STRUCTURE.i32Const)
      to.signed(1) // index 0 stays empty: no function has it
      to.byte(STRUCTURE.end)
      to.unsigned(this.#elements.length)
      for (const ref of this.#elements) to.unsigned(indexOf(ref))
    })
    if (this.#segments.length > 0) {
      out.byte(SECTIONS.dataCount)
      const count = new ByteWriter()
      count.unsigned(this.#segments.length)
      out.sized(count.view())
    }
    const marks = this.#writeCode(out, indexOf)
    this.#afterCode?.(marks)
    section(SECTIONS.data, this.#segments.length, (to) => {
      for (const bytes of this.#segments) {
        to.unsigned(PASSIVE)
        to.sized(bytes)
      }
    })
    for (const { name, data } of [{ name: 'name', data: this.#nameSection(indexOf) }, ...this.#custom]) {
      const content = new ByteWriter(data.length + 32)
      content.name(name)
      content.bytes(data)
      out.byte(SECTIONS.custom)
      out.sized(content.view())
    }
    return { bytes: out.finish(), imports, marks }
  }

  #imports(): Import[] {
    const memory = this.#importedMemory
    return [
      ...this.#importedFuncs.map(({ module, name }) => ({ module, name, kind: 'func' }) as const),
      ...(memory === undefined ? [] : [{ ...memory, kind: 'memory' } as const]),
      ...this.#importedGlobals.map(({ module, name }) => ({ module, name, kind: 'global' }) as const),
    ]
  }

  #writeImports(to: ByteWriter): void {
    for (const { module, name, type } of this.#importedFuncs) {
      to.name(module)
      to.name(name)
      to.byte(KINDS.func)
      to.unsigned(type)
    }
    if (this.#importedMemory !== undefined) {
      to.name(this.#importedMemory.module)
      to.name(this.#importedMemory.name)
      to.byte(KINDS.memory)
      to.byte(0) // no maximum
      to.unsigned(0)
    }
    for (const { module, name, type, mutable } of this.#importedGlobals) {
      to.name(module)
      to.name(name)
      to.byte(KINDS.global)
      to.byte(VALUE_TYPES[type])
      to.byte(mutable ? 1 : 0)
    }
  }

  /** Calls get their indices here, so that code moves; marks move with it. */
  #writeCode(out: ByteWriter, indexOf: (ref: FuncRef) => number): PlacedMark<Place>[] {
    if (this.#defined.length === 0) return []
    const code = new ByteWriter(4096)
    const marks: { offset: number; readonly place: Place }[] = []
    code.unsigned(this.#defined.length)
    const linked = new ByteWriter(4096)
    for (const func of this.#defined) {
      linked.truncate(0)
      const first = marks.length
      if (func.body !== undefined) {
        writeLocals(linked, func.body.locals)
        linkBody(linked, func.body, indexOf, marks)
      }
      linked.byte(STRUCTURE.end)
      code.unsigned(linked.length)
      for (let i = first; i < marks.length; i++) (marks[i] as { offset: number }).offset += code.length
      code.bytes(linked.view())
    }
    out.byte(SECTIONS.code)
    out.unsigned(code.length)
    for (const mark of marks) mark.offset += out.length
    out.bytes(code.view())
    return marks
  }

  /** Function and local names; engines and debuggers show them. */
  #nameSection(indexOf: (ref: FuncRef) => number): Uint8Array {
    const out = new ByteWriter(1024)
    const subsection = (id: number, write: (to: ByteWriter) => void): void => {
      const content = new ByteWriter(512)
      write(content)
      out.byte(id)
      out.sized(content.view())
    }
    subsection(1, (to) => {
      to.unsigned(this.#importedFuncs.length + this.#defined.length)
      for (const func of [...this.#importedFuncs, ...this.#defined]) {
        to.unsigned(indexOf(func.ref))
        to.name(func.name)
      }
    })
    subsection(2, (to) => {
      to.unsigned(this.#defined.length)
      for (const func of this.#defined) {
        const names = func.body?.localNames ?? []
        to.unsigned(indexOf(func.ref))
        to.unsigned(names.reduce((count, name) => (name === '' ? count : count + 1), 0))
        names.forEach((name, index) => {
          if (name === '') return
          to.unsigned(index)
          to.name(name)
        })
      }
    })
    return out.finish()
  }
}

function valueTypes(to: ByteWriter, types: readonly ValueType[]): void {
  to.unsigned(types.length)
  for (const type of types) to.byte(VALUE_TYPES[type])
}

/** Locals are declared in runs of one type. */
function writeLocals(to: ByteWriter, locals: readonly ValueType[]): void {
  const runs: { readonly type: ValueType; count: number }[] = []
  for (const type of locals) {
    const last = runs[runs.length - 1]
    if (last?.type === type) last.count++
    else runs.push({ type, count: 1 })
  }
  to.unsigned(runs.length)
  for (const { type, count } of runs) {
    to.unsigned(count)
    to.byte(VALUE_TYPES[type])
  }
}

function linkBody<Place>(
  to: ByteWriter,
  body: FunctionBody<Place>,
  indexOf: (ref: FuncRef) => number,
  marks: PlacedMark<Place>[],
): void {
  const { code, calls, edits } = body
  let done = 0
  let nextMark = 0
  const copyUntil = (end: number): void => {
    // A mark at `end` belongs to what follows.
    for (; nextMark < body.marks.length; nextMark++) {
      const mark = body.marks[nextMark]
      if (mark === undefined || mark.at >= end) break
      marks.push({ offset: to.length + mark.at - done, place: mark.place })
    }
    to.bytes(code, done, end)
    done = end
  }
  let nextEdit = 0
  const editUntil = (end: number): void => {
    for (; nextEdit < edits.length; nextEdit++) {
      const edit = edits[nextEdit]
      if (edit === undefined || edit.at >= end) break
      copyUntil(edit.at)
      to.bytes(edit.code)
      done = edit.end
    }
  }
  for (const { at, target } of calls) {
    editUntil(at)
    copyUntil(at)
    to.unsigned(indexOf(target))
  }
  editUntil(code.length)
  copyUntil(code.length)
}
