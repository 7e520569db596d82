import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { joinPath } from '../../compiler/modules/resolve/paths.ts'
import { ModuleResolver, type Resolution } from '../../compiler/modules/resolve.ts'
import { memoryHost } from '../support/memory-host.ts'

const NATIVES = new Set(['math', 'unsafe'])
const SEARCH = { library: ['/lib/prelude', '/lib/std'], path: ['/opt/one', '/opt/two'] }

function resolver(files: Readonly<Record<string, string>>): ModuleResolver {
  return new ModuleResolver(
    memoryHost({ '/lib/prelude/_list.spy': '', '/lib/std/array.spy': '', ...files }),
    NATIVES,
    SEARCH,
  )
}

function shown(resolution: Resolution): string {
  switch (resolution.kind) {
    case 'native':
      return `native ${resolution.name}`
    case 'file':
      return `${resolution.isLibrary ? 'library ' : ''}${resolution.path}`
    case 'missing':
      return resolution.reason
  }
}

const search = suite('where a module is looked for')

const IMPORTER = '/app/src/main.spy'

const FOUND: readonly (readonly [title: string, module: string, files: readonly string[], result: string])[] = [
  ['native modules come first', 'math', ['/app/src/math.spy'], 'native math'],
  ['then the folder of the importing file', 'm', ['/app/src/m.spy', '/opt/one/m.spy'], '/app/src/m.spy'],
  ['then the folders of the path, in order', 'm', ['/opt/two/m.spy', '/opt/one/m.spy'], '/opt/one/m.spy'],
  ['then the library', 'array', [], 'library /lib/std/array.spy'],
  ['a file of the project hides the library', 'array', ['/app/src/array.spy'], '/app/src/array.spy'],
  ['but not what the library keeps for itself', '_list', ['/app/src/_list.spy'], 'library /lib/prelude/_list.spy'],
  ['a private name of the project is like any other', '_mine', ['/app/src/_mine.spy'], '/app/src/_mine.spy'],
  ['dots are folders', 'a.b', ['/app/src/a/b.spy'], '/app/src/a/b.spy'],
  ['nothing is found', 'nope', [], 'absent'],
  ['a Python file was meant', 'm', ['/app/src/m.py', '/opt/one/m.spy'], 'python'],
  ['a SPy file beside a Python file', 'm', ['/app/src/m.py', '/app/src/m.spy'], '/app/src/m.spy'],
  ['one dot is the same folder', '.m', ['/app/src/m.spy'], '/app/src/m.spy'],
  ['each further dot is one folder up', '..lib.m', ['/app/lib/m.spy'], '/app/lib/m.spy'],
  ['dots do not search', '.array', ['/opt/one/array.spy'], 'absent'],
  ['dots do not mean native modules', '.math', [], 'absent'],
]

for (const [title, module, files, result] of FOUND) {
  search(title, () => {
    const contents = Object.fromEntries(files.map((path) => [path, '']))
    assert.is(shown(resolver(contents).resolve(module, IMPORTER)), result)
  })
}

search('the library looks in itself only', () => {
  const files = { '/opt/one/array.spy': '', '/lib/prelude/array2.spy': '' }
  assert.is(shown(resolver(files).resolve('array', '/lib/prelude/_list.spy')), 'library /lib/std/array.spy')
  assert.is(shown(resolver({ '/opt/one/x.spy': '' }).resolve('x', '/lib/std/array.spy')), 'absent')
})

search('syntax needs native modules and the library only', () => {
  assert.is(shown(resolver({ '/app/src/_list.spy': '' }).resolveImplicit('_list')), 'library /lib/prelude/_list.spy')
  assert.is(shown(resolver({ '/opt/one/_set.spy': '' }).resolveImplicit('_set')), 'absent')
  assert.is(shown(resolver({}).resolveImplicit('unsafe')), 'native unsafe')
})

