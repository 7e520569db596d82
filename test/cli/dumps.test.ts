/** What commands show of a program on its way. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { packageFile } from '../../compiler/node.ts'
import { folderWith, spy } from '../support/spy-command.ts'

const COUNTER = `var n: i32 = 0

def bump() -> i32:
    n = n + 1
    return n

def f(a: i32) -> i32:
    return a + bump() * (a + n)
`

const dumps = suite('dumps')

async function prints(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  expected: string,
): Promise<void> {
  using folder = folderWith(files)
  const [entry = ''] = Object.keys(files)
  const { status, stdout, stderr } = await spy([...args, folder.file(entry)])
  assert.is(`${status}${stderr}`, '0')
  assert.fixture(stdout.replaceAll(folder.path, 'DIR').replaceAll(packageFile('.'), 'PACKAGE'), expected)
}

dumps('imports: missing modules are shown, and are no error', async () => {
  await prints(
    {
      'main.spy': 'import bbb\nfrom aaa import x\nimport xxx\n',
      'aaa.spy': 'from a1 import x\n',
      'a1.spy': 'x = 1\n',
      'bbb.spy': 'from aaa import x\nfrom math import sin\n',
    },
    ['imports'],
    `Import tree:
  main
  ├── bbb
  │   ├── aaa
  │   │   └── a1
  │   └── math
  ├── aaa (already seen)
  └── xxx

vm.path:
  p0 = PACKAGE/stdlib/prelude
  p1 = PACKAGE/stdlib/lib
  p2 = DIR

Import order:
  0   a1 => $p2/a1.spy
  1  aaa => $p2/aaa.spy
  2 math => <spy module math (builtin)> (already imported)
  3  bbb => $p2/bbb.spy
  4  xxx => ImportError
  5 main => $p2/main.spy

`,
  )
})

dumps('symtable: module variables are cells, unknown names are told apart', async () => {
  const blank = ' '
  await prints(
    {
      'tot.spy': 'var total: i32 = 0\n\ndef add(n: i32) -> i32:\n    total = total + n\n    return total + missing\n',
    },
    ['symtable'],
    `Implicit imports:
    builtins

<SymTable 'tot' (blue, module)>
    [0] const add       ${blank}${blank}
    [0] var   total      [cell]${blank}
    [1] const i32          => <ImportRef builtins.i32>

    <SymTable 'tot::add' (red, function)>
        [ ] NameError  missing
        [0] var   n         ${blank}${blank}
        [0] var   @return   ${blank}${blank}
        [1] var   total      [cell]${blank}

`,
  )
})

dumps('parse: colours of labels and strings, on terminals', async () => {
  using folder = folderWith({ 'a.spy': 'x = "s"\n' })
  const { stdout } = await spy(['parse', folder.file('a.spy')], { isTTY: true })
  assert.ok(stdout.startsWith('\x1b[36;01mModule\x1b[00m(\n'))
  assert.ok(stdout.includes("value=\x1b[36;01mStrLiteral\x1b[00m(value=\x1b[32;01m's'\x1b[00m),\n"))
})

dumps('redshift --linearize: the order of effects is spelled out', async () => {
  await prints(
    { 'lin.spy': COUNTER },
    ['redshift', '--linearize'],
    `def bump() -> i32:
    \`lin::n\` = \`lin::n\` + 1
    return \`lin::n\`

def f(a: i32) -> i32:
    $v0: i32 = a
    $v1: i32 = \`lin::bump\`()
    return $v0 + $v1 * (a + \`lin::n\`)
`,
  )
})

dumps('redshift -x runs what is left', async () => {
  await prints({ 'x.spy': `${COUNTER}\ndef main() -> None:\n    print(f(3))\n` }, ['rs', '-x'], '7\n')
})

dumps('redshift of a module of the library shows all of it', async () => {
  const { stdout } = await spy(['redshift', packageFile('stdlib', 'prelude', '_range.spy')])
  assert.match(stdout, /^def `range::__fastiter__`\(self: range\) -> `_range::range_iterator`:$/m)
})

dumps('cwrite: C under the path that it has in a build', async () => {
  using folder = folderWith({ 'lin.spy': COUNTER })
  const { stdout } = await spy(['cwrite', folder.file('lin.spy')])
  assert.ok(stdout.startsWith(`\n---- ${folder.path}/build/src/program.c ----\n`), stdout.slice(0, 200))
  assert.match(stdout, /SPY_EXPORT\("lin::bump"\)/)
  assert.match(stdout, /^#line 3 "/m)
})

dumps.run()
