/**
 * The viewer of trees: the script of the pages that `spy parse`, `redshift` and `colorize` write. It draws each tree into
 * an `<svg>`; what is open is kept in the address of the page, so that it can be sent to others.
 */
import type { ViewNode } from '../../compiler/inspect/view-tree.ts'
import { parseHash, printHash } from './hash.ts'
import { hideBanner, showBanner } from './overlays.ts'
import { type Page, Section } from './section.ts'
import { collapsedIds, collapseOnly, isUntouched, makeTree, type TreeNode } from './tree.ts'

class Viewer implements Page {
  readonly #sections: Section[] = []
  #leaves = true
  #focus: { readonly section: Section; readonly node: TreeNode } | null = null

  render(svg: SVGSVGElement, data: ViewNode): void {
    this.#sections.push(new Section(svg, makeTree(data), this))
  }

  restoreFromHash(): void {
    const { collapsed, focus, leaves } = parseHash(location.hash)
    this.#leaves = leaves
    for (const [index, ids] of collapsed) {
      const section = this.#sections[index]
      if (section !== undefined) collapseOnly(section.tree, ids)
    }
    for (const section of this.#sections) section.update(false)
    const section = focus === null ? undefined : this.#sections[focus.section]
    const node = focus === null ? undefined : section?.tree.nodes[focus.node]
    if (section !== undefined && node !== undefined) this.focus(section, node)
  }

  get leaves(): boolean {
    return this.#leaves
  }

  get isFocused(): boolean {
    return this.#focus !== null
  }

  toggleLeaves(): void {
    this.#leaves = !this.#leaves
    for (const section of this.#sections) section.update()
    this.changed()
  }

  focus(section: Section, node: TreeNode): void {
    this.#focus = { section, node }
    for (const each of this.#sections) setVisible(each, each === section)
    if (node.children.length > 0) node.expanded = true
    section.showFrom(node)
    showBanner(() => this.showAll())
    this.changed()
  }

  showAll(): void {
    this.#focus = null
    hideBanner()
    for (const section of this.#sections) {
      setVisible(section, true)
      section.showFrom(section.tree.root)
    }
    this.changed()
  }

  changed(): void {
    const sections = this.#sections
    const focus = this.#focus
    const hash = printHash({
      collapsed: new Map(
        sections.flatMap(({ tree }, index) => (isUntouched(tree) ? [] : [[index, new Set(collapsedIds(tree))]])),
      ),
      focus: focus === null ? null : { section: sections.indexOf(focus.section), node: focus.node.id },
      leaves: this.#leaves,
    })
    history.replaceState(history.state, '', hash === '' ? location.pathname + location.search : `#${hash}`)
  }
}

/** A drawing, together with its title. */
function setVisible({ svg }: Section, visible: boolean): void {
  const title = svg.previousElementSibling
  const parts = title instanceof HTMLHeadingElement ? [svg, title] : [svg]
  for (const part of parts) part.style.display = visible ? '' : 'none'
}

const viewer = new Viewer()

/** What pages call. */
export const SPyAstViz = {
  render: (svg: SVGSVGElement, data: ViewNode): void => viewer.render(svg, data),
  restoreFromHash: (): void => viewer.restoreFromHash(),
}

Object.assign(globalThis, { SPyAstViz })
