/** Who takes part, as data: Node and pages load the same files, each in its way. */
import { fillTestPalette, fingerprint, type TopoMap } from './topo-map.ts'
import { javascript } from './variants/javascript.ts'
import { wasmMap } from './wasm-map.ts'

export type Entry = { readonly name: string } & (
  | { readonly form: 'javascript' }
  /** Made from topo.c or topo.assemblyscript. */
  | { readonly form: 'wasm'; readonly file: string }
  /** A bundle of ours that exports `map`. */
  | { readonly form: 'module'; readonly file: string }
)

/** How files of the prepared folder are reached. */
export interface Access {
  bytes(file: string): Promise<BufferSource>
  module(file: string): Promise<{ readonly map: TopoMap }>
}

export interface LoadedMap {
  readonly name: string
  readonly map: TopoMap
}

export async function loadMaps(entries: readonly Entry[], access: Access): Promise<LoadedMap[]> {
  const loaded: LoadedMap[] = []
  for (const entry of entries) loaded.push({ name: entry.name, map: await loadMap(entry, access) })
  return loaded
}

async function loadMap(entry: Entry, access: Access): Promise<TopoMap> {
  switch (entry.form) {
    case 'javascript':
      return javascript
    case 'wasm':
      return wasmMap(await access.bytes(entry.file))
    case 'module':
      return (await access.module(entry.file)).map
  }
}

/** All maps are to show the same land, to the last bit. */
export function verify(maps: readonly LoadedMap[], columns: number, rows: number): void {
  for (const { map } of maps) {
    map.fit(columns, rows)
    fillTestPalette(map)
  }
  for (const time of [20, 1234.5]) {
    const prints = maps.map(({ map }) => {
      map.update(time)
      return fingerprint(map)
    })
    const odd = maps.filter((_, at) => prints[at] !== prints[0]).map(({ name }) => name)
    if (odd.length > 0) throw new Error(`at ${time} s another map than ${maps[0]?.name}: ${odd.join(', ')}`)
  }
}
