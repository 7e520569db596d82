/**
 * A process that compiles. It holds LLVM as a compiled module and answers requests one after the other; when its parent
 * is gone, or nothing was asked for a while, it ends.
 *
 * It is a process because V8 is told to use its baseline compiler only, which is best for LLVM, and would then be used
 * for everything else in the same process, too.
 */
import { readFileSync } from 'node:fs'
import { compileAndLink } from './commands.ts'
import { type CompileReply, type CompileRequest, IDLE_MS } from './messages.ts'
import { practise } from './practice.ts'

const llvmFile = process.argv[2] ?? ''
let llvm: Promise<WebAssembly.Module> | undefined

function loadLlvm(): Promise<WebAssembly.Module> {
  llvm ??= WebAssembly.compile(readFileSync(llvmFile))
  return llvm
}

let isAsked = false
let idle: NodeJS.Timeout | undefined

function waitForWork(): void {
  clearTimeout(idle)
  idle = setTimeout(() => process.exit(0), IDLE_MS)
}

process.on('disconnect', () => process.exit(0))
process.on('message', async (request: CompileRequest) => {
  isAsked = true
  clearTimeout(idle)
  let reply: CompileReply
  try {
    const module = await loadLlvm()
    reply = { id: request.id, compilation: compileAndLink(module, request.sources, request.options) }
  } catch (error) {
    reply = { id: request.id, compilation: { ok: false, command: 'clang', messages: String(error) } }
  }
  process.send?.(reply)
  waitForWork()
})
waitForWork()
loadLlvm()
  .then((module) => {
    // Requests that are here already are heard first.
    setImmediate(() => {
      if (!isAsked) practise(module)
    })
  })
  .catch(() => {}) // a failure is told with the first request
