/** What is printed can be read, and gives the same text when it is printed again. */
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printFunction, printSource } from '../../../compiler/backends/spy-source.ts'
import { dumpTree } from '../../../compiler/inspect/dump-tree.ts'
import { linearize } from '../../../compiler/lowering/linearize.ts'
import { parsePrinted } from '../../../compiler/syntax/parser.ts'
import { SourceFile } from '../../../compiler/text/source.ts'
import { randomFunction } from '../../lowering/random-trees.ts'
import { readGolden } from '../../support/golden.ts'
import { checkPrintedForms, checkRoundTrip } from '../../support/printed-trees.ts'
import { randomProgramText } from '../../support/random-programs.ts'
import { redshiftText } from '../../support/redshift-text.ts'

const reading = suite('reading printed trees')

function lastStatement(text: string): string {
  const [decl] = parsePrinted(new SourceFile('a.spy', `def f() -> None:\n    ${text}\n`)).decls
  if (decl?.kind !== 'GlobalFuncDef') throw new Error('there is one function')
  return decl.funcdef.body.map((stmt) => dumpTree(stmt)).join('\n')
}

reading('names in backquotes are what stands between these', () => {
  assert.is(lastStatement('pass; `m::f#1`'), "Pass()\nStmtExpr(\n    value=Name(id='m::f#1'),\n)")
})

reading('names may have dollars', () => {
  assert.is(lastStatement('r$0'), "StmtExpr(\n    value=Name(id='r$0'),\n)")
  assert.is(lastStatement('$v12'), "StmtExpr(\n    value=Name(id='$v12'),\n)")
})

reading('a block has statements, whose indentation stands behind the semicolons', () => {
  const tree = lastStatement(
    'return __block__(a; if b:;     c;     if d:;         e; else:;     f; `g`(h, __block__(i; j)))',
  )
  assert.is(
    tree.replace(/[\n ]+/g, ' '),
    "Return( value=BlockExpr( body=[ StmtExpr( value=Name(id='a'), ), If( test=Name(id='b'), then_body=[ " +
      "StmtExpr( value=Name(id='c'), ), If( test=Name(id='d'), then_body=[ StmtExpr( value=Name(id='e'), ), ], " +
      "else_body=[], ), ], else_body=[ StmtExpr( value=Name(id='f'), ), ], ), ], value=Call( func=Name(id='g'), " +
      "args=[ Name(id='h'), BlockExpr( body=[ StmtExpr( value=Name(id='i'), ), ], value=Name(id='j'), ), ], ), ), )",
  )
})

reading('sources have none of this', () => {
  assert.throws(() => redshiftText('def f(`a`: i32) -> None:\n    pass\n'), /invalid syntax/)
})

reading.run()

const roundTrip = suite('print, read, print')

// As text, because the trees are too large to be shown.
const printedFunctions = randomFunction.map((func) =>
  [false, true].map((fullFqn) => printFunction(func, (fqn) => fqn.debugName, 'test', { fullFqn })),
)

roundTrip('functions as the trees of any program could be', () => {
  fc.assert(
    fc.property(printedFunctions, (texts) => texts.forEach(checkRoundTrip)),
    { numRuns: 300 },
  )
})

roundTrip('random programs, linear and not, with all they use of the library', () => {
  for (let seed = 0; seed < 5; seed++) {
    const program = redshiftText(randomProgramText(seed))
    checkPrintedForms(
      program,
      program.modules.map(({ name }) => name),
    )
  }
})

for (const file of ['tour', 'forms']) {
  roundTrip(`the programs of ${file}`, () => {
    for (const { source } of readGolden(`redshift/${file}.golden`)) {
      const errors = source.startsWith('# errors: lazy') ? 'lazy' : 'eager'
      const program = redshiftText(source, { errors })
      checkPrintedForms(program, ['test'])
      for (const { body } of linearize(program).functions.values()) assert.ok(body)
    }
  })
}

roundTrip('a chain of conditions becomes nested deeper than any source may be', () => {
  const chain = Array.from({ length: 150 }, (_, i) => `${i} if n + (hits := ${i}) > ${i} else `).join('')
  const program = redshiftText(`
var hits: i32 = 0

def f(n: i32) -> i32:
    return ${chain}-1
`)
  assert.match(printSource(linearize(program), 'test'), /^(?: {4}){140}/m)
  checkPrintedForms(program, ['test'])
})

roundTrip('complex constants look like sums', () => {
  const program = redshiftText('def f(z: complex128) -> bool:\n    return z == complex(1.5, -1e22)\n')
  assert.match(printSource(program, 'test'), /\(z, \(1\.5-1e\+22j\)\)/)
  checkPrintedForms(program, ['test'])
})

roundTrip('a raise inside of a block has no comment, which would end the line', () => {
  const program = redshiftText(`
from __spy__ import force_inline

@force_inline
def check(n: i32) -> i32:
    if n < 0:
        raise ValueError("negative")
    return n

def f(n: i32) -> i32:
    return check(n) + 1
`)
  checkPrintedForms(program, ['test'])
})

roundTrip.run()
