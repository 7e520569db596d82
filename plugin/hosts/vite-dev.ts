/**
 * One environment of a Vite dev server: a page, a server, a test runner.
 *
 * Correct without the hook for hot updates, which Vite does not call in all of its modes: modules accept themselves, and
 * watched files are part of the module graph. The hook spares work: it compiles once, keeps what has not changed, and
 * leaves what runs alone while something does not compile.
 */
import type { DevEnvironment, EnvironmentModuleNode, HotPayload } from 'vite'
import type { ServedBytes } from '../dev-server.ts'
import { acceptFacade, devProgramModule, devSupportModule, servedUrl, urlModule } from '../facades.ts'
import { planUpdate } from '../hmr.ts'
import { parseSpyId, parseVirtual, requestKind, stem, virtualId, virtualSpecifier } from '../ids.ts'
import type { ResolvedOptions } from '../options.ts'
import { overlayPayload, overlayText, viteError } from '../overlay.ts'
import {
  type Compiler,
  DevProgram,
  DevPrograms,
  type DevVersion,
  type EntryInterface,
  type Interfaces,
} from '../programs.ts'
import { entryPath, RUNTIME } from './wiring.ts'

export interface DevTarget {
  readonly environment: DevEnvironment
  readonly options: ResolvedOptions
  readonly compiler: Compiler
  readonly bytes: ServedBytes
  /** Watch a file that need not exist. */
  readonly watch: (path: string) => void
  /** Called with the interfaces of each version. */
  readonly described: (interfaces: Interfaces) => void
}

export interface LoadedModule {
  readonly code: string
  readonly map: { readonly mappings: '' }
  readonly moduleType: 'js'
}

/** Of the hook that loads a module. */
export interface LoadContext {
  addWatchFile(path: string): void
  warn(message: string): void
}

export class ViteDev {
  readonly #target: DevTarget
  readonly #programs: DevPrograms

