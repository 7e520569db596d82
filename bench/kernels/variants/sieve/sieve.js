export function run(n) {
  const prime = new Uint8Array(n).fill(1)
  let count = 0
  for (let i = 2; i < n; i++) {
    if (prime[i] === 0) continue
    count++
    for (let multiple = 2 * i; multiple < n; multiple += i) prime[multiple] = 0
  }
  return count
}
