const SYLLABLES = ['ba', 'di', 'fu', 'go', 'ke', 'la', 'mi', 'no', 'pu', 're', 'sa', 'ti', 'vo', 'we', 'xi', 'zu']

export function run(n) {
  const counts = new Map()
  let seed = 20
  for (let i = 0; i < n; i++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0
    const dice = seed >>> 8
    const word = SYLLABLES[dice & 15] + SYLLABLES[(dice >> 4) & 15] + SYLLABLES[(dice >> 8) & 15]
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  let total = 0
  for (const [word, count] of counts) total += word.length * count * count
  return total
}
