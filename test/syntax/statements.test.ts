import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { find, type NodeKind, walk } from '../../compiler/syntax/ast.ts'
import { parseBody, parseModule, parseSingleStatement } from '../../compiler/syntax/parser.ts'
import { spanText } from '../../compiler/text/source.ts'
import {
  catchError,
  checkError,
  checkModule,
  checkStatements,
  described,
  messages,
  parses,
  testFile,
} from '../support/check-stages.ts'

const statements = suite('statements')

statements('declarations', () => {
  const declaration = (kind: string, type: string, value: string) => `
    VarDef(
        kind=${kind},
        name=StrLiteral(value='x'),
        type=${type},
        value=${value},
    )
  `
  checkStatements('var x: T = 1', declaration("'var'", "Name(id='T')", 'Literal(value=1)'))
  checkStatements('const x: T = 1', declaration("'const'", "Name(id='T')", 'Literal(value=1)'))
  checkStatements('var x: T', declaration("'var'", "Name(id='T')", 'None'))
  checkStatements('const x = 1', declaration("'const'", 'Auto()', 'Literal(value=1)'))
  checkStatements('x: T = 1', declaration('None', "Name(id='T')", 'Literal(value=1)'))
  checkStatements('x: T', declaration('None', "Name(id='T')", 'None'))
  checkStatements('var \\\n x = 1', declaration("'var'", 'Auto()', 'Literal(value=1)'))
})

statements('var and const are names elsewhere', () => {
  for (const text of [
    ...['var = 1', 'f(var)', 'var.x', 'var[0]', 'var + 1', 'var: i32 = 1', 'var if c else d', 'var in y', 'var is z'],
    ...['var and y', 'for var in y: pass', 'const, var = t', 'var()', 'var·x: i32 = 1'],
  ]) {
    const { errors, refusals } = parseBody(testFile(text))
    assert.equal(messages([...errors, ...refusals]), [], text)
  }
})

for (const text of [
  ...['var x', 'const x', 'var a, b = t', 'for var i in xs: pass', 'def f(var a: i32) -> i32: pass', 'var x += 1'],
  ...[
    '(const y := 3)',
    'import var x',
    'from m import var x',
    'print(var x)',
    'var const x = 1',
    'x = var y',
    '[var x]',
  ],
]) {
  statements(`${text} is no declaration`, () => {
    assert.equal(messages(parseBody(testFile(text)).errors), ['1: invalid syntax'])
  })
}

statements('assignments', () => {
  checkStatements(
    `
    a = 1
    a, b = c
    (a,) = c
    () = c
    x.a = 1
    x[i, j] = 1
    a //= 2
    x.a += 1
    x[i] **= 2
    `,
    `
    Assign(
        target=SingleTarget(
            name=StrLiteral(value='a'),
        ),
        value=Literal(value=1),
    )
    Assign(
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
        value=Name(id='c'),
    )
    Assign(
        target=UnpackTarget(
            targets=[
                SingleTarget(
                    name=StrLiteral(value='a'),
                ),
            ],
        ),
        value=Name(id='c'),
    )
    Assign(
        target=UnpackTarget(
            targets=[],
        ),
        value=Name(id='c'),
    )
    SetAttr(
        target=Name(id='x'),
        attr=StrLiteral(value='a'),
        value=Literal(value=1),
    )
    SetItem(
        target=Name(id='x'),
        args=[
            Name(id='i'),
            Name(id='j'),
        ],
        value=Literal(value=1),
    )
    AugAssign(
        op='//',
        target=StrLiteral(value='a'),
        value=Literal(value=2),
    )
    AugSetAttr(
        op='+',
        target=Name(id='x'),
        attr=StrLiteral(value='a'),
        value=Literal(value=1),
    )
    AugSetItem(
        op='**',
        target=Name(id='x'),
        args=[
            Name(id='i'),
        ],
        value=Literal(value=2),
    )
    `,
  )
})

statements('every augmented operator is known', () => {
  const ops = ['+', '-', '*', '/', '//', '%', '**', '<<', '>>', '|', '^', '&', '@']
  const { body } = parseBody(testFile(ops.map((op) => `a ${op}= 1\n`).join('')))
  assert.equal(
    body.map((stmt) => stmt.kind === 'AugAssign' && stmt.op),
    ops,
  )
})

