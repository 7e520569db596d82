/**
 * The translation unit while it is written: what its parts share, and what they ask for as they go along.
 */
import type { Cell, FuncObject, SourceFunc } from '../../objects/values.ts'
import { invariant } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { LinearFunc, LinearProgram } from '../../typed/linear.ts'
import { refuse } from './diagnostics.ts'
import { commentText } from './literals.ts'
import { fileLabel, GlobalNames } from './names.ts'
import { StaticData } from './static-data.ts'
import { CTypes, declaration, hasValue } from './types.ts'

export interface CFunction {
  readonly name: string
  readonly tree: LinearFunc
}

export class Unit {
  readonly program: LinearProgram
  readonly names = new GlobalNames()
  readonly types: CTypes
  readonly data: StaticData
  /** By FQN, for all functions of the program, so that a name does not depend on what else is used. */
  readonly #functions = new Map<string, CFunction>()
  readonly #used = new Set<CFunction>()
  readonly #cells = new Map<string, { readonly name: string; readonly cell: Cell }>()
  readonly #usedCells = new Map<Cell, Span>()
  /** Macro that makes the place of an error, by name of the file. */
  readonly #files = new Map<string, string>()
  readonly #helpers = new Map<string, readonly string[]>()
  readonly #fileName: (path: string) => string

  /** @param fileName  how panics call the file at a path */
  constructor(program: LinearProgram, fileName: (path: string) => string) {
    this.program = program
    this.#fileName = fileName
    this.types = new CTypes(program.mode, this.names, program.humanName)
    this.data = new StaticData(this.types, program.image, (func, at) => this.functionValue(func, at))
    for (const [key, tree] of program.functions) this.#functions.set(key, { name: this.names.fqn(tree.fqn), tree })
    for (const [key, cell] of program.cells) this.#cells.set(key, { name: this.names.fqn(cell.fqn), cell })
  }

  // ------------------------------------------------------------------------------------------------- functions

  /** The function will be part of the unit. */
  use(func: SourceFunc): CFunction {
    return this.useFqn(func.fqn.text)
  }

  useFqn(fqn: string): CFunction {
    const found = this.#functions.get(fqn)
    invariant(found !== undefined, `${fqn} has been redshifted`)
    this.#used.add(found)
    return found
  }

  functionValue(func: FuncObject, at: Span): string {
    if (func.origin === 'builtin') return refuse(`\`${func.fqn.debugName}\` as a value`, at)
    return this.use(func).name
  }

  /** What has been used so far; grows while it is iterated. */
  get used(): Iterable<CFunction> {
    return this.#used
  }

  /** The same in table order. */
  get usedInOrder(): readonly CFunction[] {
    return [...this.#functions.values()].filter((func) => this.#used.has(func))
  }

  signature({ name, tree }: CFunction): string {
    const params = tree.params.filter((param) => hasValue(param.type))
    const list = params.map((param) => this.types.spell(param.type, tree.span))
    return this.#head(name, tree, list)
  }

  /** The signature with names of parameters. */
  definitionHead({ name, tree }: CFunction, paramName: (name: string) => string): string {
    const params = tree.params.filter((param) => hasValue(param.type))
    const list = params.map((param) => this.types.declare(param.type, paramName(param.name), tree.span))
    return this.#head(name, tree, list)
  }

  #head(name: string, tree: LinearFunc, params: readonly string[]): string {
    const result = this.types.spell(tree.type.result, tree.span)
    return `static ${declaration(result, name)}(${params.length === 0 ? 'void' : params.join(', ')})`
  }

  // ----------------------------------------------------------------------------------------------------- cells

  /** The C variable behind a module variable, which will be part of the unit. */
  cell(cell: Cell, at: Span): string {
    const found = this.#cells.get(cell.fqn.text)
    invariant(found !== undefined, `${cell.fqn} is a variable of the program`)
    if (!this.#usedCells.has(cell)) {
      this.#usedCells.set(cell, at)
      this.types.spell(cell.valueType, at)
    }
    return found.name
  }

  cellNamed(fqn: string): Cell {
    const found = this.#cells.get(fqn)
    invariant(found !== undefined, `${fqn} is a variable of the program`)
    return found.cell
  }

  /** Definitions of the variables in use. May use further functions and data. */
  cellSection(): readonly string[] {
    return [...this.#cells.values()].flatMap(({ name, cell }) => {
      const at = this.#usedCells.get(cell)
      if (at === undefined || !hasValue(cell.valueType)) return []
      const value = this.data.initializer(cell.current, cell.valueType, at)
      return [`static ${this.types.declare(cell.valueType, name, at)} = ${value};`]
    })
  }

  // ---------------------------------------------------------------------------------------------------- places

  /** The two last arguments of a call that can fail: where it stands. */
  place(span: Span): string {
    const { lines } = span.file
    const path = this.#fileName(span.file.path)
    let macro = this.#files.get(path)
    if (macro === undefined) {
      macro = this.names.unique(`AT_${fileLabel(path)}`)
      this.#files.set(path, macro)
      this.data.str(path)
    }
    const { line, column } = lines.position(span.start)
    return `${macro}(${line}, ${Math.min(column + 1, 0xfff)})`
  }

  fileSection(): readonly string[] {
    return [...this.#files].map(([path, macro]) => {
      const file = this.data.str(path)
      return `#define ${macro}(line, column) &${file}, SPY_PACK(line, column) /* ${commentText(path)} */`
    })
  }

  // --------------------------------------------------------------------------------------------------- helpers

  /** A definition of our own that a type needs, once; behind those that `define` asks for. */
  helper(name: string, define: () => readonly string[]): string {
    if (!this.#helpers.has(name)) {
      const lines = define()
      this.#helpers.set(name, lines)
    }
    return name
  }

  helperSection(): readonly string[] {
    return [...this.#helpers.values()].flat()
  }
}
