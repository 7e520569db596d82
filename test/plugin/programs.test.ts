/** Which entries form a program, when all are known, and what is compiled for them. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { planUpdate } from '../../plugin/hmr.ts'
import { coalesce } from '../../plugin/programs/coalesce.ts'
import {
  BundlePrograms,
  type CompileRequest,
  type Compiler,
  DevProgram,
  type GraphView,
  QuietGraph,
  resolveWasm,
  shareAnswers,
  wasmName,
  wasmSpecifier,
  writeWasmFile,
} from '../../plugin/programs.ts'
import { type ToyLog, toyCompiler } from './toy/compiler.ts'
import { type Project, project, SHARED_STATE } from './toy/project.ts'

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const sharing = suite('work that many ask for')

sharing('is done once for all who ask before it begins, and again for those who come later', async () => {
  let runs = 0
  let running = 0
  const ask = coalesce(async () => {
    assert.is(++running, 1, 'runs do not overlap')
    await pause(5)
    running--
    return ++runs
  })
  const first = [ask(), ask(), ask()]
  await pause(2)
  const later = [ask(), ask()]
  assert.equal(await Promise.all([...first, ...later]), [1, 1, 1, 2, 2])
})

sharing('goes on after a failure', async () => {
  let runs = 0
  const ask = coalesce(async () => {
    if (++runs === 1) throw new Error('once')
    return runs
  })
  assert.is(await ask().catch((error: Error) => error.message), 'once')
  assert.is(await ask(), 2)
})

sharing('is not shared by different requests, nor after a file has changed', async () => {
  const log = { describes: 0, compiles: 0 }
  const made = project(SHARED_STATE)
  const compiler = shareAnswers(toyCompiler(log))
  const a: CompileRequest = { entries: [made.path('a.spy')], engine: 'jit' }
  const b: CompileRequest = { entries: [made.path('b.spy')], engine: 'jit' }
  await Promise.all([compiler.compile(a), compiler.compile(a), compiler.compile(b), compiler.describe(a)])
  assert.equal(log, { describes: 1, compiles: 2 })
  compiler.forget()
  await compiler.compile(a)
  assert.is(log.compiles, 3)
  made.remove()
})

sharing.run()

const quiet = suite('a module graph')

class Graph implements GraphView {
  readonly edges = new Map<string, readonly string[]>()
  readonly external = new Set<string>()
  moduleIds = () => this.edges.keys()
  imports = (id: string) => this.edges.get(id)
  isExternal = (id: string) => this.external.has(id)
}

quiet('is quiet when everything is parsed but those who wait', async () => {
  const graph = new Graph()
  const watch = new QuietGraph(500)
  graph.edges.set('main', ['a.spy', 'react'])
  graph.external.add('react')
  graph.edges.set('a.spy', ['program'])
  graph.edges.set('program', [])
  watch.parsed('main')
  const done: string[] = []
  const wait = watch.wait(graph, Promise.resolve(['main']), (id) => id === 'program').then((how) => done.push(how))
  await pause(20)
  assert.equal(done, [])
  watch.parsed('a.spy')
  await wait
  assert.equal(done, ['quiet'])
})

quiet('is not quiet while an entry of the bundle, or an import, is not in the graph yet', async () => {
  const graph = new Graph()
  const watch = new QuietGraph(500)
  graph.edges.set('main', ['later'])
  watch.parsed('main')
  const done: string[] = []
  const wait = watch.wait(graph, Promise.resolve(['main', 'other']), () => false).then((how) => done.push(how))
  await pause(20)
  graph.edges.set('later', [])
  watch.parsed('later')
  await pause(20)
  assert.equal(done, [])
  graph.edges.set('other', [])
  watch.parsed('other')
  await wait
  assert.equal(done, ['quiet'])
})

quiet('has stalled when nothing happens for a while', async () => {
  const graph = new Graph()
  const watch = new QuietGraph(50)
  graph.edges.set('broken', [])
  assert.is(await watch.wait(graph, Promise.resolve(['broken']), () => false), 'stalled')
})

quiet.run()

const bundles = suite('the programs of a bundle')
const open: Project[] = []
const make = (files: Readonly<Record<string, string>> = SHARED_STATE): Project => {
  const made = project(files)
  open.push(made)
  return made
}
bundles.after.each(() => {
  for (const made of open.splice(0)) made.remove()
})

/** The toy, which notes what it was asked. */
function observed(log: ToyLog = { describes: 0, compiles: 0 }): { compiler: Compiler; asked: string[] } {
  const compiler = toyCompiler(log)
  const asked: string[] = []
  const note = (kind: string, { entries }: CompileRequest) =>
    asked.push(`${kind} ${entries.map((entry) => entry.split('/').at(-1)).join(' ')}`)
  return {
    asked,
    compiler: {
      ...compiler,
      describe: (request) => {
        note('describe', request)
        return compiler.describe(request)
      },
      compile: (request) => {
        note('compile', request)
        return compiler.compile(request)
      },
    },
  }
}

