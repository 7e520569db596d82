/**
 * Modules that are in no file: the program that the facades of a bundle share, and the cell that holds the running
 * version of it in dev.
 */

/** `program`: makes an instance, or installs a version. `cell`: where the running version is. `libspy`: C runtime. */
export type VirtualKind = 'program' | 'cell' | 'libspy'

export interface VirtualId {
  readonly kind: VirtualKind
  /** Which program of the bundle, as `Programs` names it: empty, or the path of its only entry. */
  readonly program: string
}

const PREFIX = 'virtual:unplugin-spy/'
const SPECIFIER = /^\0?virtual:unplugin-spy\/(program|cell|libspy)(?:\?of=([^&#?]*))?(?:[?&#]|$)/

/** What facades write after `from`. */
export function virtualSpecifier({ kind, program }: VirtualId): string {
  return PREFIX + kind + (program === '' ? '' : `?of=${encodeURIComponent(program)}`)
}

/** The id that the specifier gets: the null byte tells other plugins that there is no such file. */
export function virtualId(id: VirtualId): string {
  return `\0${virtualSpecifier(id)}`
}

/** Understands specifiers and ids, also with a query that a host has added. */
export function parseVirtual(text: string): VirtualId | undefined {
  const found = SPECIFIER.exec(text)
  if (found === null) return undefined
  return { kind: found[1] as VirtualKind, program: decodeURIComponent(found[2] ?? '') }
}
