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
  const dumper = new TreeDumper(painter(options.color ?? false))
  dumper.shape(shape, '')
  return dumper.text
}

/** Writes into one list: texts that were joined at every level would be copied as often as trees are deep. */
class TreeDumper {
  readonly #paint: Paint
  readonly #parts: string[] = []

  constructor(paint: Paint) {
    this.#paint = paint
  }

  get text(): string {
    return this.#parts.join('')
  }

  shape(shape: Shape, indent: string): void {
    const { fields } = shape
    const isDeep = fields.some(
      ({ value }) => value.kind === 'shape' || value.kind === 'list' || value.kind === 'symbol',
    )
    const inner = `${indent}    `
    this.#parts.push(this.#label(shape), isDeep ? '(\n' : '(')
    for (const [i, { name, value }] of fields.entries()) {
      this.#parts.push(isDeep ? inner : i > 0 ? ', ' : '', name, '=')
      this.#value(value, isDeep ? inner : indent)
      if (isDeep) this.#parts.push(',\n')
    }
    this.#parts.push(isDeep ? `${indent})` : ')')
  }

  #label({ label, color }: Shape): string {
    return color === undefined ? this.#paint('turquoise', label) : this.#paint('default', label, color)
  }

  #value(value: ShapeValue, indent: string): void {
    switch (value.kind) {
      case 'shape':
        this.shape(value.shape, indent)
        return
      case 'list':
        this.#list(value.items, indent)
        return
      case 'text':
        this.#parts.push(this.#paint('green', quote(value.text)))
        return
      case 'word':
      case 'symbol':
        this.#parts.push(value.text)
        return
      default:
        unreachable(value)
    }
  }

  #list(items: readonly ShapeValue[], indent: string): void {
    const inner = `${indent}    `
    this.#parts.push(items.length === 0 ? '[' : '[\n')
    for (const item of items) {
      this.#parts.push(inner)
      this.#value(item, inner)
      this.#parts.push(',\n')
    }
    this.#parts.push(items.length === 0 ? ']' : `${indent}]`)
  }
}
