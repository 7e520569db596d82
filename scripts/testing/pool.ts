/**
 * A few worker processes that share a list of test files. A file whose process dies or stays silent for too long is a
 * failed file, and the others go on in a new process.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { FileReport, RunFile } from './messages.ts'

export interface PoolOptions {
  readonly workers: number
  /** Milliseconds after which a file counts as hanging. */
  readonly patience: number
  readonly onReport: (report: FileReport) => void
}

interface Worker {
  readonly process: ChildProcess
  /** What bypasses the worker's own capture: children of tests, and Node's last words in a crash. */
  stray: string
}

export async function runFiles(files: readonly string[], options: PoolOptions): Promise<void> {
  const waiting = [...files]
  const serve = async () => {
    let worker: Worker | undefined
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      worker ??= startWorker()
      options.onReport(await runIn(worker, file, options.patience))
      if (!worker.process.connected) worker = undefined
    }
    if (worker) await stop(worker)
  }
  await Promise.all(Array.from({ length: Math.min(options.workers, files.length) }, serve))
}

function startWorker(): Worker {
  const script = fileURLToPath(new URL('./worker.ts', import.meta.url))
  const env = process.stdout.isTTY ? { ...process.env, FORCE_COLOR: '1' } : process.env
  const child = fork(script, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env })
  const worker: Worker = { process: child, stray: '' }
  const collect = (chunk: Buffer) => {
    worker.stray += chunk
  }
  child.stdout?.on('data', collect)
  child.stderr?.on('data', collect)
  return worker
}

/** The result of one file, also when the process breaks under it; it is disconnected then. */
function runIn(worker: Worker, file: string, patience: number): Promise<FileReport> {
  const start = performance.now()
  const child = worker.process
  worker.stray = ''
  return new Promise((resolve) => {
    const finish = (report: FileReport) => {
      clearTimeout(timer)
      child.off('message', onMessage)
      child.off('close', onClose)
      resolve({ ...report, output: report.output + worker.stray })
    }
    const fail = (why: string) => {
      if (child.connected) child.disconnect()
      child.kill('SIGKILL')
      const milliseconds = performance.now() - start
      finish({ file, passed: 0, failed: 1, skipped: 0, milliseconds, output: `  ${why}\n` })
    }
    const onMessage = (message: FileReport | { crash: string }) => {
      if ('crash' in message) fail(`an error outside of the tests: ${message.crash}`)
      else finish(message)
    }
    const onClose = (code: number | null, signal: string | null) => {
      fail(`the process ended with ${signal ?? `code ${code}`} before the tests were finished`)
    }
    const timer = setTimeout(() => fail(`no result after ${patience / 1000} s`), patience)
    child.on('message', onMessage)
    child.on('close', onClose)
    child.send({ file } satisfies RunFile)
  })
}

/** Lets the process end by itself, so that coverage is written. */
function stop(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.process.on('exit', () => resolve()) // Node emits no 'close' after a disconnect from this side
    worker.process.disconnect()
  })
}
