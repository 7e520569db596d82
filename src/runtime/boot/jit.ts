/**
 * Programs of engine jit: small modules that share the memory and the functions of one running libspy.wasm. Several can
 * be loaded one after the other, as edits arrive; each gets a region of memory for its constants and variables.
 */
import { RUNTIME_MODULE } from '../abi/imports.ts'
import type { Guest, GuestFunction } from '../memory/guest.ts'
import { type Exports, type HostImport, type Instance, startProgram } from './instance.ts'

export type HostImports = Readonly<Record<string, HostImport>>

export interface JitProgram extends Instance {
  /** The module that runs, and that `reset` starts again. */
  current: WebAssembly.Module
  /** Load another version into the memory of this one. The caller decides when it takes over. */
  load(module: WebAssembly.Module): Exports
}

export function startJit(libspy: WebAssembly.Module, module: WebAssembly.Module, host: HostImports): JitProgram {
  let runtime: WebAssembly.Exports
  const start = (guest: Guest): WebAssembly.Exports => {
    runtime = new WebAssembly.Instance(libspy, { spy: hostFunctions(host, guest) }).exports
    // What runs while the module is loaded may panic, and a panic reads its texts from memory.
    Object.assign(guest, { memory: runtime.memory })
    functions(runtime)._initialize?.()
    return link((guest as JitProgram).current ?? module, runtime, host, guest)
  }
  const program = startProgram(start) as JitProgram
  program.current = module
  program.load = (next) => functions(link(next, runtime, host, program))
  return program
}

/** Everything that bindings may use: the exports of the module and of the runtime. */
function link(
  module: WebAssembly.Module,
  runtime: WebAssembly.Exports,
  host: HostImports,
  guest: Guest,
): WebAssembly.Exports {
  const size = imageSize(module)
  const image = size && Number(functions(runtime).spy_raw_alloc?.(1, size, 0, 0))
  const { exports } = new WebAssembly.Instance(module, {
    [RUNTIME_MODULE]: runtime,
    spy: { ...hostFunctions(host, guest), image: new WebAssembly.Global({ value: 'i32' }, image) },
  })
  functions(exports)['spy:init']?.()
  const { _initialize, ...functionsOfRuntime } = runtime
  return { ...functionsOfRuntime, ...exports }
}

/** Bytes of memory that the module wants for itself, from its section `spy.image`. */
function imageSize(module: WebAssembly.Module): number {
  const [section] = WebAssembly.Module.customSections(module, 'spy.image')
  return section ? new DataView(section).getUint32(0, true) : 0
}

function hostFunctions(host: HostImports, guest: Guest): WebAssembly.ModuleImports {
  return Object.fromEntries(Object.entries(host).map(([name, make]) => [name, make(guest)]))
}

function functions(exports: WebAssembly.Exports): Readonly<Record<string, GuestFunction>> {
  return exports as unknown as Exports
}
