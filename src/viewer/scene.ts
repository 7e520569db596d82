/**
 * Pictures between two layouts. Nodes that appear come out of the nearest node that was there, those that go return to
 * the nearest that stays.
 */
import type { Box, Edge, Layout } from './layout.ts'
import type { TreeNode } from './tree.ts'

export interface SceneNode extends Box {
  readonly node: TreeNode
  readonly opacity: number
}

export interface SceneEdge extends Edge {
  readonly opacity: number
}

export interface Scene {
  readonly width: number
  readonly height: number
  readonly nodes: readonly SceneNode[]
  readonly edges: readonly SceneEdge[]
}

export function sceneOf({ width, height, nodes, edges }: Layout): Scene {
  return {
    width,
    height,
    nodes: nodes.map((node) => ({ ...node, opacity: 1 })),
    edges: edges.map((edge) => ({ ...edge, opacity: 1 })),
  }
}

/** The picture at `time`, 0 being `from` and 1 being `to`. */
export function between(from: Scene, to: Scene, time: number): Scene {
  const t = ease(time)
  const boxesBefore = boxesOf(from)
  const boxesAfter = boxesOf(to)
  const edgesBefore = new Map(from.edges.map((edge) => [edge.to, edge]))
  const edgesAfter = new Map(to.edges.map((edge) => [edge.to, edge]))
  const all = new Map([...from.nodes, ...to.nodes].map((each) => [each.node, each]))
  const nodes = [...all.values()].map(({ node }): SceneNode => {
    const before = boxesBefore.get(node) ?? hidden(node, boxesBefore)
    const after = boxesAfter.get(node) ?? hidden(node, boxesAfter)
    return {
      node,
      x: mix(before.x, after.x, t),
      y: mix(before.y, after.y, t),
      width: mix(before.width, after.width, t),
      height: mix(before.height, after.height, t),
      opacity: mix(before.opacity, after.opacity, t),
    }
  })
  const edges = [...new Map([...from.edges, ...to.edges].map((each) => [each.to, each])).values()].map(
    (edge): SceneEdge => {
      const before = edgesBefore.get(edge.to) ?? folded(edge, hidden(edge.to, boxesBefore))
      const after = edgesAfter.get(edge.to) ?? folded(edge, hidden(edge.to, boxesAfter))
      return {
        to: edge.to,
        kind: edge.kind,
        x1: mix(before.x1, after.x1, t),
        y1: mix(before.y1, after.y1, t),
        x2: mix(before.x2, after.x2, t),
        y2: mix(before.y2, after.y2, t),
        opacity: mix(before.opacity, after.opacity, t),
      }
    },
  )
  return { width: to.width, height: to.height, nodes, edges }
}

function boxesOf({ nodes }: Scene): ReadonlyMap<TreeNode, SceneNode> {
  return new Map(nodes.map((each) => [each.node, each]))
}

/** Where a node is while it is not shown: in the nearest one above it that is. */
function hidden(node: TreeNode, shown: ReadonlyMap<TreeNode, SceneNode>): SceneNode {
  for (let above = node.parent; above !== null; above = above.parent) {
    const box = shown.get(above)
    if (box !== undefined) return { ...box, node, opacity: 0 }
  }
  return { node, x: 0, y: 0, width: 0, height: 0, opacity: 0 }
}

function folded(edge: Edge, { x, y, width, height }: Box): SceneEdge {
  const place = { x: x + width / 2, y: y + height / 2 }
  return { ...edge, x1: place.x, y1: place.y, x2: place.x, y2: place.y, opacity: 0 }
}

function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t
}

/** Fast at first, slow at the end. */
function ease(t: number): number {
  return 1 - (1 - t) ** 3
}
