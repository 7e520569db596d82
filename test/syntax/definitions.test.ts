import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { FuncDef } from '../../compiler/syntax/ast.ts'
import { parseModule } from '../../compiler/syntax/parser.ts'
import { spanText } from '../../compiler/text/source.ts'
import { catchError, checkError, checkModule, described, parses, testFile } from '../support/check-stages.ts'

function firstFunction(text: string): FuncDef {
  const [decl] = parseModule(testFile(text)).decls
  assert.is(decl?.kind, 'GlobalFuncDef')
  return (decl as Extract<typeof decl, { kind: 'GlobalFuncDef' }>).funcdef
}

function firstError(text: string): string[] {
  return described(catchError(() => parses(testFile(text)))?.diagnostic)
}

const functions = suite('functions')

functions('have typed and untyped parameters, defaults and extra arguments', () => {
  checkModule(
    `
    @d1
    @blue.generic
    @d2(x)
    def f(a, b: i32 = 1, *r: f64) -> i32:
        '''doc'''
        'not doc'
    `,
    `
    Module(
        docstring=None,
        decls=[
            GlobalFuncDef(
                funcdef=FuncDef(
                    color='blue',
                    kind='generic',
                    name='f',
                    args=[
                        FuncArg(
                            name='a',
                            type=Auto(),
                            kind='simple',
                        ),
                        FuncArg(
                            name='b',
                            type=Name(id='i32'),
                            kind='simple',
                        ),
                        FuncArg(
                            name='r',
                            type=Name(id='f64'),
                            kind='var_positional',
                        ),
                    ],
                    return_type=Name(id='i32'),
                    defaults=[
                        Literal(value=1),
                    ],
                    docstring='doc',
                    body=[
                        StmtExpr(
                            value=StrLiteral(value='not doc'),
                        ),
                    ],
                    decorators=[
                        Name(id='d1'),
                        Call(
                            func=Name(id='d2'),
                            args=[
                                Name(id='x'),
                            ],
                        ),
                    ],
                ),
            ),
        ],
    )
    `,
  )
})

functions('that are only a docstring have an empty body; bytes and f-strings are no docstrings', () => {
  assert.is(firstFunction('def f(): "doc"').body.length, 0)
  assert.is(firstFunction('def f(): ("a" "b")').docstring, 'ab')
  assert.is(firstFunction('def f(): b"doc"').docstring, null)
  assert.is(firstFunction('def f(): f"doc"').docstring, null)
  assert.is(firstFunction('def f(): u"doc"').docstring, 'doc')
})

const COLORS: readonly (readonly [decorators: string, color: string, kind: string, others: number])[] = [
  ['', 'red', 'plain', 0],
  ['@blue\n', 'blue', 'plain', 0],
  ['@blue.generic\n', 'blue', 'generic', 0],
  ['@blue.metafunc\n', 'blue', 'metafunc', 0],
  ['@blue.generic\n@blue\n', 'blue', 'generic', 0],
  ['@blue.generic\n@blue.metafunc\n', 'blue', 'metafunc', 0],
  ['@blue.metafunc\n@blue.generic\n', 'blue', 'generic', 0],
  ['@blue()\n', 'red', 'plain', 1],
  ['@blue.foo\n', 'red', 'plain', 1],
  ['@m.blue\n', 'red', 'plain', 1],
  ['@a\n@blue\n@b\n', 'blue', 'plain', 2],
]

for (const [decorators, color, kind, others] of COLORS) {
  functions(`${JSON.stringify(decorators)} makes a ${color} ${kind} function`, () => {
    const func = firstFunction(`${decorators}def f(): pass`)
    assert.equal([func.color, func.funcKind, func.decorators.length], [color, kind, others])
  })
}

functions('with type parameters have a hidden function around them', () => {
  checkModule(
    `
    def f[T, U](a: T) -> U:
        pass
    `,
    `
    Module(
        docstring=None,
        decls=[
            GlobalGenericFuncDef(
                funcdef=GenericFuncDef(
                    name='f',
                    args=[
                        FuncArg(
                            name='T',
                            type=Auto(),
                            kind='simple',
                        ),
                        FuncArg(
                            name='U',
                            type=Auto(),
                            kind='simple',
                        ),
                    ],
                    inner=FuncDef(
                        color='red',
                        kind='plain',
                        name='__impl',
                        args=[
                            FuncArg(
                                name='a',
                                type=Name(id='T'),
                                kind='simple',
                            ),
                        ],
                        return_type=Name(id='U'),
                        defaults=[],
                        docstring=None,
                        body=[
                            Pass(),
                        ],
                        decorators=[],
                    ),
                ),
            ),
        ],
    )
    `,
  )
})

functions.run()

const refused = suite('functions that are refused')

const NOT_SUPPORTED = 'this is not supported'
const REFUSED: readonly (readonly [text: string, message: string, annotation: string])[] = [
  ['def f(**kw: i32): pass', '**kwargs is not supported yet', `${NOT_SUPPORTED} @ kw`],
  ['def f(a: i32, b, /, c): pass', 'positional-only arguments are not supported yet', `${NOT_SUPPORTED} @ a: i32`],
  ['def f(a, *, b: i32 = 1): pass', 'keyword-only arguments are not supported yet', `${NOT_SUPPORTED} @ b: i32`],
  ['def f(*a, b): pass', 'keyword-only arguments are not supported yet', `${NOT_SUPPORTED} @ b`],
  [
    'def f[*Ts](): pass',
    'only plain TypeVar type parameters are supported',
    'ParamSpec and TypeVarTuple are not supported yet @ *Ts',
  ],
  [
    'def f[**P](): pass',
    'only plain TypeVar type parameters are supported',
    'ParamSpec and TypeVarTuple are not supported yet @ **P',
  ],
  ['def f[T: i32](): pass', 'bounded TypeVars are not supported yet', 'remove the bound @ T: i32'],
  [
    '@d\ndef f[T: i32](): pass',
    'cannot use type parameters with decorators',
    'remove the decorators or the type parameters @ def f[T: i32](): pass',
  ],
  [
    '@blue\ndef f[T](): pass',
    'cannot use type parameters with decorators',
    'remove the decorators or the type parameters @ def f[T](): pass',
  ],
]

