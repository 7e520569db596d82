/** Colours and sizes. */
import type { ViewColor } from '../../compiler/inspect/view-tree.ts'

export interface Paint {
  readonly fill: string
  readonly stroke: string
}

export const PAINTS: Readonly<Record<ViewColor, { readonly expanded: Paint; readonly collapsed: Paint }>> = {
  blue: { expanded: { fill: '#b8d0e8', stroke: '#87afd7' }, collapsed: { fill: '#b8d0e8', stroke: '#6a9ac4' } },
  red: { expanded: { fill: '#e8c0c0', stroke: '#d78787' }, collapsed: { fill: '#e8c0c0', stroke: '#c07070' } },
  amber: { expanded: { fill: '#fef9c3', stroke: '#e0b840' }, collapsed: { fill: '#fef3c7', stroke: '#e5c04a' } },
  emerald: { expanded: { fill: '#d1fae5', stroke: '#6dd0a0' }, collapsed: { fill: '#a7f3d0', stroke: '#5cc090' } },
  default: { expanded: { fill: '#f5f5f5', stroke: '#c0c0c0' }, collapsed: { fill: '#ffffff', stroke: '#c0c0c0' } },
}

/** Backgrounds of coloured characters, by their letter in `src_colors`. */
export const RUNS: Readonly<Record<string, string>> = { R: PAINTS.red.expanded.fill, B: PAINTS.blue.expanded.fill }

export const INK = '#1e293b'
export const FAINT = '#64748b'
export const LINE = '#94a3b8'
export const FONT = 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace'

/** In pixels. */
export const SIZE = {
  font: 13,
  character: 7.8,
  line: 18,
  node: 28,
  /** From a statement to what belongs to it. */
  indent: 120,
  /** Between the rows of an outline. */
  row: 16,
  /** Between expressions that stand side by side, and between one and those below. */
  beside: 16,
  below: 30,
  padding: 12,
  /** Room for the mark that says whether a node is open. */
  chevron: 16,
  /** Where the line down from a statement starts. */
  stem: 16,
} as const
