/**
 * Syntax trees as dumps and viewers see them.
 */
import type { NodeColors } from '../machine/vm/vm.ts'
import {
  type Expr,
  fieldsOf,
  formatImportRef,
  type ImportRef,
  isNode,
  type LiteralValue,
  type Node,
  type ScopeNode,
} from '../syntax/ast.ts'
import { type Span, spanText } from '../text/source.ts'
import { rangesBelow } from './colors.ts'
import { colorRuns, dedent } from './node-source.ts'
import { reprBytes, reprLiteral } from './python-repr.ts'
import { type Shape, type ShapeField, type ShapeValue, text, word } from './shape.ts'
import { shortLabel } from './short-label.ts'

export interface SyntaxShapeOptions {
  /** Says what the symbol table of a node is called; without it, tables are not shown. */
  readonly symbolTableOf?: (node: ScopeNode) => string | undefined
  /** What redshift found out; without it, nodes have no colour. */
  readonly colors?: NodeColors
}

/** Fields that we name differently, because `kind` is the label of a node and our names have no underscores. */
const SHOWN_NAMES: Readonly<Record<string, string>> = {
  funcKind: 'kind',
  argKind: 'kind',
  varKind: 'kind',
  classKind: 'kind',
  returnType: 'return_type',
  thenBody: 'then_body',
  elseBody: 'else_body',
}

/** Fields of constructs that only we accept; they are shown where they hold something. */
const SHOWN_IF_SET: ReadonlySet<string> = new Set(['Call.keywords', 'CallMethod.keywords', 'ClassDef.base'])

/** Fields that tell a person who looks at a tree nothing. */
const DUMP_ONLY: ReadonlySet<string> = new Set(['docstring', 'seq'])

/** Nodes whose table is shown behind their fields; those of comprehensions are not. */
const HAS_TABLE: ReadonlySet<string> = new Set(['Module', 'FuncDef', 'GenericFuncDef', 'ClassDef', 'GenericClassDef'])

/** What is open in a viewer that shows code rather than its colours. */
const OPEN: ReadonlySet<string> = new Set(['Module', 'FuncDef', 'GlobalFuncDef'])

type ExprKind = Expr['kind']

const EXPRESSIONS: { readonly [K in ExprKind]: true } = {
  Name: true,
  Auto: true,
  Literal: true,
  StrLiteral: true,
  BytesLiteral: true,
  JoinedStr: true,
  GetItem: true,
  List: true,
  Tuple: true,
  Set: true,
  Dict: true,
  ListComp: true,
  SetComp: true,
  DictComp: true,
  Call: true,
  CallMethod: true,
  GetAttr: true,
  Slice: true,
  BinOp: true,
  CmpOp: true,
  CmpChain: true,
  And: true,
  Or: true,
  UnaryOp: true,
  IfExp: true,
  AssignExpr: true,
  BlockExpr: true,
}

export function syntaxShape(node: Node, options: SyntaxShapeOptions = {}): Shape {
  const { colors } = options
  const span = shownSpan(node)
  return {
    label: node.kind,
    short: shortLabel(node),
    isExpr: node.kind in EXPRESSIONS,
    fields: fieldsOfNode(node, options),
    color: colors?.get(node),
    // A type that was left out has a place, but no text.
    source: () => (node.kind === 'Auto' ? '' : dedent(spanText(span))),
    sourceColors: colors && (() => colorRuns(span, rangesBelow(node, colors))),
    isOpen: colors === undefined && OPEN.has(node.kind),
  }
}

/** A class is its whole body, which its span does not cover. */
function shownSpan(node: Node): Span {
  switch (node.kind) {
    case 'ClassDef':
      return node.bodySpan
    case 'GlobalClassDef':
      return node.classdef.bodySpan
    case 'GenericClassDef':
      return node.inner.bodySpan
    case 'GlobalGenericClassDef':
      return node.classdef.inner.bodySpan
    default:
      return node.span
  }
}

function fieldsOfNode(node: Node, options: SyntaxShapeOptions): readonly ShapeField[] {
  const fields: ShapeField[] = fieldsOf(node)
    .filter(([name, value]) => !SHOWN_IF_SET.has(`${node.kind}.${name}`) || isSet(value))
    .map(([name, value]) => ({
      name: SHOWN_NAMES[name] ?? name,
      value: fieldValue(value, options),
      dumpOnly: DUMP_ONLY.has(name),
    }))
  const table = HAS_TABLE.has(node.kind) ? options.symbolTableOf?.(node as ScopeNode) : undefined
  if (table !== undefined) fields.push({ name: 'symtable', value: word(table), dumpOnly: true })
  return fields
}

function fieldValue(value: unknown, options: SyntaxShapeOptions): ShapeValue {
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => fieldValue(item, options)) }
  if (isNode(value)) return { kind: 'shape', shape: syntaxShape(value, options) }
  if (typeof value === 'string') return text(value)
  return word(wordOf(value))
}

function wordOf(value: unknown): string {
  if (value === null) return 'None'
  if (typeof value === 'number') return String(value)
  if (value instanceof Uint8Array) return reprBytes(value)
  if (isImportRef(value)) return `<ImportRef ${formatImportRef(value)}>`
  return reprLiteral(value as LiteralValue)
}

function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== null
}

function isImportRef(value: unknown): value is ImportRef {
  return typeof value === 'object' && value !== null && 'module' in value
}
