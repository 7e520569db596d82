/**
 * What can be wrong with imports.
 */

import { formatImportRef, type Import, type ImportRef } from '../../syntax/ast.ts'
import { blame, type Diagnostic, note } from '../../text/diagnostics.ts'
import { SourceFile, type Span, wholeLine } from '../../text/source.ts'

/** The file that a program starts with is not there. */
export function entryDoesNotExist(path: string): Diagnostic {
  return { code: 'no-such-file', class: 'ImportError', message: `file \`${path}\` does not exist`, annotations: [] }
}

/**
 * No file was found for a module, or only a Python one.
 *
 * @param by  the first import that names it; undefined for modules that are needed without an import
 */
export function moduleNotFound(
  module: string,
  reason: 'absent' | 'python',
  tried: readonly string[],
  by: Import | undefined,
): Diagnostic {
  const why =
    reason === 'python'
      ? `file \`${module}.py\` exists, but py files cannot be imported`
      : `module \`${module}\` does not exist`
  if (by === undefined) return { code: 'module-not-found', class: 'ImportError', message: why, annotations: [] }
  const annotations = [blame(why, by.span)]
  if (tried.length > 0) annotations.push(note(`looked for ${tried.join(', ')}`, by.span))
  return { code: 'module-not-found', class: 'ImportError', message: cannotImport(by.ref), annotations }
}

/** @param item  the item of the import statement (`x as y`) */
export function attributeNotFound(ref: ImportRef, item: Span): Diagnostic {
  const why = `attribute \`${ref.attr}\` does not exist in module \`${ref.module}\``
  return {
    code: 'attribute-not-found',
    class: 'ImportError',
    message: cannotImport(ref),
    annotations: [blame(why, item)],
  }
}

/** An import runs before the module it names, because that module imports this one. */
export function circularImport(ref: ImportRef, statement: Span): Diagnostic {
  return {
    code: 'circular-import',
    class: 'ImportError',
    message: cannotImport(ref),
    annotations: [
      blame(`module \`${ref.module}\` does not exist`, statement),
      note('this is likely a circular import (WIP)', statement),
    ],
  }
}

function cannotImport(ref: ImportRef): string {
  return `cannot import \`${formatImportRef(ref)}\``
}

/** A file of the project has the name of a module of the library, and is found first. */
export function hidesLibraryModule(module: string, by: Import): Diagnostic {
  return {
    code: 'hides-library-module',
    class: 'Warning',
    message: `this \`${module}\` hides the module of the standard library`,
    annotations: [note('imported here', by.span)],
  }
}

/** The file is shown as far as it can be read. */
export function notUtf8(path: string, bytes: Uint8Array, badByteAt: number): Diagnostic {
  const file = new SourceFile(path, new TextDecoder('utf-8').decode(bytes))
  const before = new SourceFile(path, new TextDecoder('utf-8').decode(bytes.subarray(0, badByteAt))).text
  const byte = (bytes[badByteAt] ?? 0).toString(16).padStart(2, '0')
  return {
    code: 'not-utf-8',
    class: 'ParseError',
    message: `source code is not UTF-8: byte 0x${byte} at position ${badByteAt}`,
    annotations: [blame('', wholeLine(file, before.length))],
  }
}
