/**
 * The imports of a TypeScript file, from its text: statements, re-exports, `import(...)` and `import('...').Type`.
 * TypeScript's own parser does it, because files that generate code hold import statements in their strings.
 */
import ts from 'typescript'

export interface SourceImport {
  readonly specifier: string
  /** Nothing of it is left at run time. */
  readonly typeOnly: boolean
  readonly line: number
}

export function importsOf(path: string, text: string): SourceImport[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest)
  const found: SourceImport[] = []
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return
    const line = file.getLineAndCharacterOfPosition(specifier.getStart(file)).line + 1
    found.push({ specifier: specifier.text, typeOnly, line })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.phaseModifier === TYPE)
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false)
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

const TYPE = ts.SyntaxKind.TypeKeyword
