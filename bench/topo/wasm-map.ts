/** The map of a wasm module that was made from topo.c or topo.assemblyscript: both export the same functions. */
import type { TopoMap } from './topo-map.ts'

interface MapExports {
  readonly memory: WebAssembly.Memory
  fit(columns: number, rows: number): void
  update(time: number): void
  palette_at(): number
  counts_at(): number
  lines_at(): number
  room_per_level(): number
  pixels_at(): number
}

const LEVELS = 10
const COLOURS = 256

export async function wasmMap(bytes: BufferSource): Promise<TopoMap> {
  const env = {
    abort: () => {
      throw new Error('a check failed')
    },
  }
  const { instance } = await WebAssembly.instantiate(bytes, { env })
  const map = instance.exports as unknown as MapExports & Record<string, unknown>
  if (typeof map._initialize === 'function') map._initialize()
  let points = 0
  return {
    fit(columns, rows) {
      points = columns * rows
      map.fit(columns, rows)
    },
    update: (time) => map.update(time),
    palette: () => new Uint32Array(map.memory.buffer, map.palette_at(), COLOURS),
    counts: () => new Int32Array(map.memory.buffer, map.counts_at(), LEVELS),
    lines(level) {
      const count = new Int32Array(map.memory.buffer, map.counts_at(), LEVELS)[level] as number
      const row = map.lines_at() + level * map.room_per_level() * 4 * 4
      return new Float32Array(map.memory.buffer, row, 4 * count)
    },
    relief: () => new Uint32Array(map.memory.buffer, map.pixels_at(), points),
  }
}
