/**
 * Source map of a release: what the C compiler says of lines, which `#line` made lines of SPy. One line of mappings, whose
 * columns are byte offsets of the module, as browsers read it.
 */
import { addSegment, type EncodedSourceMap, GenMapping, setSourceContent, toEncodedMap } from '@jridgewell/gen-mapping'
import type { SourceFile } from '../../text/source.ts'
import { readLineRows } from '../../toolchain/dwarf-lines.ts'
import { withoutDwarf } from '../../toolchain/tidy.ts'
import { withSourceMapUrl } from '../../toolchain/wasm-sections.ts'
import { fileNames } from './file-names.ts'
import type { Sources } from './front-end.ts'

export interface MappedModule {
  /** With its names and the URL of the map, without DWARF. */
  readonly wasm: Uint8Array
  readonly map: EncodedSourceMap
}

export interface MapNames {
  /** How the C names the source file at a path. */
  readonly inC: (path: string) => string
  /** How the map names it: a URL, relative to that of the map. */
  readonly inMap: (path: string) => string
  /** Where debuggers find the map, relative to the module. */
  readonly url: string
}

/** @param wasm  built with line tables */
export function mapRelease(wasm: Uint8Array, sources: Sources, { inC, inMap, url }: MapNames): MappedModule {
  const files = new Map<string, SourceFile>([...sources.values()].map(({ file }) => [inC(file.path), file]))
  const map = new GenMapping()
  const mentioned = new Set<SourceFile>()
  let last = ''
  for (const { offset, file: name, line } of readLineRows(wasm)) {
    const file = name === undefined || line === 0 ? undefined : files.get(name)
    // What the optimiser has inlined of the runtime stands with the code of the program before it. Code of line 0 is what
    // it has made of several places: to name one of them would mislead.
    if (file === undefined && name !== undefined && line > 0) continue
    const place = file === undefined ? '' : `${line} ${name}`
    if (place === last) continue
    last = place
    // Functions of the runtime come from no line.
    if (file === undefined) addSegment(map, 0, offset)
    else {
      addSegment(map, 0, offset, inMap(file.path), line - 1, firstColumn(file, line))
      mentioned.add(file)
    }
  }
  for (const file of mentioned) setSourceContent(map, inMap(file.path), file.text)
  return { wasm: withSourceMapUrl(withoutDwarf(wasm), url), map: toEncodedMap(map) }
}

/**
 * The module with its map inside: wherever a bundler puts the file, and under which name, the map is there.
 *
 * @param root     what the panics of the program name files relative to
 * @param library  folders of the standard library
 */
export function withInlineMap(
  wasm: Uint8Array,
  sources: Sources,
  root: string,
  library: readonly string[],
): Uint8Array {
  const name = fileNames(root, library)
  const inMap = (path: string) => `spy:///${name(path).split('/').map(encodeURIComponent).join('/')}`
  const { map } = mapRelease(wasm, sources, { inC: name, inMap, url: '' })
  const bytes = new TextEncoder().encode(JSON.stringify(map))
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return withSourceMapUrl(withoutDwarf(wasm), `data:application/json;base64,${btoa(binary)}`)
}

/** Where the text of a line begins; C knows lines only. */
function firstColumn(file: SourceFile, line: number): number {
  return /^\s*/.exec(file.lines.lineText(line))?.[0].length ?? 0
}
