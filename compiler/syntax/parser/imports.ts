/**
 * `import` and `from ... import`.
 */
import type { Span } from '../../text/source.ts'
import type { Import, ImportRef } from '../ast.ts'
import { T } from '../lexer.ts'
import { identifier } from './atoms.ts'
import { dottedImport, GRAMMAR } from './diagnostics.ts'
import type { Parser } from './parser.ts'

interface Item {
  readonly ref: ImportRef
  readonly asname: string
  readonly span: Span
}

export function parseImport(p: Parser): readonly Import[] {
  const start = p.start
  p.advance()
  const items: Item[] = []
  do {
    const itemStart = p.start
    const module = parseDottedName(p)
    const asname = p.take(T.kwAs) ? takeName(p) : undefined
    const span = p.spanFrom(itemStart)
    if (asname === undefined && module.includes('.')) {
      p.refuse(dottedImport(module, module.slice(module.lastIndexOf('.') + 1), span))
    }
    items.push({ ref: { module, attr: null }, asname: asname ?? module, span })
  } while (p.take(T.comma))
  return finish(p, start, items)
}

export function parseFromImport(p: Parser): readonly Import[] {
  const start = p.start
  p.advance()
  const dots = parseDots(p)
  const module = dots !== '' && p.kind === T.kwImport ? dots : dots + parseDottedName(p)
  p.expect(T.kwImport)
  if (p.kind === T.star) {
    const span = p.tokenSpan()
    p.advance()
    return finish(p, start, [{ ref: importedFrom(module, '*'), asname: '*', span }])
  }
  const isParenthesised = p.take(T.parenOpen)
  const items: Item[] = []
  do {
    if (items.length > 0 && isParenthesised && p.kind === T.parenClose) break
    if (items.length > 0 && p.kind === T.newline) p.fail(GRAMMAR.importComma)
    const itemStart = p.start
    const name = takeName(p)
    const asname = p.take(T.kwAs) ? takeName(p) : name
    items.push({ ref: importedFrom(module, name), asname, span: p.spanFrom(itemStart) })
  } while (p.take(T.comma))
  if (isParenthesised) p.expect(T.parenClose)
  return finish(p, start, items)
}

function finish(p: Parser, start: number, items: readonly Item[]): readonly Import[] {
  const span = p.spanFrom(start)
  return items.map((item) => ({ kind: 'Import', span, asnameSpan: item.span, ref: item.ref, asname: item.asname }))
}

/** What `from module import name` means: with dots alone, `name` is itself a module. */
function importedFrom(module: string, name: string): ImportRef {
  return /^\.+$/.test(module) ? { module: module + name, attr: null } : { module, attr: name }
}

function parseDots(p: Parser): string {
  let dots = ''
  while (p.kind === T.dot || p.kind === T.ellipsis) {
    dots += p.tokenText
    p.advance()
  }
  return dots
}

function parseDottedName(p: Parser): string {
  let name = takeName(p)
  while (p.take(T.dot)) name += `.${takeName(p)}`
  return name
}

function takeName(p: Parser): string {
  if (p.kind !== T.name) p.invalidSyntax()
  const name = identifier(p.tokenText)
  p.advance()
  return name
}
