/** Which parts of a source are blue and which are red, as `spy colorize` shows it. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { shiftProgram } from '../../compiler/driver/pipelines/show.ts'
import { colorizeSource, colorRows } from '../../compiler/inspect/colors.ts'
import { syntaxShape } from '../../compiler/inspect/syntax-shape.ts'
import { type ViewNode, viewTree } from '../../compiler/inspect/view-tree.ts'
import type { Node } from '../../compiler/syntax/ast.ts'
import { find } from '../../compiler/syntax/ast.ts'
import { memoryWorld } from '../support/memory-world.ts'

function shift(source: string) {
  const path = '/test/test.spy'
  const { entries, colors } = shiftProgram({ entries: [path] }, memoryWorld(new Map([[path, source]])))
  const [module] = entries
  return { module, colors }
}

/** `[B]` and `[R]` stand where a colour starts, `[.]` where it ends. */
function painted(source: string): string {
  const { module, colors } = shift(source)
  return colorizeSource(module, colors)
    .replaceAll('\x1b[48;5;110m\x1b[30m', '[B]')
    .replaceAll('\x1b[48;5;174m\x1b[30m', '[R]')
    .replaceAll('\x1b[0m', '[.]')
}

const colors = suite('colours of the source')

colors('blue is known at redshift time, red is left to run, and inner nodes lie upon outer ones', () => {
  assert.fixture(
    painted(`K = 10

@blue
def sq(n):
    return n * n

def area(w: i32) -> i32:
    k = sq(K)
    if w > k:
        return -1
    return w * k

def main() -> None:
    print(area(3))
`),
    `K = 10

@blue
def sq(n):
    return n * n

def area(w: i32) -> i32:
    [B]k = sq(K)[.]
    if [R]w > [.][B]k[.]:
        return [B]-1[.]
    return [R]w * [.][B]k[.]

def main() -> None:
    [B]print[.][R]([.][B]area[.][R]([.][B]3[.][R]))[.]
`,
  )
})

colors('an assignment has the colour of its local; one to a module variable has none', () => {
  assert.fixture(
    painted(`var total: i32 = 0

def f(a: i32) -> None:
    b = a
    c = 2
    c = 3
    total = a
    var d: i32 = 4
`),
    `var total: i32 = 0

def f(a: i32) -> None:
    [R]b = a[.]
    [R]c = [.][B]2[.]
    [R]c = [.][B]3[.]
    total = [R]a[.]
    var d: [B]i32[.] = [B]4[.]
`,
  )
})

colors('the name of an attribute is blue, and what it is taken from has its own colour', () => {
  assert.fixture(
    painted(`@struct
class P:
    x: i32
    def twice(self) -> i32:
        return self.x * 2

def f(p: P) -> i32:
    return p.x + p.twice()
`).split('\n')[7] ?? '',
    '    return [R]p.[.][B]x[.][R] + p.[.][B]twice[.][R]()[.]',
  )
})

colors('what a blue condition leaves out is never looked at, and has no colour', () => {
  assert.fixture(
    painted(`DEBUG = False

def f(a: i32) -> i32:
    if DEBUG:
        return a * 2
    return a
`),
    `DEBUG = False

def f(a: i32) -> i32:
    if [B]DEBUG[.]:
        return a * 2
    return [R]a[.]
`,
  )
})

colors('an exception is as blue as its message', () => {
  assert.fixture(
    painted(`def f(a: str) -> None:
    if a == "":
        raise ValueError("no text")
    raise KeyError(a)
`),
    `def f(a: str) -> None:
    if [R]a == [.][B]""[.]:
        raise [B]ValueError("no text")[.]
    raise [B]KeyError[.][R](a)[.]
`,
  )
})

colors('an expression over several lines is painted to the end of its first', () => {
  assert.fixture(
    painted(`def f(a: i32) -> i32:
    return (a +
            1)
`),
    `def f(a: i32) -> i32:
    return ([R]a +[.]
            [B]1[.])
`,
  )
})

colors('a generic function has the colours of its last instance; one without instances has none', () => {
  assert.fixture(
    painted(`def first[T](a: T, n: i32) -> T:
    return a

def never[T](a: T) -> T:
    return a

def f(a: i32) -> i32:
    return first[i32](a, 1)
`),
    `def first[T](a: T, n: i32) -> T:
    return [R]a[.]

def never[T](a: T) -> T:
    return a

def f(a: i32) -> i32:
    return [B]first[i32][.][R](a, [.][B]1[.][R])[.]
`,
  )
})

colors('rows: lines from 1, columns and lengths in code points, outer nodes first', () => {
  const { module, colors: found } = shift('def f(a: str) -> str:\n    return "é😀" + a\n')
  assert.equal(colorRows(module, found), [
    { line: 2, col: 11, length: 8, type: 'red' },
    { line: 2, col: 11, length: 4, type: 'blue' },
    { line: 2, col: 18, length: 1, type: 'red' },
  ])
})

colors.run()

const views = suite('trees for viewers')

function viewOf(source: string, kind: Node['kind'], text: string): ViewNode {
  const { module, colors: found } = shift(source)
  const node = find(module.tree, kind, text)
  if (node === undefined) throw new Error(`no ${kind} is ${text}`)
  return viewTree(syntaxShape(node, { colors: found }), { colored: true })
}

const ONE = 'def f(x: i32) -> i32:\n    if x > 1:\n        return x + 1\n    return 0\n'

views('the characters of a node have the colours of what is below it', () => {
  const view = viewOf(ONE, 'BinOp', 'x + 1')
  assert.is(view.color, 'red')
  assert.is(view.label, 'BinOp: +')
  assert.is(view.src, 'x + 1')
  assert.is(view.src_colors, 'R1 _3 B1')
})

views('lines are shown without the indentation that they share', () => {
  const view = viewOf(ONE, 'If', '    if x > 1:\n        return x + 1')
  assert.is(view.src, 'if x > 1:\n    return x + 1')
  assert.is(view.src_colors, '_3 R4 B1 _13 R4 B1')
})

views('fields are children, items of lists are numbered, empty lists are not there', () => {
  const view = viewOf('def f(x: i32) -> None:\n    print(x, 2)\n', 'Call', 'print(x, 2)')
  assert.equal(
    view.children.map(({ attr, node }) => `${attr} ${node.label}`),
    ['func Name: print', 'args[0] Name: x', 'args[1] Literal: 2'],
  )
  const [name] = view.children[1]?.node.children ?? []
  assert.equal(name, {
    attr: 'id',
    node: { label: "'x'", expr: true, src: '', shape: 'leaf', color: 'emerald', children: [] },
  })
})

views.run()
