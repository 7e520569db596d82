/** Python as the judge of what numbers compute and how they are written. */
import { spawnSync } from 'node:child_process'

/**
 * Evaluate `expressions` (JSON in `data` is the variable `data`) in one python3 process.
 *
 * @returns what the program's variable `result` holds, by way of JSON; undefined where there is no python3
 */
export function askPython(program: string, data: unknown): unknown {
  const source = `import json, math, struct, sys
def f64(h): return struct.unpack('>d', bytes.fromhex(h))[0]
def f32(h): return struct.unpack('>f', bytes.fromhex(h))[0]
def hex64(x): return 'nan' if x != x else struct.pack('>d', x).hex()
data = json.load(sys.stdin)
${program}
print(json.dumps(result))`
  const run = spawnSync('python3', ['-c', source], {
    input: JSON.stringify(data),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (run.error !== undefined) return undefined
  if (run.status !== 0) throw new Error(run.stderr)
  return JSON.parse(run.stdout)
}

const view = new DataView(new ArrayBuffer(8))

/** The bits of a double, so that zeros, infinities and the last digit survive; all nans are alike. */
export function hex64(x: number): string {
  if (Number.isNaN(x)) return 'nan'
  view.setFloat64(0, x)
  return view.getBigUint64(0).toString(16).padStart(16, '0')
}

export function hex32(x: number): string {
  if (Number.isNaN(x)) return 'nan'
  view.setFloat32(0, x)
  return view.getUint32(0).toString(16).padStart(8, '0')
}
