/**
 * Display aliases: what messages call an object whose real FQN is an accident of how it was made.
 */
import { Fqn, type FqnPart } from '../../objects/fqn.ts'

/** Built-in names whose home is another module. */
const HOMES: readonly (readonly [home: readonly [string, string], shown: string])[] = [
  [['_builtins', 'abs'], 'abs'],
  [['_builtins', 'min'], 'min'],
  [['_builtins', 'max'], 'max'],
  [['_range', 'range'], 'range'],
  [['_list', 'list'], 'list'],
  [['_tuple', 'tuple'], 'tuple'],
  [['_slice', 'Slice'], 'slice'],
  [['_dict', 'dict'], 'dict'],
  [['_set', 'set'], 'set'],
  [['_set', 'frozenset'], 'frozenset'],
  [['_file', 'file'], 'file'],
  [['_file', 'open'], 'open'],
]

export class Aliases {
  readonly #table = new Map<string, Fqn>(HOMES.map(([home, shown]) => [Fqn.of(...home).text, Fqn.of(shown)]))
  readonly #resolved = new Map<string, Fqn>()

  add(from: Fqn, to: Fqn): void {
    if (from.text === to.text) return
    this.#table.set(from.text, to)
    this.#resolved.clear()
  }

  /** The FQN to show: whole aliases first, then the longest prefix that has one, qualifiers too. */
  resolve(fqn: Fqn): Fqn {
    const known = this.#resolved.get(fqn.text)
    if (known !== undefined) return known
    const result = this.#resolve(fqn, new Set())
    this.#resolved.set(fqn.text, result)
    return result
  }

  #resolve(fqn: Fqn, seen: Set<string>): Fqn {
    // A cycle of aliases shows the name that closes it.
    if (seen.has(fqn.text)) return fqn
    seen.add(fqn.text)
    const whole = this.#table.get(fqn.text)
    if (whole !== undefined) return this.#resolve(whole, seen)
    for (let count = fqn.parts.length; count > 0; count--) {
      const last = fqn.parts[count - 1] as FqnPart
      const prefix = new Fqn([...fqn.parts.slice(0, count - 1), { ...last, quals: [] }])
      const shown = this.#table.get(prefix.text)
      if (shown === undefined) continue
      const quals = last.quals.map((qual) => this.#resolve(qual, new Set()))
      const head = new Fqn(shown.parts).withQualifiers(quals)
      return this.#resolve(new Fqn([...head.parts, ...fqn.parts.slice(count)]), seen)
    }
    return new Fqn(
      fqn.parts.map((part) => ({ ...part, quals: part.quals.map((qual) => this.#resolve(qual, new Set())) })),
    )
  }
}
