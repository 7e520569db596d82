/** Where the viewer puts nodes, what it keeps in the address, and how pictures become others. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ViewNode } from '../../compiler/inspect/view-tree.ts'
import { parseHash, printHash } from '../../src/viewer/hash.ts'
import { layOut } from '../../src/viewer/layout.ts'
import { SIZE } from '../../src/viewer/palette.ts'
import { between, sceneOf } from '../../src/viewer/scene.ts'
import { collapsedIds, collapseOnly, isUntouched, makeTree } from '../../src/viewer/tree.ts'

function view(label: string, shape: ViewNode['shape'], children: readonly ViewNode[] = []): ViewNode {
  return {
    label,
    shape,
    expr: shape !== 'stmt',
    src: shape === 'leaf' ? '' : `${label}()`,
    color: 'default',
    children: children.map((node, i) => ({ attr: `part[${i}]`, node })),
    ...(shape === 'stmt' && { startExpanded: true }),
  }
}

const PROGRAM = view('Function', 'stmt', [
  view('name', 'leaf'),
  view('Return', 'stmt', [view('Add', 'expr', [view('Left', 'expr'), view('LongerRight', 'expr')])]),
])

const layout = suite('layout')

layout('statements are an outline: each row below the one before, parts indented', () => {
  const { nodes } = layOut(makeTree(PROGRAM).root, { leaves: true })
  assert.equal(
    nodes.map(({ node, x, y }) => [node.data.label, x, y]),
    [
      ['Function', 0, 0],
      ['name', SIZE.indent, SIZE.node + SIZE.row],
      ['Return', SIZE.indent, 2 * (SIZE.node + SIZE.row)],
      ['Add', 2 * SIZE.indent, 3 * (SIZE.node + SIZE.row)],
    ],
  )
})

layout('an open expression stands centred above its parts, which stand side by side', () => {
  const tree = makeTree(PROGRAM)
  collapseOnly(tree, new Set())
  const { nodes, edges } = layOut(tree.root, { leaves: true })
  const [add, left, right] = ['Add', 'Left', 'LongerRight'].map((label) => {
    const found = nodes.find(({ node }) => node.data.label === label)
    if (found === undefined) throw new Error(`${label} is not shown`)
    return found
  })
  if (!add || !left || !right) throw new Error('three nodes were looked for')
  assert.is(left.y, add.y + add.height + SIZE.below)
  assert.is(right.x, left.x + left.width + SIZE.beside)
  const middle = (left.x + left.width / 2 + right.x + right.width / 2) / 2
  assert.ok(Math.abs(add.x + add.width / 2 - middle) < 0.001)
  assert.equal(
    edges.map(({ to, kind }) => `${to.attr} ${kind}`),
    ['part[0] outline', 'part[1] outline', 'part[0] outline', 'part[0] tree', 'part[1] tree'],
  )
})

layout('a collapsed node is as large as its source, an open one as its label', () => {
  const tree = makeTree({ ...view('If', 'stmt', [view('x', 'leaf')]), src: 'if a:\n    return long_name' })
  const [open] = layOut(tree.root, { leaves: true }).nodes
  assert.is(open?.height, SIZE.node)
  collapseOnly(tree, new Set([0]))
  const [closed] = layOut(tree.root, { leaves: true }).nodes
  assert.is(closed?.height, SIZE.node + SIZE.line)
  assert.is(closed?.width, 20 * SIZE.character + 2 * SIZE.padding + SIZE.chevron)
})

layout('leaves can be left out', () => {
  const { nodes } = layOut(makeTree(PROGRAM).root, { leaves: false })
  assert.equal(
    nodes.map(({ node }) => node.data.label),
    ['Function', 'Return', 'Add'],
  )
})

layout.run()

const state = suite('state in the address')

state('is printed and read back', () => {
  const hash = 's0:3,7;s1:2;focus:1:4;noleaves'
  const { collapsed, focus, leaves } = parseHash(`#${hash}`)
  assert.equal([...(collapsed.get(0) ?? [])], [3, 7])
  assert.equal(focus, { section: 1, node: 4 })
  assert.is(leaves, false)
  assert.is(printHash({ collapsed, focus, leaves }), hash)
})

state('a list of ids alone is the first section; nonsense is nothing', () => {
  assert.equal([...(parseHash('#1,3,7').collapsed.get(0) ?? [])], [1, 3, 7])
  const { collapsed, focus, leaves } = parseHash('#hello;s:1;focus:x')
  assert.is(collapsed.size, 0)
  assert.is(focus, null)
  assert.ok(leaves)
})

state('what is open follows from what is collapsed', () => {
  const tree = makeTree(PROGRAM)
  assert.ok(isUntouched(tree))
  assert.equal(collapsedIds(tree), [3])
  collapseOnly(tree, new Set([0]))
  assert.equal(collapsedIds(tree), [0])
  assert.not.ok(isUntouched(tree))
})

state.run()

const scenes = suite('pictures between two layouts')

scenes('a node that appears comes out of the nearest that was there', () => {
  const tree = makeTree(PROGRAM)
  const before = sceneOf(layOut(tree.root, { leaves: true }))
  collapseOnly(tree, new Set())
  const after = sceneOf(layOut(tree.root, { leaves: true }))
  const start = between(before, after, 0)
  const left = start.nodes.find(({ node }) => node.data.label === 'Left')
  const add = before.nodes.find(({ node }) => node.data.label === 'Add')
  assert.is(left?.opacity, 0)
  assert.equal([left?.x, left?.y], [add?.x, add?.y])
  const end = between(before, after, 1)
  assert.equal(
    end.nodes.map(({ node, x, y, opacity }) => [node.id, x, y, opacity]).sort(),
    after.nodes.map(({ node, x, y, opacity }) => [node.id, x, y, opacity]).sort(),
  )
})

scenes.run()