statements('control flow', () => {
  checkStatements(
    `
    def f() -> None:
        if a: pass
        elif b: return
        else:
            return a, b
        while a:
            break
        for i in xs: continue
        for a, b in xs:
            for (c) in d: pass
        with open(x) as f, g():
            assert a, b
        raise E
    `,
    `
    FuncDef(
        color='red',
        kind='plain',
        name='f',
        args=[],
        return_type=Literal(value=None),
        defaults=[],
        docstring=None,
        body=[
            If(
                test=Name(id='a'),
                then_body=[
                    Pass(),
                ],
                else_body=[
                    If(
                        test=Name(id='b'),
                        then_body=[
                            Return(
                                value=Literal(value=None),
                            ),
                        ],
                        else_body=[
                            Return(
                                value=Tuple(
                                    items=[
                                        Name(id='a'),
                                        Name(id='b'),
                                    ],
                                ),
                            ),
                        ],
                    ),
                ],
            ),
            While(
                test=Name(id='a'),
                body=[
                    Break(),
                ],
            ),
            For(
                seq=0,
                target=StrLiteral(value='i'),
                iter=Name(id='xs'),
                body=[
                    Continue(),
                ],
            ),
            For(
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
                iter=Name(id='xs'),
                body=[
                    For(
                        seq=2,
                        target=StrLiteral(value='c'),
                        iter=Name(id='d'),
                        body=[
                            Pass(),
                        ],
                    ),
                ],
            ),
            With(
                items=[
                    WithItem(
                        seq=0,
                        context=Call(
                            func=Name(id='open'),
                            args=[
                                Name(id='x'),
                            ],
                        ),
                        target=StrLiteral(value='f'),
                    ),
                    WithItem(
                        seq=1,
                        context=Call(
                            func=Name(id='g'),
                            args=[],
                        ),
                        target=None,
                    ),
                ],
                body=[
                    Assert(
                        test=Name(id='a'),
                        msg=Name(id='b'),
                    ),
                ],
            ),
            Raise(
                exc=Name(id='E'),
            ),
        ],
        decorators=[],
    )
    `,
  )
})

statements('several on a line, and with items in parentheses', () => {
  const { body, errors, refusals } = parseBody(
    testFile('a; b = 1;\nwith (a as b, c as d,): pass\nwith (a, b) as c: pass\nwith (a): pass\n'),
  )
  assert.equal(messages([...errors, ...refusals]), [])
  assert.equal(
    body.map((stmt) => (stmt.kind === 'With' ? stmt.items.length : stmt.kind)),
    ['StmtExpr', 'Assign', 2, 1, 1],
  )
})

statements('loops are numbered per outermost function; inner functions go on and give the numbers back', () => {
  const module = parseModule(
    testFile(`
    def a() -> None:
        for i in x:
            def b() -> None:
                for i in x: pass
                for i in x: pass
        for i in x: pass
    def c() -> None:
        for i in x: pass
    class C:
        def m(self) -> None:
            for i in x: pass
    `),
  )
  assert.equal(
    [...walk(module)].flatMap((node) => (node.kind === 'For' ? [node.seq] : [])),
    [0, 1, 2, 1, 0, 0],
  )
})

statements('match, case and type are names where they are no statements', () => {
  for (const text of [
    'match = 1',
    'match(a)',
    'match[a] = 1',
    'type = 1',
    'type(x)',
    'case = match',
    'match.x',
    'match * a',
  ]) {
    const { errors, refusals } = parseBody(testFile(text))
    assert.equal(messages([...errors, ...refusals]), [], text)
  }
})

statements.run()

const spans = suite('spans of statements')

const PROGRAM = `
def f(a: i32, *r: f64) -> i32:
    x = (a); y: i32 = 1
    (g(a))
    if a:
        pass
    elif b:
        return
    else:
        c += 1
    while a: (d, e) = 1, 2
    return x.a
@dec
def g():
    pass
@struct
class C:
    x: i32
`

const SPANS: readonly (readonly [kind: NodeKind, source: string])[] = [
  ['FuncArg', 'a: i32'],
  ['FuncArg', 'r: f64'],
  ['Assign', 'x = (a)'],
  ['VarDef', 'y: i32 = 1'],
  ['StmtExpr', '(g(a))'],
  ['If', '    if a:\n        pass\n    elif b:\n        return\n    else:\n        c += 1'],
  ['If', '    elif b:\n        return\n    else:\n        c += 1'],
  ['Return', 'return'],
  ['Literal', 'return'],
  ['AugAssign', 'c += 1'],
  ['While', 'while a: (d, e) = 1, 2'],
  ['UnpackTarget', '(d, e)'],
  ['FuncDef', 'def g():\n    pass'],
  ['Auto', 'def g():'],
  ['ClassDef', 'class C:'],
]

for (const [kind, source] of SPANS) {
  spans(`${kind} ${JSON.stringify(source)}`, () => {
    assert.ok(find(parseModule(testFile(PROGRAM)), kind, source) !== undefined)
  })
}

spans('prototypes end with the return type, or with the line', () => {
  const prototypes = [
    ...walk(parseModule(testFile(`${PROGRAM}def h(a,\n      b): pass\ndef i(a, *b): pass\n`))),
  ].flatMap((node) =>
    node.kind === 'FuncDef' ? [`${spanText(node.prototypeSpan)} | ${spanText(node.returnType.span)}`] : [],
  )
  assert.equal(prototypes, [
    'def f(a: i32, *r: f64) -> i32 | i32',
    'def g(): | def g():',
    'def h(a,\n      b): pass | b): pass',
    'def i(a, *b): pass | b): pass',
  ])
})

