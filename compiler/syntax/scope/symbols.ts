/**
 * Symbols and the tables they live in: what each name of a module means, before anything runs.
 *
 * A table belongs to the builtins, a module, a class body, a function body, the hidden function around a generic
 * definition, or a comprehension. It holds what is defined there (level 0) and a copy of every outer symbol that is used
 * there, with the number of tables between (level 1 and more).
 */
import type { Span } from '../../text/source.ts'
import type { FuncColor, ImportRef, ScopeNode, VarKind } from '../ast.ts'

/** Where a symbol comes from. `auto`: `var` or `const` was not written, but found out. */
export type Origin =
  | 'auto'
  | 'global-const'
  | 'explicit'
  | 'funcdef'
  | 'classdef'
  | 'class-field'
  | 'red-param'
  | 'blue-param'

/** `cell`: a module variable, which lives in an object of its own. `NameError`: no scope defines the name. */
export type Storage = 'direct' | 'cell' | 'NameError'

export interface SpySymbol {
  readonly name: string
  readonly varkind: VarKind
  readonly origin: Origin
  readonly storage: Storage
  /** 0: defined in this table; n: defined n tables outwards; -1: nowhere. */
  readonly level: number
  /** Where it is declared; undefined for builtins and unresolved names. */
  readonly span: Span | undefined
  /** Where its type comes from. */
  readonly typeSpan: Span | undefined
  /** What an imported or built-in name refers to. */
  readonly impref: ImportRef | undefined
  /** The table with level 0; undefined for unresolved names. */
  readonly definedIn: SymbolTable | undefined
  /** The symbol with level 0, the same object for all copies: the identity of the variable. */
  readonly definition: SpySymbol
  /** Number of the variable in the frame of `definedIn.frame`; -1 for unresolved names. */
  readonly slot: number
}

/** Comprehensions have no frame of their own: their variables live in the frame of what is around them. */
export type TableKind = 'module' | 'class' | 'function' | 'comprehension'

export interface SymbolTable {
  /** `m`, `m::f`, `m::C::f`. */
  readonly name: string
  readonly color: FuncColor
  readonly kind: TableKind
  /** The next table outwards; undefined for the builtins alone. */
  readonly parent: SymbolTable | undefined
  readonly symbols: ReadonlyMap<string, SpySymbol>
  /** The table whose frame holds this table's variables: itself, except for comprehensions. */
  readonly frame: SymbolTable
  /** How many variables the frame has, those of comprehensions included. */
  readonly slotCount: number
}

export interface BuiltinNames {
  /** What each name means that no scope of the program defines. */
  readonly names: ReadonlyMap<string, ImportRef>
  /** Modules that exist without a file. */
  readonly modules: ReadonlySet<string>
}

export interface ScopeTables {
  readonly builtins: SymbolTable
  readonly module: SymbolTable
  /** In the order of their declarations, outer before inner. */
  readonly tables: ReadonlyMap<ScopeNode, SymbolTable>
  /** Modules that the program needs without importing them, in order of first use. */
  readonly implicitImports: readonly string[]
}

/** A table under construction. */
export class TableBuilder implements SymbolTable {
  readonly name: string
  readonly color: FuncColor
  readonly kind: TableKind
  readonly parent: TableBuilder | undefined
  readonly frame: TableBuilder
  readonly symbols = new Map<string, SymbolBuilder>()
  slotCount = 0

  constructor(name: string, color: FuncColor, kind: TableKind, parent: TableBuilder | undefined) {
    this.name = name
    this.color = color
    this.kind = kind
    this.parent = parent
    this.frame = kind === 'comprehension' && parent !== undefined ? parent.frame : this
  }

  /** Enter a definition, replacing what has the same name. */
  define(definition: Definition): SymbolBuilder {
    const symbol = new SymbolBuilder(definition, this, this.frame.slotCount++)
    this.symbols.set(definition.name, symbol)
    return symbol
  }

  /** What this table itself defines under a name. */
  own(name: string): SymbolBuilder | undefined {
    const symbol = this.symbols.get(name)
    return symbol?.level === 0 ? symbol : undefined
  }

  /**
   * The definition of a name as it is seen from here. Class bodies are seen from nowhere but themselves.
   *
   * @returns with its distance: a comprehension counts as part of what is around it
   */
  lookup(name: string): { symbol: SymbolBuilder; level: number } | undefined {
    let level = 0
    for (let table: TableBuilder | undefined = this; table !== undefined; table = table.parent) {
      const symbol = table.kind === 'class' && table !== this.frame ? undefined : table.own(name)
      if (symbol !== undefined) return { symbol, level }
      if (table.kind !== 'comprehension') level++
    }
    return undefined
  }
}

export interface Definition {
  readonly name: string
  readonly varkind: VarKind
  readonly origin: Origin
  readonly span: Span | undefined
  readonly typeSpan: Span | undefined
  readonly impref?: ImportRef
}

export class SymbolBuilder implements SpySymbol {
  readonly name: string
  varkind: VarKind
  readonly origin: Origin
  readonly level: number
  readonly span: Span | undefined
  readonly typeSpan: Span | undefined
  readonly impref: ImportRef | undefined
  readonly definedIn: TableBuilder | undefined
  readonly definition: SymbolBuilder
  readonly slot: number

  constructor(of: Definition, definedIn: TableBuilder | undefined, slot: number, level = 0, copyOf?: SymbolBuilder) {
    this.name = of.name
    this.varkind = of.varkind
    this.origin = of.origin
    this.level = level
    this.span = of.span
    this.typeSpan = of.typeSpan
    this.impref = of.impref
    this.definedIn = definedIn
    this.definition = copyOf ?? this
    this.slot = slot
  }

  get storage(): Storage {
    if (this.level === -1) return 'NameError'
    return this.definedIn?.kind === 'module' && this.varkind === 'var' ? 'cell' : 'direct'
  }

  /** The same variable as it is seen from `level` tables further in. */
  seenFrom(level: number): SymbolBuilder {
    return new SymbolBuilder(this, this.definedIn, this.slot, level, this)
  }
}

export function unresolvedSymbol(name: string): SymbolBuilder {
  const definition: Definition = { name, varkind: 'var', origin: 'auto', span: undefined, typeSpan: undefined }
  return new SymbolBuilder(definition, undefined, -1, -1)
}