search('everything that was looked at is known', () => {
  const missing = resolver({}).resolve('nope', '/a/m.spy')
  assert.equal(missing.kind === 'missing' && missing.tried, [
    '/a/nope.spy',
    '/opt/one/nope.spy',
    '/opt/two/nope.spy',
    '/a/node_modules/nope/package.json',
    '/node_modules/nope/package.json',
    '/lib/prelude/nope.spy',
    '/lib/std/nope.spy',
  ])
  const found = resolver({ '/opt/two/m.spy': '' }).resolve('m', '/a/m2.spy')
  assert.equal(found.kind === 'file' && found.tried, ['/a/m.spy', '/opt/one/m.spy'])
})

search('a hidden module of the library is known', () => {
  const found = resolver({ '/app/src/array.spy': '' }).resolve('array', IMPORTER)
  assert.is(found.kind === 'file' && found.hides, '/lib/std/array.spy')
})

search.run()

const packages = suite('npm packages')

function inPackage(exported: unknown, module: string, name = 'shapes', folder = '/app'): string {
  return shown(
    resolver({
      [`${folder}/node_modules/${name}/package.json`]: JSON.stringify({ name, exports: exported }),
      [`${folder}/node_modules/${name}/src/main.spy`]: '',
      [`${folder}/node_modules/${name}/src/circle.spy`]: '',
    }).resolve(module, IMPORTER),
  )
}

const MAIN = '/app/node_modules/shapes/src/main.spy'
const CIRCLE = '/app/node_modules/shapes/src/circle.spy'

packages('offer files under the condition spy', () => {
  assert.is(inPackage({ '.': { spy: './src/main.spy', import: './main.js' } }, 'shapes'), MAIN)
  assert.is(inPackage({ spy: './src/main.spy', default: './main.js' }, 'shapes'), MAIN)
  assert.is(inPackage({ '.': { import: { spy: './src/main.spy' } } }, 'shapes'), MAIN)
  assert.is(inPackage({ '.': { spy: { default: './src/main.spy' } } }, 'shapes'), MAIN)
})

packages('without the condition, or without exports, offer nothing', () => {
  assert.is(inPackage({ '.': './src/main.spy' }, 'shapes'), 'absent')
  assert.is(inPackage({ '.': { default: './src/main.spy' } }, 'shapes'), 'absent')
  assert.is(inPackage(undefined, 'shapes'), 'absent')
  assert.is(inPackage({ '.': { spy: './src/other.spy' } }, 'shapes'), 'absent')
})

packages('have subpaths, also by patterns', () => {
  assert.is(inPackage({ './circle': { spy: './src/circle.spy' } }, 'shapes.circle'), CIRCLE)
  assert.is(inPackage({ './*': { spy: './src/*.spy' } }, 'shapes.circle'), CIRCLE)
  assert.is(inPackage({ './*': { spy: './src/main.spy' }, './c*': { spy: './src/c*.spy' } }, 'shapes.circle'), CIRCLE)
  assert.is(inPackage({ './circle': { spy: './src/circle.spy' } }, 'shapes'), 'absent')
})

packages('are looked for in every folder upwards, - is written _', () => {
  assert.is(inPackage({ '.': { spy: './src/main.spy' } }, 'shapes', 'shapes', ''), '/node_modules/shapes/src/main.spy')
  assert.is(
    inPackage({ '.': { spy: './src/main.spy' } }, 'my_shapes', 'my-shapes'),
    '/app/node_modules/my-shapes/src/main.spy',
  )
})

packages('with a description that is no JSON are passed over', () => {
  const found = resolver({ '/app/node_modules/shapes/package.json': '{' }).resolve('shapes', IMPORTER)
  assert.is(shown(found), 'absent')
})

packages.run()

const paths = suite('paths')

paths('are joined without dots', () => {
  assert.is(joinPath('/a/b', '../c/./d.spy'), '/a/c/d.spy')
  assert.is(joinPath('/a', '../../b'), '/b', 'there is nothing above the root')
  assert.is(joinPath('C:/a', 'b.spy'), 'C:/a/b.spy')
  assert.is(joinPath('', 'b.spy'), '/b.spy')
})

paths.run()
