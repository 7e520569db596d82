/**
 * Whole files, and the table that ties the productions together.
 */
import { type Diagnostic, SpyError } from '../../text/diagnostics.ts'
import type { SourceFile } from '../../text/source.ts'
import type { ModuleNode, Stmt } from '../ast.ts'
import { type LexicalError, type LexResult, syntaxError, T, tokenize, tokenizePrinted } from '../lexer.ts'
import { parseStatements } from './blocks.ts'
import { parseFor, parseIf, parseTry, parseWhile, parseWith } from './compound-statements.ts'
import { parseDefinition } from './definitions.ts'
import { GRAMMAR, notImplemented, notOneStatement } from './diagnostics.ts'
import {
  parseBitwiseOr,
  parseDisjunction,
  parseExpression,
  parseNamedExpression,
  parseStarExpressions,
  parseTargetList,
  parseYieldOrStarExpressions,
} from './expressions.ts'
import { isMatch, parseMatch } from './match.ts'
import { Parser, type Productions, type StatementSink } from './parser.ts'
import { parseSimpleStatements } from './simple-statements.ts'
import { BodySink, ModuleSink } from './sinks.ts'

const PRODUCTIONS: Productions = {
  expression: parseExpression,
  namedExpression: parseNamedExpression,
  starExpressions: parseStarExpressions,
  yieldOrStarExpressions: parseYieldOrStarExpressions,
  bitwiseOr: parseBitwiseOr,
  disjunction: parseDisjunction,
  targetList: parseTargetList,
  statement: parseStatement,
}

/** How many errors one run reports: further ones are usually consequences. */
const MAX_ERRORS = 20

export interface ParseResult {
  /** What could be understood; statements with errors are left out. */
  readonly module: ModuleNode
  /** Empty if the file is right; otherwise the one to report first, then the others. */
  readonly errors: readonly Diagnostic[]
}

/**
 * Parse a file, whatever is in it.
 */
export function parseTolerantly(file: SourceFile): ParseResult {
  return parseWholeFile(file, false)
}

/**
 * Parse what has been printed of a tree: see `lexer/printed.ts` for what it may have that sources have not.
 *
 * @throws SpyError of class ParseError
 */
export function parsePrinted(file: SourceFile): ModuleNode {
  const { module, errors } = parseWholeFile(file, true)
  throwIfAny(errors)
  return module
}

function parseWholeFile(file: SourceFile, isPrinted: boolean): ParseResult {
  const lexed = isPrinted ? tokenizePrinted(file.text) : tokenize(file.text)
  const sink = new ModuleSink()
  const parser = new Parser(file, lexed.tokens, PRODUCTIONS)
  // A module's own values have no scope for the variable of a walrus.
  parser.walrusBans = 1
  parser.isPrinted = isPrinted
  if (lexed.isParsable) runParser(parser, sink)
  const module: ModuleNode = {
    kind: 'Module',
    span: file.span(0, file.text.length),
    filename: file.path,
    docstring: sink.docstring,
    decls: sink.decls,
  }
  return { module, errors: collectErrors(file, lexed, parser) }
}

/**
 * Parse a file.
 *
 * @throws SpyError of class ParseError, with all the errors that were found
 */
export function parseModule(file: SourceFile): ModuleNode {
  const { module, errors } = parseTolerantly(file)
  throwIfAny(errors)
  return module
}

export interface BodyResult {
  readonly body: readonly Stmt[]
  /** What is not grammatical. */
  readonly errors: readonly Diagnostic[]
  /** What is grammatical but not part of the language; other nodes stand in for it in `body`. */
  readonly refusals: readonly Diagnostic[]
}

/** Parse a text as the body of a function. */
export function parseBody(file: SourceFile): BodyResult {
  const lexed = tokenize(file.text)
  const sink = new BodySink()
  const parser = new Parser(file, lexed.tokens, PRODUCTIONS)
  parser.functionDepth = 1
  if (lexed.isParsable) runParser(parser, sink)
  return { body: sink.body, errors: grammarErrors(file, lexed, parser), refusals: parser.refusals }
}

