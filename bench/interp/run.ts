/**
 * The interpreter, on programs as people write them: a loop of integer arithmetic, a list that is filled and gone
 * through, calls.
 *
 *     node --import tsx bench/interp/run.ts
 *
 * Goals: 0.5 us for one turn of the loop; 0.1 s to append 100,000 items and to go through them.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from '../../src/node.ts'
import { median } from '../harness/statistics.ts'
import { printTable } from '../harness/table.ts'

const PROGRAM = `
def loop(n: i32) -> i32:
    var s: i32 = 0
    var i: i32 = 0
    while i < n:
        s = (s + i * 3) % 65521
        i = i + 1
    return s

def fill(n: i32) -> i32:
    items: list[i32] = []
    for i in range(n):
        items.append(i)
    return len(items)

def fill_and_sum(n: i32) -> i32:
    items: list[i32] = []
    for i in range(n):
        items.append(i)
    var total: i32 = 0
    for item in items:
        total = total + item
    return total

def fib(n: i32) -> i32:
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)

def text(n: i32) -> i32:
    var s: str = ""
    for i in range(n):
        s = s + "x"
    return len(s)
`

interface Kernel {
  readonly title: string
  readonly name: string
  readonly argument: number
  /** How many times the title's thing happens in one call. */
  readonly count: number
}

const KERNELS: readonly Kernel[] = [
  { title: 'turn of the loop', name: 'loop', argument: 200_000, count: 200_000 },
  { title: 'list append', name: 'fill', argument: 100_000, count: 100_000 },
  { title: 'list append and iteration', name: 'fill_and_sum', argument: 100_000, count: 100_000 },
  { title: 'call of fib', name: 'fib', argument: 20, count: 21_891 },
  { title: 'string concatenation', name: 'text', argument: 2_000, count: 2_000 },
]

const folder = mkdtempSync(join(tmpdir(), 'spy-interp-'))
try {
  const file = join(folder, 'kernels.spy')
  writeFileSync(file, PROGRAM)
  const { exports } = await load(file, { engine: 'interp' })
  printTable(
    'the interpreter, median of 9 calls',
    ['', 'ms for one call', 'us for one'],
    KERNELS.map(({ title, name, argument, count }) => {
      const run = exports[name] as (n: number) => number
      run(argument)
      const times = Array.from({ length: 9 }, () => {
        const start = performance.now()
        run(argument)
        return performance.now() - start
      })
      return [title, median(times), (median(times) / count) * 1000]
    }),
  )
} finally {
  rmSync(folder, { recursive: true })
}
