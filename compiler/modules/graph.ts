/**
 * All modules of a program, found before any of them runs.
 *
 * Imports are static, so the whole graph is read, parsed and analysed first: a syntax error anywhere is reported before a
 * line of code has run. A module that is missing is no error yet; it becomes one when its turn to be imported comes.
 *
 *     app imports ui, net; ui imports colors, fonts; net imports ui, http
 *     found:  app ui net colors fonts http        breadth first
 *     order:  colors fonts ui http net app        dependencies first
 */
import type { Import, ModuleNode } from '../syntax/ast.ts'
import type { AnalyzedScopes, BuiltinNames } from '../syntax/scope.ts'
import { type Diagnostic, invariant, SpyError } from '../text/diagnostics.ts'
import { decodeSource, type Host, SourceFile } from '../text/source.ts'
import { entryDoesNotExist, hidesLibraryModule, moduleNotFound, notUtf8 } from './graph/diagnostics.ts'
import { ModuleNames } from './graph/names.ts'
import { ParsedFiles } from './graph/parsed-files.ts'
import { ModuleResolver, type Resolution, type SearchPath } from './resolve.ts'

export { attributeNotFound, circularImport } from './graph/diagnostics.ts'
export { ParsedFiles } from './graph/parsed-files.ts'
export type { SearchPath } from './resolve.ts'

export type GraphModule = SourceModule | NativeModule | MissingModule

/** A module that is a file. */
export interface SourceModule {
  readonly kind: 'source'
  /** First part of FQNs; unique in the program. */
  readonly name: string
  /** Its identity: the real path. */
  readonly path: string
  readonly isLibrary: boolean
  readonly file: SourceFile
  readonly tree: ModuleNode
  readonly scopes: AnalyzedScopes
  /** What each module name means that occurs in imports or is needed by syntax, as it is written there. */
  readonly imports: ReadonlyMap<string, GraphModule>
  /** What must be imported before, without repetitions: what syntax needs, then imports in the order of the text. */
  readonly dependencies: readonly GraphModule[]
}

/** A module that exists without a file. */
export interface NativeModule {
  readonly kind: 'native'
  readonly name: string
}

export interface MissingModule {
  readonly kind: 'missing'
  readonly name: string
  /** To be raised when its turn comes. */
  readonly error: Diagnostic
}

/** A module whose imports are being looked up. */
interface OpenModule extends SourceModule {
  readonly imports: Map<string, GraphModule>
  readonly dependencies: GraphModule[]
}

/**
 * Find all modules of a program.
 *
 * @param entry  path of the file that the program starts with
 * @throws SpyError if the entry does not exist, or if any file is not UTF-8, does not parse or declares wrongly; the
 *   errors of all files are in it
 */
export function discoverModules(entry: string, host: Host, builtins: BuiltinNames, search: SearchPath): ModuleGraph {
  const graph = new ModuleGraph(host, builtins, search)
  graph.addEntry(entry)
  return graph
}

export class ModuleGraph {
  readonly #host: Host
  readonly #builtins: BuiltinNames
  readonly #resolver: ModuleResolver
  readonly #names: ModuleNames
  readonly #parsed: ParsedFiles
  readonly search: SearchPath

  readonly #entries: SourceModule[] = []
  /** By identity, in the order in which they were found. */
  readonly #modules = new Map<string, GraphModule>()
  readonly #watched = new Set<string>()
  readonly #warnings: Diagnostic[] = []
  readonly #queue: OpenModule[] = []
  /** Of files that cannot be understood, in the order in which they were found. */
  readonly #errors: SpyError[] = []

  /** @param parsed  what other graphs have parsed, and may share */
  constructor(host: Host, builtins: BuiltinNames, search: SearchPath, parsed = new ParsedFiles()) {
    this.#host = host
    this.#builtins = builtins
    this.search = search
    this.#parsed = parsed
    this.#resolver = new ModuleResolver(host, builtins.modules, search)
    this.#names = new ModuleNames((name) => this.#resolver.isReserved(name))
  }

  /** The files that the program starts with. */
  get entries(): readonly SourceModule[] {
    return this.#entries
  }