/**
 * Parse a text that must be one statement, as it is typed into a debugger.
 *
 * @throws SpyError of class ParseError
 */
export function parseSingleStatement(file: SourceFile): Stmt | undefined {
  const { body, errors, refusals } = parseBody(file)
  throwIfAny(errors.length > 0 ? errors : refusals)
  const [first, second] = body
  if (second !== undefined) throw new SpyError(notOneStatement(second.span))
  if (first?.kind === 'VarDef' && first.type.kind !== 'Auto')
    throw new SpyError(notImplemented('AnnAssign', first.span))
  return first
}

function throwIfAny(errors: readonly Diagnostic[]): void {
  const [first, ...more] = errors
  if (first !== undefined) throw new SpyError(first, [], more)
}

function runParser(p: Parser, sink: StatementSink): void {
  try {
    while (p.kind !== T.end) {
      parseStatements(p, sink)
      // A dedent without an indent is left over from a line that was skipped.
      p.take(T.dedent)
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    // Our own stack has ended. There are limits for what nests in expressions, but not for blocks of broken code.
    p.errors.push(syntaxError(p.file, GRAMMAR.tooDeep, p.start))
  }
}

/** Grammar comes before what the language does not have. */
function collectErrors(file: SourceFile, lexed: LexResult, p: Parser): readonly Diagnostic[] {
  const errors = grammarErrors(file, lexed, p)
  return errors.length > 0 ? errors : onePerLine(p.refusals).slice(0, MAX_ERRORS)
}

/** The first one first: tokens of the whole file come before its grammar. One line is complained about once. */
function grammarErrors(file: SourceFile, lexed: LexResult, p: Parser): readonly Diagnostic[] {
  const lexical = [...inStage(lexed, 'tokens'), ...inStage(lexed, 'grammar')]
  const found = lexical.map(({ message, at }) => syntaxError(file, message, at))
  const [first] = p.errors
  const indentFirst = lexical[0]?.stage === 'grammar' && first?.message === GRAMMAR.unexpectedIndent
  const isEarlier = indentFirst && (first.annotations[0]?.span.start ?? 0) < (lexical[0]?.at ?? 0)
  const errors = isEarlier ? [...p.errors, ...found] : [...found, ...p.errors]
  return onePerLine(errors).slice(0, MAX_ERRORS)
}

function inStage(lexed: LexResult, stage: LexicalError['stage']): readonly LexicalError[] {
  return lexed.errors.filter((error) => error.stage === stage)
}

function onePerLine(errors: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<number>()
  return errors.filter((error) => {
    const span = error.annotations[0]?.span
    const line = span === undefined ? 0 : span.file.lines.lineAt(span.start)
    if (seen.has(line)) return false
    seen.add(line)
    return true
  })
}

function parseStatement(p: Parser, sink: StatementSink): void {
  const mark = p.refusals.length
  const statement = parseCompound(p)
  if (statement === undefined) parseSimpleStatements(p, sink)
  else sink.statement(p, statement, mark)
}

function parseCompound(p: Parser): Stmt | undefined {
  switch (p.kind) {
    case T.at:
    case T.kwDef:
    case T.kwClass:
      return parseDefinition(p)
    case T.kwIf:
      return parseIf(p)
    case T.kwWhile:
      return parseWhile(p)
    case T.kwFor:
      return parseFor(p, p.start, false)
    case T.kwWith:
      return parseWith(p, p.start, false)
    case T.kwTry:
      return parseTry(p)
    case T.kwAsync:
      return parseAsync(p)
    case T.name:
      return isMatch(p) ? parseMatch(p) : undefined
    default:
      return undefined
  }
}

function parseAsync(p: Parser): Stmt {
  const start = p.start
  switch (p.kindAt(1)) {
    case T.kwDef:
      return parseDefinition(p)
    case T.kwFor:
      p.advance()
      return parseFor(p, start, true)
    case T.kwWith:
      p.advance()
      return parseWith(p, start, true)
    default:
      p.advance()
      return p.invalidSyntax()
  }
}
