/** A smaller program with the same trouble: lines are left out, blocks are replaced by what is in them. */
import type { Line } from './text.ts'

/**
 * @param fails  whether a program still shows the trouble
 * @param patience  how many programs may be tried, for how long
 */
export async function shrink(
  program: readonly Line[],
  fails: (program: readonly Line[]) => Promise<boolean>,
  patience = { tries: 400, milliseconds: 120_000 },
): Promise<readonly Line[]> {
  let smallest = program
  let tries = 0
  const end = performance.now() + patience.milliseconds
  for (let progress = true; progress; ) {
    progress = false
    for (const candidate of smaller(smallest)) {
      if (tries++ >= patience.tries || performance.now() > end) return smallest
      if (await fails(candidate)) {
        smallest = candidate
        progress = true
        break
      }
    }
  }
  return smallest
}

/** The last lines first: nothing depends on them. */
function* smaller(lines: readonly Line[]): Iterable<readonly Line[]> {
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i] as Line
    const around = (...instead: readonly Line[]) => [...lines.slice(0, i), ...instead, ...lines.slice(i + 1)]
    yield around()
    if (line.body === undefined) continue
    if (!line.text.spy.startsWith('def')) yield around(...line.body)
    for (const body of smaller(line.body)) yield around({ ...line, body })
  }
}
