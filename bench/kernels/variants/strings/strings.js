export function run(n) {
  const items = []
  let seed = 20
  for (let i = 0; i < n; i++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0
    items.push(`item ${seed >>> 8}`)
  }
  items.sort()
  const text = items.join(', ')
  let sum = text.length
  for (let i = 0; i < text.length; i += 1000) sum += text.charCodeAt(i) * (i & 255)
  return sum
}
