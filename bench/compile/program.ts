/** Programs of any length, made of pieces that use what programs use: structs, generics, lists, strings, blue code. */

/** Lines of one piece, its empty ones included. */
const PIECE_LINES = 50

/** @returns a program of about so many lines, whose `main` runs a bit of each piece */
export function generateProgram(lines: number): string {
  const count = Math.max(1, Math.round((lines - 20) / PIECE_LINES))
  const pieces = Array.from({ length: count }, (_, i) => piece(i))
  const calls = Array.from({ length: count }, (_, i) => `    total = (total + run_${i}(${i % 7})) % 1000003`)
  return `from math import sqrt

${pieces.join('\n')}
def main() -> int:
    var total: i32 = 0
${calls.join('\n')}
    print(total)
    return 0
`
}

function piece(i: number): string {
  return `LIMIT_${i} = ${i + 3}

@struct
class Point_${i}:
    x: f64
    y: f64

    def norm(self) -> f64:
        return sqrt(self.x * self.x + self.y * self.y)

    def scaled(self, factor: f64) -> Point_${i}:
        return Point_${i}(self.x * factor, self.y * factor)

@blue
def make_step_${i}(step: int):
    def add(value: int) -> int:
        return value + step
    return add

step_${i} = make_step_${i}(LIMIT_${i})

def largest_${i}[T](items: list[T], first: T) -> T:
    var best: T = first
    for item in items:
        if item > best:
            best = item
    return best

def words_${i}(n: int) -> str:
    """
    A text that grows.
    """
    var text: str = "piece ${i}:"
    var k: i32 = 0
    while k < n:
        if k % 2 == 0:
            text = text + " " + str(k)
        elif k % 3 == 0:
            text = text + "-"
        k = k + 1
    return text

def run_${i}(n: int) -> i32:
    points = [Point_${i}(1.0, 2.0), Point_${i}(3.0, 4.0).scaled(0.5)]
    var length: f64 = 0.0
    for point in points:
        length = length + point.norm()
    numbers = [n, step_${i}(n), ${i}]
    numbers.append(n * 2)
    size = largest_${i}[i32](numbers, 0) + i32(largest_${i}[f64]([length, 0.5], 0.0))
    return size + len(words_${i}(n)) + len(numbers)
`
}
