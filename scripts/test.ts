/**
 * Runs the tests: `npm test`, `npm test -- lexer parser` (files whose path contains one of the words),
 * `npm run test:hosts`, `npm run test:browser`, `npm run test:gc` (tests of the language, collecting at every allocation),
 * `npm run test:sanitize` (the same as native code that is checked),
 * `npm run test:python` (the parser against Python's, over Python's whole library).
 * The last line is always `N passed, N failed`.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { parseArgs } from 'node:util'
import pc from 'picocolors'
import { ensurePackage, ensureRuntime } from './prerequisites.ts'
import { root } from './root.ts'
import type { FileReport } from './testing/messages.ts'
import { runFiles } from './testing/pool.ts'

type SuiteName = 'core' | 'hosts' | 'browser' | 'gc' | 'sanitize' | 'python'

interface Suite {
  readonly includes: (path: string) => boolean
  readonly prepare: () => Promise<void>
  readonly workers: number
  readonly patience: number
  readonly environment?: Readonly<Record<string, string>>
}

const SLOW = ['test/hosts/', 'test/browser/', 'test/syntax/python/']

const SUITES: Record<SuiteName, Suite> = {
  core: {
    includes: (path) => !SLOW.some((folder) => path.startsWith(folder)),
    prepare: ensureRuntime,
    workers: 2,
    patience: 300_000,
  },
  hosts: { includes: (path) => path.startsWith('test/hosts/'), prepare: ensurePackage, workers: 2, patience: 600_000 },
  // One browser at a time: pictures and times are compared, and two browsers disturb each other.
  browser: {
    includes: (path) => path.startsWith('test/browser/'),
    prepare: ensurePackage,
    workers: 1,
    patience: 600_000,
  },
  gc: {
    includes: (path) => path.startsWith('test/engines/'),
    prepare: ensureRuntime,
    workers: 2,
    patience: 600_000,
    environment: { SPY_TEST_GC: 'stress' },
  },
  sanitize: {
    includes: (path) => path.startsWith('test/engines/') && !/\/(harness|random-programs)\.test\.ts$/.test(path),
    prepare: ensureRuntime,
    workers: 2,
    patience: 600_000,
    environment: { SPY_TEST_SANITIZE: '1' },
  },
  python: {
    includes: (path) => path.startsWith('test/syntax/python/'),
    prepare: async () => {},
    workers: 1,
    patience: 600_000,
  },
}

process.exitCode = await main()

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { suite: { type: 'string', default: 'core' }, folder: { type: 'string', default: 'test' } },
  })
  if (!Object.hasOwn(SUITES, values.suite))
    throw new Error(`no suite ${values.suite}; there are ${Object.keys(SUITES).join(', ')}`)
  const suite = SUITES[values.suite as SuiteName]
  Object.assign(process.env, suite.environment) // the workers have it, too

  const files = testFiles(join(root, values.folder))
    .map((file) => relative(root, file).split(sep).join('/'))
    .filter((path) => suite.includes(path))
    .filter((path) => positionals.length === 0 || positionals.some((word) => path.includes(word)))
  const reports: FileReport[] = []
  const report = (done: FileReport) => {
    reports.push(done)
    printReport(done)
  }
  try {
    await suite.prepare()
  } catch (error) {
    // Without what the tests need, none of them says anything.
    console.log(`${error instanceof Error ? error.message : error}\n\n0 passed, 1 failed`)
    return 1
  }
  await runFiles(
    files.map((path) => join(root, path)),
    {
      workers: suite.workers,
      patience: suite.patience,
      onReport: report,
    },
  )
  return printTotals(reports)
}

function testFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => join(folder, name))
}

function printReport(report: FileReport): void {
  const path = relative(root, report.file)
  const time = pc.dim(`${(report.milliseconds / 1000).toFixed(2)} s`)
  const skipped = report.skipped > 0 ? pc.yellow(`, ${report.skipped} skipped`) : ''
  if (report.failed === 0) console.log(`${pc.green('ok')}    ${path}  ${report.passed} passed${skipped}  ${time}`)
  else {
    console.log(`${pc.red('FAIL')}  ${path}  ${report.passed} passed, ${report.failed} failed${skipped}  ${time}`)
    console.log(report.output.replace(/^/gm, '      '))
  }
}

/** Returns the exit code. That no test ran is a failure too: a wrong pattern must not look like success. */
function printTotals(reports: readonly FileReport[]): number {
  const sum = (count: (report: FileReport) => number) => reports.reduce((total, report) => total + count(report), 0)
  const passed = sum((report) => report.passed)
  const failed = sum((report) => report.failed)
  const skipped = sum((report) => report.skipped)
  const broken = reports.filter((report) => report.failed > 0)
  if (broken.length > 0) console.log(`\nfailed: ${broken.map((report) => relative(root, report.file)).join(' ')}`)
  if (skipped > 0) console.log(`\n${skipped} skipped`)
  if (passed + failed === 0) console.log('\nno test ran')
  console.log(`\n${passed} passed, ${failed} failed`)
  return passed > 0 && failed === 0 ? 0 : 1
}
