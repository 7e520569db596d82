/** The program of a development server or of a test: engine jit, bindings made from data, hot updates. */
import type { ModuleBinding } from '../abi/descriptors.ts'
import { type HostImports, type JitProgram, startJit } from '../boot/jit.ts'
import { clock_sleep, clock_time } from '../host/clock.ts'
import { fd_read } from '../host/input.ts'
import { fd_write } from '../host/output.ts'
import { panic } from '../host/panic.ts'
import { HotModule, type ReplacedVersion, replaceProgram } from '../hot.ts'
import { moduleObject } from '../marshal/module-object.ts'
import { bindModule, type KnownClasses } from './bind.ts'
import { withFrames } from './code-places.ts'

/** What there is to know about a version of a program beside its code. */
export interface DevVersion extends ReplacedVersion {
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

/** Frames of a SPy error that are worth a look; V8 keeps ten unless it is told. */
const FRAMES = 100
const V8_ERROR: { stackTraceLimit?: number | undefined } & object = Error

const panicWithFrames: typeof panic =
  (guest) =>
  (...told) => {
    const { stackTraceLimit } = V8_ERROR
    V8_ERROR.stackTraceLimit = FRAMES
    try {
      return panic(guest)(...told)
    } finally {
      V8_ERROR.stackTraceLimit = stackTraceLimit
    }
  }

/** Everything that libspy.wasm imports. */
export const devHost: HostImports = { panic: panicWithFrames, fd_write, fd_read, clock_time, clock_sleep }

export function startDevProgram(
  libspy: WebAssembly.Module,
  module: WebAssembly.Module,
  version: DevVersion,
  host: HostImports = devHost,
): DevProgram {
  const program = startJit(libspy, module, host) as DevProgram
  const { fail } = program
  program.fail = (error) => withFrames(fail(error), error, program.current)
  const modules = new Map<string, HotModule>()
  const classes: KnownClasses = new Map()
  const listeners: (() => void)[] = []
  let installed = version

  const hotModule = (name: string): HotModule => {
    const known = modules.get(name) ?? new HotModule(name)
    modules.set(name, known)
    return known
  }
  const bindAll = (): void => {
    for (const binding of installed.modules) {
      const object = moduleObject(program, bindModule(program, binding, classes))
      hotModule(binding.module).install(object as Readonly<Record<string, unknown>>)
    }
  }

  program.module = (name) => hotModule(name).object
  program.onUpdate = (listener) => {
    listeners.push(listener)
  }
  program.install = (next, nextVersion) => {
    const fresh = replaceProgram(program, next, installed, nextVersion.variables)
    installed = nextVersion
    bindAll()
    for (const name of fresh) console.info(`[spy] ${name} starts anew: its value could not be kept`)
    for (const listener of listeners) listener()
  }
  bindAll()
  return program
}
