/**
 * Programs of engine jit: small modules that share the memory and the functions of one running libspy.wasm. Several can
 * be loaded one after the other, as edits arrive; each gets a region of memory for its constants and variables.
 */
import type { Guest, GuestFunction } from '../memory/guest.ts'
import type { HostImport } from './instance.ts'

type Functions = Readonly<Record<string, GuestFunction>>
export type HostImports = Readonly<Record<string, HostImport>>

const hostFunctions = (host: HostImports, guest: Guest) =>
  Object.fromEntries(Object.entries(host).map(([name, make]) => [name, make(guest)]))

/** Start libspy.wasm. Its exports are what modules import from `rt`. */
export function startRuntime(libspy: WebAssembly.Module, host: HostImports, guest: Guest): WebAssembly.Exports {
  const { exports } = new WebAssembly.Instance(libspy, { spy: hostFunctions(host, guest) })
  ;(exports._initialize as (() => void) | undefined)?.()
  return exports
}

/**
 * Load a module beside a running libspy.
 *
 * @param runtime  exports of libspy
 * @returns everything that bindings may use: the exports of both
 */
export function linkModule(
  module: WebAssembly.Module,
  runtime: WebAssembly.Exports,
  host: HostImports,
  guest: Guest,
): WebAssembly.Exports {
  const size = imageSize(module)
  const image = size && Number((runtime as unknown as Functions).spy_raw_alloc?.(size))
  const spy = { ...hostFunctions(host, guest), image: new WebAssembly.Global({ value: 'i32' }, image) }
  const { exports } = new WebAssembly.Instance(module, { rt: runtime, spy })
  return { ...runtime, ...exports }
}

/** Bytes of memory that the module wants for itself, from its section `spy.image`. */
function imageSize(module: WebAssembly.Module): number {
  const [section] = WebAssembly.Module.customSections(module, 'spy.image')
  return section ? new DataView(section).getUint32(0, true) : 0
}
