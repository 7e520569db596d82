import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { dumpTree } from '../../compiler/inspect/dump-tree.ts'
import { type Expr, find, type NodeKind, walk } from '../../compiler/syntax/ast.ts'
import { parseBody, parseModule } from '../../compiler/syntax/parser.ts'
import { spanText } from '../../compiler/text/source.ts'
import { checkError, checkExpression, described, messages, parses, testFile } from '../support/check-stages.ts'

/** An expression with all its operators and their operands in parentheses. */
function grouped(text: string): string {
  const { body, errors, refusals } = parseBody(testFile(text))
  assert.equal(messages([...errors, ...refusals]), [])
  const [statement] = body
  return statement?.kind === 'StmtExpr' ? group(statement.value) : ''
}

function group(expr: Expr): string {
  switch (expr.kind) {
    case 'Name':
      return expr.id
    case 'BinOp':
    case 'CmpOp':
      return `(${group(expr.left)} ${expr.op} ${group(expr.right)})`
    case 'CmpChain':
      return `(${[group(expr.left), ...expr.comparators.map((right, at) => `${expr.ops[at]} ${group(right)}`)].join(' ')})`
    case 'And':
      return `(${group(expr.left)} and ${group(expr.right)})`
    case 'Or':
      return `(${group(expr.left)} or ${group(expr.right)})`
    case 'UnaryOp':
      return `(${expr.op} ${group(expr.value)})`
    case 'IfExp':
      return `(${group(expr.body)} if ${group(expr.test)} else ${group(expr.orelse)})`
    case 'AssignExpr':
      return `(${expr.target.value} := ${group(expr.value)})`
    default:
      return spanText(expr.span)
  }
}

const precedence = suite('precedence')

const GROUPS: readonly (readonly [text: string, grouped: string])[] = [
  ['a + b * c', '(a + (b * c))'],
  ['a - b - c', '((a - b) - c)'],
  ['a ** b ** c', '(a ** (b ** c))'],
  ['-a ** b', '(- (a ** b))'],
  ['a ** -b', '(a ** (- b))'],
  ['a * -b', '(a * (- b))'],
  ['~a @ b // c % d / e', '(((((~ a) @ b) // c) % d) / e)'],
  ['a << b + c >> d', '((a << (b + c)) >> d)'],
  ['a | b ^ c & d << e', '(a | (b ^ (c & (d << e))))'],
  ['a == b | c', '(a == (b | c))'],
  ['not a == b', '(not (a == b))'],
  ['not a and b or c', '(((not a) and b) or c)'],
  ['a and b and c', '((a and b) and c)'],
  ['a or b and c', '(a or (b and c))'],
  ['a if b else c if d else e', '(a if b else (c if d else e))'],
  ['a or b if c else d', '((a or b) if c else d)'],
  ['a not in b', '(a not in b)'],
  ['a is not b', '(a is not b)'],
  ['a is (not b)', '(a is (not b))'],
  ['a < b <= c', '(a < b <= c)'],
  ['a < b == c in d', '(a < b == c in d)'],
  ['(a < b) < c', '((a < b) < c)'],
  ['(a := b + c)', '(a := (b + c))'],
]

for (const [text, expected] of GROUPS) precedence(text, () => assert.is(grouped(text), expected))

precedence.run()

const trees = suite('expression trees')

trees('a call of an attribute is a method call, parenthesised or not', () => {
  const dump = `
    CallMethod(
        target=Name(id='x'),
        method=StrLiteral(value='f'),
        args=[
            Name(id='a'),
        ],
    )
  `
  checkExpression('x.f(a)', dump)
  checkExpression('(x.f)(a)', dump)
})

trees('keyword arguments are shown where there are any', () => {
  checkExpression(
    'f(a, k=1)',
    `
    Call(
        func=Name(id='f'),
        args=[
            Name(id='a'),
        ],
        keywords=[
            Keyword(
                name=StrLiteral(value='k'),
                value=Literal(value=1),
            ),
        ],
    )
    `,
  )
})

trees('a subscript takes a comma list apart, parenthesised or not', () => {
  const args = (text: string) => {
    const [statement] = parseBody(testFile(text)).body
    if (statement?.kind !== 'StmtExpr' || statement.value.kind !== 'GetItem') return 'no GetItem'
    return statement.value.args.map((arg) => (arg.kind === 'Slice' ? 'slice' : group(arg))).join(' ')
  }
  assert.is(args('x[i]'), 'i')
  assert.is(args('x[i, j]'), 'i j')
  assert.is(args('x[(i, j)]'), 'i j')
  assert.is(args('x[i,]'), 'i')
  assert.is(args('x[()]'), '')
  assert.is(args('x[1:2, j]'), 'slice j')
})

trees('the parts that a slice lacks are None, where the slice stands', () => {
  const [statement] = parseBody(testFile('x[a:]')).body
  assert.ok(statement !== undefined)
  const slice = find(statement, 'Slice', 'a:')
  assert.is(dumpTree(slice?.stop ?? statement), 'Literal(value=None)')
  assert.is(spanText(slice?.stop.span ?? statement.span), 'a:')
})

trees('displays', () => {
  checkExpression('[]', 'List(items=[])'.replace('(items=[])', '(\n    items=[],\n)'))
  checkExpression('()', 'Tuple(\n    items=[],\n)')
  checkExpression('{}', 'Dict(\n    items=[],\n)')
  checkExpression('{a}', "Set(\n    items=[\n        Name(id='a'),\n    ],\n)")
  checkExpression(
    '{a: b, **c} if 0 else 1'.replace(', **c', ''),
    `
    IfExp(
        test=Literal(value=0),
        body=Dict(
            items=[
                KeyValuePair(
                    key=Name(id='a'),
                    value=Name(id='b'),
                ),
            ],
        ),
        orelse=Literal(value=1),
    )
    `,
  )
})

