const entry = (i, j) => 1 / (((((i + j) * (i + j + 1)) / 2) | 0) + i + 1)

function times(v, result) {
  for (let i = 0; i < v.length; i++) {
    let sum = 0
    for (let j = 0; j < v.length; j++) sum += entry(i, j) * v[j]
    result[i] = sum
  }
}

function transposedTimes(v, result) {
  for (let i = 0; i < v.length; i++) {
    let sum = 0
    for (let j = 0; j < v.length; j++) sum += entry(j, i) * v[j]
    result[i] = sum
  }
}

export function run(n) {
  const u = new Float64Array(n).fill(1)
  const v = new Float64Array(n)
  const between = new Float64Array(n)
  for (let i = 0; i < 3; i++) {
    times(u, between)
    transposedTimes(between, v)
    times(v, between)
    transposedTimes(between, u)
  }
  let uv = 0
  let vv = 0
  for (let i = 0; i < n; i++) {
    uv += u[i] * v[i]
    vv += v[i] * v[i]
  }
  return Math.sqrt(uv / vv)
}
