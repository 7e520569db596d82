/**
 * Trees of any stage as dumps and viewers see them: a label, and fields in order. The tree as it was written and the
 * typed tree each have a file that describes them so; whoever shows trees knows only this.
 */
import type { NodeColor } from '../machine/vm/vm.ts'

export interface Shape {
  /** `BinOp` */
  readonly label: string
  /** A few words that tell nodes of one kind apart: `+`. */
  readonly short?: string | undefined
  readonly isExpr: boolean
  readonly fields: readonly ShapeField[]
  readonly color?: NodeColor | undefined
  /** The node as text: lines without common indentation. */
  readonly source: () => string
  /** Which characters of `source` have which colour: `_4 R1 _3 B2`, counted in code points. */
  readonly sourceColors?: (() => string) | undefined
  /** Viewers show what it consists of at once. */
  readonly isOpen?: boolean | undefined
}

export interface ShapeField {
  readonly name: string
  readonly value: ShapeValue
  /** Only dumps show it. */
  readonly dumpOnly?: boolean
}

export type ShapeValue =
  | { readonly kind: 'shape'; readonly shape: Shape }
  | { readonly kind: 'list'; readonly items: readonly ShapeValue[] }
  /** A string of the program. */
  | { readonly kind: 'text'; readonly text: string }
  /** Something that is shown as it is. */
  | { readonly kind: 'word'; readonly text: string }
  /** A variable, with what dumps write about it. */
  | { readonly kind: 'symbol'; readonly name: string; readonly text: string }

export const word = (text: string): ShapeValue => ({ kind: 'word', text })
export const text = (value: string): ShapeValue => ({ kind: 'text', text: value })
export const shapeValue = (shape: Shape): ShapeValue => ({ kind: 'shape', shape })
export const shapeList = (shapes: readonly Shape[]): ShapeValue => ({ kind: 'list', items: shapes.map(shapeValue) })