const BUNDLE = { engine: 'c', split: false, entries: [] } as const

bundles('are described as entries are found, and compiled in the order of paths', async () => {
  const made = make()
  const { compiler, asked } = observed()
  const programs = new BundlePrograms(compiler, BUNDLE)
  await programs.describe(made.path('b.spy'))
  await programs.describe(made.path('a.spy'))
  await programs.compile('')
  await programs.compile('')
  assert.equal(asked, ['describe b.spy', 'describe b.spy a.spy', 'compile a.spy b.spy'])
})

bundles('keep the names of facades that are part of the bundle already', async () => {
  const text = (n: number) => `def f() -> i32:\n    return ${n}\n`
  const made = make({ 'a/util.spy': text(1), 'b/util.spy': text(2) })
  const { compiler, asked } = observed()
  const programs = new BundlePrograms(compiler, BUNDLE)
  const facade = async (name: string) => {
    const { result } = await programs.describe(made.path(name))
    return result.ok ? result.value.facade({ kind: 'release', runtime: '', program: '' }) : ''
  }
  assert.match(await facade('b/util.spy'), "$.exports['util::f']")
  assert.match(await facade('a/util.spy'), "$.exports['a.util::f']")
  const { result } = await programs.compile('')
  assert.ok(result.ok)
  if (!result.ok) return
  const kept = result.value.interfaces.get(made.path('b/util.spy'))
  assert.match(kept?.facade({ kind: 'release', runtime: '', program: '' }) ?? '', "$.exports['util::f']")
  assert.equal(asked.slice(-2), ['compile util.spy util.spy', 'compile util.spy util.spy'])
})

bundles('contain entries that were asked for in the options', async () => {
  const made = make()
  const { compiler, asked } = observed()
  const programs = new BundlePrograms(compiler, { ...BUNDLE, entries: [made.path('b.spy')] })
  await programs.describe(made.path('a.spy'))
  await programs.compile('')
  assert.equal(asked, ['describe b.spy a.spy', 'compile a.spy b.spy'])
})

bundles('blame an error on the entry that has it', async () => {
  const made = make({ 'good.spy': 'def f() -> i32:\n    return 1\n', 'bad.spy': 'def f( -> i32:\n' })
  const programs = new BundlePrograms(observed().compiler, BUNDLE)
  const [good, bad] = await Promise.all([made.path('good.spy'), made.path('bad.spy')].map((p) => programs.describe(p)))
  assert.ok(good?.result.ok)
  assert.not.ok(bad?.result.ok)
})

bundles.run()

const dev = suite('a program in dev')

