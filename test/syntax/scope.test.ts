import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { spanText } from '../../compiler/text/source.ts'
import { analyzes, checkError, checkSymbols, described, testFile } from '../support/check-stages.ts'

const declarations = suite('declarations')

declarations('of a module', () => {
  checkSymbols(
    `
    import a
    from m import b as c
    x = 1
    y: i32 = 1
    var v = 1
    const w: i32 = 1
    def f() -> None: pass
    @struct
    class S: pass
    def g[T](p: T) -> T: pass
    @struct
    class G[T]: pass
    `,
    {
      a: 'const auto -> a',
      c: 'const auto -> m.b',
      x: 'const global-const',
      y: 'const global-const',
      v: 'var explicit cell',
      w: 'const explicit',
      f: 'const funcdef',
      S: 'const classdef',
      g: 'const funcdef',
      G: 'const funcdef',
      'f.@return': 'var auto',
      'g.T': 'const blue-param',
      'g.__impl': 'const funcdef',
      'g.@return': 'var auto',
      'g.__impl.p': 'var red-param',
      'g.__impl.@return': 'var auto',
      'G.T': 'const blue-param',
      'G.Self': 'const classdef',
    },
  )
})

declarations('of red and blue functions differ in their parameters', () => {
  checkSymbols(
    `
    def f(a: i32, *r: i32) -> None: pass
    @blue
    def g(a, *r): pass
    `,
    { 'f.a': 'var red-param', 'f.r': 'var red-param', 'g.a': 'const blue-param', 'g.r': 'const blue-param' },
  )
})

declarations('of a class are fields and attributes', () => {
  checkSymbols(
    `
    @struct
    class S:
        a: i32
        const b: i32
        c = 1
        def m(self) -> None: pass
    `,
    {
      'S.a': 'var class-field',
      'S.b': 'var class-field',
      'S.c': 'const auto',
      'S.m': 'const funcdef',
      'S.m.self': 'var red-param',
    },
  )
})

declarations('without var or const are const until they are assigned again', () => {
  checkSymbols(
    `
    def scan(limit: i32) -> i32:
        best = 0
        seen = 1
        for step in range(limit):
            cand = step * 3
            best = cand
        while (probe := best) > 10:
            best -= 1
        return best + seen + probe
    `,
    {
      'scan.limit': 'var red-param',
      'scan.best': 'var auto',
      'scan.step': 'var auto',
      'scan.cand': 'var auto',
      'scan.probe': 'var auto',
      'scan.seen': 'const auto',
      'scan._$iter0': 'var auto',
      'scan.@return': 'var auto',
      'scan.range': 'const explicit level 2 -> _range.range',
      scan: 'const funcdef',
      i32: 'const explicit level 1 -> builtins.i32',
    },
  )
})

declarations('are promoted by every kind of assignment, in any branch', () => {
  checkSymbols(
    `
    def f(t: i32) -> None:
        a: i32
        a = 1
        b = 1
        b, c = t
        d = 1
        d += 1
        if t:
            e = 1
        else:
            e = 2
        g = 1
        print((g := 2))
        const h = 1
        var i = 1
        j = 1
    `,
    {
      'f.a': 'var auto',
      'f.b': 'var auto',
      'f.c': 'const auto',
      'f.d': 'var auto',
      'f.e': 'var auto',
      'f.g': 'var auto',
      'f.h': 'const explicit',
      'f.i': 'var explicit',
      'f.j': 'const auto',
    },
  )
})

declarations('inside loops are var; a function inside a loop starts again', () => {
  checkSymbols(
    `
    def f(n: i32) -> None:
        while (a := n) and n:
            b: i32 = 1
            def g() -> None:
                c = 1
        for d in (e := n): pass
    `,
    { 'f.a': 'var auto', 'f.b': 'var auto', 'f.d': 'var auto', 'f.e': 'var auto', 'f.g.c': 'const auto' },
  )
})

