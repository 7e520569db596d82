/**
 * The embedded clang seen from a process that builds: starts the compiling process, keeps it warm, and starts it again if
 * it dies. It never keeps its parent alive while nothing is asked of it.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { BuildOptions, CFiles } from '../port.ts'
import type { Compilation } from './commands.ts'
import type { CompileReply, CompileRequest } from './messages.ts'

interface Pending {
  readonly request: CompileRequest
  readonly resolve: (compilation: Compilation) => void
  /** Processes that died with it. One may be bad luck, two are not. */
  deaths: number
}

export class CompilingProcess {
  readonly #llvmFile: string
  readonly #pending = new Map<number, Pending>()
  #child: ChildProcess | undefined
  #lastWords = ''
  #nextId = 0

  /** @param llvmFile path of LLVM as wasm */
  constructor(llvmFile: string) {
    this.#llvmFile = llvmFile
  }

  /** The id of the process, if one is running. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  compile(sources: CFiles, options: BuildOptions): Promise<Compilation> {
    const id = this.#nextId++
    return new Promise((resolve) => {
      const pending: Pending = { request: { id, sources, options }, resolve, deaths: 0 }
      this.#pending.set(id, pending)
      this.#send(pending)
    })
  }

  start(): void {
    this.#child ??= this.#fork()
  }

  stop(): void {
    this.#child?.kill()
    this.#child = undefined
  }

  #send(pending: Pending): void {
    this.start()
    this.#hold()
    this.#child?.send(pending.request, (error) => {
      if (error !== null) this.#child?.kill() // its end is heard below, and the request is sent again
    })
  }

  #fork(): ChildProcess {
    const { file, execArgv } = workerProgram()
    const child = fork(file, [this.#llvmFile], {
      execArgv: [...execArgv, '--liftoff-only'],
      serialization: 'advanced', // bytes and maps as they are
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#lastWords = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-4000)
    })
    child.on('message', (reply: CompileReply) => {
      const pending = this.#pending.get(reply.id)
      this.#pending.delete(reply.id)
      this.#hold()
      pending?.resolve(reply.compilation)
    })
    child.on('error', () => {}) // 'close' follows, or the send fails
    child.on('close', () => this.#died(child))
    return child
  }

  #died(child: ChildProcess): void {
    if (this.#child === child) this.#child = undefined
    for (const pending of [...this.#pending.values()]) {
      pending.deaths++
      if (pending.deaths < 2) {
        this.#send(pending)
      } else {
        this.#pending.delete(pending.request.id)
        const messages = `the compiling process died\n${this.#lastWords}`
        pending.resolve({ ok: false, command: 'clang', messages })
      }
    }
  }

  /** Keep this process alive while an answer is awaited, and no longer. */
  #hold(): void {
    const child = this.#child
    if (child === undefined) return
    const handles = [child, child.channel, child.stderr as { ref?: () => void; unref?: () => void } | null]
    for (const handle of handles) {
      if (this.#pending.size > 0) handle?.ref?.()
      else handle?.unref?.()
    }
  }
}

/** The worker beside this file: TypeScript in the repository, where a loader for it runs; JavaScript in the package. */
function workerProgram(): { readonly file: string; readonly execArgv: readonly string[] } {
  const here = import.meta.url
  if (here.endsWith('.ts')) {
    const loader = pathToFileURL(createRequire(here).resolve('tsx')).href // found from here, whatever the current folder
    return { file: fileURLToPath(new URL('./worker.ts', here)), execArgv: ['--import', loader] }
  }
  return { file: fileURLToPath(new URL('./clang-worker.js', here)), execArgv: [] }
}
