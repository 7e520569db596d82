/**
 * How long a release takes: from a generated program to wasm bytes, by each toolchain that is there. Cold: a process that
 * has just started, so the compiler of the compiler is cold, too, and the embedded clang has to be loaded. Warm: the next
 * build of the same process. Nothing is taken from a cache.
 *
 *     node --import tsx bench/release/run.ts [--lines 1000]
 *
 * Goals for 1,000 lines: 3 s cold, 1.5 s warm.
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { findEmscripten } from '../../compiler/toolchain/emscripten.ts'
import { findEmbeddedClang } from '../../compiler/toolchain/wasm-clang.ts'
import { printTable } from '../harness/table.ts'
import type { ReleaseTimes } from './one-process.ts'

const CHILD = fileURLToPath(new URL('one-process.ts', import.meta.url))
const PROCESSES = 3

const { values } = parseArgs({ options: { lines: { type: 'string', default: '1000' } } })
const toolchains = [await findEmscripten(), findEmbeddedClang()].filter((found) => found !== undefined)
const rows = toolchains.flatMap(({ name }) => {
  const runs = Array.from({ length: PROCESSES }, (): readonly ReleaseTimes[] => {
    const args = ['--import', 'tsx', CHILD, name, values.lines]
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
  })
  return (['cold', 'warm'] as const).map((when) => {
    const times = runs.flatMap(([cold, ...later]) => (when === 'cold' ? [cold as ReleaseTimes] : later))
    const best = (part: keyof ReleaseTimes) => Math.min(...times.map((each) => each[part]))
    return [`${name}, ${when}`, best('toC'), best('toWasm'), best('all')]
  })
})
printTable(
  `milliseconds for a release of ${values.lines} lines, best of ${PROCESSES} processes`,
  ['', 'to C', 'to wasm', 'all'],
  rows,
)
