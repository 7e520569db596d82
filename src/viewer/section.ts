/** One drawing: a tree in an `<svg>`, and what happens when it is clicked. */
import { draw } from './draw.ts'
import { copyText, saveText, svgText } from './export.ts'
import { type Layout, layOut } from './layout.ts'
import { hideTooltip, type MenuItem, openMenu, showTooltip } from './overlays.ts'
import { between, type Scene, sceneOf } from './scene.ts'
import { canToggle, type Tree, type TreeNode } from './tree.ts'

/** What sections have in common. */
export interface Page {
  readonly leaves: boolean
  toggleLeaves(): void
  focus(section: Section, node: TreeNode): void
  readonly isFocused: boolean
  showAll(): void
  /** Something was opened or closed. */
  changed(): void
}

/** In milliseconds. */
const MOVING = 300
const RESTING = 600

export class Section {
  readonly svg: SVGSVGElement
  readonly tree: Tree
  readonly #page: Page
  /** Only this and what is below it is shown. */
  #top: TreeNode
  #scene: Scene
  #frame = 0
  #waiting: ReturnType<typeof setTimeout> | undefined

  constructor(svg: SVGSVGElement, tree: Tree, page: Page) {
    this.svg = svg
    this.tree = tree
    this.#page = page
    this.#top = tree.root
    this.#scene = sceneOf(this.#layout())
    draw(svg, this.#scene)
    this.#listen()
  }

  /** Show what is below a node, or all. */
  showFrom(node: TreeNode): void {
    this.#top = node
    this.update(false)
  }

  /** After something has been opened or closed. */
  update(animated = true): void {
    hideTooltip()
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    const from = this.#scene
    const to = sceneOf(this.#layout())
    if (!animated || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.#show(to)
      return
    }
    const start = performance.now()
    const step = (now: number): void => {
      const time = Math.min(1, Math.max(0, (now - start) / MOVING))
      this.#frame = time < 1 ? requestAnimationFrame(step) : 0
      this.#show(time < 1 ? between(from, to, time) : to)
    }
    this.#frame = requestAnimationFrame(step)
  }

  #layout(): Layout {
    return layOut(this.#top, { leaves: this.#page.leaves })
  }

  #show(scene: Scene): void {
    this.#scene = scene
    draw(this.svg, scene)
  }

  #toggle(node: TreeNode): void {
    if (!canToggle(node)) return
    node.expanded = !node.expanded
    this.update()
    this.#page.changed()
  }

  #nodeAt(target: EventTarget | null): TreeNode | undefined {
    const group = target instanceof Element ? target.closest('[data-id]') : null
    return group === null ? undefined : this.tree.nodes[Number(group.getAttribute('data-id'))]
  }

  #listen(): void {
    const { svg } = this
    svg.addEventListener('click', ({ target }) => {
      const node = this.#nodeAt(target)
      if (node !== undefined) this.#toggle(node)
    })
    // Only those who use the keyboard need to see where it goes.
    svg.addEventListener('pointerdown', () => svg.removeAttribute('data-keyboard'))
    svg.addEventListener('keyup', () => svg.setAttribute('data-keyboard', ''))
    svg.addEventListener('keydown', (event) => {
      const node = this.#nodeAt(event.target)
      if (node === undefined || (event.key !== 'Enter' && event.key !== ' ')) return
      event.preventDefault()
      this.#toggle(node)
    })
    svg.addEventListener('contextmenu', (event) => {
      const node = this.#nodeAt(event.target)
      if (node === undefined || !canToggle(node)) return
      event.preventDefault()
      hideTooltip()
      openMenu(event.clientX, event.clientY, this.#menu(node))
    })
    svg.addEventListener('pointerover', ({ target }) => this.#hover(target))
    svg.addEventListener('pointerleave', () => this.#hover(null))
  }

  #menu(node: TreeNode): readonly MenuItem[] {
    const page = this.#page
    return [
      { text: 'Focus on this subtree', action: () => page.focus(this, node) },
      ...(page.isFocused ? [{ text: 'Show all', action: () => page.showAll() }] : []),
      { text: page.leaves ? 'Hide leaves' : 'Show leaves', action: () => page.toggleLeaves() },
      { text: 'Copy SVG to clipboard', action: () => void copyText(svgText(this.svg)) },
      { text: 'Save SVG as file', action: () => saveText(svgText(this.svg), 'tree.svg', 'image/svg+xml') },
    ]
  }

  /** Who rests on an open node sees its source. */
  #hover(target: EventTarget | null): void {
    clearTimeout(this.#waiting)
    hideTooltip()
    const node = this.#nodeAt(target)
    if (node === undefined || !node.expanded || node.data.src === '') return
    this.#waiting = setTimeout(() => {
      const shape = this.svg.querySelector(`[data-id="${node.id}"] > path`)
      if (this.#frame === 0 && node.expanded && shape !== null) {
        showTooltip(node.data.src, shape.getBoundingClientRect())
      }
    }, RESTING)
  }
}
