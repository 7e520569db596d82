/**
 * Source map of a release: what the C compiler says of lines, which `#line` made lines of SPy. Its columns are those of C;
 * where a call begins in C is known, of everything else only the line. One line of mappings, whose columns are byte
 * offsets of the module, as browsers read it.
 */
import { addSegment, type EncodedSourceMap, GenMapping, setSourceContent, toEncodedMap } from '@jridgewell/gen-mapping'
import type { SourceFile, Span } from '../../text/source.ts'
import { readLineRows } from '../../toolchain/dwarf-lines.ts'
import { withoutDwarf } from '../../toolchain/tidy.ts'
import { withSourceMapUrl } from '../../toolchain/wasm-sections.ts'
import { fileNames } from './file-names.ts'
import type { ReleaseBuild } from './release.ts'

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

/** A module that was built with line tables, and what is known of its C. */
export type TracedBuild = Pick<ReleaseBuild, 'wasm' | 'sources' | 'calls'>

export function mapRelease({ wasm, sources, calls }: TracedBuild, { inC, inMap, url }: MapNames): MappedModule {
  const files = new Map<string, SourceFile>([...sources.values()].map(({ file }) => [inC(file.path), file]))
  const map = new GenMapping()
  const mentioned = new Set<SourceFile>()
  let last = ''
  for (const { offset, file: name, line, column } of readLineRows(wasm)) {
    const file = name === undefined || line === 0 ? undefined : files.get(name)
    // What the optimiser has inlined of the runtime stands with the code of the program before it. Code of line 0 is what
    // it has made of several places: to name one of them would mislead.
    if (file === undefined && name !== undefined && line > 0) continue
    const called = name === undefined ? undefined : calls.spanAt(name, line, column)
    const place = file === undefined ? '' : `${line} ${called?.start} ${name}`
    if (place === last) continue
    last = place
    // Functions of the runtime come from no line.
    if (file === undefined) addSegment(map, 0, offset)
    else {
      addSegment(map, 0, offset, inMap(file.path), line - 1, columnOf(called, line) ?? firstColumn(file, line))
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
export function withInlineMap(built: TracedBuild, root: string, library: readonly string[]): Uint8Array {
  const name = fileNames(root, library)
  const inMap = (path: string) => `spy:///${name(path).split('/').map(encodeURIComponent).join('/')}`
  const { map } = mapRelease(built, { inC: name, inMap, url: '' })
  const bytes = new TextEncoder().encode(JSON.stringify(map))
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return withSourceMapUrl(withoutDwarf(built.wasm), `data:application/json;base64,${btoa(binary)}`)
}

/** In UTF-16 units, as maps count; a call that begins on another line is in the middle of something larger. */
function columnOf(span: Span | undefined, line: number): number | undefined {
  const lines = span?.file.lines
  return span !== undefined && lines?.lineAt(span.start) === line ? span.start - lines.lineStart(line) : undefined
}

/** Where the text of a line begins. */
function firstColumn(file: SourceFile, line: number): number {
  return /^\s*/.exec(file.lines.lineText(line))?.[0].length ?? 0
}