declarations('know where they and their types come from', () => {
  const { tables } = analyzes(
    testFile(`
    x: i32 = 1
    def f(a: i32) -> str:
        b: f64 = 1
        c = a + 1
        d, e = 1, 2
        for i in range(3): pass
        var v = 1
    `),
  )
  const place = (table: string, name: string) => {
    const found = [...tables.values()].find((candidate) => candidate.name === table)?.symbols.get(name)
    return found?.span && found.typeSpan && `${spanText(found.span)} | ${spanText(found.typeSpan)}`
  }
  assert.is(place('test', 'x'), 'x: i32 = 1 | i32')
  assert.is(place('test', 'f'), 'def f(a: i32) -> str | def f(a: i32) -> str')
  assert.is(place('test::f', 'a'), 'a: i32 | i32')
  assert.is(place('test::f', '@return'), 'str | str')
  assert.is(place('test::f', 'b'), 'b: f64 = 1 | f64')
  assert.is(place('test::f', 'c'), 'c | a + 1')
  assert.is(place('test::f', 'd'), 'd | 1, 2')
  assert.is(place('test::f', 'i'), 'i | range(3)')
  assert.is(place('test::f', '_$iter0'), 'range(3) | range(3)')
  assert.is(place('test::f', 'v'), 'var v = 1 | var v = 1')
})

declarations('with a hidden variable for each with item', () => {
  checkSymbols(
    `
    def f(x: i32) -> None:
        with g(x) as a, h():
            a = 2
    `,
    { 'f._$with0': 'var auto', 'f._$with1': 'var auto', 'f.a': 'var auto' },
  )
})

declarations.run()

const references = suite('references')

references('have the distance to their definition, class bodies included', () => {
  checkSymbols(
    `
    def outer(k: i32) -> dynamic:
        base = k
        def mid() -> dynamic:
            once = base
            def leaf(n: i32) -> i32:
                return base + n
            return leaf
        return mid
    @struct
    class S:
        x: i32
        def m(self) -> i32:
            return one + self.x
    one = 1
    `,
    {
      'outer.k': 'var red-param',
      'outer.base': 'const auto',
      'outer.mid': 'const funcdef',
      'outer.dynamic': 'const explicit level 2 -> builtins.dynamic',
      'outer.mid.once': 'const auto',
      'outer.mid.leaf': 'const funcdef',
      'outer.mid.base': 'const auto level 1',
      'outer.mid.i32': 'const explicit level 3 -> builtins.i32',
      'outer.mid.leaf.n': 'var red-param',
      'outer.mid.leaf.base': 'const auto level 2',
      'outer.mid.leaf.i32': 'absent',
      'S.i32': 'const explicit level 2 -> builtins.i32',
      'S.m.one': 'const global-const level 2',
    },
  )
})

references('to a variable of the module are cells everywhere', () => {
  checkSymbols('var total: i32 = 0\ndef add(n: i32) -> i32:\n    total = total + n\n    return total + missing\n', {
    total: 'var explicit cell',
    'add.total': 'var explicit cell level 1',
    'add.missing': 'NameError',
  })
})

references('are one variable, whoever sees it', () => {
  const { tables } = analyzes(
    testFile('x = 1\ndef f() -> None:\n    a = 1\n    def g() -> None:\n        x\n        a\n'),
  )
  const [module, f, g] = [...tables.values()]
  assert.is(g?.symbols.get('x')?.definition, module?.symbols.get('x'))
  assert.is(g?.symbols.get('a')?.definition, f?.symbols.get('a'))
  assert.is(g?.symbols.get('a')?.definedIn, f)
})

references('of annotations, defaults and decorators belong to what is around the function', () => {
  checkSymbols(
    `
    @deco
    def f(a: A = B) -> C:
        x: D = E
    @struct
    class S:
        y: F
        def g(self, b: H) -> I: pass
    def g[T](a: T) -> J: pass
    `,
    {
      deco: 'NameError',
      A: 'NameError',
      B: 'NameError',
      C: 'NameError',
      'f.D': 'NameError',
      'f.E': 'NameError',
      'f.A': 'absent',
      'S.F': 'NameError',
      'S.H': 'NameError',
      'S.I': 'NameError',
      'g.J': 'NameError',
      'g.__impl.T': 'absent',
    },
  )
})

references('do not see the members of a class from its methods', () => {
  checkSymbols(
    `
    @struct
    class S:
        x: i32
        y = x
        def len(self) -> i32:
            return len(x)
    `,
    { 'S.x': 'var class-field', 'S.len.len': 'const explicit level 3 -> builtins.len', 'S.len.x': 'NameError' },
  )
})

