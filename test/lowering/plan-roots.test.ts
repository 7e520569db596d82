/** The rooting plan: at every call that may allocate, the slots hold what is needed, and nothing else. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { linearize } from '../../compiler/lowering/linearize.ts'
import { planRoots } from '../../compiler/lowering/plan-roots.ts'
import { dedent } from '../support/program-text.ts'
import { redshiftText } from '../support/redshift-text.ts'
import { rootedText } from '../support/rooted-text.ts'

const roots = suite('plan-roots')

/** What the function `f` of a program looks like with the stores of its plan. */
function checkRoots(source: string, expected: string): void {
  const text = rootedText(redshiftText(dedent(source)), 'test::f').trimEnd()
  assert.fixture(text.split('\n').slice(1).join('\n'), indent(dedent(expected)).trimEnd())
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '    ')
}

function planOf(source: string) {
  return planRoots(linearize(redshiftText(dedent(source))))
}

roots('what is read after a call is held over it', () => {
  checkRoots(
    `
    def f(n: i32, m: i32) -> str:
        s = str(n)
        t = str(m)
        return s + t
    `,
    `
    roots[0] = None
    s: str = \`i32::__str__\`(n)
    roots[0] = s
    t: str = \`i32::__str__\`(m)
    roots[0] = None
    return \`_str::methods::__add__\`(s, t)
    `,
  )
})

roots('what a function of the program is passed is held by its caller', () => {
  checkRoots(
    `
    def twice(s: str) -> str:
        return s + s

    def f(n: i32) -> str:
        s = str(n)
        return twice(s)
    `,
    `
    roots[0] = None
    s: str = \`i32::__str__\`(n)
    roots[0] = s
    return \`test::twice\`(s)
    `,
  )
})

roots('parameters need no slot, and neither do copies of them', () => {
  const { functions } = planOf(`
    def f(a: list[str], n: i32) -> None:
        b = a
        c = b if n > 1 else a
        c.append("x")
        b.append("y")
    `)
  assert.not(functions.has('test::f'))
})

roots('parameters that are assigned are like other locals', () => {
  checkRoots(
    `
    def f(s: str, n: i32) -> str:
        t = str(n)
        s = s + "."
        u = str(n)
        return s + t + u
    `,
    `
    roots[0] = s
    roots[1] = None
    t: str = \`i32::__str__\`(n)
    roots[0] = None
    roots[1] = t
    s: str = \`_str::methods::__add__\`(s, '.')
    roots[0] = s
    u: str = \`i32::__str__\`(n)
    $v0: str = s
    $v1: str = t
    roots[0] = u
    roots[1] = None
    $v2: str = \`_str::methods::__add__\`($v0, $v1)
    roots[0] = None
    return \`_str::methods::__add__\`($v2, u)
    `,
  )
})

roots('a local that is assigned anew keeps the old value where that is needed', () => {
  checkRoots(
    `
    def f(n: i32) -> str:
        a = str(n)
        b = str(n + 1)
        while len(a) < 100:
            a, b = b, a + b
        return a
    `,
    `
    roots[0] = None
    a: str = \`i32::__str__\`(n)
    roots[0] = a
    b: str = \`i32::__str__\`(n + 1)
    while \`_str::methods::__len__\`(a) < 100:
        $v0: str = b
        $v1: str = a
        $v2: str = b
        roots[0] = $v0
        $v3: str = \`_str::methods::__add__\`($v1, $v2)
        a, b = \`tuple[str, str]::__make__\`($v0, $v3)
    return a
    `,
  )
})

roots('a loop without allocation stores nothing', () => {
  checkRoots(
    `
    def f(n: i32) -> i32:
        a = str(n)
        b = str(n)
        var i = 0
        var m = 0
        while i < n:
            m = m + len(a)
            i = i + 1
        return m + len(b) + len(str(m))
    `,
    `
    roots[0] = None
    a: str = \`i32::__str__\`(n)
    roots[0] = a
    b: str = \`i32::__str__\`(n)
    i: i32 = 0
    m: i32 = 0
    while i < n:
        m = m + \`_str::methods::__len__\`(a)
        i = i + 1
    $v0: i32 = m
    $v1: str = b
    $v2: i32 = m
    roots[0] = $v1
    $v3: str = \`i32::__str__\`($v2)
    return $v0 + \`_str::methods::__len__\`($v1) + \`_str::methods::__len__\`($v3)
    `,
  )
})

roots('what all calls of a loop find in a slot is stored before it', () => {
  checkRoots(
    `
    def f(n: i32) -> str:
        a = str(n)
        b = ""
        var i = 0
        while i < n:
            b = a + str(i)
            i = i + 1
        return b
    `,
    `
    roots[0] = None
    a: str = \`i32::__str__\`(n)
    b: str = ''
    i: i32 = 0
    roots[0] = a
    while i < n:
        $v0: str = a
        $v1: i32 = i
        $v2: str = \`i32::__str__\`($v1)
        b = \`_str::methods::__add__\`($v0, $v2)
        i = i + 1
    return b
    `,
  )
})

