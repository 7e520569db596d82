/**
 * Runs test files one after the other, each through uvu, and reports numbers. One process serves many files, because
 * loading the compiler costs more than most tests; the parent gives a broken process's remaining files to a new one.
 *
 * uvu's own total is not enough: a `before` hook that throws ends a suite early without counting as a failure there.
 * Here every test that did not pass has failed.
 */
import { pathToFileURL } from 'node:url'
import type { FileReport, RunFile } from './messages.ts'

/** What `suite.run()` puts into uvu's queue: errors as text, or true; tests passed; tests skipped; tests in all. */
type UvuSuite = () => Promise<[errors: string | true, passed: number, skipped: number, total: number]>

interface UvuGlobals {
  UVU_DEFER: 1
  UVU_INDEX: number
  UVU_QUEUE: UvuSuite[][]
}

const uvu = globalThis as unknown as UvuGlobals
uvu.UVU_DEFER = 1 // before uvu is loaded: it then leaves running to us
uvu.UVU_INDEX = 0

let printed = ''
const keep = (chunk: string | Uint8Array): boolean => {
  printed += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
  return true
}
process.stdout.write = keep
process.stderr.write = keep

process.on('message', (message: RunFile) => {
  void runFile(message.file).then((report) => process.send?.(report))
})
process.on('disconnect', () => process.exit(0)) // a test that leaves a timer behind must not keep us alive
process.on('uncaughtException', (error) => {
  process.send?.({ crash: `${printed}\n${error.stack ?? error}` }, () => process.exit(1))
})

async function runFile(file: string): Promise<FileReport> {
  const start = performance.now()
  const suites: UvuSuite[] = []
  uvu.UVU_QUEUE = [suites]
  printed = ''
  let passed = 0
  let failed = 0
  let skipped = 0
  try {
    await import(pathToFileURL(file).href)
    for (const run of suites) {
      const [errors, passedHere, skippedHere, total] = await run()
      passed += passedHere
      failed += total - passedHere
      skipped += skippedHere
      if (errors !== true) printed += `\n${errors}\n`
      else if (passedHere < total) printed += '\n  a hook of this suite threw\n'
    }
    if (passed + failed === 0) {
      failed = 1
      printed += '  no test ran in this file\n'
    }
  } catch (error) {
    failed += 1
    printed += `${error instanceof Error ? error.stack : String(error)}\n`
  }
  return { file, passed, failed, skipped, milliseconds: performance.now() - start, output: printed }
}