spans('a class has its header and, apart from it, its body', () => {
  const node = [...walk(parseModule(testFile(PROGRAM)))].find(({ kind }) => kind === 'ClassDef')
  assert.is(node?.kind === 'ClassDef' && spanText(node.bodySpan), 'class C:\n    x: i32')
})

spans.run()

const refused = suite('statements that are refused')

refused('what is wrong with a value comes before what is wrong with its annotation', () => {
  const { refusals } = parseBody(testFile('x: (lambda: 1) = [*a]'))
  assert.is(described(refusals[0])[0], 'not implemented yet: Starred')
  assert.is(described(refusals[1])[0], 'not implemented yet: Lambda')
})

refused('break and continue outside of a loop', () => {
  checkError(
    `
    def f() -> None:
        if a:
            break
    ^^^^^^^^^^^^^ error:
    `,
    "ParseError: 'break' outside loop",
    parses,
  )
  checkError(
    `
    def f() -> None:
        while a:
            def g() -> None:
                continue
    ^^^^^^^^^^^^^^^^^^^^ error:
    `,
    "ParseError: 'continue' not properly in loop",
    parses,
  )
})

refused('a constant without a value', () => {
  checkError(
    `
    def f() -> None:
        const x: i32
        ^^^^^^^^^^^^ error: value is missing here
    `,
    'ParseError: a constant needs a value',
    parses,
  )
})

refused.run()

const modules = suite('modules')

modules('have definitions, variables and imports; texts are dropped, the first one is the docstring', () => {
  checkModule(
    `
    "doc"
    from math import sin as s
    import a, b.c as d
    from .m import (x, y as z,)
    from . import n
    from ..lib import o
    'another text'
    x = 1
    `,
    `
    Module(
        docstring='doc',
        decls=[
            Import(ref=<ImportRef math.sin>, asname='s'),
            Import(ref=<ImportRef a>, asname='a'),
            Import(ref=<ImportRef (b.c)>, asname='d'),
            Import(ref=<ImportRef (.m).x>, asname='x'),
            Import(ref=<ImportRef (.m).y>, asname='z'),
            Import(ref=<ImportRef (.n)>, asname='n'),
            Import(ref=<ImportRef (..lib).o>, asname='o'),
            GlobalVarDef(
                vardef=VarDef(
                    kind=None,
                    name=StrLiteral(value='x'),
                    type=Auto(),
                    value=Literal(value=1),
                ),
            ),
        ],
    )
    `,
  )
})

modules('may be empty', () => {
  const empty = 'Module(\n    docstring=None,\n    decls=[],\n)'
  checkModule('', empty)
  checkModule('\n\n# nothing here\n', empty)
  checkModule('\ufeff', empty)
})

modules('variables need a value, and one plain target', () => {
  const first = (text: string) => described(catchError(() => parses(testFile(text)))?.diagnostic)
  assert.equal(first('x: i32'), ['a module-level variable needs a value', 'value is missing here @ x: i32'])
  assert.equal(first('var x: i32'), ['a module-level variable needs a value', 'value is missing here @ var x: i32'])
  assert.equal(first('const x: i32'), ['a constant needs a value', 'value is missing here @ const x: i32'])
  assert.equal(first('a = b = v'), [
    'not implemented yet: assign to multiple targets',
    'this is not supported @ a = b = v',
  ])
  assert.equal(first('[a, b] = v'), [
    'not implemented yet: assign to complex expressions',
    'this is not supported @ [a, b]',
  ])
})

modules('an import with dots needs a name', () => {
  checkError(
    `
    import m, a.b
              ^^^ error: write \`import a.b as b\`
    `,
    'ParseError: not supported: `import a.b` without `as`',
    parses,
  )
})

modules('the item of an import is remembered beside the statement', () => {
  const [decl] = parseModule(testFile('from a import (b, c as d)')).decls
  assert.is(decl?.kind === 'Import' && spanText(decl.asnameSpan), 'b')
  assert.is(decl && spanText(decl.span), 'from a import (b, c as d)')
})

modules.run()

const single = suite('single statements')

single('are what a debugger reads', () => {
  assert.is(parseSingleStatement(testFile('x = 1'))?.kind, 'Assign')
  assert.is(parseSingleStatement(testFile('')), undefined)
  const first = (text: string) => described(catchError(() => parseSingleStatement(testFile(text)))?.diagnostic)
  assert.equal(first('a\nb'), ['expected exactly one statement', 'this is not allowed @ b'])
  assert.equal(first('x: i32 = 1'), ['not implemented yet: AnnAssign', 'this is not supported @ x: i32 = 1'])
})

single.run()
