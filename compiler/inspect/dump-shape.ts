/**
 * A tree as text, one field per line where it has nodes below it.
 *
 *     Return(
 *         value=BinOp(
 *             op='*',
 *             left=Name(id='n'),
 *             right=Literal(value=2),
 *         ),
 *     )
 */
import { quote } from '../../src/runtime/numbers.ts'
import { type Paint, painter, unreachable } from '../text/diagnostics.ts'
import type { Shape, ShapeValue } from './shape.ts'

export interface ShapeDumpOptions {
  readonly color?: boolean
}

/** Labels of nodes that have a colour stand on that colour. */
export function dumpShape(shape: Shape, options: ShapeDumpOptions = {}): string {
  return new TreeDumper(painter(options.color ?? false)).shape(shape, '')
}

class TreeDumper {
  readonly #paint: Paint

  constructor(paint: Paint) {
    this.#paint = paint
  }

  shape(shape: Shape, indent: string): string {
    const { fields } = shape
    const label = this.#label(shape)
    if (!fields.some(({ value }) => value.kind === 'shape' || value.kind === 'list' || value.kind === 'symbol')) {
      return `${label}(${fields.map(({ name, value }) => `${name}=${this.#value(value, indent)}`).join(', ')})`
    }
    const inner = `${indent}    `
    const lines = fields.map(({ name, value }) => `${inner}${name}=${this.#value(value, inner)},\n`)
    return `${label}(\n${lines.join('')}${indent})`
  }

  #label({ label, color }: Shape): string {
    return color === undefined ? this.#paint('turquoise', label) : this.#paint('default', label, color)
  }

  #value(value: ShapeValue, indent: string): string {
    switch (value.kind) {
      case 'shape':
        return this.shape(value.shape, indent)
      case 'list':
        return this.#list(value.items, indent)
      case 'text':
        return this.#paint('green', quote(value.text))
      case 'word':
      case 'symbol':
        return value.text
      default:
        return unreachable(value)
    }
  }

  #list(items: readonly ShapeValue[], indent: string): string {
    if (items.length === 0) return '[]'
    const inner = `${indent}    `
    return `[\n${items.map((item) => `${inner}${this.#value(item, inner)},\n`).join('')}${indent}]`
  }
}
