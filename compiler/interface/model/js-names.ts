/** Names of SPy in JavaScript: words that JavaScript keeps for itself get another local name. */
import type { InterfaceModel } from './interface-model.ts'
import { isPrivate } from './interface-model.ts'

const RESERVED: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof undefined var void while with yield ' +
    // No words of the language, but facades say them.
    'BigInt Infinity NaN Object Uint8Array'
  ).split(' '),
)

/** A name for a declaration: itself, or with `$` behind it; names of SPy contain no `$`. */
export function localName(name: string): string {
  return RESERVED.has(name) ? `${name}$` : name
}

/** `name`, or `local as name`, for lists of exports. */
export function exportSpecifier(name: string): string {
  const local = localName(name)
  return local === name ? name : `${local} as ${name}`
}

export function isReserved(name: string): boolean {
  return RESERVED.has(name)
}

/** What facades and declarations show of a module: everything but private names. */
export function publicParts(model: InterfaceModel): InterfaceModel {
  const shown = ({ name }: { readonly name: string }) => !isPrivate(name)
  return {
    ...model,
    functions: model.functions.filter(shown),
    variables: model.variables.filter(shown),
    constants: model.constants.filter(shown),
    classes: model.classes.filter(shown),
    refused: model.refused.filter(shown),
  }
}
