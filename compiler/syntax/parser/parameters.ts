/**
 * Parameter lists of `def` and `lambda`. All of Python's are parsed; which of them the language has is decided by
 * whoever asked.
 */
import type { Diagnostic } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { Auto, Expr, FuncArg } from '../ast.ts'
import { T } from '../lexer.ts'
import { identifier } from './atoms.ts'
import { GRAMMAR } from './diagnostics.ts'
import type { Parser } from './parser.ts'

export interface Parameters {
  /** Before `/`. */
  readonly positionalOnly: readonly FuncArg[]
  readonly plain: readonly FuncArg[]
  readonly star: FuncArg | undefined
  readonly keywordOnly: readonly FuncArg[]
  /** The name behind `**`. */
  readonly doubleStar: Span | undefined
  /** Of positional parameters. */
  readonly defaults: readonly Expr[]
  /** What was refused in the annotations of `plain` and `star`, and in `defaults`: they are reported in that order. */
  readonly annotationRefusals: readonly Diagnostic[]
  readonly defaultRefusals: readonly Diagnostic[]
}

/** From behind the opening parenthesis to behind the closing one. */
export function parseParameters(p: Parser): Parameters {
  const parameters = parseList(p, T.parenClose, true)
  p.expect(T.parenClose)
  return parameters
}

/** From behind `lambda` to before the colon; only the grammar is checked. */
export function parseLambdaParameters(p: Parser): void {
  parseList(p, T.colon, false)
}

function parseList(p: Parser, close: number, isDef: boolean): Parameters {
  const list = new ParameterList(p, isDef, close)
  while (p.kind !== close) {
    list.parseOne()
    if (!p.take(T.comma)) break
  }
  return list.finish()
}

class ParameterList {
  readonly #p: Parser
  readonly #isDef: boolean
  readonly #close: number
  #positionalOnly: FuncArg[] = []
  #plain: FuncArg[] = []
  #star: FuncArg | undefined
  readonly #keywordOnly: FuncArg[] = []
  #doubleStar: Span | undefined
  readonly #defaults: Expr[] = []
  readonly #annotationRefusals: Diagnostic[] = []
  readonly #defaultRefusals: Diagnostic[] = []
  #hasSlash = false
  #hasStar = false

  constructor(p: Parser, isDef: boolean, close: number) {
    this.#p = p
    this.#isDef = isDef
    this.#close = close
  }

  parseOne(): void {
    const p = this.#p
    if (this.#doubleStar !== undefined) {
      const isParameter = p.kind === T.name || p.kind === T.star || p.kind === T.doubleStar || p.kind === T.slash
      if (isParameter) p.fail(GRAMMAR.afterKwargs)
      p.invalidSyntax()
    }
    if (p.kind === T.parenOpen && this.#isParenthesised()) {
      p.fail(this.#isDef ? GRAMMAR.parenthesisedParameter : GRAMMAR.parenthesisedLambdaParameter)
    }
    if (p.kind === T.slash) this.#slash()
    else if (p.kind === T.star) this.#starArgument()
    else if (p.kind === T.doubleStar) this.#doubleStarArgument()
    else this.#plainArgument()
  }

  finish(): Parameters {
    return {
      positionalOnly: this.#positionalOnly,
      plain: this.#plain,
      star: this.#star,
      keywordOnly: this.#keywordOnly,
      doubleStar: this.#doubleStar,
      defaults: this.#defaults,
      annotationRefusals: this.#annotationRefusals,
      defaultRefusals: this.#defaultRefusals,
    }
  }

  /** Whether parentheses hold parameters, as in Python 2. */
  #isParenthesised(): boolean {
    const p = this.#p
    let at = p.at + 1
    if (p.kinds[at] !== T.name) return false
    while (p.kinds[at] === T.name || p.kinds[at] === T.comma) at++
    return p.kinds[at] === T.parenClose
  }

  #slash(): void {
    const p = this.#p
    if (this.#hasSlash) p.fail(GRAMMAR.slashOnce)
    if (this.#hasStar) p.fail(GRAMMAR.slashBeforeStar)
    if (this.#plain.length === 0) {
      if (p.kindAt(1) === T.comma) p.fail(GRAMMAR.slashNeedsArgument)
      p.invalidSyntax()
    }
    p.advance()
    if (p.kind === T.star) p.fail(GRAMMAR.commaBetween)
    this.#hasSlash = true
    this.#positionalOnly = this.#plain
    this.#plain = []
    // Annotations of positional-only parameters are never looked at: the parameters themselves are refused first.
    this.#annotationRefusals.length = 0
  }

  #starArgument(): void {
    const p = this.#p
    if (this.#hasStar) p.fail(GRAMMAR.starOnce)
    p.advance()
    this.#hasStar = true
    if (p.kind === T.comma) {
      const next = p.kindAt(1)
      if (next === this.#close || next === T.doubleStar) p.fail(GRAMMAR.namedAfterStar)
      return
    }
    if (p.kind === this.#close) p.fail(GRAMMAR.namedAfterStar)
    const mark = p.refusals.length
    this.#star = this.#argument('var_positional', true)
    this.#annotationRefusals.push(...p.refusals.splice(mark))
    if (p.kind === T.assign) p.fail(GRAMMAR.starDefault)
  }

  #doubleStarArgument(): void {
    const p = this.#p
    p.advance()
    const mark = p.refusals.length
    this.#doubleStar = p.tokenSpan()
    this.#argument('simple', false)
    p.refusals.length = mark
    if (p.kind === T.assign) p.fail(GRAMMAR.kwargsDefault)
  }

  #plainArgument(): void {
    const p = this.#p
    const mark = p.refusals.length
    const arg = this.#argument('simple', false)
    const refusals = p.refusals.splice(mark)
    if (this.#hasStar) {
      this.#keywordOnly.push(arg)
      if (p.kind === T.assign) {
        this.#default()
        p.refusals.length = mark
      }
      return
    }
    this.#annotationRefusals.push(...refusals)
    this.#plain.push(arg)
    if (p.kind === T.assign) {
      this.#defaults.push(this.#default())
      this.#defaultRefusals.push(...p.refusals.splice(mark))
    } else if (this.#defaults.length > 0 && (p.kind === T.comma || p.kind === this.#close)) {
      p.fail(GRAMMAR.defaultsInOrder, arg.span.start)
    }
  }

  #default(): Expr {
    const p = this.#p
    p.advance()
    if (this.#isDef && (p.kind === this.#close || p.kind === T.comma)) p.fail(GRAMMAR.expectedDefault, p.start - 1)
    return p.productions.expression(p)
  }

  #argument(argKind: FuncArg['argKind'], isStar: boolean): FuncArg {
    const p = this.#p
    const start = p.start
    if (p.kind !== T.name) p.invalidSyntax()
    const name = identifier(p.tokenText)
    p.advance()
    if (!this.#isDef || !p.take(T.colon)) {
      const span = p.spanFrom(start)
      const auto: Auto = { kind: 'Auto', span }
      return { kind: 'FuncArg', span, name, type: auto, argKind }
    }
    // `*args: *Ts` is a starred annotation.
    const type = isStar && p.kind === T.star ? p.productions.starExpressions(p) : p.productions.expression(p)
    return { kind: 'FuncArg', span: p.spanFrom(start), name, type, argKind }
  }
}
