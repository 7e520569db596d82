/**
 * Modules that are in no file: the programs that facades share, and what programs share in dev. Their names look like
 * modules of our package, because a scheme (`virtual:`) is something else to webpack.
 */

const PREFIX = 'unplugin-spy/virtual/'
const SPECIFIER = /^\0?unplugin-spy\/virtual\/(?:(dev)|program(?:-([0-9a-f]+))?)$/

export type VirtualId =
  | {
      readonly kind: 'program'
      /** Which program of the bundle: empty for the one that all entries share, else hexadecimal digits. */
      readonly program: string
    }
  | { readonly kind: 'dev' }

/** What modules write after `from`. */
export function virtualSpecifier(id: VirtualId): string {
  if (id.kind === 'dev') return `${PREFIX}dev`
  return id.program === '' ? `${PREFIX}program` : `${PREFIX}program-${id.program}`
}

/** The id that the specifier gets: the null byte tells other plugins that there is no such file. */
export function virtualId(id: VirtualId): string {
  return `\0${virtualSpecifier(id)}`
}

/** Understands specifiers and ids. */
export function parseVirtual(text: string): VirtualId | undefined {
  const found = SPECIFIER.exec(text)
  if (found === null) return undefined
  return found[1] === undefined ? { kind: 'program', program: found[2] ?? '' } : { kind: 'dev' }
}
