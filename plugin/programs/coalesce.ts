/**
 * Work that many ask for at once and that one run can answer for all of them.
 */

/**
 * @param work  its answer must hold for everything that was asked for before it began
 * @returns asks for an answer. Whoever asks while nothing runs, or before the run has begun, shares it; whoever asks
 *          later gets one that begins afterwards. Runs never overlap.
 */
export function coalesce<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve()
  let next: Promise<T> | undefined
  return () => {
    next ??= begin()
    return next
  }

  async function begin(): Promise<T> {
    await running
    // Bundlers ask for sibling modules in one burst: let the burst arrive.
    await new Promise((resolve) => setImmediate(resolve))
    const current = work()
    next = undefined
    running = current.catch(() => {})
    return current
  }
}
