/**
 * Programs of engine jit: small modules that share the memory and the functions of one running libspy.wasm. Several can
 * be loaded one after the other, as edits arrive; each gets a region of memory for its constants and variables, its image.
 */
import { RUNTIME_MODULE } from '../abi/imports.ts'
import type { Guest, GuestFunction } from '../memory/guest.ts'
import { type Exports, type HostImport, type Instance, startProgram } from './instance.ts'

export type HostImports = Readonly<Record<string, HostImport>>

/**
 * Start libspy.wasm.
 *
 * @param guest  the program whose memory this will be
 * @returns what modules import from it
 */
export function startRuntime(libspy: WebAssembly.Module, host: HostImports, guest: Guest): WebAssembly.Exports {
  const { exports } = new WebAssembly.Instance(libspy, { spy: hostFunctions(host, guest) })
  // What runs while modules are loaded may panic, and a panic reads its texts from memory.
  Object.assign(guest, { memory: exports.memory })
  const { _initialize, ...runtime } = exports
  ;(_initialize as GuestFunction | undefined)?.()
  return runtime
}

/**
 * Load a module beside a running libspy.
 *
 * @param runtime  what `startRuntime` gave
 * @returns everything that bindings may use: the exports of both, and `spy:retire`, which lets the collector free the
 *   image when nothing leads there any more
 */
export function linkModule(
  module: WebAssembly.Module,
  runtime: WebAssembly.Exports,
  host: HostImports,
  guest: Guest,
): WebAssembly.Exports {
  const size = imageSize(module)
  const image = size && call(runtime, 'spy_raw_alloc', 1, size, 0, 0)
  const constant = (value: number) => new WebAssembly.Global({ value: 'i32' }, value)
  const { exports } = new WebAssembly.Instance(module, {
    [RUNTIME_MODULE]: runtime,
    spy: {
      ...hostFunctions(host, guest),
      image: constant(image),
      frames: constant(call(runtime, 'spy_gc_roots_address')),
    },
  })
  ;(exports['spy:init'] as GuestFunction | undefined)?.()
  return { ...runtime, ...exports, 'spy:retire': () => image && call(runtime, 'spy_gc_retire', image, size) }
}

export interface JitProgram extends Instance {
  /** The module that runs, and that `reset` starts again. */
  current: WebAssembly.Module
  /** Load another version into the memory of this one. The caller decides when it takes over. */
  load(module: WebAssembly.Module): Exports
}

export function startJit(libspy: WebAssembly.Module, module: WebAssembly.Module, host: HostImports): JitProgram {
  let runtime: WebAssembly.Exports
  const program = startProgram((guest) => {
    runtime = startRuntime(libspy, host, guest)
    return linkModule((guest as JitProgram).current ?? module, runtime, host, guest)
  }) as JitProgram
  program.current = module
  program.load = (next) => linkModule(next, runtime, host, program) as Exports
  return program
}

function call(exports: WebAssembly.Exports, name: string, ...args: readonly number[]): number {
  return (exports[name] as GuestFunction)(...args) as number
}

/** Bytes of memory that the module wants for itself, from its section `spy.image`. */
function imageSize(module: WebAssembly.Module): number {
  const [section] = WebAssembly.Module.customSections(module, 'spy.image')
  return section ? new DataView(section).getUint32(0, true) : 0
}

function hostFunctions(host: HostImports, guest: Guest): WebAssembly.ModuleImports {
  return Object.fromEntries(Object.entries(host).map(([name, make]) => [name, make(guest)]))
}
