/**
 * What all productions share: the position in the tokens, the errors found so far, and the few things that depend on
 * where in the program we are.
 *
 * Errors come in two kinds. A grammar error stops the production it is found in, up to the statement, where the parser
 * goes on with the next line (`GrammarStop`). A refusal is a well-formed construct that the language does not have: it is
 * written down and parsing goes on. Refusals count only if the whole file has no grammar error.
 */
import type { Diagnostic } from '../../text/diagnostics.ts'
import type { Offset, SourceFile, Span } from '../../text/source.ts'
import type { Expr, Import, Stmt } from '../ast.ts'
import { syntaxError, T, type TokenKind, type Tokens } from '../lexer.ts'
import { GRAMMAR } from './diagnostics.ts'

/** Thrown to leave the productions of a statement that is not grammatical. */
export class GrammarStop extends Error {
  readonly diagnostic: Diagnostic

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message)
    this.diagnostic = diagnostic
  }
}

/** The productions that others below them need: expressions contain displays, which contain expressions. */
export interface Productions {
  /** `a if b else c`, `lambda`, and everything that binds tighter. */
  expression(p: Parser): Expr
  /** Also `name := value`. */
  namedExpression(p: Parser): Expr
  /** `a, *b` without parentheses, or a single expression. */
  starExpressions(p: Parser): Expr
  /** `yield ...` or `starExpressions`. */
  yieldOrStarExpressions(p: Parser): Expr
  /** Operators from `|` on; what a star may stand before. */
  bitwiseOr(p: Parser): Expr
  /** Without a conditional: what may follow `in` of a comprehension. */
  disjunction(p: Parser): Expr
  /** Target list of a `for`. */
  targetList(p: Parser): Expr
  /** One line of simple statements, or a compound statement. */
  statement(p: Parser, sink: StatementSink): void
}

/** Where statements go; a module takes others than a function. */
export interface StatementSink {
  /** @param mark  where the refusals of the statement start */
  statement(p: Parser, statement: Stmt, mark: number): void
  /** @param span  the whole statement */
  imports(p: Parser, items: readonly Import[], span: Span, what: 'Import' | 'ImportFrom'): void
}

/** What a refused expression was: its node says nothing about it any more. */
export interface RefusedExpr {
  /** Class name in Python's own tree. */
  readonly what: string
  /** Behind the star of a starred expression; the items of a parenthesised or bracketed target. */
  readonly parts: readonly Expr[]
}

/** How a negative literal was written before it was folded. */
export interface FoldedLiteral {
  /** True for exactly one minus before a plain number. */
  readonly isSimple: boolean
  /** The number without the minus. */
  readonly digits: Span
}

/** Levels of expressions. */
const MAX_DEPTH = 400

export class Parser {
  readonly file: SourceFile
  readonly text: string
  readonly productions: Productions
  readonly kinds: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array

  /** Index of the next token. */
  at = 0
  /** Kind of the next token. */
  kind: TokenKind
  /** Offset behind the last token that was taken, line breaks and block ends aside. */
  lastEnd: Offset = 0
  /** Index of the first token of the statement that is being parsed. */
  statementStart = 0
  /** Productions that only look ahead give no hints. */
  isLookingAhead = false

  readonly errors: Diagnostic[] = []
  readonly refusals: Diagnostic[] = []

  readonly refused = new Map<Expr, RefusedExpr>()
  /** Statements that were refused because of the form of an assignment; their nodes stand in for them. */
  readonly refusedAssignments = new Set<Stmt>()
  readonly folded = new Map<Expr, FoldedLiteral>()
  /** Literals that were written as `i8(5)`. */
  readonly typedLiterals = new Set<Expr>()

  /** The text is a printed tree, where `__block__(...)` has statements in it. */
  isPrinted = false
  loopDepth = 0
  functionDepth = 0
  /** Directly in a class body, where a declaration is a field. */
  isInClass = false
  /** Number of the next `for` loop. */
  nextSeq = 0
  /** Number of the next `with` item. */
  nextWithSeq = 0
  /** Above 0 where a walrus has no scope to put its variable into. */
  walrusBans = 0
  /** Levels of expressions around the current one. */
  depth = 0

  constructor(file: SourceFile, tokens: Tokens, productions: Productions) {
    this.file = file
    this.text = file.text
    this.productions = productions
    this.kinds = tokens.kinds
    this.starts = tokens.starts
    this.ends = tokens.ends
    this.kind = tokens.kinds[0] ?? T.end
  }

