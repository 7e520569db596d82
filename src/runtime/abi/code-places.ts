/**
 * Where the code of a module comes from: a custom section that is read only when an error is told. Its content is the
 * JSON of a `CodePlaces`.
 */
export const PLACES_SECTION = 'spy.places'

export interface CodePlaces {
  readonly files: readonly string[]
  /** FQNs. */
  readonly functions: readonly string[]
  /**
   * Four numbers a site: its function, its file, its line, and the site of the call that the function was expanded for,
   * plus one; zero if it was not. A site of the standard library has file -1.
   */
  readonly sites: readonly number[]
  /** Two numbers a mark: bytes since the mark before, and the site that the code up to the next mark belongs to. */
  readonly marks: readonly number[]
}
