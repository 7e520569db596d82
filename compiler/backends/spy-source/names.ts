/**
 * How names are written: FQNs as people read them or in full, bare where they look like names.
 */
import type { Fqn } from '../../objects/fqn.ts'
import { NONE, type SpyType } from '../../objects/types.ts'

/** The two formats of names. */
export interface Naming {
  /** Canonical FQNs instead of human names, and operators as calls. */
  readonly full: boolean
  readonly fqn: (fqn: Fqn) => string
  readonly type: (type: SpyType) => string
  readonly resultType: (type: SpyType) => string
}

export function makeNaming(humanName: (fqn: Fqn) => string, full: boolean): Naming {
  const fqn = (name: Fqn): string => quoteName(full ? name.text : humanName(name))
  const type = (t: SpyType): string => fqn(t.fqn)
  return { full, fqn, type, resultType: (t) => (t === NONE && !full ? 'None' : type(t)) }
}

export function quoteName(text: string): string {
  return /^[a-zA-Z0-9_]+$/.test(text) ? text : `\`${text}\``
}

/** A name of a tree. Only those that were read from a printed tree may need the backquotes. */
export function printName(name: string): string {
  return /^[\p{XID_Start}_$][\p{XID_Continue}$]*$/u.test(name) ? name : `\`${name}\``
}
