/**
 * C identifiers. Those of global objects are made from FQNs and unique; those of locals and fields are SPy's own names,
 * with a `$` behind what C has taken.
 */
import type { Fqn } from '../../objects/fqn.ts'

/** Words of C11 and of its GNU dialect, macros of the runtime and of compilers, and types that declarations spell. */
const TAKEN: ReadonlySet<string> = new Set(
  `auto break case char const continue default do double else enum extern float for goto if inline int long register
  restrict return short signed sizeof static struct switch typedef union unsigned void volatile while
  asm typeof linux unix i386 wasm EMSCRIPTEN bool true false NULL main
  int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t intptr_t uintptr_t size_t`
    .trim()
    .split(/\s+/),
)

/** Prefixes of everything that the runtime and we define. Names that begin with `_` and a capital, or `__`, are C's. */
const RESERVED = /^(spy_|SPY_|AT_|__|_[A-Z])/

/** A local variable or a parameter. */
export function localName(name: string): string {
  return escapeName(name)
}

/** A field of a struct. */
export function fieldName(name: string): string {
  return escapeName(name)
}

function escapeName(name: string): string {
  const plain = asciiName(name)
  return TAKEN.has(plain) || RESERVED.test(plain) ? `${plain}$` : plain
}

/** SPy allows letters that C compilers do not; names of modules may have any character. Different names stay different. */
function asciiName(name: string): string {
  return name.replace(/[^A-Za-z0-9_$]/gu, (character) => `$u${(character.codePointAt(0) as number).toString(16)}_`)
}

/** The parameter for a part of an argument: `arg_0_items_length`. Paths that would share a name are numbered. */
export function partName(argument: number, path: readonly string[], taken: readonly string[]): string {
  const name = asciiName(['arg', argument, ...path].join('_'))
  return taken.includes(name) ? `${name}$${taken.length}` : name
}

/** Names of global objects. FQNs that would share a C name get `$$1`, `$$2`, ... in the order in which they come. */
export class GlobalNames {
  readonly #taken = new Set<string>()

  fqn(fqn: Fqn, suffix = ''): string {
    return this.unique(asciiName(fqn.cName) + suffix)
  }

  unique(wanted: string): string {
    let name = wanted
    for (let n = 1; this.#taken.has(name); n++) name = `${wanted}$$${n}`
    this.#taken.add(name)
    return name
  }
}

/** A part of an identifier that recalls a file: its name without folder and extension. */
export function fileLabel(path: string): string {
  const base = path.slice(path.lastIndexOf('/') + 1).replace(/\.spy$/, '')
  return asciiName(base) || 'file'
}