  /** Offset of the next token. */
  get start(): Offset {
    return this.starts[this.at] ?? 0
  }

  get end(): Offset {
    return this.ends[this.at] ?? 0
  }

  /** Text of the next token. */
  get tokenText(): string {
    return this.text.slice(this.start, this.end)
  }

  kindAt(distance: number): TokenKind {
    return this.kinds[this.at + distance] ?? T.end
  }

  textAt(index: number): string {
    return this.text.slice(this.starts[index], this.ends[index])
  }

  advance(): void {
    const kind = this.kind
    if (kind > T.dedent) this.lastEnd = this.ends[this.at] ?? 0
    if (kind !== T.end) this.at++
    this.kind = this.kinds[this.at] ?? T.end
  }

  /** Take the next token if it is of this kind. */
  take(kind: TokenKind): boolean {
    if (this.kind !== kind) return false
    this.advance()
    return true
  }

  expect(kind: TokenKind): void {
    if (this.kind !== kind) this.invalidSyntax()
    this.advance()
  }

  /** Take a token whose absence is named in the error. */
  expectNamed(kind: TokenKind, spelling: string): void {
    if (this.kind !== kind) this.fail(GRAMMAR.expected(spelling))
    this.advance()
  }

  /** From `start` to the last token that was taken. */
  spanFrom(start: Offset): Span {
    return { file: this.file, start, end: this.lastEnd }
  }

  tokenSpan(): Span {
    return { file: this.file, start: this.start, end: this.end }
  }

  fail(message: string, at: Offset = this.start): never {
    throw new GrammarStop(syntaxError(this.file, message, this.#visible(at)))
  }

  /**
   * Nesting is refused before our own stack ends. A chain nests, too: each operator has those before it inside of it.
   *
   * @param links  how many operators of the chain there have been
   */
  checkDepth(links = 0): void {
    if (this.depth + links > MAX_DEPTH && !this.isPrinted) this.fail(GRAMMAR.tooDeep)
  }

  invalidSyntax(): never {
    if (this.kind === T.indent) this.fail(GRAMMAR.unexpectedIndent)
    this.fail(this.kind === T.dedent ? GRAMMAR.unexpectedUnindent : GRAMMAR.invalidSyntax)
  }

  /** The end of the file is reported on the last line that has a token. */
  #visible(at: Offset): Offset {
    return at === this.starts[this.at] && this.#isAtEnd() ? this.lastEnd : at
  }

  #isAtEnd(): boolean {
    for (let at = this.at; ; at++) {
      if (this.kinds[at] === T.end) return true
      if (this.kinds[at] !== T.dedent) return false
    }
  }

  refuse(diagnostic: Diagnostic): void {
    this.refusals.push(diagnostic)
  }

  /** Refuse a construct as a whole: what was refused inside it since `mark` is not worth mentioning. */
  refuseWhole(mark: number, diagnostic: Diagnostic): void {
    this.refusals.length = mark
    this.refusals.push(diagnostic)
  }

  /** Refuse a construct before its parts, whose refusals start at `mark`. */
  refuseFirst(mark: number, diagnostic: Diagnostic): void {
    this.refusals.splice(mark, 0, diagnostic)
  }

  /** Go back to a token, to fail there. */
  rewind(index: number): void {
    this.at = index
    this.kind = this.kinds[index] ?? T.end
  }

  /**
   * Run `production` to see whether it is possible here, and go back.
   *
   * @returns the index of the token behind it, or -1
   */
  lookAhead(production: (p: Parser) => void): number {
    const { at, kind, lastEnd, depth, nextSeq, nextWithSeq, isLookingAhead } = this
    const refusals = this.refusals.length
    this.isLookingAhead = true
    try {
      production(this)
      return this.at
    } catch (error) {
      if (!(error instanceof GrammarStop)) throw error
      return -1
    } finally {
      this.at = at
      this.kind = kind
      this.lastEnd = lastEnd
      this.depth = depth
      this.nextSeq = nextSeq
      this.nextWithSeq = nextWithSeq
      this.isLookingAhead = isLookingAhead
      this.refusals.length = refusals
    }
  }

  /** How many brackets are open behind the token with this index; counted only when there is an error to report. */
  bracketLevel(index: number): number {
    let level = 0
    for (let at = this.statementStart; at <= index; at++) {
      const kind = this.kinds[at] ?? T.end
      if (kind === T.parenOpen || kind === T.bracketOpen || kind === T.braceOpen) level++
      else if (kind === T.parenClose || kind === T.bracketClose || kind === T.braceClose) level--
    }
    return level
  }
}
