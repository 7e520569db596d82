/**
 * A dev server compiles while somebody waits, but seldom: without help the engine of JavaScript would see the compiler run
 * twenty times before it makes all of it fast, and that is an hour of somebody's edits. So what has been compiled is
 * compiled again, for nothing, in the moments in which nobody waits. It makes later compilations twice as fast.
 */

/** More bring little. */
const ROUNDS = 24
/** Milliseconds for which nobody must have asked for anything. */
const QUIET = 1000
/** Milliseconds between two rounds, for whatever else the process has to do. */
const PAUSE = 40

export class Practice {
  readonly #timing: { readonly quiet: number; readonly pause: number }
  #left = ROUNDS
  #timer: NodeJS.Timeout | undefined

  constructor(timing = { quiet: QUIET, pause: PAUSE }) {
    this.#timing = timing
  }

  /** Somebody has been answered. Rounds begin when nobody has come for a while. */
  begin(round: () => void): void {
    this.#schedule(round, this.#timing.quiet)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #schedule(round: () => void, wait: number): void {
    this.stop()
    if (this.#left === 0) return
    this.#timer = setTimeout(() => {
      this.#left--
      try {
        round()
      } catch {
        return // a file was changed that nobody has told of yet; who asks next hears of it
      }
      this.#schedule(round, this.#timing.pause)
    }, wait)
    this.#timer.unref()
  }
}
