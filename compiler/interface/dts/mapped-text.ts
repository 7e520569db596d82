/** Text under construction, with places that lead back to the source. */
import { addMapping, type EncodedSourceMap, GenMapping, toEncodedMap } from '@jridgewell/gen-mapping'
import type { Place } from '../model/interface-model.ts'

export class MappedText {
  readonly #source: string
  readonly #map = new GenMapping()
  #text = ''
  #line = 1
  #column = 0

  constructor(source: string) {
    this.#source = source
  }

  add(text: string): this {
    this.#text += text
    const lines = text.split('\n')
    this.#line += lines.length - 1
    this.#column = (lines.length > 1 ? 0 : this.#column) + (lines.at(-1) as string).length
    return this
  }

  /** Add a name that is declared at `place`. Both of its ends are mapped, so that editors find its length too. */
  addName(name: string, place: Place | null): this {
    this.#mark(place, 0)
    this.add(name)
    this.#mark(place, place?.length ?? 0)
    return this
  }

  #mark(place: Place | null, offset: number): void {
    if (place === null) return
    addMapping(this.#map, {
      generated: { line: this.#line, column: this.#column },
      source: this.#source,
      original: { line: place.line, column: place.column + offset },
    })
  }

  finish(): { readonly text: string; readonly map: EncodedSourceMap } {
    return { text: this.#text, map: toEncodedMap(this.#map) }
  }
}
