/** Declarations in the mirrored tree, as TypeScript sees them. */
import { fork } from 'node:child_process'
import { existsSync, readFileSync, rmSync, utimesSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { checkDeclarations, LiveDeclarations, writeDeclarations } from '../../plugin/dts.ts'
import { resolveOptions } from '../../plugin/options.ts'
import { createCompiler } from '../../plugin/programs/compiler.ts'
import { type Project, project } from './toy/project.ts'

const dts = suite('declarations')
const open: Project[] = []

const FILES = {
  'tsconfig.json': JSON.stringify({
    extends: './.spy/tsconfig.spy.json',
    compilerOptions: {
      target: 'es2022',
      module: 'esnext',
      moduleResolution: 'bundler',
      strict: true,
      noEmit: true,
      lib: ['es2022', 'esnext.disposable', 'dom'],
      types: [],
      allowImportingTsExtensions: true,
      paths: { 'unplugin-spy/runtime': [fileURLToPath(new URL('../../src/runtime/index.ts', import.meta.url))] },
    },
    include: ['src'],
  }),
  'src/main.ts': "import { area } from './deep/shapes.spy'\nexport const result: number = area(2.5)\n",
  'src/deep/shapes.spy': 'from circle import PI\n\ndef area(r: f64) -> f64:\n    return PI * r * r\n',
  'src/deep/circle.spy': 'PI: f64 = 3.14\n',
}

function make(files: Readonly<Record<string, string>> = FILES) {
  const made = project(files)
  open.push(made)
  return { made, tree: { root: made.root, compiler: compilerFor(made) } }
}

function compilerFor(made: Project) {
  return createCompiler(resolveOptions({}, { root: made.root, engine: 'jit', sourcemap: false }))
}

dts.after.each(() => {
  for (const made of open.splice(0)) made.remove()
})

/** What `tsc -p .` says. */
function typeCheck(made: Project): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(made.path('tsconfig.json'), {}, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (problem) => {
      throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, '\n'))
    },
  } as ts.ParseConfigFileHost)
  const program = ts.createProgram(config?.fileNames ?? [], config?.options ?? {})
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

dts('let TypeScript check imports of .spy files', async () => {
  const { made, tree } = make()
  assert.equal(await writeDeclarations(tree), [])
  assert.equal(typeCheck(made), [])
})

dts('let TypeScript find wrong uses and missing exports', async () => {
  const { made, tree } = make()
  await writeDeclarations(tree)
  made.write(
    'src/main.ts',
    "import { area, volume } from './deep/shapes.spy'\nexport const result: string = area('x')\n",
  )
  const told = typeCheck(made).join('\n')
  assert.match(told, /has no exported member (named )?'volume'/)
  assert.match(told, "Argument of type 'string' is not assignable to parameter of type 'number'")
  assert.match(told, "Type 'number' is not assignable to type 'string'")
})

dts('lead editors into the .spy file', async () => {
  const { made, tree } = make()
  await writeDeclarations(tree)
  const code = readFileSync(made.path('.spy/types/src/deep/shapes.d.spy.ts'), 'utf8')
  assert.match(code, '//# sourceMappingURL=shapes.d.spy.ts.map')
  const map = JSON.parse(readFileSync(made.path('.spy/types/src/deep/shapes.d.spy.ts.map'), 'utf8')) as {
    sources: string[]
  }
  assert.equal(map.sources, ['../../../../src/deep/shapes.spy'])

  const at = FILES['src/main.ts'].indexOf('area')
  const { file, start, end } = await definitionAt(made.path('src/main.ts'), at + 1)
  assert.is(file, made.path('src/deep/shapes.spy'))
  const line = FILES['src/deep/shapes.spy'].split('\n')[start.line - 1] ?? ''
  assert.is(start.line, end.line)
  assert.is(line.slice(start.offset - 1, end.offset - 1), 'area')
})

interface Definition {
  readonly file: string
  readonly start: { readonly line: number; readonly offset: number }
  readonly end: { readonly line: number; readonly offset: number }
}