  /** In the order in which they were found. */
  get modules(): readonly GraphModule[] {
    return [...this.#modules.values()]
  }

  /** All modules, dependencies first; missing ones are listed too. */
  get order(): readonly GraphModule[] {
    return importOrder(this.#entries)
  }

  /** Files whose change, creation or removal may change the program. */
  get watchFiles(): readonly string[] {
    return [...this.#watched]
  }

  get warnings(): readonly Diagnostic[] {
    return this.#warnings
  }

  /** The source module with this path, if it is part of the program. */
  byPath(path: string): SourceModule | undefined {
    const module = this.#modules.get(this.#host.realPath(path))
    return module?.kind === 'source' ? module : undefined
  }

  /** Start the program with one more file. Modules that it shares with earlier ones are the same modules. */
  addEntry(path: string): SourceModule {
    const content = this.#host.read(path)
    if (content === undefined) throw new SpyError(entryDoesNotExist(path))
    const module = this.#file(path, content, this.#resolver.isInLibrary(path))
    this.#drain()
    invariant(module.kind === 'source', 'an entry that is no module ends with its error')
    if (!this.#entries.includes(module)) this.#entries.push(module)
    return module
  }

  /**
   * Add a module of the library that is needed only now, and what it needs.
   *
   * @returns the module; what has to be imported before it is `importOrder([module])`
   */
  addLibraryModule(name: string): GraphModule {
    const module = this.#found(name, this.#resolver.resolveImplicit(name), undefined)
    this.#drain()
    return module
  }

  #drain(): void {
    for (let module = this.#queue.shift(); module !== undefined; module = this.#queue.shift()) this.#link(module)
    const [first, ...others] = this.#errors
    if (first === undefined) return
    const more = others.flatMap((error) => [error.diagnostic, ...error.more])
    throw new SpyError(first.diagnostic, [], [...first.more, ...more])
  }

  #link(module: OpenModule): void {
    for (const name of module.scopes.implicitImports) {
      if (name === 'builtins') continue
      this.#connect(module, name, this.#found(name, this.#resolver.resolveImplicit(name), undefined))
    }
    for (const decl of module.tree.decls) {
      if (decl.kind !== 'Import' || module.imports.has(decl.ref.module)) continue
      const resolution = this.#resolver.resolve(decl.ref.module, module.path)
      this.#connect(module, decl.ref.module, this.#found(decl.ref.module, resolution, decl))
    }
  }

  #connect(module: OpenModule, name: string, target: GraphModule): void {
    module.imports.set(name, target)
    const isBuiltins = target.kind === 'native' && target.name === 'builtins'
    if (!isBuiltins && !module.dependencies.includes(target)) module.dependencies.push(target)
  }

  #found(name: string, resolution: Resolution, by: Import | undefined): GraphModule {
    switch (resolution.kind) {
      case 'native':
        return this.#remember(`native:${resolution.name}`, { kind: 'native', name: resolution.name })
      case 'missing': {
        this.#watch(resolution.tried)
        const error = moduleNotFound(name, resolution.reason, resolution.tried, by)
        return this.#remember(`missing:${name}:${resolution.tried.join(':')}`, { kind: 'missing', name, error })
      }
      case 'file':
        this.#watch(resolution.tried)
        if (resolution.hides !== undefined && by !== undefined) this.#warnHiding(name, resolution.path, by)
        return this.#file(resolution.path, resolution.content, resolution.isLibrary)
    }
  }

  /** One module is one object, whoever found it first. */
  #remember(key: string, module: GraphModule): GraphModule {
    const known = this.#modules.get(key)
    if (known !== undefined) return known
    this.#modules.set(key, module)
    return module
  }

  readonly #hiders = new Set<string>()

  #warnHiding(name: string, path: string, by: Import): void {
    if (this.#hiders.has(path)) return
    this.#hiders.add(path)
    this.#warnings.push(hidesLibraryModule(name, by))
  }

  #watch(paths: readonly string[]): void {
    for (const path of paths) this.#watched.add(path)
  }

  #file(path: string, content: string | Uint8Array, isLibrary: boolean): GraphModule {
    const realPath = this.#host.realPath(path)
    const known = this.#modules.get(realPath)
    if (known !== undefined) return known
    this.#watch([realPath])
    const name = this.#names.nameFor(realPath, isLibrary)
    const module = this.#understood(realPath, content, isLibrary, name)
    this.#modules.set(realPath, module)
    if (module.kind === 'source') this.#queue.push(module)
    return module
  }

  /** A file that is wrong does not hide what is wrong with others: its error waits until all have been read. */
  #understood(
    path: string,
    content: string | Uint8Array,
    isLibrary: boolean,
    name: string,
  ): OpenModule | MissingModule {
    try {
      const parsed = this.#parsed.parse(this.#decode(path, content, isLibrary), name, this.#builtins)
      this.#warnings.push(...parsed.scopes.warnings)
      const { file, tree, scopes } = parsed
      return { kind: 'source', name, path, isLibrary, file, tree, scopes, imports: new Map(), dependencies: [] }
    } catch (error) {
      if (!(error instanceof SpyError)) throw error
      this.#errors.push(error)
      return { kind: 'missing', name, error: error.diagnostic }
    }
  }

  #decode(path: string, content: string | Uint8Array, isLibrary: boolean): SourceFile {
    const decoded = decodeSource(path, content, { isLibrary })
    if (decoded instanceof SourceFile) return decoded
    invariant(typeof content !== 'string', 'a text is always decodable')
    throw new SpyError(notUtf8(path, content, decoded.badByteAt))
  }
}

/** Everything that is reachable from `roots`, each module once, behind what it depends on. */
export function importOrder(roots: readonly GraphModule[]): readonly GraphModule[] {
  const seen = new Set<GraphModule>()
  const order: GraphModule[] = []
  function visit(module: GraphModule): void {
    if (seen.has(module)) return
    seen.add(module)
    if (module.kind === 'source') for (const dependency of module.dependencies) visit(dependency)
    order.push(module)
  }
  for (const root of roots) visit(root)
  return order
}
