/**
 * Modules, definitions, and the unions over all nodes.
 */
import type { Span } from '../../text/source.ts'
import type {
  Comprehension,
  DictComp,
  Expr,
  FormattedValue,
  KeyValuePair,
  Keyword,
  ListComp,
  SetComp,
} from './expressions.ts'
import type { AssignTarget, Stmt, VarDef, WithItem } from './statements.ts'

export interface ModuleNode {
  readonly kind: 'Module'
  readonly span: Span
  readonly filename: string
  readonly docstring: string | null
  readonly decls: readonly Decl[]
}

export type Decl = GlobalFuncDef | GlobalGenericFuncDef | GlobalVarDef | GlobalClassDef | GlobalGenericClassDef | Import

export interface GlobalFuncDef {
  readonly kind: 'GlobalFuncDef'
  readonly span: Span
  readonly funcdef: FuncDef
}

export interface GlobalGenericFuncDef {
  readonly kind: 'GlobalGenericFuncDef'
  readonly span: Span
  readonly funcdef: GenericFuncDef
}

export interface GlobalVarDef {
  readonly kind: 'GlobalVarDef'
  readonly span: Span
  readonly vardef: VarDef
}

export interface GlobalClassDef {
  readonly kind: 'GlobalClassDef'
  readonly span: Span
  readonly classdef: ClassDef
}

export interface GlobalGenericClassDef {
  readonly kind: 'GlobalGenericClassDef'
  readonly span: Span
  readonly classdef: GenericClassDef
}

/**
 * What an import names: a module as it is written, or one attribute of it. The module of a relative import starts with
 * its dots: `from ..lib.m import x` has module `..lib.m`.
 */
export interface ImportRef {
  readonly module: string
  readonly attr: string | null
}

/** `m`, `m.x`; a module name with dots is parenthesised: `(a.b).x`. */
export function formatImportRef(ref: ImportRef): string {
  const module = ref.module.includes('.') ? `(${ref.module})` : ref.module
  return ref.attr === null ? module : `${module}.${ref.attr}`
}

/** One item of an import statement. `span` is the whole statement, `asnameSpan` the item (`x as y`). */
export interface Import {
  readonly kind: 'Import'
  readonly span: Span
  readonly asnameSpan: Span
  readonly ref: ImportRef
  readonly asname: string
}

export type FuncColor = 'red' | 'blue'
export type FuncKind = 'plain' | 'generic' | 'metafunc'

/** The span runs from `def` to the end of the body; decorators are outside. */
export interface FuncDef {
  readonly kind: 'FuncDef'
  readonly span: Span
  /** From `def` to the end of the return type, or of the header if there is none. */
  readonly prototypeSpan: Span
  readonly color: FuncColor
  readonly funcKind: FuncKind
  readonly name: string
  readonly args: readonly FuncArg[]
  /** `Auto` if it is left out. */
  readonly returnType: Expr
  /** Belong to the last arguments that are not variadic. */
  readonly defaults: readonly Expr[]
  readonly docstring: string | null
  readonly body: readonly Stmt[]
  /** Without `@blue` and its kin, which are `color` and `funcKind`; top to bottom. */
  readonly decorators: readonly Expr[]
}

/** `name: type`, without star and default. */
export interface FuncArg {
  readonly kind: 'FuncArg'
  readonly span: Span
  readonly name: string
  /** `Auto` with the span of the argument if it is left out. */
  readonly type: Expr
  readonly argKind: 'simple' | 'var_positional'
}

/** `def name[T](...)`: a blue generic function of `args` whose body defines and returns `inner`, named `__impl`. */
export interface GenericFuncDef {
  readonly kind: 'GenericFuncDef'
  readonly span: Span
  readonly name: string
  readonly args: readonly FuncArg[]
  readonly inner: FuncDef
}

/** `span` is the header line from `class` to its end, `bodySpan` the whole class. */
export interface ClassDef {
  readonly kind: 'ClassDef'
  readonly span: Span
  readonly bodySpan: Span
  readonly name: string
  readonly classKind: 'class' | 'struct'
  /** Of a heap class only. */
  readonly base: Expr | null
  readonly docstring: string | null
  readonly body: readonly Stmt[]
}

/** `class Name[T]`: the analogue of `GenericFuncDef`; `inner` is named `Self`. */
export interface GenericClassDef {
  readonly kind: 'GenericClassDef'
  readonly span: Span
  readonly name: string
  readonly args: readonly FuncArg[]
  readonly inner: ClassDef
}

/** Nodes that have a symbol table. */
export type ScopeNode =
  | ModuleNode
  | FuncDef
  | GenericFuncDef
  | ClassDef
  | GenericClassDef
  | ListComp
  | SetComp
  | DictComp

export type Node =
  | ModuleNode
  | Decl
  | Stmt
  | Expr
  | FuncArg
  | AssignTarget
  | WithItem
  | KeyValuePair
  | Keyword
  | FormattedValue
  | Comprehension

export type NodeKind = Node['kind']
export type NodeOf<K extends NodeKind> = Extract<Node, { readonly kind: K }>
