/**
 * `[T, U]` behind the name of a function or class.
 */
import type { FuncArg } from '../ast.ts'
import { T } from '../lexer.ts'
import { identifier } from './atoms.ts'
import { boundedTypeParam, onlyPlainTypeParams } from './diagnostics.ts'
import type { Parser } from './parser.ts'

/** The parameters as untyped arguments; the language has plain ones only. */
export function parseTypeParameters(p: Parser): readonly FuncArg[] {
  p.expect(T.bracketOpen)
  const args: FuncArg[] = []
  do {
    if (args.length > 0 && p.kind === T.bracketClose) break
    args.push(parseTypeParameter(p))
  } while (p.take(T.comma))
  p.expect(T.bracketClose)
  return args
}

function parseTypeParameter(p: Parser): FuncArg {
  const start = p.start
  const mark = p.refusals.length
  const isPlain = !p.take(T.star) && !p.take(T.doubleStar)
  if (p.kind !== T.name) p.invalidSyntax()
  const name = identifier(p.tokenText)
  p.advance()
  const isBounded = isPlain && p.take(T.colon)
  if (isBounded) p.productions.expression(p)
  const span = p.spanFrom(start)
  if (!isPlain) p.refuseWhole(mark, onlyPlainTypeParams(span))
  if (isBounded) p.refuseWhole(mark, boundedTypeParam(span))
  return { kind: 'FuncArg', span, name, type: { kind: 'Auto', span }, argKind: 'simple' }
}