trees('comprehensions', () => {
  checkExpression(
    '[x for x in xs if x if y for a, b in x]',
    `
    ListComp(
        element=Name(id='x'),
        generators=[
            Comprehension(
                seq=0,
                target=StrLiteral(value='x'),
                iter=Name(id='xs'),
                conditions=[
                    Name(id='x'),
                    Name(id='y'),
                ],
            ),
            Comprehension(
                seq=1,
                target=UnpackTarget(
                    targets=[
                        SingleTarget(
                            name=StrLiteral(value='a'),
                        ),
                        SingleTarget(
                            name=StrLiteral(value='b'),
                        ),
                    ],
                ),
                iter=Name(id='x'),
                conditions=[],
            ),
        ],
    )
    `,
  )
})

trees.run()

const spans = suite('spans of expressions')

const SPANS: readonly (readonly [text: string, kind: NodeKind, source: string])[] = [
  ['(a) + (b)', 'BinOp', '(a) + (b)'],
  ['((a) and (b))', 'And', 'a) and (b'],
  ['not (a)', 'UnaryOp', 'not (a)'],
  ['(a) < b', 'CmpOp', '(a) < b'],
  ['(a.b)', 'GetAttr', 'a.b'],
  ['x.y(a)', 'CallMethod', 'x.y(a)'],
  ['(x)[i]', 'GetItem', '(x)[i]'],
  ['(a := b)', 'AssignExpr', 'a := b'],
  ['f(x, a, )', 'Call', 'f(x, a, )'],
  ['(a, b)', 'Tuple', '(a, b)'],
  ['a, b,', 'Tuple', 'a, b,'],
  ['{k: v}', 'KeyValuePair', 'k'],
  ['"a" "b"', 'StrLiteral', '"a" "b"'],
]

for (const [text, kind, source] of SPANS) {
  spans(`${kind} in ${text}`, () => {
    const [statement] = parseBody(testFile(text)).body
    assert.ok(statement !== undefined && find(statement, kind, source) !== undefined)
  })
}

spans('the name of a method or attribute covers what it is taken from', () => {
  const [call] = parseBody(testFile('x.f(a)')).body
  const method = call?.kind === 'StmtExpr' && call.value.kind === 'CallMethod' ? call.value.method : undefined
  assert.is(method && spanText(method.span), 'x.f')
})

spans.run()

const refused = suite('expressions that are refused')

refused('the first problem in reading order is reported, a construct before its parts', () => {
  const first = (text: string) => described(parseBody(testFile(text)).refusals[0])[0]
  assert.is(first('f(yield_, lambda: 1, *a)'), 'not implemented yet: Lambda')
  assert.is(first('(lambda: 1)[(yield)]'), 'not implemented yet: Lambda')
  assert.is(first('lambda: (yield)'), 'not implemented yet: Lambda')
})

refused('the same keyword twice', () => {
  checkError(
    `
    def f() -> None:
        g(k=1, k=2)
               ^^^ error:
    `,
    'ParseError: keyword argument repeated: k',
    parses,
  )
})

refused('a walrus where no scope could take its variable', () => {
  for (const text of [
    'x = (y := 1)',
    'def f(a: (y := 1)) -> None: pass',
    'def f(a: i32 = (y := 1)) -> None: pass',
    'def f() -> (y := 1): pass',
    '@(y := 1)\ndef f() -> None: pass',
  ]) {
    const file = testFile(text)
    let message = ''
    try {
      parses(file)
    } catch (error) {
      message = String(error)
    }
    assert.is(message, 'ParseError: assignment expressions are not supported here', text)
  }
})

refused.run()

const blocks = suite('__block__')

blocks('holds statements whose spans are where they stand', () => {
  const text = `
    def f() -> i32:
        return __block__("""
            x = 1
            if x:
                x = 2
            x + 1
        """)
  `
  const file = testFile(text)
  const nodes = [...walk(parseModule(file))]
  const block = nodes.find((node) => node.kind === 'BlockExpr')
  assert.equal(
    block?.body.map(({ kind, span }) => `${kind} ${span.file === file}`),
    ['Assign true', 'If true'],
  )
  assert.is(block && spanText(block.value.span), 'x + 1')
})

blocks('with escapes has a text of its own', () => {
  const { body, errors, refusals } = parseBody(testFile(String.raw`__block__("x = 1\nx")`))
  assert.equal(messages([...errors, ...refusals]), [])
  const [statement] = body
  assert.is(statement?.kind === 'StmtExpr' && statement.value.kind, 'BlockExpr')
})

const BLOCK_ERRORS: readonly (readonly [text: string, message: string, annotation: string])[] = [
  [
    '__block__()',
    '__block__ requires a single string literal argument',
    'expected a triple-quoted string @ __block__()',
  ],
  [
    '__block__(x)',
    '__block__ requires a single string literal argument',
    'expected a triple-quoted string @ __block__(x)',
  ],
  ['__block__("  ")', '__block__ body is empty', 'expected at least one expression @ __block__("  ")'],
  [
    '__block__("x = 1")',
    '__block__ last statement must be an expression (the result)',
    'this should be an expression @ x = 1',
  ],
]

for (const [text, message, annotation] of BLOCK_ERRORS) {
  blocks(`${text} is refused`, () => {
    assert.equal(described(parseBody(testFile(text)).refusals[0]), [message, annotation])
  })
}

blocks('as a method is a method', () => {
  const [statement] = parseBody(testFile('obj.__block__("x")')).body
  assert.is(statement?.kind === 'StmtExpr' && statement.value.kind, 'CallMethod')
})

blocks.run()