roots('in loops inside of loops it is stored before the outermost one', () => {
  checkRoots(
    `
    def f(n: i32) -> str:
        a = str(n)
        var i = 0
        while i < n:
            var j = 0
            while j < i:
                print(str(j))
                j = j + 1
            i = i + 1
        return a
    `,
    `
    roots[0] = None
    a: str = \`i32::__str__\`(n)
    i: i32 = 0
    roots[0] = a
    while i < n:
        j: i32 = 0
        while j < i:
            $v0: i32 = j
            $v1: str = \`i32::__str__\`($v0)
            \`_print::println[str]\`($v1)
            j = j + 1
        i = i + 1
    return a
    `,
  )
})

roots('what the loop assigns is stored again and again', () => {
  checkRoots(
    `
    def f(n: i32) -> str:
        var a = str(n)
        var i = 0
        while i < n:
            b = str(i)
            a = a + b
            i = i + 1
        return a
    `,
    `
    roots[0] = None
    a: str = \`i32::__str__\`(n)
    i: i32 = 0
    while i < n:
        roots[0] = a
        b: str = \`i32::__str__\`(i)
        roots[0] = None
        a = \`_str::methods::__add__\`(a, b)
        i = i + 1
    return a
    `,
  )
})

roots('what is held on one way only is cleared where the ways have met', () => {
  checkRoots(
    `
    def show(n: i32) -> None:
        print(str(n))

    def f(n: i32) -> str:
        var r = ""
        if n > 3:
            a = str(n)
            r = str(n + 1) + a
        show(n)
        return r + str(n)
    `,
    `
    r: str = ''
    if n > 3:
        roots[0] = None
        a: str = \`i32::__str__\`(n)
        $v0: i32 = n
        roots[0] = a
        $v1: str = \`i32::__str__\`($v0 + 1)
        roots[0] = None
        r = \`_str::methods::__add__\`($v1, a)
    roots[0] = r
    \`test::show\`(n)
    $v2: str = r
    $v3: i32 = n
    roots[0] = $v2
    $v4: str = \`i32::__str__\`($v3)
    roots[0] = None
    return \`_str::methods::__add__\`($v2, $v4)
    `,
  )
})

roots('module variables are passed in a slot, because the callee may assign them', () => {
  checkRoots(
    `
    var last: str = "x"

    def g(s: str) -> str:
        last = str(len(s))
        return s

    def f() -> str:
        return g(last)
    `,
    `
    roots[0] = test::last
    return \`test::g\`(\`test::last\`)
    `,
  )
})

roots('a value with several pointers has a slot for each', () => {
  checkRoots(
    `
    @struct
    class Pair:
        n: i32
        a: str
        b: list[str]

    def f(p: Pair, n: i32) -> Pair:
        p = Pair(n, str(n), p.b)
        return Pair(n, p.a + str(n), p.b)
    `,
    `
    $v0: i32 = n
    $v1: i32 = n
    roots[0] = p.a
    roots[1] = p.b.__ll__
    $v2: str = \`i32::__str__\`($v1)
    p: \`test::Pair\` = \`test::Pair::__make__\`($v0, $v2, \`test::Pair::__get_b__\`(p))
    $v3: i32 = n
    $v4: \`test::Pair\` = p
    $v5: i32 = n
    roots[0] = p.a
    roots[1] = p.b.__ll__
    $v6: str = \`i32::__str__\`($v5)
    $v7: str = \`_str::methods::__add__\`(\`test::Pair::__get_a__\`($v4), $v6)
    return \`test::Pair::__make__\`($v3, $v7, \`test::Pair::__get_b__\`(p))
    `,
  )
})

roots('calls in conditions have stores of their own', () => {
  checkRoots(
    `
    def more(s: str, n: i32) -> bool:
        return len(s + str(n)) < n

    def f(n: i32) -> str:
        s = str(n)
        if more(s, 1) and more(s, 2):
            return s
        while more(s, 3):
            s = s + "."
        return s
    `,
    `
    roots[0] = None
    s: str = \`i32::__str__\`(n)
    roots[0] = s
    if \`test::more\`(s, 1) and \`test::more\`(s, 2):
        return s
    roots[0] = s
    while \`test::more\`(s, 3):
        roots[0] = None
        s = \`_str::methods::__add__\`(s, '.')
    return s
    `,
  )
})

roots('nothing is needed behind a raise', () => {
  checkRoots(
    `
    def f(n: i32) -> str:
        s = str(n)
        if n > 3:
            raise ValueError("bad " + str(n))
        return s
    `,
    `
    s: str = \`i32::__str__\`(n)
    if n > 3:
        $v0: i32 = n
        $v1: str = \`i32::__str__\`($v0)
        $v2: str = \`_str::methods::__add__\`('bad ', $v1)
        raise ValueError($v2) # /.../test.spy:4
    return s
    `,
  )
})

roots('functions allocate if they reach an allocation, or what nobody knows', () => {
  const { allocating, functions } = planOf(`
    def leaf(n: i32) -> i32:
        return n + 1

    def even(n: i32) -> bool:
        return True if n == 0 else odd(n - 1)

    def odd(n: i32) -> bool:
        if n == 7:
            print(str(n))
        return False if n == 0 else even(n - 1)

    def text(n: i32) -> str:
        return str(n)

    def unknown(f: str, n: i32) -> i32:
        return len(f) + leaf(n)
  `)
  const own = [...allocating].filter((fqn) => fqn.startsWith('test::')).sort()
  assert.equal(own, ['test::even', 'test::odd', 'test::text'])
  assert.equal([...functions.keys()], [])
})
roots.run()
