/** Keys from contents, and the one way to use a store. */
import type { ArtifactKey, ArtifactStore } from './store.ts'

const encoder = new TextEncoder()

/**
 * The key of a result. Everything that decides it has to be among the parts: version of the compiler, of the toolchain,
 * options, all inputs. Each part is hashed with its length, so that moving text between parts changes the key.
 */
export async function artifactKey(parts: readonly (string | Uint8Array)[]): Promise<ArtifactKey> {
  const chunks = parts.flatMap((part) => {
    const bytes = typeof part === 'string' ? encoder.encode(part) : part
    return [encoder.encode(`${bytes.length}:`), bytes]
  })
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', all))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') as ArtifactKey
}

/** What the store has under the key, or else what `make` makes, which is then kept. */
export async function cached(
  store: ArtifactStore,
  key: ArtifactKey,
  make: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const known = await store.get(key)
  if (known !== undefined) return known
  const made = await make()
  await store.put(key, made)
  return made
}
