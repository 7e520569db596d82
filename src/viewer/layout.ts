/**
 * Where nodes stand. Statements are an outline: what belongs to one stands below it, indented, at the end of an L.
 * Expressions are a tree that grows downwards, each centred over its parts.
 */
import { SIZE } from './palette.ts'
import { canToggle, type TreeNode } from './tree.ts'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface PlacedNode extends Box {
  readonly node: TreeNode
}

/** A line to the node `to`, with the name of the field. */
export interface Edge {
  readonly to: TreeNode
  readonly kind: 'outline' | 'tree'
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

export interface Layout {
  readonly width: number
  readonly height: number
  readonly nodes: readonly PlacedNode[]
  readonly edges: readonly Edge[]
}

export interface LayoutOptions {
  readonly leaves: boolean
}

export function layOut(root: TreeNode, options: LayoutOptions): Layout {
  const { width, height, nodes, edges } = block(root, options)
  return { width, height, nodes, edges }
}

/** A node with all that is shown below it; the node stands at the top, at `root.x`. */
interface Block extends Layout {
  readonly root: PlacedNode
}

function block(node: TreeNode, options: LayoutOptions): Block {
  const children = node.expanded ? node.children.filter((child) => options.leaves || !isLeaf(child)) : []
  const blocks = children.map((child) => block(child, options))
  return isTree(node) ? treeBlock(node, blocks) : outlineBlock(node, blocks)
}

function isLeaf(node: TreeNode): boolean {
  return node.data.shape === 'leaf'
}

function isTree(node: TreeNode): boolean {
  return node.data.expr
}

function outlineBlock(node: TreeNode, blocks: readonly Block[]): Block {
  const root: PlacedNode = { node, x: 0, y: 0, ...sizeOf(node) }
  const nodes: PlacedNode[] = [root]
  const edges: Edge[] = []
  let width = root.width
  let y = root.height
  for (const below of blocks) {
    y += SIZE.row
    const moved = move(below, SIZE.indent, y)
    edges.push({
      to: moved.root.node,
      kind: 'outline',
      x1: SIZE.stem,
      y1: root.height,
      x2: moved.root.x,
      y2: moved.root.y + Math.min(moved.root.height, SIZE.node) / 2,
    })
    nodes.push(...moved.nodes)
    edges.push(...moved.edges)
    width = Math.max(width, SIZE.indent + moved.width)
    y += moved.height
  }
  return { root, nodes, edges, width, height: y }
}

function treeBlock(node: TreeNode, blocks: readonly Block[]): Block {
  const size = sizeOf(node)
  if (blocks.length === 0) {
    const root: PlacedNode = { node, x: 0, y: 0, ...size }
    return { root, nodes: [root], edges: [], width: size.width, height: size.height }
  }
  const top = size.height + SIZE.below
  const starts: number[] = []
  let row = -SIZE.beside
  for (const { width } of blocks) {
    starts.push(row + SIZE.beside)
    row += SIZE.beside + width
  }
  const centerOf = (i: number): number => (starts[i] ?? 0) + center(blocks[i])
  const middle = (centerOf(0) + centerOf(blocks.length - 1)) / 2
  // A node that is wider than what is below it stands out on the left.
  const shift = Math.max(0, size.width / 2 - middle)
  const root: PlacedNode = { node, x: middle - size.width / 2 + shift, y: 0, ...size }
  const moved = blocks.map((below, i) => move(below, (starts[i] ?? 0) + shift, top))
  const edges = moved.flatMap((below): readonly Edge[] => [
    { to: below.root.node, kind: 'tree', x1: center({ root }), y1: size.height, x2: center(below), y2: top },
    ...below.edges,
  ])
  return {
    root,
    nodes: [root, ...moved.flatMap((below) => below.nodes)],
    edges,
    width: Math.max(root.x + size.width, row + shift),
    height: top + Math.max(...blocks.map(({ height }) => height)),
  }
}

function center(placed: Pick<Block, 'root'> | undefined): number {
  return placed === undefined ? 0 : placed.root.x + placed.root.width / 2
}

function move(below: Block, dx: number, dy: number): Block {
  const shift = (placed: PlacedNode): PlacedNode => ({ ...placed, x: placed.x + dx, y: placed.y + dy })
  return {
    ...below,
    root: shift(below.root),
    nodes: below.nodes.map(shift),
    edges: below.edges.map((edge) => ({
      ...edge,
      x1: edge.x1 + dx,
      y1: edge.y1 + dy,
      x2: edge.x2 + dx,
      y2: edge.y2 + dy,
    })),
  }
}

/** What is written on a node: its source while it is collapsed, else what it is. */
export function linesOf({ data, expanded }: TreeNode): readonly string[] {
  return expanded || data.src === '' ? [data.label] : data.src.replace(/\n+$/, '').split('\n')
}

export function sizeOf(node: TreeNode): { readonly width: number; readonly height: number } {
  const lines = linesOf(node)
  const characters = Math.max(...lines.map((line) => [...line].length))
  const mark = canToggle(node) ? SIZE.chevron : 0
  return {
    width: Math.max(SIZE.node, characters * SIZE.character + 2 * SIZE.padding + mark),
    height: Math.max(SIZE.node, lines.length * SIZE.line + SIZE.node - SIZE.line),
  }
}
