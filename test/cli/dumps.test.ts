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

dumps('redshift -f ast: the typed tree of each function, with the type of each expression', async () => {
  await prints(
    { 'lin.spy': 'K = 4\n\ndef f(a: i32) -> i32:\n    return a + K\n' },
    ['redshift', '-f', 'ast'],
    `\`lin::f\` = FuncDef(
    color='red',
    kind='plain',
    name='f',
    args=[
        FuncArg(
            name='a',
            type=FQNConst(fqn=FQN('builtins::i32')),
            kind='simple',
        ),
    ],
    return_type=FQNConst(fqn=FQN('builtins::i32')),
    defaults=[],
    body=[
        Return(
            value=Call(
                func=FQNConst(fqn=FQN('operator::i32_add')),
                args=[
                    NameLocalDirect(
                        sym=Symbol('a', 'var', 'direct'),
                        w_T=<spy type 'i32'>,
                    ),
                    Const(w_val=W_I32(4), w_T=<spy type 'i32'>),
                ],
                w_T=<spy type 'i32'>,
            ),
        ),
    ],
    decorators=[],
    symtable=<SymTable 'lin::f' (red, function)>,
)

`,
  )
})

dumps('parse --printed: what redshift prints can be read', async () => {
  using folder = folderWith({ 'lin.spy': COUNTER })
  const { stdout } = await spy(['redshift', folder.file('lin.spy')])
  using other = folderWith({ 'shifted.spy': stdout })
  const { status, stdout: tree } = await spy(['parse', '--printed', other.file('shifted.spy')])
  assert.is(status, 0)
  assert.ok(tree.includes("Name(id='lin::n')"))
  assert.match((await spy(['parse', other.file('shifted.spy')])).stderr, /invalid syntax/)
})

dumps('redshift --dump: other modules too, each under its name', async () => {
  using folder = folderWith({
    'main.spy': 'from part import half\n\ndef f(a: i32) -> f64:\n    return half(a)\n',
    'lib/part.spy': 'def half(a: i32) -> f64:\n    return a / 2\n',
  })
  const { stdout, stderr } = await spy(['rs', '--dump', folder.file('lib/part.spy'), folder.file('main.spy')])
  assert.is(stderr, '')
  assert.fixture(
    stdout.replaceAll(folder.path, 'DIR'),
    `# DIR/main.spy
half = \`part::half\`

def f(a: i32) -> f64:
    return \`part::half\`(a)
# DIR/lib/part.spy
def half(a: i32) -> f64:
    return a / 2
`,
  )
})

dumps('redshift: what modules print while they are imported does not get into the dump', async () => {
  using folder = folderWith({ 'loud.spy': 'def __INIT__(m: dynamic) -> None:\n    print("hello")\n' })
  const { stdout } = await spy(['rs', folder.file('loud.spy')])
  assert.not.match(stdout, /^hello/)
})

dumps('colorize: colours wherever the output goes, unless they are not wanted', async () => {
  using folder = folderWith({ 'a.spy': 'def f(a: i32) -> i32:\n    return a\n' })
  const path = folder.file('a.spy')
  const shown = 'def f(a: i32) -> i32:\n    return \x1b[48;5;174m\x1b[30ma\x1b[0m\n'
  assert.is((await spy(['colorize', path])).stdout, shown)
  assert.is((await spy(['colorize', path, '--color', 'never'])).stdout, 'def f(a: i32) -> i32:\n    return a\n')
  const rows = JSON.parse((await spy(['colorize', '-f', 'json', path])).stdout)
  assert.equal(rows, [{ line: 2, col: 11, length: 1, type: 'red' }])
  const { stdout } = await spy(['colorize', path, '-f', 'ast'])
  assert.ok(stdout.includes("value=\x1b[00;101mName\x1b[00m(id=\x1b[32;01m'a'\x1b[00m)"), stdout)
})

dumps('pages hold their script: there is no other copy', async () => {
  using folder = folderWith({ 'a.spy': 'x = 1\n' })
  const { status, stderr } = await spy(['parse', '-f', 'html', '--spyast-js', 'cdn', folder.file('a.spy')])
  assert.is(status, 2)
  assert.match(stderr, /there is no 'cdn' copy of the viewer, use 'inline'/)
})

dumps('cwrite: C under the path that it has in a build', async () => {
  using folder = folderWith({ 'lin.spy': COUNTER })
  const { stdout } = await spy(['cwrite', folder.file('lin.spy')])
  assert.ok(stdout.startsWith(`\n---- ${folder.path}/build/src/program.c ----\n`), stdout.slice(0, 200))
  assert.match(stdout, /SPY_EXPORT\("lin::bump"\)/)
  assert.match(stdout, /^#line 3 "/m)
})

dumps.run()
