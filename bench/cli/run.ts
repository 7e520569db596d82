/**
 * How long short commands take, from the command to its end: `spy run hello.spy` on each engine, and what Node itself
 * takes of that. Commands take turns, so that all of them see the same machine.
 *
 *     node --import tsx bench/cli/run.ts
 *
 * Goal: `spy run hello.spy` within 120 ms, where an empty Node takes 40.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensurePackage, ensureRuntime } from '../../scripts/prerequisites.ts'
import { root } from '../../scripts/root.ts'
import { runRounds } from '../harness/rounds.ts'
import { standings } from '../harness/statistics.ts'
import { printTable } from '../harness/table.ts'

await ensureRuntime()
await ensurePackage({ declarations: false })
const folder = mkdtempSync(join(tmpdir(), 'spy-cli-'))
try {
  const hello = join(folder, 'hello.spy')
  writeFileSync(hello, 'def main() -> None:\n    print("Hello world!")\n')
  const cli = join(root, 'dist', 'cli.js')
  const commands: readonly (readonly [name: string, args: readonly string[]])[] = [
    ['node -e 0', ['-e', '0']],
    ['spy --version', [cli, '--version']],
    ['spy run hello.spy', [cli, 'run', hello]],
    ['spy run --engine jit hello.spy', [cli, 'run', '--engine', 'jit', hello]],
    ['spy run --engine c hello.spy, cached', [cli, 'run', '--engine', 'c', hello]],
    ['spy redshift hello.spy', [cli, 'redshift', hello]],
  ]
  const rounds = runRounds(
    commands.map(([name, args]) => ({ name, run: () => void execFileSync(process.execPath, args, { stdio: 'pipe' }) })),
    { rounds: 15, warmup: 2, clock: () => performance.now() },
  )
  const all = standings(rounds)
  printTable(
    'milliseconds, median of 15',
    ['', 'ms', 'of node -e 0'],
    commands.map(([name], i) => [name, all[i]?.milliseconds ?? Number.NaN, all[i]?.ratio ?? Number.NaN]),
  )
} finally {
  rmSync(folder, { recursive: true })
}
