/** What every variant of the map offers to the measurement: one frame is `update`. */
export interface TopoMap {
  fit(columns: number, rows: number): void
  update(time: number): void
  /** The 256 colours of the relief, to be filled in. */
  palette(): Uint32Array
  /** Number of line segments at each level. */
  counts(): Int32Array
  /** The segments of a level: x, y, x, y of one after the other. */
  lines(level: number): Float32Array
  relief(): Uint32Array
}

/**
 * A number that two frames share only if all their lines and pixels are the same bits (FNV-1a).
 */
export function fingerprint(map: TopoMap): number {
  const counts = map.counts()
  const parts = [counts, ...Array.from(counts, (_, level) => map.lines(level)), map.relief()]
  let hash = 0x811c9dc5
  for (const part of parts) {
    const words = new Uint32Array(part.slice().buffer)
    for (const word of words) hash = Math.imul(hash ^ word, 0x01000193)
  }
  return hash >>> 0
}

/** Greys, so that every colour is another one. */
export function fillTestPalette(map: TopoMap): void {
  const palette = map.palette()
  for (let i = 0; i < palette.length; i++) palette[i] = (0xff000000 | (i * 0x010101)) >>> 0
}
