/** What somebody may have meant who wrote something else. */

/** The words that are most like `word`, best first; none if all are quite different. */
export function similar(word: string, known: readonly string[]): readonly string[] {
  return known
    .map((each) => ({ each, distance: distance(word, each) }))
    .filter(({ each, distance: far }) => far <= Math.floor(Math.min(word.length, each.length) / 3))
    .sort((a, b) => a.distance - b.distance || (a.each < b.each ? -1 : 1))
    .map(({ each }) => each)
}

/** `Did you mean 'a'?`, after a space; empty without suggestions. */
export function didYouMean(words: readonly string[]): string {
  if (words.length === 0) return ''
  return ` Did you mean ${words
    .slice(0, 3)
    .map((word) => `'${word}'`)
    .join(' or ')}?`
}

/** How many letters have to be put in, left out, replaced, or swapped with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replaced)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1)
      }
      row.push(best)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}
