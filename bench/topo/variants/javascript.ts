/**
 * The map as a JavaScript programmer writes it: typed arrays, functions, no classes. Line by line the algorithm of
 * fixtures/apps/vite-topo/src/topo.spy and noise.spy; all variants give the same bits.
 */
import type { TopoMap } from '../topo-map.ts'

const OCTAVES = 4
const LEVELS = 10
const FEATURE = 105
const RELIEF = 0.475
const DRIFT_X = 2
const DRIFT_Y = 0.75
const CHANGE = 0.03
const SUNLIGHT = 4

const THIRD = 1 / 3
const SIXTH = 1 / 6

const shuffled = shuffle()
const slopes = slopesToEdges()

function shuffle(): Int32Array {
  const table = new Int32Array(512)
  for (let i = 0; i < 256; i++) table[i] = i
  let seed = 20
  for (let last = 255; last > 0; last--) {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0
    const other = ((seed >> 8) & 0xffff) % (last + 1)
    const kept = table[last] as number
    table[last] = table[other] as number
    table[other] = kept
  }
  for (let i = 0; i < 256; i++) table[256 + i] = table[i] as number
  return table
}

function slopesToEdges(): Float64Array {
  const table = new Float64Array(3 * 16)
  for (let i = 0; i < 16; i++) {
    const edge = i >= 12 ? i - 12 : i
    const a = 1 - 2 * (edge & 1)
    const b = 1 - (edge & 2)
    if (edge < 4) table.set([a, b, 0], 3 * i)
    else if (edge < 8) table.set([a, 0, b], 3 * i)
    else table.set([0, a, b], 3 * i)
  }
  return table
}

function corner(number: number, x: number, y: number, z: number): number {
  let near = 0.6 - x * x - y * y - z * z
  if (near < 0) return 0
  near *= near
  const at = 3 * (number & 15)
  return near * near * ((slopes[at] as number) * x + (slopes[at + 1] as number) * y + (slopes[at + 2] as number) * z)
}

function simplex(x: number, y: number, z: number): number {
  const stretch = (x + y + z) * THIRD
  const i = Math.floor(x + stretch)
  const j = Math.floor(y + stretch)
  const k = Math.floor(z + stretch)
  const squeeze = (i + j + k) * SIXTH
  const x0 = x - i + squeeze
  const y0 = y - j + squeeze
  const z0 = z - k + squeeze

  const xy = x0 >= y0 ? 1 : 0
  const xz = x0 >= z0 ? 1 : 0
  const yz = y0 >= z0 ? 1 : 0
  const i1 = xy & xz
  const j1 = (1 - xy) & yz
  const k1 = 1 - (xz | yz)
  const i2 = xy | xz
  const j2 = (1 - xy) | yz
  const k2 = 1 - (xz & yz)

  const a = i & 255
  const b = j & 255
  const c = k & 255
  const n0 = shuffled[a + (shuffled[b + (shuffled[c] as number)] as number)] as number
  const n1 = shuffled[a + i1 + (shuffled[b + j1 + (shuffled[c + k1] as number)] as number)] as number
  const n2 = shuffled[a + i2 + (shuffled[b + j2 + (shuffled[c + k2] as number)] as number)] as number
  const n3 = shuffled[a + 1 + (shuffled[b + 1 + (shuffled[c + 1] as number)] as number)] as number
  return (
    32 *
    (corner(n0, x0, y0, z0) +
      corner(n1, x0 - i1 + SIXTH, y0 - j1 + SIXTH, z0 - k1 + SIXTH) +
      corner(n2, x0 - i2 + THIRD, y0 - j2 + THIRD, z0 - k2 + THIRD) +
      corner(n3, x0 - 0.5, y0 - 0.5, z0 - 0.5))
  )
}

function fractal(x: number, y: number, z: number): number {
  let total = 0
  let height = 1
  for (let octave = 0; octave < OCTAVES; octave++) {
    total += height * simplex(x, y, z)
    const turned = 1.6 * x - 1.2 * y + 17.3
    y = 1.2 * x + 1.6 * y - 9.1
    x = turned
    z = 1.35 * z + 31.7
    height *= 0.4
  }
  return total
}

let columns = 0
let rows = 0
let heights = new Float64Array(0)
let levelsBelow = new Int32Array(0)
let room = 0
let counts = new Int32Array(0)
let lines: Float32Array[] = []
let pixels = new Uint32Array(0)
const colours = new Uint32Array(256)

function fit(width: number, height: number): void {
  if (width === columns && height === rows && counts.length === LEVELS) return
  columns = width
  rows = height
  heights = new Float64Array(width * height)
  levelsBelow = new Int32Array(width * height)
  pixels = new Uint32Array(width * height)
  counts = new Int32Array(LEVELS)
  lines = Array.from({ length: LEVELS }, () => new Float32Array(0))
  room = 0
  makeRoom()
}

