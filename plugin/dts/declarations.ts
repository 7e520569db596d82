/**
 * Keeps the declarations of a project as they should be, or tells where they are not.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Compiler, EntryInterface } from '../programs.ts'
import {
  CONFIG_FILE,
  declarationFiles,
  declarationPath,
  fixedFiles,
  type Generated,
  isCurrent,
  presentFiles,
  removeGenerated,
  seemsCurrent,
  sourceOf,
  stampWritten,
  writeGenerated,
} from './mirror.ts'
import { findSources } from './sources.ts'

export interface Project {
  /** Absolute. */
  readonly root: string
  readonly compiler: Compiler
}

/** A source that does not compile, so that its declarations cannot be made. */
export interface BrokenSource {
  readonly source: string
  readonly error: Error
}

/** A generated file that is not what it should be. */
export interface StaleFile {
  readonly path: string
  readonly problem: 'missing' | 'outdated' | 'orphaned'
}

/**
 * Bring the whole tree up to date. Declarations of sources that do not compile stay as they were: a type checker that
 * knows the last good ones says more that is true than one that knows none.
 *
 * @returns what does not compile
 */
export async function writeDeclarations(project: Project): Promise<readonly BrokenSource[]> {
  const { sources, files, orphans, broken } = await wanted(project)
  for (const file of files) writeGenerated(file)
  for (const path of orphans) removeGenerated(path)
  stampWritten(project.root, sources)
  return broken
}

/** Tells what `writeDeclarations` would change, and changes nothing. */
export async function checkDeclarations(
  project: Project,
): Promise<{ readonly stale: readonly StaleFile[]; readonly broken: readonly BrokenSource[] }> {
  const { files, orphans, broken } = await wanted(project)
  const stale = files
    .filter((file) => !isCurrent(file))
    .map(({ path }): StaleFile => ({ path, problem: existsSync(path) ? 'outdated' : 'missing' }))
  return { stale: [...stale, ...orphans.map((path): StaleFile => ({ path, problem: 'orphaned' }))], broken }
}

interface Wanted {
  readonly sources: readonly string[]
  readonly files: readonly Generated[]
  readonly orphans: readonly string[]
  readonly broken: readonly BrokenSource[]
}

async function wanted({ root, compiler }: Project): Promise<Wanted> {
  const sources = findSources(root)
  const { described, broken } = await describeAll(sources, compiler)
  const known = new Set(sources)
  return {
    sources,
    files: [...fixedFiles(root), ...[...described].flatMap(([source, each]) => declarationFiles(root, source, each))],
    orphans: presentFiles(root).filter((path) => !known.has(sourceOf(root, path))),
    broken,
  }
}

/** All at once, which reads shared modules once; one by one if that fails, so that only the broken ones are left out. */
async function describeAll(
  sources: readonly string[],
  compiler: Compiler,
): Promise<{ described: ReadonlyMap<string, EntryInterface>; broken: readonly BrokenSource[] }> {
  if (sources.length === 0) return { described: new Map(), broken: [] }
  const { result } = await compiler.describe({ entries: sources, engine: 'jit' })
  if (result.ok) return { described: result.value, broken: [] }
  const described = new Map<string, EntryInterface>()
  const broken: BrokenSource[] = []
  for (const source of sources) {
    const { result } = await compiler.describe({ entries: [source], engine: 'jit' })
    const found = result.ok ? result.value.get(source) : undefined
    if (found !== undefined) described.set(source, found)
    if (!result.ok) broken.push({ source, error: result.error })
    // Many sources take long; others want to work meanwhile.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { described, broken }
}

/** The declarations beside a bundler at work. Nothing here may stop a build: a folder may be read-only. */
export class LiveDeclarations {
  readonly #project: Project
  readonly #warn: (message: string) => void
  #running: Promise<void> = Promise.resolve()
  /** Interfaces whose declarations have been written. */
  readonly #written = new WeakSet<EntryInterface>()
  /** Sources that have changed since their interfaces were known. */
  readonly #outdated = new Set<string>()

  constructor(project: Project, warn: (message: string) => void) {
    this.#project = project
    this.#warn = warn
  }

  /**
   * What TypeScript's configuration refers to has to be there before anybody reads it.
   *
   * @returns advice for a project that does not use it yet
   */
  prepare(): string | undefined {
    const { root } = this.#project
    const isNew = !existsSync(join(root, CONFIG_FILE))
    this.#attempt(() => {
      for (const file of fixedFiles(root)) writeGenerated(file)
    })
    if (!isNew || usesConfig(root)) return undefined
    return `TypeScript finds the types of .spy files when tsconfig.json has "extends": "./${CONFIG_FILE}"`
  }

  /**
   * All sources of the project, in the background, unless all of them are older than their declarations.
   *
   * @param delay  milliseconds to leave to those who have more urgent things to compile
   */
  scan(delay = 0): void {
    this.#inBackground(async () => {
      await pause(delay)
      const { root } = this.#project
      if (!seemsCurrent(root, findSources(root))) await writeDeclarations(this.#project)
    })
  }

  /**
   * A source has changed, or is new.
   *
   * @param delay  milliseconds to wait for somebody who compiles it anyway, and calls `update`
   */
  changed(source: string, delay = 0): void {
    this.#outdated.add(source)
    this.#inBackground(async () => {
      await pause(delay)
      if (!this.#outdated.delete(source)) return
      const { result } = await this.#project.compiler.describe({ entries: [source], engine: 'jit' })
      if (result.ok) this.update(result.value)
    })
  }

  #inBackground(work: () => Promise<void>): void {
    this.#running = this.#running.then(work).catch((error: Error) => this.#failed(error))
  }

  update(interfaces: ReadonlyMap<string, EntryInterface>): void {
    for (const [source, described] of interfaces) {
      this.#outdated.delete(source)
      if (this.#written.has(described)) continue
      this.#written.add(described)
      this.#attempt(() => {
        for (const file of declarationFiles(this.#project.root, source, described)) writeGenerated(file)
      })
    }
  }

  removed(source: string): void {
    const path = declarationPath(this.#project.root, source)
    if (path === undefined) return
    this.#attempt(() => {
      removeGenerated(path)
      removeGenerated(`${path}.map`)
    })
  }

  /** What `scan` has begun is done. */
  finished(): Promise<void> {
    return this.#running
  }

  #attempt(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#failed(error as Error)
    }
  }

  #failed(error: Error): void {
    this.#warn(`declarations of .spy files could not be written: ${error.message}`)
  }
}

async function pause(milliseconds: number): Promise<void> {
  if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds).unref())
}

/** Whether some configuration of TypeScript in the root mentions ours; without one, nobody asked for types. */
function usesConfig(root: string): boolean {
  const path = join(root, 'tsconfig.json')
  return !existsSync(path) || readFileSync(path, 'utf8').includes('tsconfig.spy.json')
}