references('that are found nowhere are so in every table', () => {
  checkSymbols('def f(a: T) -> None:\n    def g(b: T) -> None:\n        T\n', {
    T: 'NameError',
    'f.T': 'NameError',
    'f.g.T': 'NameError',
  })
})

references('of augmented assignments are registered', () => {
  checkSymbols('limit = 10\ndef f() -> None:\n    limit += 1\n    unknown += 1\n', {
    'f.limit': 'const global-const level 1',
    'f.unknown': 'NameError',
  })
})

references('are found in chains of any length', () => {
  const sum = Array.from({ length: 400 }, (_, index) => `x${index}`).join(' + ')
  const clauses = Array.from({ length: 5000 }, (_, index) => `    elif y${index}: z = 1\n`).join('')
  checkSymbols(`def f(a: i32) -> None:\n    b = ${sum}\n    if a: pass\n${clauses}    else: c = d\n`, {
    'f.x399': 'NameError',
    'f.y4999': 'NameError',
    'f.z': 'var auto',
    'f.d': 'NameError',
  })
})

references.run()

const comprehensions = suite('comprehensions')

comprehensions('have their own loop variables, in the frame of the function', () => {
  const scopes = checkSymbols(
    `
    def f(x: i32, n: i32) -> None:
        a = [x * one for x in range(x) if x for y, z in x]
    one = 1
    `,
    {
      'f.x': 'var red-param',
      'f.y': 'absent',
      'f.one': 'const global-const level 1',
      'f.range': 'const explicit level 2 -> _range.range',
    },
  )
  const table = [...scopes.tables.values()].find(({ kind }) => kind === 'comprehension')
  const own = [...(table?.symbols.values() ?? [])].filter(({ definedIn }) => definedIn === table)
  assert.equal(own.map(({ name }) => name).sort(), ['_$iter0', '_$iter1', 'x', 'y', 'z'])
  assert.is(table?.frame.name, 'test::f')
  assert.is(new Set(own.map(({ slot }) => slot)).size, 5)
  assert.is(table?.symbols.get('one')?.level, 1)
})

comprehensions('evaluate the first iterable outside, and assign walruses outside', () => {
  const scopes = checkSymbols(
    `
    def f(xs: i32) -> None:
        a = [(last := xs) for xs in xs]
        return last
    `,
    { 'f.last': 'var auto', 'f.xs': 'var red-param' },
  )
  const table = [...scopes.tables.values()].find(({ kind }) => kind === 'comprehension')
  assert.is(table?.symbols.get('last')?.definedIn, table?.frame)
  assert.is(table?.symbols.get('xs')?.definedIn, table)
})

comprehensions.run()

const assignments = suite('plain assignment')

assignments('assigns the outer variable that is declared above, and declares a local otherwise', () => {
  const { warnings } = checkSymbols(
    `
    def before() -> None:
        level = 0
    var level: i32 = 5
    def after() -> None:
        level = 0
    `,
    { 'before.level': 'const auto', 'after.level': 'var explicit cell level 1' },
  )
  assert.equal(warnings.map(described), [
    [
      "`level` is a local variable here, because the module's `level` is defined below",
      'this assigns a local variable @ level',
      "the module's `level` is defined later in the text @ var level: i32 = 5",
    ],
  ])
})

assignments('to the name of a builtin declares a local', () => {
  checkSymbols('def f() -> i32:\n    list = 3\n    len, x = 1, 2\n    return list\n', {
    'f.list': 'const auto',
    'f.len': 'const auto',
  })
})

assignments('in a nested function assigns the variable of the outer one', () => {
  checkSymbols('@blue\ndef f():\n    x = 1\n    def g() -> None:\n        x = 2\n', {
    'f.x': 'const auto',
    'f.g.x': 'const auto level 1',
  })
})

assignments('in a class makes an attribute, whatever is outside', () => {
  checkSymbols('y = 10\n@struct\nclass S:\n    y = 20\n', { 'S.y': 'const auto' })
})

assignments.run()

const errors = suite('scope errors')

