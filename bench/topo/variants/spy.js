/** The map of the demo itself; bundled once per engine and toolchain. */
import {
  contour_counts,
  contour_lines,
  fit,
  palette,
  relief,
  update,
} from '../../../fixtures/apps/vite-topo/src/topo.spy'

/** @type {import('../topo-map.ts').TopoMap} */
export const map = {
  fit,
  update,
  palette: () => palette().data,
  counts: () => contour_counts().data,
  lines(level) {
    const { data, shape } = contour_lines()
    const start = level * shape[1]
    return data.subarray(start, start + 4 * contour_counts().data[level])
  },
  relief: () => relief().data,
}
