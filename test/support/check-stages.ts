/**
 * One helper for each stage of the front end: a small program, and what must come out.
 */
import * as assert from 'uvu/assert'
import { dumpTree } from '../../compiler/inspect/dump-tree.ts'
import { find, type Node, type NodeKind, type NodeOf } from '../../compiler/syntax/ast.ts'
import { parseBody, parseModule } from '../../compiler/syntax/parser.ts'
import { type AnalyzedScopes, analyzeScopes } from '../../compiler/syntax/scope.ts'
import { type Diagnostic, SpyError } from '../../compiler/text/diagnostics.ts'
import { SourceFile, spanText } from '../../compiler/text/source.ts'
import { BUILTIN_NAMES } from './builtin-names.ts'
import { parseDrawnErrors } from './drawn-errors.ts'
import { dedent } from './program-text.ts'

export function testFile(text: string): SourceFile {
  return new SourceFile('/test/test.spy', dedent(text))
}

/** The dump of the statements, as they would stand in a function. */
export function checkStatements(text: string, dump: string): void {
  const { body, errors, refusals } = parseBody(testFile(text))
  assert.equal(messages([...errors, ...refusals]), [])
  assert.is(body.map((stmt) => dumpTree(stmt)).join('\n'), dedent(dump).trimEnd())
}

/** The dump of one expression. */
export function checkExpression(text: string, dump: string): void {
  checkStatements(text, `StmtExpr(\n    value=${dedent(dump).trimEnd().replaceAll('\n', '\n    ')},\n)`)
}

/** The dump of a module without file name. */
export function checkModule(text: string, dump: string): void {
  const shown = dumpTree(parseModule(testFile(text)))
  assert.is(shown.replace("    filename='/test/test.spy',\n", ''), dedent(dump).trimEnd())
}

/** The source texts of the nodes of a kind, parents before children. */
export function checkSpans<K extends NodeKind>(
  text: string,
  kind: K,
  source: string,
  look: (node: NodeOf<K>) => Node | undefined = (node) => node,
): void {
  const root = parseModule(testFile(text))
  const node = find(root, kind, source)
  assert.ok(node !== undefined, `there is a ${kind} with the text ${JSON.stringify(source)}`)
  assert.ok(look(node) !== undefined)
}

/**
 * A program with one error, which is drawn under its source.
 *
 * @param headline  `ParseError: invalid syntax`
 */
export function checkError(drawn: string, headline: string, run: (file: SourceFile) => unknown): void {
  const { program, annotations } = parseDrawnErrors(drawn)
  assert.type(program, 'string')
  const error = catchError(() => run(new SourceFile('/test/test.spy', String(program))))
  assert.ok(error !== undefined, `${headline}: there is no error`)
  assert.is(`${error.etype}: ${error.message}`, headline)
  assert.equal(drawnAnnotations(error.diagnostic), annotations.slice().sort())
}

export function parses(file: SourceFile): unknown {
  return parseModule(file)
}

export function analyzes(file: SourceFile): AnalyzedScopes {
  return analyzeScopes(parseModule(file), BUILTIN_NAMES)
}

/** As drawings are read: a span over several lines ends with its first one. */
function drawnAnnotations(diagnostic: Diagnostic): string[] {
  return diagnostic.annotations
    .map(({ level, text, span }) => {
      const { lines } = span.file
      const start = lines.position(span.start)
      const end = lines.position(Math.min(span.end, lines.lineEnd(start.line)))
      const last = Math.max(end.column, start.column + 1)
      return `test.spy:${start.line}:${start.column + 1}-${last + 1} ${level}: ${text}`
    })
    .sort()
}

export function catchError(run: () => unknown): SpyError | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof SpyError) return error
    throw error
  }
}

/** `Class: message` and the line of the first annotation, counted from 1, of every error. */
export function messages(errors: readonly Diagnostic[]): string[] {
  return errors.map((error) => {
    const span = error.annotations[0]?.span
    return span === undefined ? error.message : `${span.file.lines.lineAt(span.start)}: ${error.message}`
  })
}

/** `message`, then `text @ source` for each annotation. */
export function described(error: Diagnostic | undefined): string[] {
  if (error === undefined) return ['no error']
  return [error.message, ...error.annotations.map(({ text, span }) => `${text} @ ${spanText(span)}`)]
}

/**
 * Symbols of a module: `f.x` is the symbol `x` in the table `test::f`, a name alone one of the module.
 * Each is described as `var auto`, followed by `cell`, `level 2` and `-> module.attr` where these say something.
 */
export function checkSymbols(text: string, expected: Readonly<Record<string, string>>): AnalyzedScopes {
  const scopes = analyzes(testFile(text))
  const actual: Record<string, string> = {}
  for (const path of Object.keys(expected)) actual[path] = describeSymbol(scopes, path)
  assert.equal(actual, { ...expected })
  return scopes
}

function describeSymbol(scopes: AnalyzedScopes, path: string): string {
  const parts = path.split('.')
  const name = parts.pop() ?? ''
  const tableName = ['test', ...parts].join('::')
  const table = [...scopes.tables.values()].find((candidate) => candidate.name === tableName)
  if (table === undefined) return `no table ${tableName}`
  const symbol = table.symbols.get(name)
  if (symbol === undefined) return 'absent'
  if (symbol.storage === 'NameError') return 'NameError'
  const cell = symbol.storage === 'cell' ? ' cell' : ''
  const level = symbol.level === 0 ? '' : ` level ${symbol.level}`
  const { impref } = symbol
  const ref = impref === undefined ? '' : ` -> ${impref.module}${impref.attr === null ? '' : `.${impref.attr}`}`
  return `${symbol.varkind} ${symbol.origin}${cell}${level}${ref}`
}
