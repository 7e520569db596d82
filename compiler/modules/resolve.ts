/**
 * Where a module is: from a name in an import to a file.
 *
 * The first hit wins: native modules, the folder of the importing file, the folders of the option `path`, npm packages,
 * the standard library. Relative imports name files and never search. What syntax needs by itself, and the library's
 * names that start with `_`, come from the library only, so that no file of a project can get in their way.
 */
import type { Host } from '../text/source.ts'
import { findInPackages } from './resolve/packages.ts'
import { folderOf, joinPath } from './resolve/paths.ts'

export { folderOf, joinPath, stemOf } from './resolve/paths.ts'

export interface SearchPath {
  /** Folders of the standard library. */
  readonly library: readonly string[]
  /** Folders that are searched behind that of the importing file. */
  readonly path: readonly string[]
}

export type Resolution =
  | { readonly kind: 'native'; readonly name: string }
  | FileResolution
  | { readonly kind: 'missing'; readonly reason: 'absent' | 'python'; readonly tried: readonly string[] }

export interface FileResolution {
  readonly kind: 'file'
  readonly path: string
  readonly content: string | Uint8Array
  /** Files that would have been taken instead if they existed. */
  readonly tried: readonly string[]
  /** A file of the library that this one hides. */
  readonly hides: string | undefined
  readonly isLibrary: boolean
}

export class ModuleResolver {
  readonly #host: Host
  readonly #natives: ReadonlySet<string>
  readonly #search: SearchPath

  constructor(host: Host, natives: ReadonlySet<string>, search: SearchPath) {
    this.#host = host
    this.#natives = natives
    this.#search = search
  }

  /**
   * @param module  as it is written: `m`, `a.b`, or with leading dots
   * @param importer  path of the importing file
   */
  resolve(module: string, importer: string): Resolution {
    if (module.startsWith('.')) return this.#resolveRelative(module, importer)
    if (this.#natives.has(module)) return { kind: 'native', name: module }
    const inLibrary = this.#findInFolders(this.#search.library, module)
    const isPrivate = module.startsWith('_') && inLibrary.kind === 'file'
    if (isPrivate || this.isInLibrary(importer)) return asLibrary(inLibrary)
    const folders = [folderOf(importer), ...this.#search.path]
    const inProject = this.#findInFolders(folders, module)
    if (inProject.kind === 'file') return hiding(inProject, inLibrary)
    if (inProject.reason === 'python') return inProject
    const tried = [...inProject.tried]
    const inPackage = this.#findInPackages(module, importer, tried)
    if (inPackage !== undefined) return hiding(inPackage, inLibrary)
    if (inLibrary.kind === 'file') return { ...asLibrary(inLibrary), tried: [...tried, ...inLibrary.tried] }
    return { kind: 'missing', reason: inLibrary.reason, tried: [...tried, ...inLibrary.tried] }
  }

  /** A module that syntax needs, or that is loaded on demand: native, or of the library. */
  resolveImplicit(module: string): Resolution {
    if (this.#natives.has(module)) return { kind: 'native', name: module }
    return asLibrary(this.#findInFolders(this.#search.library, module))
  }

  isInLibrary(path: string): boolean {
    return this.#search.library.some((folder) => path.startsWith(`${folder}/`))
  }

  /** Whether a name means something without any file of the project. */
  isReserved(name: string): boolean {
    if (this.#natives.has(name)) return true
    return this.#findInFolders(this.#search.library, name).kind === 'file'
  }

  #resolveRelative(module: string, importer: string): Resolution {
    const name = module.replace(/^\.+/, '')
    const levels = module.length - name.length - 1
    const folder = joinPath(folderOf(importer), '../'.repeat(levels))
    const found = this.#findInFolders([folder], name)
    return this.isInLibrary(importer) ? asLibrary(found) : found
  }

  #findInFolders(folders: readonly string[], module: string): Exclude<Resolution, { kind: 'native' }> {
    const relative = module.replaceAll('.', '/')
    const tried: string[] = []
    for (const folder of folders) {
      const path = joinPath(folder, `${relative}.spy`)
      const content = this.#host.read(path)
      if (content !== undefined) return { kind: 'file', path, content, tried, hides: undefined, isLibrary: false }
      tried.push(path)
      // A Python file of that name was surely meant: going on would find something else, or nothing.
      const python = joinPath(folder, `${relative}.py`)
      if (this.#host.read(python) !== undefined) return { kind: 'missing', reason: 'python', tried }
    }
    return { kind: 'missing', reason: 'absent', tried }
  }

  #findInPackages(module: string, importer: string, tried: string[]): FileResolution | undefined {
    const hit = findInPackages(module, folderOf(importer), this.#host, tried)
    if (hit === undefined) return undefined
    const content = this.#host.read(hit.path)
    if (content === undefined) {
      tried.push(hit.path)
      return undefined
    }
    return { kind: 'file', path: hit.path, content, tried, hides: undefined, isLibrary: false }
  }
}

function asLibrary<R extends Resolution>(found: R): R {
  return found.kind === 'file' ? { ...found, isLibrary: true } : found
}

function hiding(found: FileResolution, inLibrary: Resolution): FileResolution {
  return inLibrary.kind === 'file' ? { ...found, hides: inLibrary.path } : found
}
