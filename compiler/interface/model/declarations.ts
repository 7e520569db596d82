/**
 * Where the names of a module are declared in its text, and which of them it only imports. The objects of the program
 * know their values; the tree knows what the author wrote.
 */
import type { Decl, ModuleNode } from '../../syntax/ast.ts'
import type { Span } from '../../text/source.ts'
import type { Place } from './interface-model.ts'

export interface Declaration {
  readonly place: Place
  /** It belongs to another module. */
  readonly imported: boolean
  readonly doc: string | null
}

export function findDeclarations(tree: ModuleNode): ReadonlyMap<string, Declaration> {
  const found = new Map<string, Declaration>()
  for (const decl of tree.decls) {
    const { name, span, doc } = declared(decl)
    found.set(name, { place: placeOfName(name, span), imported: decl.kind === 'Import', doc })
  }
  return found
}

/** `span` begins at or before the name. */
function declared(decl: Decl): { readonly name: string; readonly span: Span; readonly doc: string | null } {
  switch (decl.kind) {
    case 'GlobalFuncDef':
      return { name: decl.funcdef.name, span: decl.funcdef.span, doc: decl.funcdef.docstring }
    case 'GlobalGenericFuncDef':
      return { name: decl.funcdef.name, span: decl.funcdef.span, doc: decl.funcdef.inner.docstring }
    case 'GlobalVarDef':
      return { name: decl.vardef.name.value, span: decl.vardef.name.span, doc: null }
    case 'GlobalClassDef':
      return { name: decl.classdef.name, span: decl.classdef.span, doc: decl.classdef.docstring }
    case 'GlobalGenericClassDef':
      return { name: decl.classdef.name, span: decl.classdef.span, doc: decl.classdef.inner.docstring }
    case 'Import':
      return { name: decl.asname, span: decl.asnameSpan, doc: null }
  }
}

/** The first place in the span where the name stands as a word; the keyword `def` or `class` stands before it. */
function placeOfName(name: string, span: Span): Place {
  const { text, lines } = span.file
  let start = span.start
  const keyword = /^(def|class)\s+/.exec(text.slice(start, start + 200))
  if (keyword) start += keyword[0].length
  else start = Math.max(start, text.indexOf(name, start))
  const line = lines.lineAt(start)
  return { line, column: start - lines.lineStart(line), length: name.length }
}
