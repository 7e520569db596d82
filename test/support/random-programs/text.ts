/** Program text in two languages at once: SPy, and Python that means the same. */

export interface Text {
  readonly spy: string
  /** Where the two differ, mostly because Python's integers have no width. */
  readonly python: string
}

type Part = Text | string | number

/** say`${a} + ${b}` */
export function say(strings: TemplateStringsArray, ...parts: readonly Part[]): Text {
  const join = (show: (part: Part) => string) =>
    strings.reduce((text, string, i) => text + string + (i < parts.length ? show(parts[i] as Part) : ''), '')
  return {
    spy: join((part) => (typeof part === 'object' ? part.spy : String(part))),
    python: join((part) => (typeof part === 'object' ? part.python : String(part))),
  }
}

/** The result of an operation on numbers of a type, which Python has to be told. */
export const wrapped = (type: string, { spy, python }: Text): Text => ({
  spy: `(${spy})`,
  python: `${type}(${python})`,
})

export function joined(parts: readonly Text[], separator = ', '): Text {
  return {
    spy: parts.map(({ spy }) => spy).join(separator),
    python: parts.map(({ python }) => python).join(separator),
  }
}

/** A line, or a head with the lines below it. */
export interface Line {
  readonly text: Text
  readonly body?: readonly Line[]
}

export function printed(lines: readonly Line[], language: keyof Text, indent = ''): string {
  return lines
    .map(({ text, body }) => {
      const head = text[language] === '' ? '' : `${indent}${text[language]}\n`
      if (body === undefined) return head
      const inside = printed(body, language, `${indent}    `)
      return head + (inside === '' ? `${indent}    pass\n` : inside)
    })
    .join('')
}