errors('a red function declares a name once', () => {
  checkError(
    `
    def f() -> None:
        x = 1
        ^ note: this is the previous declaration
        x: i32 = 2
        ^^^^^^^^^^ error: this is the new declaration
    `,
    'ScopeError: variable `x` already declared',
    analyzes,
  )
  checkError(
    `
    def f(g: i32) -> None:
          ^^^^^^ note: this is the previous declaration
        def g() -> None: pass
        ^^^^^^^^^^^^^^^ error: this is the new declaration
    `,
    'ScopeError: variable `g` already declared',
    analyzes,
  )
  checkError(
    `
    def f(a: i32, a: i32) -> None: pass
          ^^^^^^ note: this is the previous declaration
                  ^^^^^^ error: this is the new declaration
    `,
    'ScopeError: variable `a` already declared',
    analyzes,
  )
})

errors('names of outer scopes are not shadowed', () => {
  checkError(
    `
    x = 2
    ^^^^^ note: this is the previous declaration
    def f(x: i32) -> None: pass
          ^^^^^^ error: this is the new declaration
    `,
    'ScopeError: variable `x` shadows a name declared in an outer scope',
    analyzes,
  )
  checkError(
    `
    @blue
    def f(T):
          ^ note: this is the previous declaration
        def g() -> None:
            for T in x: pass
                ^ error: this is the new declaration
    `,
    'ScopeError: variable `T` shadows a name declared in an outer scope',
    analyzes,
  )
})

for (const [title, text] of [
  ['a name that is declared below', 'def f(x: i32) -> None: pass\nx = 2\n'],
  ['builtins', 'def f(len: i32) -> None:\n    var list = 1\n    for range in len: pass\n'],
  [
    'members of classes',
    'x = 1\ndef get() -> None: pass\n@struct\nclass S:\n    x: i32\n    def get(self) -> i32: pass\n',
  ],
  [
    'two declarations in blue code',
    '@blue\ndef f(a):\n    if a:\n        x: i32 = 1\n    else:\n        x: str = "a"\n',
  ],
  ['two definitions in a module', 'x = 1\nx = 2\ndef x() -> None: pass\n'],
  ['two loops with one variable', 'def f(n: i32) -> None:\n    for i in n: pass\n    for i in n: pass\n'],
  [
    'a loop over a parameter or a local',
    'def f(n: i32) -> None:\n    x = 1\n    for n in n: pass\n    for x, n in n: pass\n',
  ],
  ['assignment to a loop variable', 'def f(n: i32) -> None:\n    for i in n: pass\n    i = 1\n'],
  ['nested generic functions', 'def f[T]() -> None:\n    def g[U]() -> None: pass\n'],
] as const) {
  errors(`there is none for ${title}`, () => assert.ok(analyzes(testFile(text))))
}

errors('a loop variable is not a function', () => {
  checkError(
    `
    def f(n: i32) -> None:
        def g() -> None: pass
        ^^^^^^^^^^^^^^^ note: this is the previous declaration
        for g in n: pass
            ^ error: this is the new declaration
    `,
    'ScopeError: variable `g` already declared',
    analyzes,
  )
})

errors('a name that makes literals is warned about', () => {
  const { warnings } = analyzes(testFile('def i8(x: i32) -> i32: return 77'))
  assert.equal(warnings.map(described), [
    ['`i8(5)` does not call this `i8`: it is a literal of the type `i8`', 'defined here @ def i8(x: i32) -> i32'],
  ])
})

errors.run()

const implicit = suite('implicit imports')

const IMPLICIT: readonly (readonly [text: string, modules: string])[] = [
  ['def f() -> None:\n    x = [1]', '_list'],
  ['def f() -> None:\n    x = []', '_list'],
  ['def f() -> None:\n    return 1, 2', '_tuple'],
  ['def f() -> None:\n    a, b = c', '_tuple'],
  ['def f() -> None:\n    for a, b in c: pass', '_tuple'],
  ['def f() -> None:\n    return x[1, 2]', ''],
  ['def f() -> None:\n    return {1: 2}', '_dict'],
  ['def f() -> None:\n    return x[1:2]', '_slice'],
  ['def f() -> i32:\n    return range(max(1, 2))', 'builtins _range _builtins'],
  ['def f() -> None:\n    slice\n    dict\n    open', '_slice _dict _file'],
  ['import math\nfrom _list import list\ndef f() -> None:\n    return [math, list]', ''],
]

for (const [text, modules] of IMPLICIT) {
  implicit(JSON.stringify(text), () => assert.is(analyzes(testFile(text)).implicitImports.join(' '), modules))
}

implicit.run()
