export function run(n) {
  const counts = new Map()
  let seed = 20
  for (let i = 0; i < n; i++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0
    const key = (seed >>> 8) & 0x3fff
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  let total = 0
  for (const [key, count] of counts) total += key * count * count
  return total
}
