/**
 * A tree in the page: the data of the compiler, with numbers, and with what is open.
 */
import type { ViewNode } from '../../compiler/inspect/view-tree.ts'

export interface TreeNode {
  /** Position in pre-order: the name of the node in the address of the page. */
  readonly id: number
  readonly data: ViewNode
  /** Field of the parent; empty for the root. */
  readonly attr: string
  readonly parent: TreeNode | null
  readonly children: readonly TreeNode[]
  expanded: boolean
}

export interface Tree {
  readonly root: TreeNode
  /** By id. */
  readonly nodes: readonly TreeNode[]
}

export function makeTree(data: ViewNode): Tree {
  const nodes: TreeNode[] = []
  const make = (node: ViewNode, attr: string, parent: TreeNode | null): TreeNode => {
    const children: TreeNode[] = []
    const made: TreeNode = {
      id: nodes.length,
      data: node,
      attr,
      parent,
      children,
      expanded: node.startExpanded === true && node.children.length > 0,
    }
    nodes.push(made)
    for (const child of node.children) children.push(make(child.node, child.attr, made))
    return made
  }
  return { root: make(data, '', null), nodes }
}

export function canToggle(node: TreeNode): boolean {
  return node.children.length > 0
}

/** The ids of the nodes that could be open and are not. */
export function collapsedIds({ nodes }: Tree): readonly number[] {
  return nodes.filter((node) => canToggle(node) && !node.expanded).map(({ id }) => id)
}

/** Open all but these. */
export function collapseOnly({ nodes }: Tree, ids: ReadonlySet<number>): void {
  for (const node of nodes) node.expanded = canToggle(node) && !ids.has(node.id)
}

/** As it was when the page was made. */
export function isUntouched({ nodes }: Tree): boolean {
  return nodes.every((node) => !canToggle(node) || node.expanded === (node.data.startExpanded === true))
}