for (const [text, message, annotation] of REFUSED) {
  refused(text, () => assert.equal(firstError(text), [message, annotation]))
}

refused('checks have an order, whatever that of the text', () => {
  const first = (text: string) => firstError(text)[0]
  const y = (what: string) => `not implemented yet: ${what}`
  assert.is(first('@(lambda: 1)\ndef f[T: i32](a: (yield)): pass'), y('Lambda'))
  assert.is(first('def f[T: i32](a: (lambda: 1)): pass'), 'bounded TypeVars are not supported yet')
  assert.is(first('def f(a: i32 = [*x], b: (lambda: 1) = 1): pass'), y('Lambda'))
  assert.is(first('def f(a: i32 = [*x], **kw): pass'), '**kwargs is not supported yet')
  assert.is(first('def f(a: i32 = [*x], /): pass'), y('Starred'))
  assert.is(first('def f(a, /, *, b) -> [*x]: pass'), 'positional-only arguments are not supported yet')
  assert.is(first('def f(*, b) -> [*x]: pass'), 'keyword-only arguments are not supported yet')
  assert.is(first('def f() -> [*x]: del y'), y('Starred'))
})

refused.run()

const classes = suite('classes')

classes('are structs or heap classes; a heap class may have a base', () => {
  checkModule(
    `
    @struct
    class P:
        "doc"
        x: i32
    class C(B): pass
    class G[T](): pass
    `,
    `
    Module(
        docstring=None,
        decls=[
            GlobalClassDef(
                classdef=ClassDef(
                    name='P',
                    kind='struct',
                    docstring='doc',
                    body=[
                        VarDef(
                            kind=None,
                            name=StrLiteral(value='x'),
                            type=Name(id='i32'),
                            value=None,
                        ),
                    ],
                ),
            ),
            GlobalClassDef(
                classdef=ClassDef(
                    name='C',
                    kind='class',
                    base=Name(id='B'),
                    docstring=None,
                    body=[
                        Pass(),
                    ],
                ),
            ),
            GlobalGenericClassDef(
                classdef=GenericClassDef(
                    name='G',
                    args=[
                        FuncArg(
                            name='T',
                            type=Auto(),
                            kind='simple',
                        ),
                    ],
                    inner=ClassDef(
                        name='Self',
                        kind='class',
                        docstring=None,
                        body=[
                            Pass(),
                        ],
                    ),
                ),
            ),
        ],
    )
    `,
  )
})

classes('may repeat @struct', () => {
  const [decl] = parseModule(testFile('@struct\n@struct\nclass C: pass')).decls
  assert.is(decl?.kind === 'GlobalClassDef' && decl.classdef.classKind, 'struct')
})

const REFUSED_CLASSES: readonly (readonly [text: string, message: string, annotation: string])[] = [
  ['@struct\nclass C(A, B): pass', 'base classes not supported yet', `${NOT_SUPPORTED} @ A`],
  ['class C(A, B, metaclass=M): pass', 'base classes not supported yet', `${NOT_SUPPORTED} @ A`],
  ['class C(A, metaclass=M): pass', 'keywords in classes not supported yet', `${NOT_SUPPORTED} @ metaclass=M`],
  ['class C(**kw): pass', 'keywords in classes not supported yet', `${NOT_SUPPORTED} @ **kw`],
  ['@foo\nclass C: pass', 'class decorators not supported yet', `${NOT_SUPPORTED} @ foo`],
  ['@struct()\nclass C: pass', 'class decorators not supported yet', `${NOT_SUPPORTED} @ struct()`],
  ['@struct\n@m.struct\nclass C: pass', 'class decorators not supported yet', `${NOT_SUPPORTED} @ m.struct`],
  ['class C[T: i32]: pass', 'bounded TypeVars are not supported yet', 'remove the bound @ T: i32'],
  ['@foo\nclass C[*T](k=1): pass', 'keywords in classes not supported yet', `${NOT_SUPPORTED} @ k=1`],
  ['class C:\n    import a', 'not implemented yet: Import', `${NOT_SUPPORTED} @ import a`],
]

for (const [text, message, annotation] of REFUSED_CLASSES) {
  classes(`${text.replaceAll('\n', ' / ')} is refused`, () => assert.equal(firstError(text), [message, annotation]))
}

classes('may have any other statement in their body: what is allowed is decided when it runs', () => {
  checkError(
    `
    class C:
        return 1
        for i in x: break
        break
    ^^^^^^^^^ error:
    `,
    "ParseError: 'break' outside loop",
    parses,
  )
})

classes('have names that are not mangled', () => {
  const text = 'class C:\n    def f(self) -> i32:\n        return self.__x'
  const [decl] = parseModule(testFile(text)).decls
  const [method] = decl?.kind === 'GlobalClassDef' ? decl.classdef.body : []
  const [ret] = method?.kind === 'FuncDef' ? method.body : []
  assert.is(ret?.kind === 'Return' && ret.value.kind === 'GetAttr' && ret.value.attr.value, '__x')
  assert.is(ret?.kind === 'Return' && spanText(ret.value.span), 'self.__x')
})

classes.run()
