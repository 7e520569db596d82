import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  attributeNotFound,
  circularImport,
  discoverModules,
  type GraphModule,
  importOrder,
  ModuleGraph,
  ParsedFiles,
  type SourceModule,
} from '../../compiler/modules/graph.ts'
import { spanText } from '../../compiler/text/source.ts'
import { BUILTIN_NAMES } from '../support/builtin-names.ts'
import { catchError, described } from '../support/check-stages.ts'
import { memoryHost } from '../support/memory-host.ts'

const LIBRARY = {
  '/lib/_list.spy': 'import _slice\n',
  '/lib/_slice.spy': '',
  '/lib/_tuple.spy': 'def f() -> None:\n    x = [1]\n',
  '/lib/array.spy': 'from unsafe import gc_ptr\n',
}

/** @param files  contents by path relative to `/app`; the first one is the entry */
function graphOf(files: Readonly<Record<string, string | Uint8Array>>): ModuleGraph {
  const placed = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/app/${path}`, text]))
  const host = memoryHost({ ...LIBRARY, ...placed })
  const [entry = ''] = Object.keys(placed)
  return discoverModules(entry, host, BUILTIN_NAMES, { library: ['/lib'], path: [] })
}

function names(modules: readonly GraphModule[]): string {
  return modules.map(({ name }) => name).join(' ')
}

function source(graph: ModuleGraph, name: string): SourceModule {
  const module = graph.modules.find((candidate) => candidate.name === name)
  assert.is(module?.kind, 'source')
  return module as SourceModule
}

const APP = {
  'app.spy': 'import ui\nimport net\n',
  'ui.spy': 'import colors\nimport fonts\n',
  'net.spy': 'import ui\nimport http\n',
  'colors.spy': '',
  'fonts.spy': '',
  'http.spy': '',
}

const discovery = suite('discovery and order')

discovery('finds breadth first and orders dependencies first', () => {
  const graph = graphOf(APP)
  assert.is(names(graph.modules), 'app ui net colors fonts http')
  assert.is(names(graph.order), 'colors fonts ui http net app')
})

discovery('lists each dependency once, what syntax needs first, then imports in the order of the text', () => {
  const graph = graphOf({
    'app.spy': 'import aaa\nimport bbb\nfrom aaa import x\nimport math\ndef f() -> None:\n    bbb\n    y = [(1, 2)]\n',
    'aaa.spy': '',
    'bbb.spy': '',
  })
  assert.is(names(source(graph, 'app').dependencies), '_list _tuple aaa bbb math')
  assert.is(names(graph.order), '_slice _list _tuple aaa bbb math app')
})

discovery('never lists builtins', () => {
  const graph = graphOf({ 'app.spy': 'import builtins\ndef f() -> i32: pass\n' })
  assert.is(names(graph.order), 'app')
  assert.is(source(graph, 'app').imports.get('builtins')?.kind, 'native')
})

discovery('knows what each import means', () => {
  const graph = graphOf({ 'app.spy': 'import m as n\nfrom .m import x\nimport nope\n', 'm.spy': 'x = 1\n' })
  const { imports } = source(graph, 'app')
  assert.is(imports.get('m'), imports.get('.m'), 'one file is one module')
  assert.is(imports.get('nope')?.kind, 'missing')
})

discovery('ends with circular imports and modules that import themselves', () => {
  const graph = graphOf({ 'a.spy': 'import b\nimport a\n', 'b.spy': 'import a\n' })
  assert.is(names(graph.order), 'b a')
})

discovery('adds entries, and modules of the library, to what is there', () => {
  const graph = graphOf({ 'a.spy': 'import c\n', 'b.spy': 'import c\n', 'c.spy': '' })
  assert.is(names(graph.order), 'c a')
  graph.addEntry('/app/b.spy')
  assert.is(names(graph.order), 'c a b')
  assert.is(graph.addEntry('/app/a.spy'), graph.entries[0])
  const list = graph.addLibraryModule('_tuple')
  assert.is(names(importOrder([list])), '_slice _list _tuple')
  assert.is(graph.byPath('/app/c.spy')?.name, 'c')
})

discovery('watches files that are read, and files that would be found instead', () => {
  const graph = graphOf({ 'app.spy': 'import array\n' })
  assert.ok(graph.watchFiles.includes('/app/app.spy'))
  assert.ok(graph.watchFiles.includes('/lib/array.spy'))
  assert.ok(graph.watchFiles.includes('/app/array.spy'))
  assert.ok(graphOf({ 'app.spy': 'import nope\n' }).watchFiles.includes('/app/nope.spy'))
})

discovery.run()

const naming = suite('names of modules')

naming('are stems, with as many folders as make them unique', () => {
  const graph = graphOf({
    'main.spy': 'import util\nimport a.util as u\nimport b.a.util as v\n',
    'util.spy': '',
    'a/util.spy': '',
    'b/a/util.spy': '',
  })
  assert.is(names(graph.modules), 'main util a.util b.a.util')
})

naming('are identifiers, and leave native modules and the library theirs', () => {
  assert.is(graphOf({ 'my-app 2.spy': '' }).entries[0]?.name, 'my_app_2')
  assert.is(graphOf({ '3d.spy': '' }).entries[0]?.name, '_3d')
  assert.is(graphOf({ 'math.spy': '' }).entries[0]?.name, 'app.math')
  assert.is(names(graphOf({ 'array.spy': 'from ._list import x\n', '_list.spy': '' }).modules), 'app.array app._list')
})

naming('appear in symbol tables', () => {
  const graph = graphOf({ 'x-y.spy': 'def f() -> None: pass\n' })
  assert.equal(
    [...(graph.entries[0]?.scopes.tables.values() ?? [])].map(({ name }) => name),
    ['x_y', 'x_y::f'],
  )
})

naming.run()

const errors = suite('errors of imports')

errors('a file that the program starts with must exist', () => {
  const host = memoryHost({})
  const error = catchError(() => discoverModules('/app/x.spy', host, BUILTIN_NAMES, { library: [], path: [] }))
  assert.is(String(error), 'ImportError: file `/app/x.spy` does not exist')
  assert.equal(error?.annotations, [])
})

function missing(graph: ModuleGraph): string[] {
  const module = graph.order.find(({ kind }) => kind === 'missing')
  return described(module?.kind === 'missing' ? module.error : undefined)
}

errors('a module that is not found blames the first import of it, and says where it was looked for', () => {
  const graph = graphOf({ 'app.spy': 'import a\nfrom nope import x, y\n', 'a.spy': 'import nope\n' })
  const [message, blamed, tried = ''] = missing(graph)
  assert.is(message, 'cannot import `nope.x`')
  assert.is(blamed, 'module `nope` does not exist @ from nope import x, y')
  assert.ok(tried.startsWith('looked for /app/nope.spy, '))
})

errors('a module with dots is shown in parentheses', () => {
  assert.is(missing(graphOf({ 'app.spy': 'from a.b import x' }))[0], 'cannot import `(a.b).x`')
  assert.is(missing(graphOf({ 'app.spy': 'from .b import x' }))[0], 'cannot import `(.b).x`')
})

errors('a Python file cannot be imported', () => {
  assert.equal(missing(graphOf({ 'app.spy': 'import m', 'm.py': '' })).slice(0, 2), [
    'cannot import `m`',
    'file `m.py` exists, but py files cannot be imported @ import m',
  ])
})

errors('a module that syntax needs blames nobody', () => {
  const graph = graphOf({ 'app.spy': 'def f() -> None:\n    x = {1: 2}\n' })
  assert.equal(missing(graph), ['module `_dict` does not exist'])
})

errors('the importing machine has words for attributes and circles', () => {
  const graph = graphOf({ 'app.spy': 'from math import sin, x as y\n' })
  const item = source(graph, 'app').tree.decls[1]
  assert.is(item?.kind, 'Import')
  if (item?.kind !== 'Import') return
  assert.equal(described(attributeNotFound(item.ref, item.asnameSpan)), [
    'cannot import `math.x`',
    'attribute `x` does not exist in module `math` @ x as y',
  ])
  assert.equal(described(circularImport(item.ref, item.span)), [
    'cannot import `math.x`',
    'module `math` does not exist @ from math import sin, x as y',
    'this is likely a circular import (WIP) @ from math import sin, x as y',
  ])
})

errors('a syntax error or a scope error in any module stops discovery', () => {
  const parse = catchError(() => graphOf({ 'app.spy': 'import a\n', 'a.spy': 'import b\n', 'b.spy': 'x = = 1\n' }))
  assert.is(parse?.annotations[0]?.span.file, '/app/b.spy')
  assert.is(parse?.etype, 'ParseError')
  const scope = catchError(() => graphOf({ 'app.spy': 'import a\n', 'a.spy': 'x = 1\ndef f(x: i32) -> None: pass\n' }))
  assert.is(scope?.etype, 'ScopeError')
})

errors('files that are wrong are told together, in the order in which they are found', () => {
  const error = catchError(() =>
    graphOf({
      'app.spy': 'import a\nimport b\nimport nowhere\n',
      'a.spy': 'import c\nx = = 1\ny = = 2\n',
      'b.spy': 'import d\n',
      'c.spy': 'not read = = 1\n',
      'd.spy': 'x = 1\ndef f(x: i32) -> None: pass\n',
    }),
  )
  assert.is(error?.etype, 'ParseError')
  assert.equal(
    [error?.diagnostic, ...(error?.more ?? [])].map((next) => {
      const { file, start } = next?.annotations[0]?.span ?? {}
      return `${file?.path}:${file?.lines.lineAt(start ?? 0)}: ${next?.message}`
    }),
    [
      '/app/a.spy:2: invalid syntax',
      '/app/a.spy:3: invalid syntax',
      '/app/d.spy:2: variable `x` shadows a name declared in an outer scope',
    ],
  )
})

errors('a file that is not UTF-8 is shown as far as it can be read', () => {
  const bytes = new TextEncoder().encode('x = 1\r\ny = "caf?"\r\n')
  bytes[15] = 0xe9
  const error = catchError(() => graphOf({ 'app.spy': 'import a\n', 'a.spy': bytes }))
  assert.is(String(error), 'ParseError: source code is not UTF-8: byte 0xe9 at position 15')
  assert.equal(
    error?.diagnostic.annotations.map(({ span }) => `${span.file.path} ${spanText(span)}`),
    ['/app/a.spy y = "caf\ufffd"'],
  )
})

errors('a file of the project that hides one of the library is warned about once', () => {
  const graph = graphOf({ 'app.spy': 'import array\nimport b\n', 'array.spy': '', 'b.spy': 'import array\n' })
  assert.equal(graph.warnings.map(described), [
    ['this `array` hides the module of the standard library', 'imported here @ import array'],
  ])
})

errors.run()

const sharing = suite('files that were parsed before')

function graphWith(parsed: ParsedFiles, files: Readonly<Record<string, string>>, entry = '/app/app.spy'): ModuleGraph {
  const graph = new ModuleGraph(memoryHost(files), BUILTIN_NAMES, { library: [], path: ['/other'] }, parsed)
  graph.addEntry(entry)
  return graph
}

sharing('a file that says the same is not parsed again', () => {
  const parsed = new ParsedFiles()
  const files = { '/app/app.spy': 'import colors\n', '/app/colors.spy': 'x: int = 1\n' }
  const before = graphWith(parsed, files)
  const after = graphWith(parsed, { ...files, '/app/app.spy': 'import colors\ny: int = 2\n' })
  assert.is(source(after, 'colors').tree, source(before, 'colors').tree)
  assert.is(source(after, 'colors').scopes, source(before, 'colors').scopes)
  assert.is(source(after, 'app').tree.decls.length, 2)
})

sharing('scopes carry the name of the module, which may be another one in another program', () => {
  const parsed = new ParsedFiles()
  const files = {
    '/app/x.spy': 'import util\n',
    '/app/util.spy': '',
    '/other/x.spy': 'import util\n',
    '/other/util.spy': '',
  }
  const first = graphWith(parsed, files, '/app/x.spy')
  const second = graphWith(parsed, files, '/other/x.spy')
  second.addEntry('/app/x.spy')
  const [, again] = second.entries
  assert.is(again?.path, first.entries[0]?.path)
  assert.is.not(again?.name, first.entries[0]?.name)
  assert.is(again?.scopes.module.name, again?.name)
})

sharing('a file that does not parse tells its error each time', () => {
  const parsed = new ParsedFiles()
  const broken = { '/app/app.spy': 'def f(:\n' }
  const errors = [1, 2].map(() => described(catchError(() => graphWith(parsed, broken))?.diagnostic))
  assert.equal(errors[0], errors[1])
})

sharing.run()
