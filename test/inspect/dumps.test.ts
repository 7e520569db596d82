import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { dumpImports } from '../../compiler/inspect/dump-imports.ts'
import { dumpSymbols, tableLabel } from '../../compiler/inspect/dump-symbols.ts'
import { dumpTree } from '../../compiler/inspect/dump-tree.ts'
import { shortLabel } from '../../compiler/inspect/short-label.ts'
import { discoverModules } from '../../compiler/modules/graph.ts'
import { walk } from '../../compiler/syntax/ast.ts'
import { parseModule } from '../../compiler/syntax/parser.ts'
import { analyzeScopes } from '../../compiler/syntax/scope.ts'
import { SourceFile } from '../../compiler/text/source.ts'
import { BUILTIN_NAMES } from '../support/builtin-names.ts'
import { memoryHost } from '../support/memory-host.ts'

const dumps = suite('dumps')

dumps('of a tree with its symbol tables', () => {
  const file = new SourceFile('demo.spy', 'from math import sin as s\ndef twice(n: i32) -> i32:\n    return n * 2\n')
  const module = parseModule(file)
  const { tables } = analyzeScopes(module, BUILTIN_NAMES)
  const symbolTableOf = (node: Parameters<typeof tables.get>[0]) => {
    const table = tables.get(node)
    return table && tableLabel(table)
  }
  assert.is(
    dumpTree(module, { symbolTableOf }),
    `Module(
    filename='demo.spy',
    docstring=None,
    decls=[
        Import(ref=<ImportRef math.sin>, asname='s'),
        GlobalFuncDef(
            funcdef=FuncDef(
                color='red',
                kind='plain',
                name='twice',
                args=[
                    FuncArg(
                        name='n',
                        type=Name(id='i32'),
                        kind='simple',
                    ),
                ],
                return_type=Name(id='i32'),
                defaults=[],
                docstring=None,
                body=[
                    Return(
                        value=BinOp(
                            op='*',
                            left=Name(id='n'),
                            right=Literal(value=2),
                        ),
                    ),
                ],
                decorators=[],
                symtable=<SymTable 'demo::twice' (red, function)>,
            ),
        ),
    ],
    symtable=<SymTable 'demo' (blue, module)>,
)`,
  )
})

dumps('paint labels turquoise and texts green', () => {
  const [decl] = parseModule(new SourceFile('a.spy', 'import b')).decls
  assert.ok(decl !== undefined)
  assert.is(
    dumpTree(decl, { color: true }),
    "\x1b[36;01mImport\x1b[00m(ref=<ImportRef b>, asname=\x1b[32;01m'b'\x1b[00m)",
  )
})

dumps('of symbol tables', () => {
  const text = 'var total: i32 = 0\n\ndef add(n: i32) -> i32:\n    total = total + n\n    return total + missing\n'
  const scopes = analyzeScopes(parseModule(new SourceFile('/p/tot.spy', text)), BUILTIN_NAMES)
  assert.is(
    dumpSymbols(scopes),
    [
      'Implicit imports:',
      '    builtins',
      '',
      "<SymTable 'tot' (blue, module)>",
      '    [0] const add         ',
      '    [0] var   total      [cell] ',
      '    [1] const i32          => <ImportRef builtins.i32>',
      '',
      "    <SymTable 'tot::add' (red, function)>",
      '        [ ] NameError  missing',
      '        [0] var   n           ',
      '        [0] var   @return     ',
      '        [1] var   total      [cell] ',
      '',
      '',
    ].join('\n'),
  )
  assert.ok(dumpSymbols(scopes, { color: true }).includes('[0] const \x1b[34;01madd       \x1b[00m '))
  assert.ok(dumpSymbols(scopes, { color: true }).includes('[0] var   \x1b[31;01mtotal     \x1b[00m [cell]'))
})

dumps('of imports', () => {
  const host = memoryHost({
    '/lib/_list.spy': '',
    '/p/main.spy': 'import aaa\nimport bbb\nimport math\n',
    '/p/aaa.spy': 'import a1\ndef f() -> None:\n    x = [1]\n',
    '/p/bbb.spy': 'import aaa\nimport xxx\n',
    '/p/a1.spy': '',
  })
  const graph = discoverModules('/p/main.spy', host, BUILTIN_NAMES, { library: ['/lib'], path: ['/q'] })
  assert.is(
    dumpImports(graph),
    `Import tree:
  main
  ├── aaa
  │   ├── _list
  │   └── a1
  ├── bbb
  │   ├── aaa (already seen)
  │   └── xxx
  └── math

vm.path:
  p0 = /lib
  p1 = /p
  p2 = /q

Import order:
  0 _list => $p0/_list.spy
  1    a1 => $p1/a1.spy
  2   aaa => $p1/aaa.spy
  3   xxx => ImportError
  4   bbb => $p1/bbb.spy
  5  math => <spy module math (builtin)> (already imported)
  6  main => $p1/main.spy

`,
  )
})

dumps('short labels tell nodes of one kind apart', () => {
  const text = `
import a as b
@struct
class S: pass
class G[T]: pass
@blue
def f(n, *r):
    x += -n * "t" if n == b"u" else i8(1)
def g[T](): pass
`
  const labels = [...walk(parseModule(new SourceFile('a.spy', text)))].flatMap((node) => {
    const label = shortLabel(node)
    return label === undefined ? [] : [`${node.kind}: ${label}`]
  })
  assert.equal(labels, [
    'Import: b',
    'ClassDef: struct S',
    'GenericClassDef: G',
    'FuncArg: T simple',
    'ClassDef: class Self',
    'FuncDef: blue f',
    'FuncArg: n simple',
    'FuncArg: r var_positional',
    'AugAssign: +',
    "StrLiteral: 'x'",
    'CmpOp: ==',
    'Name: n',
    "BytesLiteral: b'u'",
    'BinOp: *',
    'UnaryOp: -',
    'Name: n',
    "StrLiteral: 't'",
    'Literal: Int8(1)',
    'GenericFuncDef: g',
    'FuncArg: T simple',
    'FuncDef: red __impl',
  ])
})

dumps.run()
