/**
 * The options of the plugin, and every default, in one place.
 */
import { resolve } from 'node:path'
import { cacheFolder } from '../../compiler/node.ts'

export interface SpyOptions {
  /**
   * Folders in which imports between `.spy` files are looked for, after the folder of the importing file.
   * Relative to the root of the project.
   */
  readonly path?: readonly string[]
  /**
   * What runs the program: `jit` compiles at once and checks every access, `c` makes small and fast code with a C
   * toolchain. Default: `jit` in a dev server and in webpack's and Rspack's mode `development`, `c` in other builds.
   */
  readonly engine?: 'jit' | 'c'
  /** C toolchain of release builds. Default `auto`: Emscripten if `emcc` is found, else the embedded clang. */
  readonly toolchain?: 'auto' | 'emscripten' | 'clang'
  /**
   * Whether programs use memory again. `auto`: what nothing leads to is collected. `none`: never, for programs that keep
   * what they allocate; no collector is linked. Default `auto`.
   */
  readonly gc?: 'auto' | 'none'
  /**
   * What becomes of a static error. `eager`: it fails the build. `lazy`: it is raised where it stands, when it is reached.
   * `warn`: that, and the host shows it as a warning. Default `eager`.
   */
  readonly errors?: 'eager' | 'lazy' | 'warn'
  /** Steps that blue code may take before it counts as endless. Default: 100 million, some seconds. */
  readonly blueSteps?: number
  /** What release builds are optimised for. Default `speed`. */
  readonly optimize?: 'speed' | 'size'
  /** Give each imported `.spy` file a program of its own, with its own copy of what it shares. Default `false`. */
  readonly split?: boolean
  /** `.spy` files that are part of the program whether or not they have been imported yet. Relative to the root. */
  readonly entries?: readonly string[]
  /**
   * Put the wasm into the JavaScript, as text: always, never, or below a number of bytes. Default `4096`. Code for
   * servers always has it inside.
   */
  readonly inline?: boolean | number
  /**
   * How a program starts. `tla`: the module waits for it (top-level await). `sync`: at once, from bytes inside the
   * JavaScript, for formats without top-level await; pages refuse big programs. Default `auto`: `tla` where the format
   * is known to allow it.
   */
  readonly init?: 'auto' | 'tla' | 'sync'
  /**
   * Source map from the wasm to `.spy`. Default: for engine `jit`, as the bundler is configured. That of a release is part
   * of the wasm, so it has to be asked for.
   */
  readonly sourcemap?: boolean
  /** Write type declarations to `.spy/types`. Default `true`. */
  readonly types?: boolean
  /** Where compiled programs are kept. Default `node_modules/.cache/unplugin-spy`; `false` keeps nothing. */
  readonly cache?: string | false
  /** The root of the project. Default: that of the host, else the current folder. */
  readonly root?: string
}

export interface ResolvedOptions {
  /** Absolute. */
  readonly root: string
  /** Absolute. */
  readonly path: readonly string[]
  readonly engine: 'jit' | 'c'
  readonly toolchain: 'auto' | 'emscripten' | 'clang'
  readonly gc: 'auto' | 'none'
  readonly errors: 'eager' | 'lazy' | 'warn'
  /** The compiler knows the default. */
  readonly blueSteps: number | undefined
  readonly optimize: 'speed' | 'size'
  readonly split: boolean
  /** Absolute. */
  readonly entries: readonly string[]
  /** Programs of fewer bytes are inlined: 0 for none, Infinity for all. */
  readonly inlineBelow: number
  readonly init: 'auto' | 'tla' | 'sync'
  readonly sourcemap: boolean
  readonly types: boolean
  /** Absolute. A folder for files that hosts must read exists even if nothing is kept between builds. */
  readonly cacheDir: string
  readonly keepCache: boolean
  /** A process that stays, and compiles what somebody edits. */
  readonly isServed: boolean
}

/** What a host knows better than a general default. */
export interface HostDefaults {
  readonly root: string
  readonly engine: 'jit' | 'c'
  readonly sourcemap: boolean
  /** Default false. */
  readonly isServed?: boolean
}

/** Bytes; the limit that Vite has for assets. */
const INLINE_BELOW = 4096

export function resolveOptions(options: SpyOptions, host: HostDefaults): ResolvedOptions {
  const root = resolve(options.root ?? host.root)
  return {
    root,
    path: (options.path ?? []).map((folder) => resolve(root, folder)),
    engine: options.engine ?? host.engine,
    toolchain: options.toolchain ?? 'auto',
    gc: options.gc ?? 'auto',
    errors: options.errors ?? 'eager',
    blueSteps: options.blueSteps,
    optimize: options.optimize ?? 'speed',
    split: options.split ?? false,
    entries: (options.entries ?? []).map((file) => resolve(root, file)),
    inlineBelow: inlineLimit(options.inline ?? INLINE_BELOW),
    init: options.init ?? 'auto',
    sourcemap: options.sourcemap ?? ((options.engine ?? host.engine) === 'jit' && host.sourcemap),
    types: options.types ?? true,
    cacheDir: typeof options.cache === 'string' ? resolve(root, options.cache) : cacheFolder(root),
    keepCache: options.cache !== false,
    isServed: host.isServed ?? false,
  }
}

function inlineLimit(inline: boolean | number): number {
  if (typeof inline === 'number') return inline
  return inline ? Number.POSITIVE_INFINITY : 0
}
