/**
 * The translation unit while it is written: what its parts share, and what they ask for as they go along.
 */
import { packPosition } from '../../../src/runtime/abi/layout.ts'
import type { SpyType } from '../../objects/types.ts'
import type { BuiltinFunc, Cell, FuncObject, SourceFunc, Value } from '../../objects/values.ts'
import { invariant } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { LinearExpr, LinearFunc, LinearProgram } from '../../typed/linear.ts'
import type { Collection, FuncRoots } from '../../typed/roots.ts'
import { trackedFunctions } from '../../typed/tracked.ts'
import { CallSites } from './call-sites.ts'
import { commentText } from './literals.ts'
import { fileLabel, GlobalNames } from './names.ts'
import { FailingPlaces } from './places.ts'
import { StaticData } from './static-data.ts'
import { CTypes, declaration, hasValue } from './types.ts'

export interface CFunction {
  readonly name: string
  readonly tree: LinearFunc
  /** It takes the place of its call behind its parameters. */
  readonly isTracked: boolean
}

/** A module variable that is part of the unit. */
export interface Variable {
  readonly name: string
  readonly type: SpyType
  readonly value: Value
  /** Where it was first used. */
  readonly at: Span
}

/** The parameters of tracked functions; no name of SPy begins with `$` and such a letter. */
const GIVEN_PLACE = { types: ['spy_file', 'spy_at'], names: ['$file', '$at'] } as const

export class Unit {
  readonly program: LinearProgram
  readonly names = new GlobalNames()
  readonly types: CTypes
  readonly data: StaticData
  readonly failing = new FailingPlaces()
  readonly calls = new CallSites()
  readonly #collection: Collection | undefined
  /** By FQN, for all functions of the program, so that a name does not depend on what else is used. */
  readonly #functions = new Map<string, CFunction>()
  readonly #used = new Set<CFunction>()
  readonly #plain = new Map<CFunction, string>()
  readonly #cells = new Map<string, { readonly name: string; readonly cell: Cell }>()
  readonly #usedCells = new Map<Cell, Span>()
  /** Macro that makes the place of an error, by name of the file. */
  readonly #files = new Map<string, string>()
  readonly #helpers = new Map<string, readonly string[]>()
  readonly #fileName: (path: string) => string

  /**
   * @param fileName  how panics call the file at a path
   * @param renamed   FQNs of functions that leave their names to what other C code calls
   */
  constructor(
    program: LinearProgram,
    fileName: (path: string) => string,
    collection: Collection | undefined,
    renamed: ReadonlySet<string> = new Set(),
  ) {
    this.program = program
    this.#collection = collection
    this.#fileName = fileName
    this.types = new CTypes(program.mode, this.names, program.humanName)
    this.data = new StaticData(this.types, program.image, (func, at) => this.functionValue(func, at))
    const tracked = trackedFunctions(program)
    for (const [key, tree] of program.functions) {
      const name = this.names.fqn(tree.fqn, renamed.has(key) ? '$body' : '')
      this.#functions.set(key, { name, tree, isTracked: tracked.has(key) })
      this.calls.addFunction(name, tree.fqn.text)
    }
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
    return this.plainName(func.origin === 'source' ? this.use(func) : this.#useBuiltin(func, at))
  }

  /** A function that does what the built-in one does: that has no address, because calls of it are written out. */
  #useBuiltin(func: BuiltinFunc, span: Span): CFunction {
    const key = `${func.fqn.text}$value`
    let found = this.#functions.get(key)
    if (found === undefined) {
      const params = func.params.map(({ name, type }) => ({ name, type }))
      const args = params.map((param): LinearExpr => ({ kind: 'LocalRead', ...param, span, checked: false }))
      const value: LinearExpr = { kind: 'Call', func, args, type: func.type.result, span }
      const { fqn, type } = func
      const tree: LinearFunc = {
        fqn,
        type,
        params,
        locals: [],
        body: [{ kind: 'Return', value, span }],
        span,
        source: null,
      }
      found = { name: this.names.fqn(fqn, '$value'), tree, isTracked: false }
      this.#functions.set(key, found)
    }
    this.#used.add(found)
    return found
  }

  /** The function for callers that cannot tell where they are. */
  plainName(func: CFunction): string {
    if (!func.isTracked) return func.name
    let name = this.#plain.get(func)
    if (name === undefined) {
      name = this.names.fqn(func.tree.fqn, '$plain')
      this.#plain.set(func, name)
    }
    return name
  }

