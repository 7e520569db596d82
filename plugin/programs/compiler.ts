/**
 * The real compiler behind the port of the plugin.
 */
import {
  ArtifactFolder,
  answered,
  buildDev,
  buildRelease,
  type Checked,
  check,
  chooseToolchain,
  codeVersion,
  HostError,
  type InterfaceModel,
  internalError,
  libspyBytes,
  nodeWorld,
  ParsedFiles,
  placeSpan,
  posixPath,
  printDts,
  printFacade,
  readRuntimeSources,
  rememberReads,
  renderWarning,
  SpyError,
  type Toolchain,
  type Warning,
  type World,
  withInlineMap,
} from '../../compiler/node.ts'
import type { ResolvedOptions } from '../options.ts'
import type {
  Attempt,
  CompiledProgram,
  CompileRequest,
  Compiler,
  EntryInterface,
  Interfaces,
  Outcome,
} from './compiler-port.ts'
import { Practice } from './practice.ts'
import { contentHash } from './wasm-file.ts'

/** Builds that run in this process, whoever asked for them: they share a toolchain. */
let building = 0

export function createCompiler(options: ResolvedOptions): Compiler {
  const store = options.keepCache ? new ArtifactFolder(options.cacheDir) : undefined
  const { errors, blueSteps } = options
  const common = {
    path: options.path,
    errors: errors === 'eager' ? 'eager' : 'lazy',
    ...(blueSteps !== undefined && { blueSteps }),
  } as const
  const root = posixPath(options.root)
  const { gc } = options
  const parsed = new ParsedFiles()
  const practice = options.isServed ? new Practice() : undefined
  let toolchain: Promise<Toolchain> | undefined

  /** Looking for it takes a while, and so does its start: others can work meanwhile. */
  const findToolchain = (): Promise<Toolchain> => {
    if (toolchain === undefined) {
      toolchain = chooseToolchain(options.toolchain)
      toolchain.then(
        (found) => found.warm(),
        () => {
          toolchain = undefined // told by the build that needs it; it may be installed until the next
        },
      )
    }
    return toolchain
  }

  return {
    async describe({ entries, engine }) {
      if (engine === 'c') findToolchain().catch(() => {})
      return observe(parsed, async (world) => {
        const about = ['describe', entries, engine, common, errors]
        const ask = async (world: World) =>
          described(entries, check({ entries, ...common }, world, engine === 'c' ? 'release' : 'debug'))
        // While somebody edits, answers are old at once.
        return interfacesOf(await (engine === 'c' ? kept(about, world, ask) : ask(world)))
      })
    },

    async compile(request) {
      return observe(parsed, (world) =>
        request.engine === 'jit' ? compileJit(request, world) : compileC(request, world),
      )
    },

    libspy: async () => libspyBytes(),

    async dispose() {
      practice?.stop()
      if (building === 0) (await toolchain?.catch(() => undefined))?.dispose()
    },
  }

  async function compileJit({ entries }: CompileRequest, world: World): Promise<CompiledProgram> {
    practice?.stop()
    const build = (world: World) => buildDev({ entries, ...common, gc }, world, { audience: 'facades', root })
    const built = build(world)
    practice?.begin(() => build({ ...nodeWorld(), parsed }))
    return {
      interfaces: interfacesOf(described(entries, built)),
      wasm: built.wasm,
      sourceMap: options.sourcemap ? (folder) => built.sourceMap(folder) : undefined,
      hash: built.hash,
      version: built.version,
    }
  }

  async function compileC({ entries }: CompileRequest, world: World): Promise<CompiledProgram> {
    building++
    try {
      const tools = {
        toolchain: await findToolchain(),
        runtime: readRuntimeSources(),
        ...(store !== undefined && { store }),
      }
      const request = { entries, ...common, gc }
      const settings = {
        mode: 'release',
        audience: 'facades',
        root,
        build: {
          profile: options.optimize === 'size' ? 'size' : 'release',
          ...(options.sourcemap && { debugInfo: true }),
        },
      } as const
      const about = [
        'compile',
        request,
        errors,
        settings,
        tools.toolchain.name,
        tools.toolchain.version,
        [...tools.runtime],
      ]
      const built = await kept(about, world, async (world) => {
        const built = await buildRelease(request, world, tools, settings)
        const bytes = options.sourcemap ? withInlineMap(built, root, world.library) : built.wasm
        return { ...described(entries, built), wasm: Buffer.from(bytes).toString('base64') }
      })
      const wasm = new Uint8Array(Buffer.from(built.wasm, 'base64'))
      return {
        interfaces: interfacesOf(built),
        wasm,
        sourceMap: undefined,
        hash: contentHash(wasm),
        version: '',
      }
    } finally {
      building--
    }
  }

  /** Who is lazy has said that errors which are put off are nothing to tell. */
  function described(entries: readonly string[], { interfaces, warnings }: Pick<Checked, 'interfaces' | 'warnings'>) {
    const told = warnings.filter(({ traceback }) => traceback === undefined || errors === 'warn')
    return describedBy(entries, { interfaces, warnings: told })
  }

  /** The answer of an earlier process, if it still is right. */
  function kept<T>(about: readonly unknown[], world: World, ask: (world: World) => Promise<T>): Promise<T> {
    if (store === undefined) return ask(world)
    const question = [codeVersion(), JSON.stringify(about)]
    return answered({ store, host: world.host }, question, (host) => ask({ ...world, host }))
  }
}

