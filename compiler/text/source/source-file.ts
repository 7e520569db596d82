/**
 * A text that we read, and how its bytes become that text.
 */
import { LineMap } from './line-map.ts'
import type { Span } from './span.ts'

export interface SourceFileOptions {
  /** There is a text; unless told otherwise, there is. */
  readonly isReadable?: boolean
  /** It belongs to the standard library. */
  readonly isLibrary?: boolean
}

export class SourceFile {
  /** As it is shown to people: an absolute path, or a name in angle brackets for texts that are in no file. */
  readonly path: string
  /** Without byte order mark; every line ends with LF alone. */
  readonly text: string
  /** False for places that have no text, such as built-in functions. */
  readonly isReadable: boolean
  /** Nobody's program: of the standard library, or built in. What fails there is told where the program called it. */
  readonly isLibrary: boolean
  #lines: LineMap | undefined

  constructor(path: string, text: string, { isReadable = true, isLibrary = false }: SourceFileOptions = {}) {
    this.path = path
    this.text = normaliseText(text)
    this.isReadable = isReadable
    this.isLibrary = isLibrary
  }

  get lines(): LineMap {
    this.#lines ??= new LineMap(this.text)
    return this.#lines
  }

  span(start: number, end: number): Span {
    return { file: this, start, end }
  }
}

/** The place of everything that no source text defines. */
export const BUILTINS_FILE = new SourceFile('<builtins>', '', { isReadable: false, isLibrary: true })
export const BUILTINS_SPAN: Span = BUILTINS_FILE.span(0, 0)

/** Why bytes are not a text: the offset where the first character starts that is none in UTF-8. */
export interface NotUtf8 {
  readonly badByteAt: number
}

/**
 * Decode the bytes of a file.
 *
 * @returns the file, or where the bytes stop being UTF-8
 */
export function decodeSource(
  path: string,
  content: string | Uint8Array,
  options: SourceFileOptions = {},
): SourceFile | NotUtf8 {
  if (typeof content === 'string') return new SourceFile(path, content, options)
  try {
    return new SourceFile(path, new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content), options)
  } catch {
    return { badByteAt: startOfCharacter(content, validPrefixLength(content)) }
  }
}

/**
 * Length in bytes of the longest prefix that is UTF-8. The decoder does not tell where it stopped, so the prefix is
 * searched by halves: a prefix that ends inside a character is valid when `stream` lets the decoder wait for the rest.
 */
function validPrefixLength(bytes: Uint8Array): number {
  let low = 0
  let high = bytes.length
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (isUtf8Prefix(bytes.subarray(0, middle))) low = middle
    else high = middle - 1
  }
  return low
}

/** Where the character starts that `offset` cuts in two, or `offset`. */
function startOfCharacter(bytes: Uint8Array, offset: number): number {
  let start = offset
  while (start > 0 && offset - start < 3 && !isUtf8Prefix(bytes.subarray(0, start), { whole: true })) start--
  return start
}

/** @param whole  it must not end inside a character */
function isUtf8Prefix(bytes: Uint8Array, { whole = false } = {}): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !whole })
    return true
  } catch {
    return false
  }
}

function normaliseText(text: string): string {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const body = start === 0 ? text : text.slice(1)
  return body.includes('\r') ? body.replace(/\r\n?/g, '\n') : body
}
