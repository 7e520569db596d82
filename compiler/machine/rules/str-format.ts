/**
 * `"{} {name!r:>8}".format(...)` with a template that is known now: its fields are found now, and what is left to do is
 * what an f-string would do.
 */
import { I32, STR } from '../../objects/types.ts'
import { SpyError } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { TypedStmt } from '../../typed/tree.ts'
import { bind } from './apply.ts'
import { parseTemplate, type TemplateField, type TemplatePart } from './format-template.ts'
import { formatValue } from './formatting.ts'
import { blueOperand, effectsOf, type Operand, redOperand } from './operand.ts'
import { binary, getAttrNamed, getItem, redOrBlue, type TypedKeyword } from './operations.ts'
import type { Typer } from './typer.ts'

interface Arguments {
  readonly args: readonly Operand[]
  readonly keywords: ReadonlyMap<string, Operand>
}

/** All arguments are evaluated, once and in order, whatever the template does with them. */
export function callStrFormat(
  t: Typer,
  template: string,
  args: readonly Operand[],
  keywords: readonly TypedKeyword[],
  span: Span,
): Operand {
  return t.within(span, () => {
    const parts = parseTemplate(template)
    const before: TypedStmt[] = []
    const evaluated: Arguments = {
      args: args.map((arg) => evaluate(t, arg, before)),
      keywords: new Map(keywords.map(({ name, value }) => [name, evaluate(t, value, before)])),
    }
    return redOrBlue(join(t, parts, evaluated, span), before)
  })
}

function evaluate(t: Typer, arg: Operand, before: TypedStmt[]): Operand {
  if (arg.tree !== null) return { ...redOperand(bind(t, arg.tree, before), arg.symbol), span: arg.span }
  before.push(...effectsOf(arg))
  return { ...arg, before: [] }
}

function join(t: Typer, parts: readonly TemplatePart[], given: Arguments, span: Span): Operand {
  return parts
    .map((part) =>
      typeof part === 'string' ? blueOperand({ type: STR, value: part }, span) : field(t, part, given, span),
    )
    .reduce((joined, part) => binary(t, '+', joined, part, span), blueOperand({ type: STR, value: '' }, span))
}

function field(t: Typer, part: TemplateField, given: Arguments, span: Span): Operand {
  const value = part.path.reduce(
    (of, { kind, key }) => {
      const name = blueOperand(typeof key === 'number' ? { type: I32, value: key } : { type: STR, value: key }, span)
      return kind === 'attr' ? getAttrNamed(t, of, name, span) : getItem(t, [of, name], span)
    },
    argument(part.arg, given),
  )
  const spec = part.spec.length === 0 ? null : join(t, part.spec, given, span)
  return formatValue(t, value, part.conversion, spec, span)
}

function argument(arg: number | string, { args, keywords }: Arguments): Operand {
  const value = typeof arg === 'number' ? args[arg] : keywords.get(arg)
  if (value !== undefined) return value
  if (typeof arg === 'string') throw new SpyError({ class: 'KeyError', message: `'${arg}'`, annotations: [] })
  const message = `Replacement index ${arg} out of range for positional args tuple`
  throw new SpyError({ class: 'IndexError', message, annotations: [] })
}
