/**
 * Files that were parsed before. From one compilation to the next of a dev server, all but one file are the same; trees
 * and scopes are read-only, so programs can share them.
 */
import type { ModuleNode } from '../../syntax/ast.ts'
import { parseModule } from '../../syntax/parser.ts'
import { type AnalyzedScopes, analyzeScopes, type BuiltinNames } from '../../syntax/scope.ts'
import type { SourceFile } from '../../text/source.ts'

/** What a file says, whatever program it is part of. */
export interface ParsedFile {
  readonly file: SourceFile
  readonly tree: ModuleNode
  readonly scopes: AnalyzedScopes
}

interface Known extends ParsedFile {
  readonly module: string
  readonly builtins: BuiltinNames
}

/** The last version of each file. A file that does not parse is not remembered: its errors are told again. */
export class ParsedFiles {
  readonly #files = new Map<string, Known>()

  /**
   * @param module  name of the module, which scopes are called after
   * @throws SpyError if the file does not parse or declares wrongly
   */
  parse(file: SourceFile, module: string, builtins: BuiltinNames): ParsedFile {
    const known = this.#files.get(file.path)
    if (
      known !== undefined &&
      known.file.text === file.text &&
      known.file.isLibrary === file.isLibrary &&
      known.module === module &&
      known.builtins === builtins
    )
      return known
    const tree = parseModule(file)
    const parsed = { file, tree, scopes: analyzeScopes(tree, builtins, module), module, builtins }
    this.#files.set(file.path, parsed)
    return parsed
  }
}
