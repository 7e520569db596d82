/** What the test runner and its worker processes say to each other. */

export interface RunFile {
  readonly file: string
}

export interface FileReport {
  readonly file: string
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly milliseconds: number
  /** What the tests and uvu printed, for a person; shown when something failed. */
  readonly output: string
}