  constructor(target: DevTarget) {
    this.#target = target
    const { environment, options, compiler } = target
    const isLive = (entry: string) =>
      [...(environment.moduleGraph.getModulesByFile(entry) ?? [])].some(({ importers }) => importers.size > 0)
    this.#programs = new DevPrograms(
      { split: options.split, entries: options.entries.map(entryPath) },
      (key) => new DevProgram(key, compiler, isLive),
    )
    environment.hot.on('vite:client:connect', (_data, client) => {
      for (const { known } of this.#programs) {
        const broken = known?.current.result
        // Without a version that runs, the page has already been told why it does not.
        if (broken?.ok === false && known?.lastGood !== undefined)
          showError((payload) => client.send(payload), broken.error)
      }
    })
  }

  async load(context: LoadContext, id: string): Promise<LoadedModule | undefined> {
    const code = await this.#code(context, id)
    return code === undefined ? undefined : { code, map: { mappings: '' }, moduleType: 'js' }
  }

  async #code(context: LoadContext, id: string): Promise<string | undefined> {
    const virtual = parseVirtual(id)
    if (virtual?.kind === 'dev') return devSupportModule(await this.#target.compiler.libspy())
    if (virtual !== undefined) return this.#programCode(context, this.#programs.ofKey(virtual.program))
    const request = parseSpyId(id)
    if (request === undefined) return undefined
    switch (requestKind(request)) {
      case 'facade':
        return this.#facadeCode(context, entryPath(request.path))
      case 'url': {
        const version = await this.#version(context, this.#programs.ofEntry(entryPath(request.path)))
        return urlModule(servedUrl(this.#target.bytes.add(version.program)))
      }
      case 'raw':
      case 'host':
        return undefined // Vite has an answer
    }
  }

  async #facadeCode(context: LoadContext, path: string): Promise<string> {
    const program = this.#programs.ofEntry(path)
    const version = await this.#version(context, program, path)
    const described = version.program.interfaces.get(path) as EntryInterface
    for (const warning of described.warnings) context.warn(warning)
    this.#renewProgram(program, version)
    const specifier = virtualSpecifier({ kind: 'program', program: program.key })
    const code = described.facade({ kind: 'dev', runtime: RUNTIME, program: specifier })
    return code + acceptFacade(stem(path), described.signatures)
  }

  /**
   * A page that has an older version of the program imports a facade that needs this one: from the time stamp that the
   * invalid module gets, the page knows that it has to load the program again.
   */
  #renewProgram(program: DevProgram, version: DevVersion): void {
    if (program.handedOut === undefined || program.handedOut === version.hash) return
    const node = this.#programNode(program)
    if (node !== undefined) this.#invalidate(node)
  }

  async #programCode(context: LoadContext, program: DevProgram): Promise<string> {
    const { program: compiled, hash, generation } = await this.#version(context, program)
    program.handedOut = hash
    const { environment, options, bytes } = this.#target
    const path = bytes.add(compiled)
    return devProgramModule({
      runtime: RUNTIME,
      support: virtualSpecifier({ kind: 'dev' }),
      wasm: compiled.wasm,
      sourceMap: compiled.sourceMap === undefined ? undefined : `${path}.map`,
      version: compiled.version,
      hash,
      generation,
      session: `unplugin-spy ${environment.name} ${options.root} ${program.key}`,
    })
  }

  /**
   * The program as the files are now. Where it does not compile, a page gets the last one that did, under the overlay;
   * everybody else, and who needs an entry that was not in it, gets the error.
   */
  async #version(context: LoadContext, program: DevProgram, entry?: string): Promise<DevVersion> {
    const { current, lastGood } = await program.state()
    // A watched file becomes part of the module graph. Entries are there already, as facades, and import the program:
    // if the program watched them, Vite would see a circle and reload pages.
    const entries = new Set(this.#target.environment.config.isBundled ? [] : program.entries)
    for (const path of current.inputs) if (!entries.has(path)) context.addWatchFile(path)
    for (const path of current.missing) this.#target.watch(path) // Vite could not import what does not exist
    if (!current.result.ok) {
      const serves = lastGood !== undefined && (entry === undefined || lastGood.program.interfaces.has(entry))
      if (serves && this.#hasOverlay()) return lastGood
      throw viteError(current.result.error)
    }
    this.#target.described(current.result.value.program.interfaces)
    return current.result.value
  }

  /** @returns whether it concerns a program of this environment */
  fileChanged(file: string): boolean {
    const path = entryPath(file)
    const concerned = [...this.#programs].filter((program) => program.dependsOn(path))
    for (const program of concerned) program.touch()
    if (concerned.length > 0 && this.#target.environment.config.server.hmr === false) {
      // Nobody asks for hot updates. Modules must not be taken from the cache when they are imported again.
      for (const node of concerned.flatMap((program) => this.#nodes(program))) this.#invalidate(node)
    }
    return concerned.length > 0
  }

  /** @returns the modules to update instead of `modules`, or undefined if the change is none of our business */
  async hotUpdate(
    file: string,
    modules: readonly EnvironmentModuleNode[],
  ): Promise<EnvironmentModuleNode[] | undefined> {
    const path = entryPath(file)
    const concerned = [...this.#programs].filter((program) => program.dependsOn(path))
    if (concerned.length === 0) return undefined
    const updated = new Set(modules.filter((node) => !this.#isOurs(node)))
    for (const program of concerned) for (const node of await this.#update(program)) updated.add(node)
    return [...updated]
  }

  async #update(program: DevProgram): Promise<EnvironmentModuleNode[]> {
    const before = program.known
    program.touch()
    const after = await program.state()
    const plan = planUpdate(before, after)
    const send = (payload: HotPayload) => this.#target.environment.hot.send(payload)
    switch (plan.kind) {
      case 'none':
        return []
      case 'recovered':
        clearError(send)
        return []
      case 'broken': {
        if (before?.lastGood === undefined) return this.#reload(program)
        this.#target.environment.logger.error(overlayText(plan.error), { timestamp: true, error: plan.error })
        showError(send, plan.error)
        return []
      }
      case 'install': {
        this.#target.described(plan.version.program.interfaces)
        if (before?.lastGood === undefined) return this.#reload(program)
        const entries = new Set(plan.entries)
        return this.#nodes(program).filter((node) => {
          const request = parseSpyId(node.id ?? '')
          return request === undefined || requestKind(request) !== 'facade' || entries.has(entryPath(request.path))
        })
      }
    }
  }

  /** What imports the program has failed to load. Vite has no node to begin with that it would reload a page for. */
  #reload(program: DevProgram): [] {
    for (const node of this.#nodes(program)) this.#invalidate(node)
    this.#target.environment.hot.send({ type: 'full-reload', path: '*' })
    return []
  }

  /** Whether errors can be shown over what runs. */
  #hasOverlay(): boolean {
    const { consumer, server } = this.#target.environment.config
    return consumer === 'client' && server.hmr !== false
  }

  /** The modules that were made from a program: the one that starts it, facades, URLs. */
  #nodes(program: DevProgram): EnvironmentModuleNode[] {
    const { moduleGraph } = this.#target.environment
    const node = this.#programNode(program)
    const ofEntries = program.entries.flatMap((entry) => [...(moduleGraph.getModulesByFile(entry) ?? [])])
    return [...(node === undefined ? [] : [node]), ...ofEntries.filter((each) => this.#isOurs(each))]
  }

  #programNode(program: DevProgram): EnvironmentModuleNode | undefined {
    return this.#target.environment.moduleGraph.getModuleById(virtualId({ kind: 'program', program: program.key }))
  }

  /** Whether a module was made from a program; the source text of a file, for example, was not. */
  #isOurs({ id, type }: EnvironmentModuleNode): boolean {
    if (id === null) return true // stands for a watched file
    if (parseVirtual(id) !== undefined) return true
    const request = parseSpyId(id)
    if (request === undefined || type === 'asset') return false
    const kind = requestKind(request)
    return kind === 'facade' || kind === 'url'
  }

  #invalidate(node: EnvironmentModuleNode): void {
    this.#target.environment.moduleGraph.invalidateModule(node, new Set(), Date.now(), true)
  }
}

type Send = (payload: HotPayload) => void

/**
 * An update, even of nothing, tells the client of the page that the page as such is in order. Without one it would take
 * the overlay for a page that failed to load, and reload it after the error is fixed.
 */
function showError(send: Send, error: Error): void {
  clearError(send)
  send(overlayPayload(error))
}

/** Each update removes the overlay. */
function clearError(send: Send): void {
  send({ type: 'update', updates: [] })
}
