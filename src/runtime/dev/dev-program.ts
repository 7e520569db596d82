/** The program of a development server or of a test: engine jit, bindings made from data, hot updates. */
import type { ModuleBinding } from '../abi/descriptors.ts'
import { type HostImports, type JitProgram, startJit } from '../boot/jit.ts'
import { HotModule, type HotVariable, replaceProgram } from '../hot.ts'
import { bindModule } from './bind.ts'

/** What there is to know about a version of a program beside its code. */
export interface DevVersion {
  readonly variables: readonly HotVariable[]
  /** The modules that have facades. */
  readonly modules: readonly ModuleBinding[]
}

export interface DevProgram extends JitProgram {
  /** A module as its facade exports it: the same object for ever. */
  module(name: string): Readonly<Record<string, unknown>>
  /** Let another version take over; what cannot keep its value is told in the console. */
  install(module: WebAssembly.Module, version: DevVersion): void
  /** Called after each update, so that facades can export new constants. */
  onUpdate(listener: () => void): void
}

export function startDevProgram(
  libspy: WebAssembly.Module,
  module: WebAssembly.Module,
  version: DevVersion,
  host: HostImports,
): DevProgram {
  const program = startJit(libspy, module, host) as DevProgram
  const modules = new Map<string, HotModule>()
  const listeners: (() => void)[] = []
  let installed = version

  const hotModule = (name: string): HotModule => {
    const known = modules.get(name) ?? new HotModule(name)
    modules.set(name, known)
    return known
  }
  const bindAll = (): void => {
    for (const binding of installed.modules) hotModule(binding.module).install(moduleObject(program, binding))
  }

  program.module = (name) => hotModule(name).object
  program.onUpdate = (listener) => {
    listeners.push(listener)
  }
  program.install = (next, nextVersion) => {
    const fresh = replaceProgram(program, next, installed.variables, nextVersion.variables)
    installed = nextVersion
    bindAll()
    for (const name of fresh) console.info(`[spy] ${name} starts anew: its value could not be kept`)
    for (const listener of listeners) listener()
  }
  bindAll()
  return program
}

/** The module, and what every module object has beside: names of the module come first. */
export function moduleObject(program: JitProgram, binding: ModuleBinding): Readonly<Record<string, unknown>> {
  const own = bindModule(program, binding)
  return Object.defineProperties(
    {
      reset: () => program.reset(),
      get memory() {
        return program.memory
      },
    },
    Object.getOwnPropertyDescriptors(own),
  )
}
