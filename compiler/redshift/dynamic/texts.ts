/**
 * Texts of errors that differ only in the names of the operands' types. Most combinations of types fail, and nearly all
 * of those fail with one text: it is put together while the program runs.
 *
 *     cannot do `i32` + `str`, cannot do `str` + `f64`, ...        →     cannot do `{0}` + `{1}`
 */

/** Text between the names, and which operands the names are of: `texts[0] name(holes[0]) texts[1] ...`. */
export interface Template {
  readonly texts: readonly string[]
  readonly holes: readonly number[]
}

/** @param names  of operands whose types are found out while the program runs; undefined for others */
export function templateOf(message: string, names: readonly (string | undefined)[]): Template {
  const texts: string[] = []
  const holes: number[] = []
  let rest = message
  for (;;) {
    const next = firstName(rest, names)
    if (next === undefined) return { texts: [...texts, rest], holes }
    texts.push(rest.slice(0, next.at))
    holes.push(next.operand)
    rest = rest.slice(next.at + (names[next.operand] as string).length)
  }
}

function firstName(
  text: string,
  names: readonly (string | undefined)[],
): { readonly at: number; readonly operand: number } | undefined {
  let first: { readonly at: number; readonly operand: number } | undefined
  for (const [operand, name] of names.entries()) {
    if (name === undefined) continue
    // Messages quote names.
    const at = text.indexOf(`\`${name}\``) + 1
    if (at > 0 && (first === undefined || at < first.at)) first = { at, operand }
  }
  return first
}

export function fill({ texts, holes }: Template, names: readonly (string | undefined)[]): string {
  return texts.map((text, i) => text + (i < holes.length ? (names[holes[i] as number] ?? '') : '')).join('')
}

export function templateKey({ texts, holes }: Template): string {
  return JSON.stringify([texts, holes])
}
