/**
 * What to do in running apps when a file has changed.
 */
import type { DevState, DevVersion } from '../programs.ts'

export type Update =
  /** Nothing that an app could notice has changed. */
  | { readonly kind: 'none' }
  /** As `none`, but an error that was shown is gone. */
  | { readonly kind: 'recovered' }
  /** It does not compile: what runs goes on. */
  | { readonly kind: 'broken'; readonly error: Error }
  /** Install the new version. `entries`: whose facades have another text or other types. */
  | { readonly kind: 'install'; readonly version: DevVersion; readonly entries: readonly string[] }

/**
 * @param before  undefined if no app has the program yet
 */
export function planUpdate(before: DevState | undefined, after: DevState): Update {
  const { result } = after.current
  if (!result.ok) return { kind: 'broken', error: result.error }
  const running = before?.lastGood
  if (running === undefined || running.hash !== result.value.hash) {
    return { kind: 'install', version: result.value, entries: changedEntries(running, result.value) }
  }
  return { kind: before?.current.result.ok ? 'none' : 'recovered' }
}

/** Entries that both versions have and whose facades differ. */
function changedEntries(before: DevVersion | undefined, after: DevVersion): string[] {
  if (before === undefined) return []
  return [...after.program.interfaces.keys()].filter((entry) => {
    const known = before.program.interfaces.has(entry)
    return known && facadeFingerprint(before, entry) !== facadeFingerprint(after, entry)
  })
}

function facadeFingerprint({ program }: DevVersion, entry: string): string {
  const described = program.interfaces.get(entry)
  if (described === undefined) return ''
  const text = described.facade({ kind: 'dev', runtime: 'runtime', program: 'program' })
  return JSON.stringify([text, [...described.signatures]])
}
