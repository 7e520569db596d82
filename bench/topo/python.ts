/**
 * The map in the two Pythons for pages, against C: how much slower is Python that is interpreted in wasm?
 *
 *     node --import tsx bench/topo/python.ts
 *
 * Pyodide and MicroPython are installed into a temporary folder by npm, and removed again; the project does not depend
 * on them. They draw a smaller map, which the C variant draws too: the ratio is that of the small maps.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { compileWithClang, FREESTANDING } from '../harness/compilers.ts'
import { median } from '../harness/statistics.ts'
import { printTable } from '../harness/table.ts'
import { fillTestPalette, fingerprint } from './topo-map.ts'
import { wasmMap } from './wasm-map.ts'

const PACKAGES = ['pyodide@314.0.7', '@micropython/micropython-webassembly-pyscript@1.27.0']
const COLUMNS = 160
const ROWS = 90
const FRAMES = 5
const START = 20

interface Python {
  readonly name: string
  run(code: string): unknown
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'topo-python-'))
  try {
    console.log(`installing ${PACKAGES.join(' and ')} into a temporary folder`)
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    await promisify(execFile)(npm, ['install', '--prefix', folder, '--no-audit', '--no-fund', ...PACKAGES])
    await compare([await loadPyodide(folder), await loadMicroPython(folder)])
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function compare(pythons: readonly Python[]): Promise<void> {
  const source = await readFile(new URL('./variants/topo.py', import.meta.url), 'utf8')
  const files = { 'topo.c': await readFile(new URL('./variants/topo.c', import.meta.url), 'utf8') }
  const c = await wasmMap((await compileWithClang(files, FREESTANDING, ['-O3'])) as Uint8Array<ArrayBuffer>)
  c.fit(COLUMNS, ROWS)
  fillTestPalette(c)
  c.update(START)
  const expected = fingerprint(c)

  for (const python of pythons) {
    python.run(source)
    python.run(`for i in range(256):\n    colours[i] = 0xff000000 | (i * 0x010101)\nfit(${COLUMNS}, ${ROWS})`)
    python.run(`update(${START}.0)`)
    const found = (python.run('fingerprint()') as number) >>> 0 // MicroPython hands it over as a signed number
    if (found !== expected) throw new Error(`${python.name} draws another map: ${found} instead of ${expected}`)
  }

  for (let i = 0; i < 20; i++) c.update(START + i) // until the engine has compiled it for speed
  const times = [...pythons.map(() => [] as number[]), [] as number[]]
  for (let frame = 0; frame < FRAMES; frame++) {
    const time = START + frame / 60
    pythons.forEach((python, at) => {
      times[at]?.push(milliseconds(() => python.run(`update(${time.toFixed(6)})`)))
    })
    times[pythons.length]?.push(milliseconds(() => repeat(10, () => c.update(time))) / 10)
  }
  const base = median(times[pythons.length] ?? [])
  const rows = [...pythons.map(({ name }) => name), 'C -O3 (clang)'].map((name, at) => {
    const time = median(times[at] ?? [])
    return [name, time, time / base]
  })
  printTable(`map of ${COLUMNS} x ${ROWS} points, Node ${process.version}`, ['', 'ms per frame', 'ratio to C'], rows)
}

async function loadPyodide(folder: string): Promise<Python> {
  const entry = createRequire(join(folder, 'x.js')).resolve('pyodide/package.json')
  const { loadPyodide: load } = (await import(pathToFileURL(join(dirname(entry), 'pyodide.mjs')).href)) as {
    loadPyodide(): Promise<{ runPython(code: string): unknown }>
  }
  const pyodide = await load()
  return { name: 'Pyodide', run: (code) => pyodide.runPython(code) }
}

async function loadMicroPython(folder: string): Promise<Python> {
  const entry = join(folder, 'node_modules/@micropython/micropython-webassembly-pyscript/micropython.mjs')
  const { loadMicroPython: load } = (await import(pathToFileURL(entry).href)) as {
    loadMicroPython(options: object): Promise<{
      runPython(code: string): void
      readonly globals: { get(name: string): unknown }
    }>
  }
  const python = await load({ heapsize: 64 * 1024 * 1024 })
  return {
    name: 'MicroPython',
    run(code) {
      if (!code.endsWith(')') || code.includes('\n')) return python.runPython(code)
      python.runPython(`result = ${code}`)
      return python.globals.get('result')
    },
  }
}

function milliseconds(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

function repeat(times: number, work: () => void): void {
  for (let i = 0; i < times; i++) work()
}

await main()
