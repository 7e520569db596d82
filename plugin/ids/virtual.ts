/**
 * Modules that are in no file: the programs that facades share. Their names look like modules of our package, because a
 * scheme (`virtual:`) is something else to webpack.
 */

const PREFIX = 'unplugin-spy/virtual/program'
const SPECIFIER = /^\0?unplugin-spy\/virtual\/program(?:-([0-9a-f]+))?$/

export interface VirtualId {
  /** Which program of the bundle: empty for the one that all entries share, else hexadecimal digits. */
  readonly program: string
}

/** What facades write after `from`. */
export function virtualSpecifier({ program }: VirtualId): string {
  return program === '' ? PREFIX : `${PREFIX}-${program}`
}

/** The id that the specifier gets: the null byte tells other plugins that there is no such file. */
export function virtualId(id: VirtualId): string {
  return `\0${virtualSpecifier(id)}`
}

/** Understands specifiers and ids. */
export function parseVirtual(text: string): VirtualId | undefined {
  const found = SPECIFIER.exec(text)
  return found === null ? undefined : { program: found[1] ?? '' }
}
