/**
 * Fully qualified names: `module::part[qualifier, ...]#suffix::...`.
 *
 * An FQN names one global object of a program. Its canonical text is its identity: two FQNs are equal when their texts
 * are. Human names (what messages show) and C names (what generated code shows) are renderings of the same parts.
 */

/** One step of an FQN: `list[i32]#1` is name `list`, one qualifier, suffix `1`. */
export interface FqnPart {
  readonly name: string
  readonly quals: readonly Fqn[]
  readonly suffix: string
}

/** Names that function types have as the second part of their FQN, and how people read them. */
const FUNCTION_KINDS: ReadonlyMap<string, string> = new Map([
  ['def', 'def'],
  ['blue.def', '@blue def'],
  ['blue.generic.def', '@blue.generic def'],
  ['blue.metafunc.def', '@blue.metafunc def'],
])

export class Fqn {
  readonly parts: readonly FqnPart[]
  // Many FQNs are only steps on the way to others, or of types that nobody prints.
  #text: string | undefined
  #debugName: string | undefined
  /** All parts but the last, where somebody has them. Many names share it, and its text. */
  readonly #namespace: Fqn | undefined

  constructor(parts: readonly FqnPart[], namespace?: Fqn) {
    this.parts = parts
    this.#namespace = namespace
  }

  /** Canonical spelling; the key of every table of FQNs. */
  get text(): string {
    this.#text ??=
      this.#namespace === undefined
        ? this.parts.map(canonicalPart).join('::')
        : `${this.#namespace.text}::${canonicalPart(this.last)}`
    return this.#text
  }

  /** `Fqn.of('_list', 'list')` is `_list::list`. */
  static of(...names: readonly string[]): Fqn {
    return new Fqn(names.map((name) => ({ name, quals: [], suffix: '' })))
  }

  /** The module part, e.g. `_list`. */
  get module(): string {
    return this.first.name
  }

  /** The first part. */
  get first(): FqnPart {
    return this.parts[0] as FqnPart
  }

  /** The last part; its name is what the object is called in its namespace. */
  get last(): FqnPart {
    return this.parts[this.parts.length - 1] as FqnPart
  }

  /** Text of the last part, with qualifiers and suffix. */
  get symbolName(): string {
    return canonicalPart(this.last)
  }

  join(name: string, quals: readonly Fqn[] = []): Fqn {
    return new Fqn([...this.parts, { name, quals, suffix: '' }], this.parts.length === 0 ? undefined : this)
  }

  /** All parts but the last; undefined for a module. */
  get namespace(): Fqn | undefined {
    return this.#namespace ?? (this.parts.length > 1 ? new Fqn(this.parts.slice(0, -1)) : undefined)
  }

  withSuffix(suffix: string): Fqn {
    return new Fqn([...this.parts.slice(0, -1), { ...this.last, suffix }])
  }

  /** Append qualifiers to the last part, keeping its suffix. */
  withQualifiers(quals: readonly Fqn[]): Fqn {
    if (quals.length === 0) return this
    return new Fqn([...this.parts.slice(0, -1), { ...this.last, quals: [...this.last.quals, ...quals] }])
  }

  toString(): string {
    return this.text
  }

  /**
   * The name that `repr` of types shows: no `builtins::`, function types in their own notation.
   * Aliases are not applied; `humanName` of the VM does that first.
   */
  get debugName(): string {
    this.#debugName ??= this.#makeDebugName()
    return this.#debugName
  }

  #makeDebugName(): string {
    const { parts } = this
    if (parts.length === 2 && this.first.name === 'builtins') {
      const second = parts[1] as FqnPart
      const kind = FUNCTION_KINDS.get(second.name)
      if (kind !== undefined) return renderFunctionType(kind, second.quals)
      if (second.name === '__varargs__') return `*${(second.quals[0] as Fqn).debugName}`
    }
    const shown = parts.length > 1 && this.first.name === 'builtins' ? parts.slice(1) : parts
    return shown.map(canonicalPart).join('::')
  }

  /**
   * A C identifier: parts joined by `$`, qualifiers by `_`. Not injective: two FQNs that meet get a further suffix from
   * the C backend, in table order.
   */
  get cName(): string {
    return `spy_${plainCName(this)}`
  }
}

function canonicalPart(part: FqnPart): string {
  const quals = part.quals.length > 0 ? `[${part.quals.map((qual) => qual.debugName).join(', ')}]` : ''
  return part.name + quals + (part.suffix === '' ? '' : `#${part.suffix}`)
}

function renderFunctionType(kind: string, quals: readonly Fqn[]): string {
  const names = quals.map((qual) => qual.debugName)
  const result = names.pop() ?? 'types::NoneType'
  return `${kind}(${names.join(', ')}) -> ${result === 'types::NoneType' ? 'None' : result}`
}

function plainCName(fqn: Fqn): string {
  return fqn.parts
    .map((part) => {
      const quals = part.quals.length > 0 ? `__${part.quals.map(plainCName).join('_')}` : ''
      return part.name.replaceAll('.', '_') + quals + (part.suffix === '' ? '' : `$${part.suffix}`)
    })
    .join('$')
}

/**
 * Read the canonical spelling back. White space means nothing, wherever it stands.
 *
 * @throws Error with the texts `Unexpected token: X`, `Unclosed bracket`, `Expected X, got Y` for text that is no FQN.
 */
export function parseFqn(text: string): Fqn {
  const tokens = text.replace(/\s+/g, '').match(/::|[[\],#]|(?:(?!::)[^[\],#])+/g) ?? []
  let at = 0
  const parsed = parse()
  if (at < tokens.length) throw new Error(`Unexpected token: ${tokens[at]}`)
  return parsed

  function parse(): Fqn {
    const parts: FqnPart[] = [part()]
    while (tokens[at] === '::') {
      at++
      parts.push(part())
    }
    const fqn = new Fqn(parts)
    if (tokens[at] !== '#') return fqn
    at++
    return fqn.withSuffix(name('a suffix'))
  }

  function part(): FqnPart {
    const partName = name('a name')
    const quals: Fqn[] = []
    if (tokens[at] === '[') {
      do {
        at++
        if (at >= tokens.length || tokens[at] === ']') throw new Error('Unclosed bracket')
        quals.push(parse())
      } while (tokens[at] === ',')
      if (tokens[at] !== ']') throw new Error('Unclosed bracket')
      at++
    }
    return { name: partName, quals, suffix: '' }
  }

  function name(what: string): string {
    const token = tokens[at]
    if (token === undefined || /^(::|[[\],#])$/.test(token))
      throw new Error(`Expected ${what}, got ${token ?? 'the end'}`)
    at++
    return token
  }
}
