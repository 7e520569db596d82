export function run(n) {
  const a = new Float64Array(n * n)
  const b = new Float64Array(n * n)
  const c = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      a[i * n + j] = i + j
      b[i * n + j] = i - j
    }
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0
      for (let k = 0; k < n; k++) sum += a[i * n + k] * b[k * n + j]
      c[i * n + j] = sum
    }
  }
  let trace = 0
  for (let i = 0; i < n; i++) trace += c[i * n + i]
  return trace
}
