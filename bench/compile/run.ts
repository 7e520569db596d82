/**
 * How long the front end takes: parse, import and redshift of a generated program with structs, generics, lists and
 * strings; and the jit, from typed trees to a running instance. Cold in fresh processes (without their start), warm in
 * one; and how that grows with the program.
 *
 *     node --import tsx bench/compile/run.ts [--lines 1000,10000,100000]
 *
 * Goals for 1,000 lines: front end 150 ms cold, 60 ms warm, jit 30 ms; growth is linear.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { root } from '../../scripts/root.ts'
import { median } from '../harness/statistics.ts'
import { type Cell, printTable } from '../harness/table.ts'
import type { FrontEndTimes } from './front-end.ts'
import { generateProgram } from './program.ts'

const SOURCE = fileURLToPath(new URL('front-end.ts', import.meta.url))
// Inside the repository, where the library is found.
const CHILD = join(root, '.cache', 'compile', 'front-end.js')

// As the package is built. What runs TypeScript directly adds a call to every function that is made.
await build({
  entryPoints: [SOURCE],
  outfile: CHILD,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'error',
})
const { values } = parseArgs({ options: { lines: { type: 'string', default: '1000,3000,10000,30000,100000' } } })
const folder = mkdtempSync(join(tmpdir(), 'spy-compile-'))
try {
  const [small = 1000, ...larger] = values.lines.split(',').map(Number)
  const file = write(small)
  const cold = Array.from({ length: 7 }, () => measure(file, 1)[0] as FrontEndTimes)
  const warm = measure(file, 30).slice(10)
  const start = performance.now()
  execFileSync(process.execPath, ['-e', '0'])
  const empty = performance.now() - start
  printTable(
    `milliseconds for ${small} lines; node -e 0 takes ${empty.toFixed(0)}, where these goals were set 40`,
    ['', 'parse', 'import', 'redshift', 'front end', 'jit'],
    [
      ['cold, median of 7 processes', ...row(cold)],
      ['warm, median of 20', ...row(warm)],
    ],
  )
  const growth = larger.map((lines) => [lines, measure(write(lines), lines > 20_000 ? 1 : 3)] as const)
  printTable(
    'larger programs, best of three (of one above 20,000 lines)',
    ['lines', 'parse', 'import', 'redshift', 'front end', 'jit', 'us per line'],
    growth.map(([lines, times]): Cell[] => {
      const best = times.reduce((a, b) => (total(b) < total(a) ? b : a))
      return [String(lines), ...row([best]), ((total(best) + best.jit) / lines) * 1000]
    }),
  )
} finally {
  rmSync(folder, { recursive: true })
}

function write(lines: number): string {
  const file = join(folder, `lines_${lines}.spy`)
  writeFileSync(file, generateProgram(lines))
  return file
}

function measure(file: string, times: number): FrontEndTimes[] {
  const out = execFileSync(process.execPath, [CHILD, file, String(times)], { encoding: 'utf8' })
  return JSON.parse(out) as FrontEndTimes[]
}

function total(times: FrontEndTimes): number {
  return times.parse + times.import + times.redshift
}

function row(times: readonly FrontEndTimes[]): number[] {
  return [
    median(times.map((each) => each.parse)),
    median(times.map((each) => each.import)),
    median(times.map((each) => each.redshift)),
    median(times.map(total)),
    median(times.map((each) => each.jit)),
  ]
}
