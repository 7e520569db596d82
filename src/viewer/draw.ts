/**
 * A picture as SVG. Everything that a drawing needs stands in its attributes, so that it looks the same in a file.
 */
import type { Box } from './layout.ts'
import { linesOf } from './layout.ts'
import { FAINT, FONT, INK, LINE, PAINTS, RUNS, SIZE } from './palette.ts'
import type { Scene, SceneEdge, SceneNode } from './scene.ts'
import { canToggle, type TreeNode } from './tree.ts'

type Attributes = Readonly<Record<string, string | number>>

export function element<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes,
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  made.append(...children)
  return made
}

const MARGIN = 8

export function draw(svg: SVGSVGElement, scene: Scene): void {
  const width = Math.ceil(scene.width + 2 * MARGIN)
  const height = Math.ceil(scene.height + 2 * MARGIN)
  svg.setAttribute('width', String(width))
  svg.setAttribute('height', String(height))
  svg.setAttribute('viewBox', `${-MARGIN} ${-MARGIN} ${width} ${height}`)
  svg.setAttribute('font-family', FONT)
  svg.setAttribute('font-size', String(SIZE.font))
  const focused = document.activeElement?.getAttribute('data-id')
  const hadFocus = svg.contains(document.activeElement)
  svg.replaceChildren(...scene.edges.map(drawEdge), ...scene.nodes.map(drawNode))
  if (hadFocus) svg.querySelector<SVGElement>(`[data-id="${focused}"]`)?.focus({ preventScroll: true })
}

// ----------------------------------------------------------------------------------------------------------- edges

function drawEdge(edge: SceneEdge): SVGElement {
  const { kind, x1, y1, x2, y2, opacity, to } = edge
  const line = element('path', {
    d: kind === 'outline' ? `M${r(x1)} ${r(y1)}V${r(y2)}H${r(x2)}` : curve(x1, y1, x2, y2),
    fill: 'none',
    stroke: LINE,
    // Lines of one outline lie upon each other, and must not get darker for that.
    ...(kind === 'outline' ? { 'shape-rendering': 'crispEdges' } : { 'stroke-width': 1.2 }),
  })
  const label = { 'font-size': 11, fill: FAINT, 'font-style': 'italic' }
  const text =
    kind === 'outline'
      ? element('text', { ...label, x: r(x1 + 8), y: r(y2 - 5) }, to.attr)
      : element(
          'text',
          { ...label, x: r((x1 + x2) / 2), y: r((y1 + y2) / 2 + 4), 'text-anchor': 'middle', ...HALO },
          to.attr,
        )
  return element('g', { opacity: r(opacity), 'pointer-events': 'none' }, line, text)
}

/** Names on a line are legible because the line stops before them. */
const HALO = { stroke: '#f8fafc', 'stroke-width': 4, 'paint-order': 'stroke' }

function curve(x1: number, y1: number, x2: number, y2: number): string {
  const middle = (y1 + y2) / 2
  return `M${r(x1)} ${r(y1)}C${r(x1)} ${r(middle)} ${r(x2)} ${r(middle)} ${r(x2)} ${r(y2)}`
}

/** Tenths of a pixel are enough. */
function r(value: number): number {
  return Math.round(value * 10) / 10
}

// ----------------------------------------------------------------------------------------------------------- nodes

function drawNode(placed: SceneNode): SVGElement {
  const { node, x, y, width, height, opacity } = placed
  const { fill, stroke } = PAINTS[node.data.color][node.expanded ? 'expanded' : 'collapsed']
  const shape = element('path', { d: outline(node, { x: 0, y: 0, width, height }), fill, stroke, 'stroke-width': 1.4 })
  const group = element('g', {
    transform: `translate(${r(x)} ${r(y)})`,
    opacity: r(opacity),
    'data-id': node.id,
    role: 'treeitem',
    'aria-label': node.data.label,
  })
  group.append(shape)
  if (canToggle(node)) {
    group.setAttribute('aria-expanded', String(node.expanded))
    group.setAttribute('tabindex', '0')
    group.style.cursor = 'pointer'
    group.append(chevron(node, height))
  }
  group.append(...writing(node, height))
  return group
}

/** Statements are boxes with round corners, expressions pills, leaves hexagons. */
function outline({ data }: TreeNode, { width: w, height: h }: Box): string {
  if (data.shape === 'leaf') {
    const cut = Math.min(8, w / 4)
    return `M${cut} 0H${r(w - cut)}L${r(w)} ${r(h / 2)}L${r(w - cut)} ${r(h)}H${cut}L0 ${r(h / 2)}Z`
  }
  const radius = Math.min(data.shape === 'expr' ? SIZE.node / 2 : 6, w / 2, h / 2)
  const arc = (x: number, y: number): string => `a${r(radius)} ${r(radius)} 0 0 1 ${r(x)} ${r(y)}`
  return (
    `M${r(radius)} 0H${r(w - radius)}${arc(radius, radius)}V${r(h - radius)}${arc(-radius, radius)}` +
    `H${r(radius)}${arc(-radius, -radius)}V${r(radius)}${arc(radius, -radius)}Z`
  )
}

function chevron(node: TreeNode, height: number): SVGElement {
  const y = Math.min(height, SIZE.node) / 2
  return element('path', {
    d: node.expanded ? `M${SIZE.padding} ${y - 3}h8l-4 6z` : `M${SIZE.padding + 1} ${y - 4}v8l6 -4z`,
    fill: FAINT,
    'pointer-events': 'none',
  })
}

function writing(node: TreeNode, height: number): readonly SVGElement[] {
  const lines = linesOf(node)
  const x = SIZE.padding + (canToggle(node) ? SIZE.chevron : 0)
  const top = (height - lines.length * SIZE.line) / 2
  const runs = node.expanded ? [] : colorRuns(node.data.src_colors ?? '', lines, x, top)
  const text = lines.map((line, i) =>
    element(
      'text',
      {
        x,
        y: r(top + i * SIZE.line + 13.5),
        fill: INK,
        'pointer-events': 'none',
        ...(node.expanded && { 'font-weight': 600 }),
        // As wide as its box was made for, whatever font there is.
        ...(line !== '' && { textLength: r([...line].length * SIZE.character), lengthAdjust: 'spacingAndGlyphs' }),
      },
      // Spaces that are none would be drawn as one, or not at all.
      line.replaceAll(' ', '\u00a0'),
    ),
  )
  return [...runs, ...text]
}

/** Backgrounds of coloured characters. Runs count the line breaks between lines as characters. */
function colorRuns(runs: string, lines: readonly string[], x: number, top: number): readonly SVGElement[] {
  const lengths = lines.map((line) => [...line].length)
  const boxes: SVGElement[] = []
  let row = 0
  let column = 0
  for (const run of runs.split(' ')) {
    const fill = RUNS[run.slice(0, 1)]
    let left = Number(run.slice(1))
    while (left > 0 && row < lines.length) {
      const take = Math.min(left, (lengths[row] ?? 0) - column)
      if (fill !== undefined && take > 0) {
        boxes.push(
          element('rect', {
            x: r(x + column * SIZE.character),
            y: r(top + row * SIZE.line + 1),
            width: r(take * SIZE.character),
            height: SIZE.line - 2,
            rx: 2,
            fill,
            'pointer-events': 'none',
          }),
        )
      }
      column += take
      left -= take
      if (left > 0) {
        left--
        row++
        column = 0
      }
    }
  }
  return boxes
}
