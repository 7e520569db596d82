/**
 * The template of `str.format`, taken apart: texts and replacement fields.
 */
import { SpyError } from '../../text/diagnostics.ts'

export interface TemplateField {
  /** Number or name of the argument. */
  readonly arg: number | string
  /** `.name` and `[key]` behind it; keys of digits are numbers. */
  readonly path: readonly { readonly kind: 'attr' | 'item'; readonly key: string | number }[]
  readonly conversion: 's' | 'r' | 'a' | null
  /** Empty if there is none. It may have fields of its own. */
  readonly spec: readonly TemplatePart[]
}

export type TemplatePart = string | TemplateField

/**
 * @throws SpyError ValueError with the texts of Python
 */
export function parseTemplate(template: string): readonly TemplatePart[] {
  return new TemplateParser(template).parts(false)
}

class TemplateParser {
  readonly #text: readonly string[]
  #at = 0
  /** The next number of fields without one; null once fields are numbered by hand. */
  #next: number | null = 0

  constructor(template: string) {
    this.#text = [...template]
  }

  parts(inSpec: boolean): readonly TemplatePart[] {
    const parts: TemplatePart[] = []
    let text = ''
    const flush = (): void => {
      if (text !== '') parts.push(text)
      text = ''
    }
    for (; this.#at < this.#text.length; this.#at++) {
      const c = this.#text[this.#at] as string
      const isDouble = !inSpec && this.#text[this.#at + 1] === c
      if (c === '{' && !isDouble) {
        flush()
        parts.push(this.#field())
      } else if (c === '}' && !isDouble) {
        if (inSpec) break
        throw valueError("Single '}' encountered in format string")
      } else {
        if (c === '{' || c === '}') this.#at++
        text += c
      }
    }
    flush()
    return parts
  }

  /** Stands on its `{`; ends on its `}`. */
  #field(): TemplateField {
    this.#at++
    if (this.#at >= this.#text.length) throw valueError("Single '{' encountered in format string")
    const name = this.#until(['.', '[', '!', ':', '}'])
    const path: TemplateField['path'][number][] = []
    for (let c = this.#current(); c === '.' || c === '['; c = this.#current()) {
      this.#at++
      if (c === '.') path.push({ kind: 'attr', key: this.#until(['.', '[', '!', ':', '}']) })
      else {
        const key = this.#until([']'])
        path.push({ kind: 'item', key: /^\d+$/.test(key) ? Number(key) : key })
        this.#at++
      }
    }
    const arg = this.#argument(name)
    let conversion: TemplateField['conversion'] = null
    if (this.#current() === '!') {
      const letter = this.#text[this.#at + 1]
      if (letter !== 's' && letter !== 'r' && letter !== 'a') {
        throw valueError(`Unknown conversion specifier ${letter ?? ''}`)
      }
      conversion = letter
      this.#at += 2
    }
    let spec: readonly TemplatePart[] = []
    if (this.#current() === ':') {
      this.#at++
      spec = this.parts(true)
    }
    if (this.#current() !== '}') throw valueError("expected '}' before end of string")
    return { arg, path, conversion, spec }
  }

  #current(): string | undefined {
    return this.#text[this.#at]
  }

  #until(ends: readonly string[]): string {
    const start = this.#at
    while (this.#at < this.#text.length && !ends.includes(this.#text[this.#at] as string)) this.#at++
    if (this.#at >= this.#text.length) throw valueError("expected '}' before end of string")
    return this.#text.slice(start, this.#at).join('')
  }

  #argument(name: string): number | string {
    if (name === '') {
      if (this.#next === null) {
        throw valueError('cannot switch from manual field specification to automatic field numbering')
      }
      return this.#next++
    }
    if (!/^\d+$/.test(name)) return name
    if (this.#next !== null && this.#next > 0) {
      throw valueError('cannot switch from automatic field numbering to manual field specification')
    }
    this.#next = null
    return Number(name)
  }
}

function valueError(message: string): SpyError {
  return new SpyError({ class: 'ValueError', message, annotations: [] })
}
