/** Outside programs: run one to its end and hear what it said. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join, sep } from 'node:path'

export interface ProcessResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface ProcessOptions {
  readonly cwd?: string
  /** Milliseconds after which it is ended; then the exit code is 124 and stderr says so. */
  readonly timeout?: number
}

/** The path of a program as a shell would find it; undefined if there is none. */
export function findProgram(program: string, env: NodeJS.ProcessEnv): string | undefined {
  const folders = program.includes('/') || program.includes(sep) ? [''] : (env.PATH ?? '').split(delimiter)
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path))
}

/** Undefined if there is no such program. */
export function runProcess(
  program: string,
  args: readonly string[],
  { cwd, timeout = 120_000 }: ProcessOptions = {},
): Promise<ProcessResult | undefined> {
  return new Promise((resolve, reject) => {
    // Batch files, as Emscripten's are on Windows, can only be started by a shell.
    const batch = process.platform === 'win32' && !program.toLowerCase().endsWith('.exe')
    const child = spawn(batch ? quoted(program) : program, batch ? args.map(quoted) : [...args], {
      cwd,
      shell: batch,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const output = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text
    })
    let late = false
    const timer = setTimeout(() => {
      late = true
      child.kill()
    }, timeout)
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      if (error.code === 'ENOENT' || error.code === 'EACCES') resolve(undefined)
      else reject(error)
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (late) resolve({ ...output, exitCode: 124, stderr: `${output.stderr}\nended after ${timeout / 1000} s` })
      else
        resolve({
          ...output,
          exitCode: code ?? 1,
          stderr: signal ? `${output.stderr}\nended by ${signal}` : output.stderr,
        })
    })
  })
}

function quoted(argument: string): string {
  return `"${argument.replaceAll('"', '""')}"`
}
