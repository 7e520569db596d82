/**
 * The SPy frames behind an error that left wasm, told from its stack. V8 writes a line for each function,
 *
 *     at demo::inner (wasm://wasm/9c1f2a36:wasm-function[3]:0x12c)
 *
 * and SpiderMonkey
 *
 *     demo::inner@http://localhost/main.js line 3 > WebAssembly.Module:wasm-function[3]:0x12c
 *
 * with the name that the module gives the function, and the position of the call in the module. JavaScriptCore tells no
 * positions.
 */
import { type CodePlaces, PLACES_SECTION } from '../abi/code-places.ts'
import { SpyError, type SpyFrame } from '../errors.ts'

/**
 * Give an error the frames that its stack shows.
 *
 * @param left  what left wasm, which has the stack
 */
export function withFrames(error: unknown, left: unknown, module: WebAssembly.Module): unknown {
  if (!(error instanceof SpyError) || !(left instanceof Error)) return error
  const [innermost] = error.frames.slice(-1)
  const frames = framesOf(module, left.stack ?? '').map((frame, i, { length }) =>
    // The panic itself knows better where it happened.
    i === length - 1 && innermost ? { ...frame, span: innermost.span } : frame,
  )
  return frames.length === 0 ? error : Object.assign(error, { frames })
}

/** @returns outermost first; frames of the standard library are left out */
function framesOf(module: WebAssembly.Module, stack: string): readonly SpyFrame[] {
  const [section] = WebAssembly.Module.customSections(module, PLACES_SECTION)
  if (section === undefined) return []
  const places = JSON.parse(new TextDecoder().decode(section)) as CodePlaces
  // Names contain neither ` (` nor `@`; URLs may.
  return [...stack.matchAll(/^(?: *at )?(.+?)(?: \(|@).*:wasm-function\[\d+\]:0x([0-9a-f]+)\)?$/gm)]
    .flatMap(([, name = '', offset = '']) => expandedFrames(places, name, Number.parseInt(offset, 16)))
    .reverse()
}

/** One function of the module may be several of SPy. Innermost first. */
function expandedFrames({ files, functions, sites, marks }: CodePlaces, name: string, offset: number): SpyFrame[] {
  let site = -1
  for (let i = 0, at = 0; i < marks.length; i += 2) {
    at += marks[i] as number
    if (at > offset) break
    site = marks[i + 1] as number
  }
  const frames: SpyFrame[] = []
  let written = ''
  while (site >= 0) {
    const [func, file, line, caller] = sites.slice(site * 4, site * 4 + 4) as [number, number, number, number]
    written = functions[func] as string
    const span = { file: files[file] ?? '', startLine: line, startCol: 1, endLine: line, endCol: 1 }
    if (file >= 0) frames.push({ kind: 'astframe', fqn: written, span, source: '' })
    site = caller - 1
  }
  // What the compiler made for itself has no marks, and would be taken for what stands before it; so would libspy.
  return written === name ? frames : []
}