/** Compile, and remember what was read. Errors are answers. */
async function observe<T>(parsed: ParsedFiles, work: (world: World) => Promise<T>): Promise<Outcome<T>> {
  const world = nodeWorld()
  const reads = rememberReads(world.host, world.library)
  const outcome = (result: Attempt<T>): Outcome<T> => {
    // Packages are looked for in every folder up to the root of the disk. Nobody watches those: after an installation,
    // people start again.
    return { inputs: reads.inputs, missing: reads.missing.filter((path) => path.endsWith('.spy')), result }
  }
  try {
    return outcome({ ok: true, value: await work({ ...world, parsed, host: reads.host }) })
  } catch (error) {
    // Mistakes of ours are told as others are: another edit may get around them.
    const told = error instanceof SpyError || error instanceof HostError ? error : internalError(error)
    return outcome({ ok: false, error: told })
  }
}

/** What is known of the entries of a program, as data that can be kept. */
interface Described {
  readonly models: readonly (readonly [entry: string, model: InterfaceModel])[]
  /** Formatted, by entry. */
  readonly warnings: readonly (readonly [entry: string, texts: readonly string[]])[]
}

function describedBy(
  entries: readonly string[],
  program: { readonly interfaces: ReadonlyMap<string, InterfaceModel>; readonly warnings: readonly Warning[] },
): Described {
  const texts = new Map<string, string[]>(entries.map((entry) => [entry, []]))
  for (const warning of program.warnings) {
    const [place] = warning.diagnostic.annotations
    const file = place === undefined ? '' : placeSpan(place.span).file
    // A module that no JavaScript imports belongs to whoever is first.
    const owner = texts.get(file) ?? texts.get(entries[0] ?? '')
    owner?.push(renderWarning(warning).trimEnd())
  }
  return { models: [...program.interfaces], warnings: [...texts] }
}

function interfacesOf({ models, warnings }: Described): Interfaces {
  const texts = new Map(warnings)
  return new Map(models.map(([entry, model]) => [entry, entryInterface(model, texts.get(entry) ?? [])]))
}

function entryInterface(model: InterfaceModel, warnings: readonly string[]): EntryInterface {
  return {
    facade: ({ kind, runtime, program }) => printFacade(model, { kind, runtimeId: runtime, programId: program }),
    get signatures() {
      return signatures(model)
    },
    declarations(source, mapFile) {
      const { code, map } = printDts(model, { source, mapFile })
      return { code, map: JSON.stringify(map) }
    },
    warnings,
  }
}

/** Types as texts that are equal only if values are converted in the same way. */
function signatures({ functions, variables, constants, classes }: InterfaceModel): ReadonlyMap<string, string> {
  const named = [
    ...functions.map(({ name, params, result }) => ({ name, type: [params, result] })),
    ...[...variables, ...constants, ...classes].map(({ name, type }) => ({ name, type })),
  ]
  return new Map(
    named
      .filter(({ name }) => !name.startsWith('_'))
      .map(({ name, type }) => [name, contentHash(JSON.stringify(type)).slice(0, 12)]),
  )
}
