/**
 * The arguments of a call, and of a class.
 */
import type { Offset } from '../../text/source.ts'
import type { Expr, Keyword } from '../ast.ts'
import { T } from '../lexer.ts'
import { identifier, parseGenerators, startsComprehension } from './atoms.ts'
import { GRAMMAR, keywordRepeated } from './diagnostics.ts'
import type { Parser } from './parser.ts'
import { refuseExpression, starred } from './refused.ts'

export interface Arguments {
  readonly args: readonly Expr[]
  readonly keywords: readonly Keyword[]
  /** Where `**d` stands, if anywhere. */
  readonly doubleStars: readonly Keyword['span'][]
}

/** From the opening to the closing parenthesis. */
export function parseArguments(p: Parser): Arguments {
  const open = p.start
  p.advance()
  const args: Expr[] = []
  const keywords: Keyword[] = []
  const names = new Set<string>()
  const doubleStars: Keyword['span'][] = []
  while (p.kind !== T.parenClose) {
    const start = p.start
    if (p.kind === T.star) {
      if (doubleStars.length > 0) p.fail(GRAMMAR.starAfterDoubleStar)
      args.push(starred(p, p.productions.expression))
      refuseAssignment(p, start, 'iterable argument unpacking')
    } else if (p.kind === T.doubleStar) {
      p.advance()
      p.productions.expression(p)
      refuseAssignment(p, start, 'keyword argument unpacking')
      doubleStars.push(p.spanFrom(start))
    } else if (p.kind === T.name && p.kindAt(1) === T.assign) {
      keywords.push(parseKeyword(p, names))
    } else {
      if ((p.kind === T.kwTrue || p.kind === T.kwFalse || p.kind === T.kwNone) && p.kindAt(1) === T.assign) {
        p.fail(GRAMMAR.cannotAssign(p.tokenText))
      }
      const argument = parsePositional(p, open, args.length === 0 && keywords.length === 0)
      if (doubleStars.length > 0) p.fail(GRAMMAR.positionalAfterUnpacking)
      if (keywords.length > 0) p.fail(GRAMMAR.positionalAfterKeyword)
      args.push(argument)
    }
    if (!p.take(T.comma)) break
  }
  p.expect(T.parenClose)
  return { args, keywords, doubleStars }
}

/** `*a=v` is a misunderstanding, if a value follows. */
function refuseAssignment(p: Parser, start: Offset, what: string): void {
  if (p.kind !== T.assign) return
  const end = p.lookAhead((ahead) => {
    ahead.advance()
    ahead.productions.expression(ahead)
  })
  if (end !== -1) p.fail(GRAMMAR.cannotAssign(what), start)
}

/** @param names  those of the keywords before it; this one's is added */
function parseKeyword(p: Parser, names: Set<string>): Keyword {
  const start = p.start
  const value = identifier(p.tokenText)
  const name = { kind: 'StrLiteral', span: p.tokenSpan(), value } as const
  p.advance()
  p.advance()
  if (p.kind === T.comma || p.kind === T.parenClose) p.fail(GRAMMAR.missingArgumentValue, start)
  const argument = p.productions.expression(p)
  if (startsComprehension(p)) p.fail(GRAMMAR.meantComparison, start)
  const span = p.spanFrom(start)
  if (names.has(value)) p.refuse(keywordRepeated(value, span))
  names.add(value)
  return { kind: 'Keyword', span, name, value: argument }
}

function parsePositional(p: Parser, open: number, isFirst: boolean): Expr {
  const start = p.start
  const mark = p.refusals.length
  const isWalrus = p.kind === T.name && p.kindAt(1) === T.walrus
  const argument = isWalrus ? p.productions.namedExpression(p) : p.productions.expression(p)
  if (p.kind === T.assign) p.fail(GRAMMAR.assignmentInCall, start)
  if (!startsComprehension(p)) return argument
  parseGenerators(p)
  if (!isFirst || p.kind === T.comma) p.fail(GRAMMAR.bareGenerator, start)
  if (p.kind !== T.parenClose) p.invalidSyntax()
  // A generator that is the only argument owns the parentheses of the call.
  return refuseExpression(p, mark, 'GeneratorExp', { file: p.file, start: open, end: p.end })
}
