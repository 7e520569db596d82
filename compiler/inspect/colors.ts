/**
 * The colours that redshift found, on the text they belong to: blue is known before the program runs, red is left to
 * run.
 */
import type { NodeColor, NodeColors } from '../machine/vm/vm.ts'
import { children, type Node } from '../syntax/ast.ts'
import type { SourceFile, Span } from '../text/source.ts'

/** A module as it was read. */
export interface ColoredModule {
  readonly file: SourceFile
  readonly tree: Node
}

/** A piece of one line. */
export interface ColoredRange {
  readonly start: number
  readonly end: number
  readonly color: NodeColor
}

/** The coloured nodes of a tree, parents before children: later ranges cover earlier ones. */
export function coloredRanges(root: Node, colors: NodeColors): readonly ColoredRange[] {
  return [...coloredNodes(root, null, colors)].map(({ span, color }) => ({ ...firstLine(span), color }))
}

/** The same for what is below the root, as far as it stands on one line. */
export function rangesBelow(root: Node, colors: NodeColors): readonly ColoredRange[] {
  return [...coloredNodes(root, null, colors)]
    .filter(({ node, span }) => node !== root && firstLine(span).end === span.end)
    .map(({ span: { start, end }, color }) => ({ start, end, color }))
}

interface ColoredNode {
  readonly node: Node
  readonly span: Span
  readonly color: NodeColor
}

function* coloredNodes(node: Node, parent: Node | null, colors: NodeColors): Generator<ColoredNode> {
  const color = colors.get(node)
  if (color !== undefined) yield { node, span: paintedSpan(node, parent), color }
  for (const child of children(node)) yield* coloredNodes(child, node, colors)
}

/** Names of attributes have the span of the whole `value.name`; what is painted is the name. */
function paintedSpan(node: Node, parent: Node | null): Span {
  const { span } = node
  if (node.kind !== 'StrLiteral' || parent === null || !isAttributeOf(node, parent)) return span
  const { file, end } = span
  const start = end - node.value.length
  return start > span.start && file.text.slice(start, end) === node.value ? { file, start, end } : span
}

function isAttributeOf(node: Node, parent: Node): boolean {
  switch (parent.kind) {
    case 'GetAttr':
    case 'SetAttr':
    case 'AugSetAttr':
      return parent.attr === node
    case 'CallMethod':
      return parent.method === node
    default:
      return false
  }
}

function firstLine({ file, start, end }: Span): { readonly start: number; readonly end: number } {
  return { start, end: Math.min(end, file.lines.lineEnd(file.lines.lineAt(start))) }
}

/** The colour of each UTF-16 code unit of a text, where it has one. */
export function paint(length: number, ranges: readonly ColoredRange[]): readonly (NodeColor | undefined)[] {
  const painted = new Array<NodeColor | undefined>(length).fill(undefined)
  for (const { start, end, color } of ranges) painted.fill(color, start, end)
  return painted
}

export interface Run {
  readonly text: string
  readonly color: NodeColor | undefined
}

/** Maximal pieces of one colour. Coloured ones end with their line. */
export function runsOf(text: string, painted: readonly (NodeColor | undefined)[]): readonly Run[] {
  const runs: Run[] = []
  let start = 0
  for (let at = 1; at <= text.length; at++) {
    if (at < text.length && painted[at] === painted[start]) continue
    runs.push({ text: text.slice(start, at), color: painted[start] })
    start = at
  }
  return runs
}

/** Light steel blue and light pink, under black letters. */
const TERMINAL: Readonly<Record<NodeColor, string>> = {
  blue: '\x1b[48;5;110m\x1b[30m',
  red: '\x1b[48;5;174m\x1b[30m',
}

/** The text of a file as it is, with coloured backgrounds for terminals. */
export function colorizeSource({ file, tree }: ColoredModule, colors: NodeColors): string {
  const painted = paint(file.text.length, coloredRanges(tree, colors))
  return runsOf(file.text, painted)
    .map(({ text, color }) => (color === undefined ? text : `${TERMINAL[color]}${text}\x1b[0m`))
    .join('')
}

/** A range as editors want it: `line` from 1; `col` from 0 and `length` in code points. */
export interface ColorRow {
  readonly line: number
  readonly col: number
  readonly length: number
  readonly type: NodeColor
}

/** The ranges line by line; lines in the order in which the tree comes to them, and so are the ranges of a line. */
export function colorRows({ file, tree }: ColoredModule, colors: NodeColors): readonly ColorRow[] {
  const lines = new Map<number, ColorRow[]>()
  for (const { start, end, color } of coloredRanges(tree, colors)) {
    const { line, column } = file.lines.position(start)
    const row = { line, col: column, length: [...file.text.slice(start, end)].length, type: color }
    const rows = lines.get(line)
    if (rows === undefined) lines.set(line, [row])
    else rows.push(row)
  }
  return [...lines.values()].flat()
}
