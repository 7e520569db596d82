/**
 * A tree as text, one field per line where it has nodes below it.
 *
 *     Return(
 *         value=BinOp(
 *             op='*',
 *             left=Name(id='n'),
 *             right=Literal(value=2),
 *         ),
 *     )
 */
import { quote } from '../../src/runtime/numbers.ts'
import type { LiteralValue, Node, ScopeNode } from '../syntax/ast.ts'
import { fieldsOf, formatImportRef, type ImportRef, isNode } from '../syntax/ast.ts'
import { type Paint, painter } from '../text/diagnostics.ts'
import { reprBytes, reprLiteral } from './python-repr.ts'

export interface DumpOptions {
  readonly color?: boolean
  /** Says what the symbol table of a node is called; without it, tables are not shown. */
  readonly symbolTableOf?: (node: ScopeNode) => string | undefined
}

/** Fields that we name differently, because `kind` is the label of a node and our names have no underscores. */
const DUMP_NAMES: Readonly<Record<string, string>> = {
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

/** Nodes whose table is shown behind their fields; those of comprehensions are not. */
const HAS_TABLE: ReadonlySet<string> = new Set(['Module', 'FuncDef', 'GenericFuncDef', 'ClassDef', 'GenericClassDef'])

export function dumpTree(node: Node, options: DumpOptions = {}): string {
  return new TreeDumper(options).node(node, '')
}

class TreeDumper {
  readonly #paint: Paint
  readonly #symbolTableOf: ((node: ScopeNode) => string | undefined) | undefined

  constructor(options: DumpOptions) {
    this.#paint = painter(options.color ?? false)
    this.#symbolTableOf = options.symbolTableOf
  }

  node(node: Node, indent: string): string {
    const fields = this.#fields(node)
    const label = this.#paint('turquoise', node.kind)
    const isComplex = fields.some(([, value]) => isNode(value) || Array.isArray(value))
    if (!isComplex) {
      return `${label}(${fields.map(([name, value]) => `${name}=${this.#value(value, indent)}`).join(', ')})`
    }
    const inner = `${indent}    `
    const lines = fields.map(([name, value]) => `${inner}${name}=${this.#value(value, inner)},\n`)
    return `${label}(\n${lines.join('')}${indent})`
  }

  #fields(node: Node): readonly [string, unknown][] {
    const fields = fieldsOf(node)
      .filter(([name, value]) => !SHOWN_IF_SET.has(`${node.kind}.${name}`) || isSet(value))
      .map(([name, value]): [string, unknown] => [DUMP_NAMES[name] ?? name, value])
    const table = HAS_TABLE.has(node.kind) ? this.#symbolTableOf?.(node as ScopeNode) : undefined
    if (table !== undefined) fields.push(['symtable', new Verbatim(table)])
    return fields
  }

  #value(value: unknown, indent: string): string {
    if (Array.isArray(value)) return this.#list(value, indent)
    if (isNode(value)) return this.node(value, indent)
    if (typeof value === 'string') return this.#paint('green', quote(value))
    if (value === null) return 'None'
    if (typeof value === 'number') return String(value)
    if (value instanceof Uint8Array) return reprBytes(value)
    if (value instanceof Verbatim) return value.text
    if (isImportRef(value)) return `<ImportRef ${formatImportRef(value)}>`
    return reprLiteral(value as LiteralValue)
  }

  #list(items: readonly unknown[], indent: string): string {
    if (items.length === 0) return '[]'
    const inner = `${indent}    `
    return `[\n${items.map((item) => `${inner}${this.#value(item, inner)},\n`).join('')}${indent}]`
  }
}

class Verbatim {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== null
}

function isImportRef(value: unknown): value is ImportRef {
  return typeof value === 'object' && value !== null && 'module' in value
}
