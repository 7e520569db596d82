/**
 * Printed trees, read again and printed again: a property of whatever is printed.
 */
import * as assert from 'uvu/assert'
import { printFuncDef, printSource, printUntypedExpr } from '../../compiler/backends/spy-source.ts'
import { dumpTree } from '../../compiler/inspect/dump-tree.ts'
import { linearize } from '../../compiler/lowering/linearize.ts'
import type { ModuleNode } from '../../compiler/syntax/ast.ts'
import { parsePrinted } from '../../compiler/syntax/parser.ts'
import { SourceFile } from '../../compiler/text/source.ts'
import type { TypedProgram } from '../../compiler/typed/tree.ts'

/** What every form of every module of a program prints can be read, and printing that gives the same text. */
export function checkPrintedForms(program: TypedProgram, modules: readonly string[]): void {
  const linear = linearize(program)
  for (const module of modules) {
    for (const printed of [program, linear]) {
      for (const fullFqn of [false, true]) checkRoundTrip(printSource(printed, module, { fullFqn }))
    }
  }
}

export function checkRoundTrip(text: string): void {
  const tree = parsePrinted(new SourceFile('printed.spy', text))
  const again = printDecls(tree)
  // Comments are not in a tree; they say where something was raised.
  assert.fixture(normal(again), normal(text))
  assert.is(dumpTree(parsePrinted(new SourceFile('printed.spy', again))), dumpTree(tree))
}

/** Addresses come back in decimal; complex constants, which look like sums in parentheses, as sums without -0. */
function normal(text: string): string {
  return text
    .replace(/ # \/\.\.\.\/.*$/gm, '')
    .replace(/\((?:-(?=0[+-]))?(-?[\w.]+(?:e[+-]\d+)?)([+-])([\w.]+(?:e[+-]\d+)?j)\)/g, '$1 $2 $3')
    .replace(/(?<=::at`\()0x[0-9a-f]+/g, (address) => String(Number(address)))
}

function printDecls({ decls }: ModuleNode): string {
  const aliases: string[] = []
  const functions: string[] = []
  for (const decl of decls) {
    if (decl.kind === 'GlobalFuncDef') functions.push(printFuncDef(decl.funcdef).join('\n'))
    else if (decl.kind === 'GlobalVarDef' && decl.vardef.value !== null) {
      aliases.push(`${decl.vardef.name.value} = ${printUntypedExpr(decl.vardef.value)}`)
    } else throw new Error(`${decl.kind} is never printed`)
  }
  const parts = aliases.length === 0 ? functions : [aliases.join('\n'), ...functions]
  return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`
}
