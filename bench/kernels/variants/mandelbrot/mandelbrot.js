const LIMIT = 50

function steps(cx, cy) {
  let x = 0
  let y = 0
  let n = 0
  while (n < LIMIT && x * x + y * y <= 4) {
    const nextX = x * x - y * y + cx
    y = 2 * x * y + cy
    x = nextX
    n++
  }
  return n
}

export function run(size) {
  let total = 0
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) total += steps((2 * column) / size - 1.5, (2 * row) / size - 1)
  }
  return total
}