/** What an editor is told that asks TypeScript's server; only the server follows declaration maps. */
async function definitionAt(file: string, offset: number): Promise<Definition> {
  const server = fork(createRequire(import.meta.url).resolve('typescript/lib/tsserver.js'), ['--useNodeIpc'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  })
  try {
    return await new Promise((resolve) => {
      server.on('message', (message: { request_seq?: number; body?: Definition[] }) => {
        if (message.request_seq === 2) resolve(message.body?.[0] as Definition)
      })
      server.send({ seq: 1, type: 'request', command: 'open', arguments: { file } })
      server.send({ seq: 2, type: 'request', command: 'definition', arguments: { file, line: 1, offset } })
    })
  } finally {
    server.kill()
  }
}

dts('are checked without being changed', async () => {
  const { made, tree } = make()
  const problems = async () => {
    const { stale, broken } = await checkDeclarations(tree)
    assert.equal(broken, [])
    return stale.map(({ path, problem }) => [path.slice(made.root.length + 1), problem])
  }
  assert.is((await problems()).filter(([, problem]) => problem === 'missing').length, 6)
  await writeDeclarations(tree)
  assert.equal(await problems(), [])

  made.write('src/deep/shapes.spy', 'def area(r: i32) -> i32:\n    return r\n')
  rmSync(made.path('src/deep/circle.spy'))
  const types = '.spy/types/src/deep'
  assert.equal(await problems(), [
    [`${types}/shapes.d.spy.ts`, 'outdated'],
    [`${types}/shapes.d.spy.ts.map`, 'outdated'],
    [`${types}/circle.d.spy.ts`, 'orphaned'],
    [`${types}/circle.d.spy.ts.map`, 'orphaned'],
  ])
  await writeDeclarations(tree)
  assert.equal(await problems(), [])
  assert.not.ok(existsSync(made.path(`${types}/circle.d.spy.ts`)))
})

dts('of a source that does not compile stay, the others go on', async () => {
  const { made, tree } = make()
  await writeDeclarations(tree)
  const before = readFileSync(made.path('.spy/types/src/deep/circle.d.spy.ts'), 'utf8')
  made.write('src/deep/circle.spy', 'PI: f64 = = 3\n')
  made.write('src/other.spy', 'def one() -> i32:\n    return 1\n')
  const broken = await writeDeclarations(tree)
  assert.equal(
    broken.map(({ source }) => source.slice(made.root.length + 1)),
    ['src/deep/circle.spy', 'src/deep/shapes.spy'],
  )
  assert.is(readFileSync(made.path('.spy/types/src/deep/circle.d.spy.ts'), 'utf8'), before)
  assert.match(readFileSync(made.path('.spy/types/src/other.d.spy.ts'), 'utf8'), 'export declare function one(): i32')
})

dts('advise a project whose TypeScript does not look for them', () => {
  const { made, tree } = make({ 'tsconfig.json': '{}' })
  const live = new LiveDeclarations(tree, (message) => assert.unreachable(message))
  assert.match(live.prepare() ?? '', '"extends": "./.spy/tsconfig.spy.json"')
  assert.is(live.prepare(), undefined, 'once is enough')
  assert.is(readFileSync(made.path('.spy/.gitignore'), 'utf8'), '*\n')
})

dts('are not made again when nothing has changed', async () => {
  const { made, tree } = make()
  const live = new LiveDeclarations(tree, (message) => assert.unreachable(message))
  const scan = async () => {
    live.scan()
    await live.finished()
  }
  const path = made.path('.spy/types/src/deep/shapes.d.spy.ts')
  await scan()
  assert.ok(existsSync(path))
  rmSync(path)
  await scan()
  assert.not.ok(existsSync(path))
  const later = new Date(Date.now() + 5000)
  utimesSync(made.path('src/deep/circle.spy'), later, later)
  await scan()
  assert.ok(existsSync(path))
})

dts.run()