  /** Declarations and definitions of those functions. */
  plainSection(): readonly string[] {
    return [...this.#plain].map(([func, name]) => {
      const { tree } = func
      const params = tree.params.filter((param) => hasValue(param.type))
      const names = params.map((_, index) => `arg_${index}`)
      const list = params.map((param, index) => this.types.declare(param.type, `arg_${index}`, tree.span))
      const call = `${func.name}(${[...names, this.place(tree.span)].join(', ')})`
      return `${this.#head(name, tree, list)} { ${hasValue(tree.type.result) ? 'return ' : ''}${call}; }`
    })
  }

  plainDeclarations(): readonly string[] {
    return [...this.#plain].map(([{ tree }, name]) => `${this.#head(name, tree, this.#paramTypes(tree))};`)
  }

  /** What has been used so far; grows while it is iterated. */
  get used(): Iterable<CFunction> {
    return this.#used
  }

  /** The same in table order. */
  get usedInOrder(): readonly CFunction[] {
    return [...this.#functions.values()].filter((func) => this.#used.has(func))
  }

  signature({ name, tree, isTracked }: CFunction): string {
    return this.#head(name, tree, [...this.#paramTypes(tree), ...(isTracked ? GIVEN_PLACE.types : [])])
  }

  #paramTypes(tree: LinearFunc): readonly string[] {
    return tree.params.filter((param) => hasValue(param.type)).map((param) => this.types.spell(param.type, tree.span))
  }

  /** The signature with names of parameters. */
  definitionHead({ name, tree, isTracked }: CFunction, paramName: (name: string) => string): string {
    const params = tree.params.filter((param) => hasValue(param.type))
    const list = params.map((param) => this.types.declare(param.type, paramName(param.name), tree.span))
    const place = isTracked ? GIVEN_PLACE.types.map((type, i) => `${type} ${GIVEN_PLACE.names[i]}`) : []
    return this.#head(name, tree, [...list, ...place])
  }

  #head(name: string, tree: LinearFunc, params: readonly string[]): string {
    const result = this.types.spell(tree.type.result, tree.span)
    const storage = tree.source?.rarelyCalled ? 'static SPY_SMALL' : 'static'
    return `${storage} ${declaration(result, name)}(${params.length === 0 ? 'void' : params.join(', ')})`
  }

  // ----------------------------------------------------------------------------------------------------- roots

  /** Memory is used again. */
  get collects(): boolean {
    return this.#collection !== undefined
  }

  /** Undefined for functions without a frame. */
  rootsOf({ tree }: CFunction): FuncRoots | undefined {
    const roots = this.#collection?.plan.functions.get(tree.fqn.text)
    invariant(roots === undefined || roots.tree === tree, 'the plan is about the trees of the program')
    return roots
  }

  mayAllocate({ tree }: CFunction): boolean {
    return this.#collection?.plan.allocating.has(tree.fqn.text) ?? false
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

  /** The variables in use. */
  get variables(): readonly Variable[] {
    return [...this.#cells.values()].flatMap(({ name, cell }) => {
      const at = this.#usedCells.get(cell)
      const type = cell.valueType
      return at === undefined || !hasValue(type) ? [] : [{ name, type, value: cell.current, at }]
    })
  }

  /** Their definitions. May use further functions and data. */
  cellSection(): readonly string[] {
    return this.variables.map(({ name, type, value, at }) => {
      const initial = this.data.initializer(value, type, at)
      return `static ${this.types.declare(type, name, at)} = ${initial};`
    })
  }

  // ---------------------------------------------------------------------------------------------------- places

  /**
   * The two last arguments of a call that can fail: where it stands. Inside of a tracked function that is where the
   * program called it.
   *
   * @param raises  classes of the errors, where they are known
   */
  place(span: Span, inside?: CFunction, raises?: readonly string[]): string {
    if (inside?.isTracked === true && span.file.isLibrary) return GIVEN_PLACE.names.join(', ')
    const { lines } = span.file
    const path = this.#fileName(span.file.path)
    let macro = this.#files.get(path)
    if (macro === undefined) {
      macro = this.names.unique(`AT_${fileLabel(path)}`)
      this.#files.set(path, macro)
      this.data.str(path)
    }
    const { line, column } = lines.position(span.start)
    const fqn = inside?.tree.fqn.text ?? ''
    this.failing.add(path, packPosition(line, column + 1), { fqn, span, raises })
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