function update(time: number): void {
  survey(time)
  trace()
  shade()
}

function survey(time: number): void {
  const left = time * DRIFT_X
  const top = time * DRIFT_Y
  const age = time * CHANGE
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const land = fractal((left + x) / FEATURE, (top + y) / FEATURE, age)
      const height = 0.5 + RELIEF * land
      heights[y * columns + x] = height
      levelsBelow[y * columns + x] = levelAbove(height)
    }
  }
}

function levelAbove(height: number): number {
  const level = Math.floor(height * LEVELS + 0.5)
  if (level < 0) return 0
  if (level > LEVELS) return LEVELS
  return level
}

function trace(): void {
  counts.fill(0)
  for (let y = 0; y < rows - 1; y++) {
    for (let x = 0; x < columns - 1; x++) traceCell(x, y)
  }
}

function traceCell(x: number, y: number): void {
  const at = y * columns + x
  const a = levelsBelow[at] as number
  const b = levelsBelow[at + 1] as number
  const c = levelsBelow[at + columns + 1] as number
  const d = levelsBelow[at + columns] as number
  if (a === b && b === c && c === d) return
  const end = Math.max(a, b, c, d)
  for (let level = Math.min(a, b, c, d); level < end; level++) {
    let corners = 0
    if (a > level) corners += 8
    if (b > level) corners += 4
    if (c > level) corners += 2
    if (d > level) corners += 1
    crossCell(level, corners, x, y)
  }
}

function crossCell(level: number, corners: number, x: number, y: number): void {
  const sides = corners ^ (((corners << 1) & 15) | (corners >> 3))
  const at = y * columns + x
  const a = heights[at] as number
  const b = heights[at + 1] as number
  const c = heights[at + columns + 1] as number
  const d = heights[at + columns] as number
  const cut = (level + 0.5) / LEVELS
  let north = 0
  let east = 0
  let south = 0
  let west = 0
  if ((sides & 8) !== 0) north = x + part(a, b, cut)
  if ((sides & 4) !== 0) east = y + part(b, c, cut)
  if ((sides & 2) !== 0) south = x + part(d, c, cut)
  if ((sides & 1) !== 0) west = y + part(a, d, cut)
  if (sides === 15) {
    if (a + b + c + d > 4 * cut === (corners === 5)) {
      addLine(level, north, y, x, west)
      addLine(level, x + 1, east, south, y + 1)
    } else {
      addLine(level, north, y, x + 1, east)
      addLine(level, south, y + 1, x, west)
    }
  } else if (sides === 12) addLine(level, north, y, x + 1, east)
  else if (sides === 10) addLine(level, north, y, south, y + 1)
  else if (sides === 9) addLine(level, north, y, x, west)
  else if (sides === 6) addLine(level, x + 1, east, south, y + 1)
  else if (sides === 5) addLine(level, x + 1, east, x, west)
  else addLine(level, south, y + 1, x, west)
}

function part(a: number, b: number, cut: number): number {
  return (cut - a) / (b - a)
}

function addLine(level: number, x0: number, y0: number, x1: number, y1: number): void {
  const count = counts[level] as number
  if (count === room) makeRoom()
  const line = lines[level] as Float32Array
  line[4 * count] = x0
  line[4 * count + 1] = y0
  line[4 * count + 2] = x1
  line[4 * count + 3] = y1
  counts[level] = count + 1
}

function makeRoom(): void {
  room = Math.max(2 * room, Math.floor((columns * rows) / 16) + 64)
  lines = lines.map((line) => {
    const wider = new Float32Array(4 * room)
    wider.set(line)
    return wider
  })
}

function shade(): void {
  const brightest = colours.length - 1
  for (let y = 0; y < rows; y++) {
    const north = Math.max(y - 1, 0) * columns
    const here = y * columns
    const south = Math.min(y + 1, rows - 1) * columns
    for (let x = 0; x < columns; x++) {
      const west = Math.max(x - 1, 0)
      const east = Math.min(x + 1, columns - 1)
      const slope =
        (heights[here + east] as number) -
        (heights[here + west] as number) +
        (heights[south + x] as number) -
        (heights[north + x] as number)
      const light = 0.2 + 0.6 * (heights[here + x] as number) + SUNLIGHT * slope
      pixels[here + x] = colours[Math.min(Math.max(Math.trunc(light * brightest), 0), brightest)] as number
    }
  }
}

export const javascript: TopoMap = {
  fit,
  update,
  palette: () => colours,
  counts: () => counts,
  lines: (level) => (lines[level] as Float32Array).subarray(0, 4 * (counts[level] as number)),
  relief: () => pixels,
}