dev('counts versions, and only when something that matters has changed', async () => {
  const made = make()
  const program = new DevProgram('', toyCompiler(), () => true)
  program.add(made.path('a.spy'))
  const first = await program.state()
  const version = first.lastGood
  program.touch()
  made.write('a.spy', `${SHARED_STATE['a.spy']}# a comment\n`)
  const second = await program.state()
  assert.is(second.lastGood?.generation, version?.generation)
  assert.equal(planUpdate(first, second), { kind: 'none' })
  program.touch()
  made.write('a.spy', 'from counter import add\n\ndef bump_a() -> i32:\n    return add(2)\n')
  const third = await program.state()
  assert.ok((third.lastGood?.generation ?? 0) > (version?.generation ?? 0))
  const plan = planUpdate(second, third)
  assert.is(plan.kind, 'install')
  if (plan.kind === 'install') assert.equal(plan.entries, [], 'the facade is the same')
})

dev('tells which facades have changed', async () => {
  const made = make()
  const program = new DevProgram('', toyCompiler(), () => true)
  program.add(made.path('a.spy'))
  program.add(made.path('b.spy'))
  const before = await program.state()
  made.write('b.spy', 'def bump_b(n: i32) -> i32:\n    return n\n')
  program.touch()
  const plan = planUpdate(before, await program.state())
  assert.equal(plan.kind === 'install' && plan.entries, [made.path('b.spy')])
})

dev('keeps the last good version, and recovers', async () => {
  const made = make()
  const program = new DevProgram('', toyCompiler(), () => true)
  program.add(made.path('a.spy'))
  const good = await program.state()
  made.write('a.spy', 'def bump_a( -> i32:\n')
  program.touch()
  const broken = await program.state()
  assert.is(planUpdate(good, broken).kind, 'broken')
  assert.is(broken.lastGood, good.lastGood)
  made.write('a.spy', SHARED_STATE['a.spy'] ?? '')
  program.touch()
  assert.is(planUpdate(broken, await program.state()).kind, 'recovered')
})

dev('lets go of entries that nothing imports any more when they do not compile', async () => {
  const made = make()
  const alive = new Set([made.path('a.spy'), made.path('b.spy')])
  const program = new DevProgram('', toyCompiler(), (entry) => alive.has(entry))
  for (const entry of alive) program.add(entry)
  await program.state()
  made.write('b.spy', 'def bump_b( -> i32:\n')
  program.touch()
  assert.not.ok((await program.state()).current.result.ok)
  alive.delete(made.path('b.spy'))
  program.touch()
  assert.ok((await program.state()).current.result.ok)
  assert.equal(program.entries, [made.path('a.spy')])
})

dev('knows the files that it depends on, those that do not exist included', async () => {
  const made = make()
  made.write('a.spy', 'from absent import x\n')
  const program = new DevProgram('', toyCompiler(), () => true)
  program.add(made.path('a.spy'))
  await program.state()
  assert.ok(program.dependsOn(made.path('a.spy')))
  assert.ok(program.dependsOn(made.path('absent.spy')))
  assert.not.ok(program.dependsOn(made.path('b.spy')))
})

dev.run()

const files = suite('bytes in files')

files('are written once, whole, under a name that says what they are', () => {
  const cache = mkdtempSync(join(tmpdir(), 'unplugin-spy-cache-'))
  const bytes = new Uint8Array([0, 0x61, 0x73, 0x6d])
  const name = wasmName(['/p/my topo#1.spy'])
  assert.is(name, 'my_topo_1.wasm')
  assert.is(wasmName(['/p/a.spy', '/p/b.spy']), 'program.wasm')
  writeWasmFile(cache, name, bytes)
  writeWasmFile(cache, name, bytes)
  const path = resolveWasm(cache, wasmSpecifier(bytes, name)) ?? ''
  assert.equal(new Uint8Array(readFileSync(path)), bytes)
  assert.is(resolveWasm(cache, './unplugin-spy/virtual/wasm/../../x.wasm'), undefined)
  assert.equal(readdirSync(join(path, '..')), [name])
  rmSync(cache, { recursive: true })
})

files.run()
