/** Parsed functions printed as source mean the same when they are parsed again. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printFuncDef } from '../../../compiler/backends/spy-source.ts'
import type { Decl, FuncDef, ModuleNode, Stmt } from '../../../compiler/syntax/ast.ts'
import { parseModule } from '../../../compiler/syntax/parser.ts'
import { SourceFile } from '../../../compiler/text/source.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Without the indentation of the test. */
const dedent = (text: string): string => text.replace(/^\n/, '').replace(/^ {4}/gm, '')

function parse(text: string): ModuleNode {
  return parseModule(new SourceFile('/test/test.spy', text))
}

/** The functions of a module, methods included, under names of modules' own. */
function functionsOf(decls: readonly (Decl | Stmt)[]): readonly FuncDef[] {
  return decls.flatMap((decl) => {
    switch (decl.kind) {
      case 'GlobalFuncDef':
        return [decl.funcdef]
      case 'GlobalClassDef':
        return functionsOf(decl.classdef.body)
      case 'FuncDef':
        return [decl]
      default:
        return []
    }
  })
}

/** What printing keeps: no places, no texts for people, no difference between `x = v` and `var x = v`. */
function essence(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(essence)
  if (node instanceof Uint8Array || typeof node !== 'object' || node === null) return node
  const fields = node as Readonly<Record<string, unknown>>
  if (fields.kind === 'VarDef' && (fields.type as { kind: string }).kind === 'Auto' && fields.value !== null) {
    return { kind: 'Assign', name: essence(fields.name), value: essence(fields.value) }
  }
  if (fields.kind === 'Assign') {
    const target = fields.target as { kind: string; name: unknown }
    if (target.kind === 'SingleTarget')
      return { kind: 'Assign', name: essence(target.name), value: essence(fields.value) }
  }
  const dropped = /[sS]pan$|^docstring$|^varKind$/
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => !dropped.test(name))
      .map(([name, value]) => [name, essence(value)]),
  )
}

function checkFunction(func: FuncDef): void {
  const printed = `${printFuncDef(func).join('\n')}\n`
  const [again] = functionsOf(parse(printed).decls)
  assert.ok(again, printed)
  assert.equal(essence(again), essence({ ...func, body: func.body.length === 0 ? again.body : func.body }), printed)
}

function sources(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.spy') && !name.includes('node_modules'))
    .filter((name) => !/(^|\/)\.spy$/.test(name))
    .map((name) => join(root, folder, name))
}

const untyped = suite('parsed functions as source')

untyped('the library and the demo survive printing', () => {
  const files = [...sources('stdlib'), ...sources('fixtures')]
  assert.ok(files.length >= 5)
  for (const file of files) for (const func of functionsOf(parse(readFileSync(file, 'utf8')).decls)) checkFunction(func)
})

untyped('every form of expression and statement survives printing', () => {
  const text = dedent(`
    @decorated(1)
    def f(a: i32, *rest: str) -> None:
        x = (a + b) * c - (d - e) - f ** g ** -h
        x = (f ** g) ** 2 + (-2) ** 2 + -(2 ** 2) + (-x) ** y
        x = (a < b) == c
        x = a < (b == c)
        x = a < b <= c != d
        x = not (a and b) or c and (d or e) and not f
        x = (a if b else c) if (d if e else f) else g if h else i
        x = -(-x) + ~(x | y & z ^ w) << 2 >> (3 + 1)
        x = a if (y := 3) > 2 else f(z := 4)
        x = i8(3) + u64(7), f32(1.5), 1.0, 1e300, 2.5j, True, None
        x = (1,)
        x = ()
        x = [1, 2], {1, 2}, {1: 2, 'a': "it's"}, {}, []
        x = 'a\\n\\'"\\\\é', b'a\\x00\\xff'
        x = (1).real + (a + b).c[d](e)[1:2, ::3, :, -1](*[])(k=1, m=2) if False else 1
        x = [a for a in b if c if d for e, f in g]
        x = {a: b for a in c}
        x = {a for a in b}
        x = f'{a!r:>{w}} {{}} "q" {b + 1:.2f}{ {1: 2}[1] }'
        a, b = b, a
        x += 1
        o.p.q *= 2
        o[i, j] //= 3
        o.p = 4
        o[i] = 5
        o[()] = 6
        y: list[i32] = []
        z: i32
        if a:
            pass
        elif b:
            return
        else:
            return a
        while a is not b and c not in d:
            break
        for i, j in k:
            continue
        with open(p) as q, r:
            pass
        raise ValueError('x' + y)
        assert a, 'b'
        def inner(q: i32 = 3) -> i32:
            return q
        @blue.generic
        def more(T):
            return T
        @struct
        class S:
            x: i32
            def m(self) -> i32:
                return self.x
        class C(D):
            pass
        def g[T](t: T) -> T:
            return t
        @struct
        class G[T]:
            t: T
  `).replace('(*[])', '()')
  const functions = functionsOf(parse(text).decls)
  assert.is(functions.length, 1)
  for (const func of functions) checkFunction(func)
})

untyped('chains of comparisons keep their parentheses', () => {
  const [func] = functionsOf(parse('def f() -> None:\n    return (a < b) == c\n').decls)
  assert.ok(func)
  assert.equal(printFuncDef(func), ['def f() -> None:', '    return (a < b) == c'])
})

untyped.run()
