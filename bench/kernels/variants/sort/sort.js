export function run(n) {
  const numbers = new Float64Array(n)
  let seed = 20
  for (let i = 0; i < n; i++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0
    numbers[i] = seed >>> 8
  }
  numbers.sort()
  let sum = 0
  for (let i = 0; i < n; i += 100) sum += numbers[i] * i
  return sum
}
