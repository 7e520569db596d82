/**
 * Names of modules: the first part of FQNs. A module is its file; its name is for people, and for messages.
 */
import { folderOf, stemOf } from '../resolve.ts'

export class ModuleNames {
  readonly #taken = new Set<string>()
  readonly #isReserved: (name: string) => boolean

  /** @param isReserved  whether a name belongs to a native module or to the library, present or not */
  constructor(isReserved: (name: string) => boolean) {
    this.#isReserved = isReserved
  }

  /**
   * The stem of the file; if that is taken, with as few folder names before it as make it unique: `b.util`.
   */
  nameFor(path: string, isLibrary: boolean): string {
    const name = this.#firstFree(path, isLibrary)
    this.#taken.add(name)
    return name
  }

  #firstFree(path: string, isLibrary: boolean): string {
    let name = toIdentifier(stemOf(path))
    // The library keeps its names: programs and the compiler refer to them.
    if (isLibrary && !this.#taken.has(name)) return name
    for (let folder = folderOf(path); this.#isTaken(name) && folder !== ''; folder = folderOf(folder)) {
      name = `${toIdentifier(folder.slice(folder.lastIndexOf('/') + 1))}.${name}`
    }
    const base = name
    for (let count = 2; this.#isTaken(name); count++) name = `${base}_${count}`
    return name
  }

  #isTaken(name: string): boolean {
    return this.#taken.has(name) || this.#isReserved(name)
  }
}

/** Characters that an identifier cannot have become `_`. */
function toIdentifier(text: string): string {
  const name = text.replace(/[^\p{XID_Continue}_]/gu, '_')
  return /^[\p{XID_Start}_]/u.test(name) ? name : `_${name}`
}
