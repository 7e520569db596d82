/** Loading `.spy` files into this process. */
import {
  type ErrorMode,
  type Gc,
  HostError,
  type InterfaceModel,
  internalError,
  nodeArtifacts,
  nodeWorld,
  posixPath,
  renderWarning,
  SpyError,
  type World,
} from '../../compiler/node.ts'
import { ENGINES, type EngineName, type StartOptions } from './engines.ts'
import { bindLoadedModule, type LoadedModule } from './loaded-module.ts'

export interface LoadOptions {
  /** interp: runs at once, errors appear when they are reached. jit (default): wasm. c: wasm, through a C compiler. */
  readonly engine?: EngineName
  /**
   * eager (default): a static error anywhere rejects. lazy: it is raised where it stands, when it is reached. warn: that,
   * and it is written to `stderr`.
   */
  readonly errors?: ErrorMode | 'warn'
  /** Folders that imports are searched in, behind that of the importing file. */
  readonly path?: readonly string[]
  /** auto (default): memory that nothing leads to is used again. none: never. stress: at every allocation, for tests. */
  readonly gc?: Gc
  /** Receives what the program prints; default: standard output of the process. */
  readonly stdout?: (text: string) => void
  readonly stderr?: (text: string) => void
  /** Engine c: `debug` checks pointers of unsafe code, as the other engines do; default `release`. */
  readonly profile?: 'debug' | 'release'
  /** Steps that blue code may take before it counts as endless; generous unless given. */
  readonly blueSteps?: number
}

/**
 * Load a `.spy` file.
 *
 * @throws SpyError for what is wrong with the program, HostError if a toolchain is needed and cannot be had, InternalError
 *         for mistakes of ours
 */
export async function load(path: string, options: LoadOptions = {}): Promise<LoadedModule> {
  const [module] = await loadProgram([posixPath(path)], options, nodeWorld())
  return module as LoadedModule
}

/** What only tests choose. */
export interface ProgramOptions extends LoadOptions, Pick<StartOptions, 'optimize' | 'debugInfo'> {
  /** Engine c: whether what has been compiled is kept for the next time; default true. */
  readonly keeps?: boolean
}

/** Load several files as one program, from any world. */
export async function loadProgram(
  entries: readonly string[],
  options: ProgramOptions,
  world: World,
): Promise<readonly LoadedModule[]> {
  const {
    engine = 'jit',
    errors = 'eager',
    path = [],
    profile = 'release',
    gc = 'auto',
    keeps = true,
    blueSteps,
    ...others
  } = options
  const start = ENGINES[engine]
  if (start === undefined) throw new TypeError(`engine: '${engine}' is not one of ${Object.keys(ENGINES).join(', ')}`)
  const mode: ErrorMode = errors === 'eager' ? 'eager' : 'lazy'
  const limit = blueSteps === undefined ? {} : { blueSteps }
  const request = { entries, path: path.map(posixPath), errors: mode, gc, ...limit }
  const stderr = others.stderr ?? ((text) => process.stderr.write(text))
  try {
    const { interfaces, program, warnings } = await start(request, world, {
      ...others,
      stdout: others.stdout ?? ((text) => process.stdout.write(text)),
      stderr,
      profile,
      ...(engine === 'c' && keeps && { store: nodeArtifacts() }),
    })
    if (errors === 'warn') for (const warning of warnings) stderr(`[warning] ${renderWarning(warning)}\n`)
    return entries.map((entry) => bindLoadedModule(program, interfaces.get(entry) as InterfaceModel))
  } catch (error) {
    throw error instanceof SpyError || error instanceof HostError ? error : internalError(error)
  }
}
