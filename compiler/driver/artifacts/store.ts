/** The port behind which results are kept. */

/** The SHA-256 of everything that decides a result, in lower-case hexadecimal. */
export type ArtifactKey = string & { readonly kind: 'artifact key' }

export interface ArtifactStore {
  /** What was put under this key; undefined if there is nothing, or nothing whole. */
  get(key: ArtifactKey): Promise<Uint8Array | undefined>
  /** Keep it. A store that cannot is no reason to fail: the result is there, only not the next time. */
  put(key: ArtifactKey, bytes: Uint8Array): Promise<void>
}
