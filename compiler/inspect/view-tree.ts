/**
 * Trees as the viewer of `src/viewer` draws them: plain data, which goes into a page as JSON.
 */
import { quote } from '../../src/runtime/numbers.ts'
import { unreachable } from '../text/diagnostics.ts'
import type { Shape, ShapeField, ShapeValue } from './shape.ts'

export interface ViewNode {
  readonly label: string
  readonly expr: boolean
  /** What is shown while the node is collapsed; several lines are separated by LF. */
  readonly src: string
  readonly shape: 'stmt' | 'expr' | 'leaf'
  readonly color: ViewColor
  readonly children: readonly ViewChild[]
  /** Runs of characters of `src`: `_4 R1`; `_` none, `R` red, `B` blue. */
  readonly src_colors?: string
  readonly startExpanded?: true
}

export interface ViewChild {
  /** Field of the parent that the node is, or is in: `body[2]`. */
  readonly attr: string
  readonly node: ViewNode
}

export type ViewColor = 'default' | 'amber' | 'emerald' | 'red' | 'blue'

/** @param colored  nodes without a colour of their own show that they have none */
export function viewTree(shape: Shape, options: { readonly colored: boolean }): ViewNode {
  const { label, short, isExpr, fields, sourceColors, isOpen } = shape
  const colors = sourceColors?.() ?? ''
  return {
    label: short === undefined ? label : `${label}: ${short}`,
    expr: isExpr,
    src: shape.source(),
    shape: isExpr ? 'expr' : 'stmt',
    color: shape.color ?? (isExpr && !options.colored ? 'amber' : 'default'),
    children: fields.flatMap((field) => viewField(field, options)),
    ...(colors !== '' && { src_colors: colors }),
    ...(isOpen && { startExpanded: true }),
  }
}

function viewField(
  { name, value, dumpOnly }: ShapeField,
  options: { readonly colored: boolean },
): readonly ViewChild[] {
  if (dumpOnly) return []
  if (value.kind !== 'list') return [{ attr: name, node: viewValue(value, options) }]
  return value.items.map((item, index) => ({ attr: `${name}[${index}]`, node: viewValue(item, options) }))
}

function viewValue(value: ShapeValue, options: { readonly colored: boolean }): ViewNode {
  switch (value.kind) {
    case 'shape':
      return viewTree(value.shape, options)
    case 'text':
      return leaf(quote(value.text))
    case 'word':
      return leaf(value.text)
    case 'symbol':
      return leaf(value.name)
    case 'list':
      return { ...leaf('list'), children: viewField({ name: 'item', value }, options) }
    default:
      return unreachable(value)
  }
}

function leaf(label: string): ViewNode {
  return { label, expr: true, src: '', shape: 'leaf', color: 'emerald', children: [] }
}
