/**
 * What scope analysis complains about.
 */
import { blame, type Diagnostic, note } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'

export function alreadyDeclared(name: string, newSpan: Span, oldSpan: Span | undefined): Diagnostic {
  return twoDeclarations('already-declared', `variable \`${name}\` already declared`, newSpan, oldSpan)
}

export function shadowsOuterName(name: string, newSpan: Span, oldSpan: Span | undefined): Diagnostic {
  const message = `variable \`${name}\` shadows a name declared in an outer scope`
  return twoDeclarations('shadows-outer-name', message, newSpan, oldSpan)
}

function twoDeclarations(code: string, message: string, newSpan: Span, oldSpan: Span | undefined): Diagnostic {
  const annotations = [blame('this is the new declaration', newSpan)]
  if (oldSpan !== undefined) annotations.push(note('this is the previous declaration', oldSpan))
  return { code, class: 'ScopeError', message, annotations }
}

/** A plain assignment made a local variable only because the module's one comes later in the text. */
export function localBeforeGlobal(name: string, assignment: Span, global: Span | undefined): Diagnostic {
  const annotations = [blame('this assigns a local variable', assignment)]
  if (global !== undefined) annotations.push(note(`the module's \`${name}\` is defined later in the text`, global))
  return {
    code: 'local-before-global',
    class: 'Warning',
    message: `\`${name}\` is a local variable here, because the module's \`${name}\` is defined below`,
    annotations,
  }
}

/** A definition of a name that the parser understands by itself in front of a number. */
export function literalTypeRedefined(name: string, span: Span): Diagnostic {
  return {
    code: 'literal-type-redefined',
    class: 'Warning',
    message: `\`${name}(5)\` does not call this \`${name}\`: it is a literal of the type \`${name}\``,
    annotations: [note('defined here', span)],
  }
}
