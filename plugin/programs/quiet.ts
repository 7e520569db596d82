/**
 * When are all `.spy` files known that a bundle imports? When nothing is under way but our own modules that wait for
 * the answer: every module of the graph is parsed, and every module that a parsed one imports is in the graph.
 */

/** The module graph of Rollup and its kin. */
export interface GraphView {
  moduleIds(): Iterable<string>
  /** What a module imports, statically or not; undefined if the graph does not know the module. */
  imports(id: string): readonly string[] | undefined
  /** Whether a module that is not parsed never will be, because it stays outside of the bundle. */
  isExternal(id: string): boolean | Promise<boolean>
}

/** Milliseconds. */
const STALLED_AFTER = 1000

export class QuietGraph {
  readonly #parsed = new Set<string>()
  readonly #stalledAfter: number
  #events = 0
  #lastEvent = Date.now()
  #wake: (() => void)[] = []

  constructor(stalledAfter = STALLED_AFTER) {
    this.#stalledAfter = stalledAfter
  }

  /** The host has parsed a module, and knows what it imports. */
  parsed(id: string): void {
    this.#parsed.add(id)
    this.touched()
  }

  /** Something else has happened in the graph. */
  touched(): void {
    this.#events++
    this.#lastEvent = Date.now()
    for (const wake of this.#wake.splice(0)) wake()
  }

  /**
   * @param roots      ids of the entry modules of the bundle
   * @param isWaiting  modules that are not parsed because they wait for this
   * @returns `stalled` when nothing has happened for a while although modules are missing: one of them has failed, and
   *          the host tells so only after all others are done, or another plugin takes very long
   */
  async wait(
    view: GraphView,
    roots: Promise<readonly string[]>,
    isWaiting: (id: string) => boolean,
  ): Promise<'quiet' | 'stalled'> {
    const known = await roots
    const isQuiet = async () => {
      for (const id of this.#unparsed(view, known)) if (!isWaiting(id) && !(await view.isExternal(id))) return false
      return true
    }
    for (;;) {
      const before = this.#events
      if (await isQuiet()) {
        // Plugins that react to a parsed module get the chance to add another one.
        await new Promise((resolve) => setImmediate(resolve))
        if (this.#events === before) return 'quiet'
        continue
      }
      if (this.#events !== before) continue
      const patience = this.#lastEvent + this.#stalledAfter - Date.now()
      if (patience <= 0) return 'stalled'
      await this.#event(patience)
    }
  }

  #unparsed(view: GraphView, roots: readonly string[]): Set<string> {
    const imported = [...this.#parsed].flatMap((id) => view.imports(id) ?? [])
    return new Set([...roots, ...view.moduleIds(), ...imported].filter((id) => !this.#parsed.has(id)))
  }

  #event(patience: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, patience)
      this.#wake.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }
}
