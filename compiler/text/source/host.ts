/**
 * The outside world as the compiler core sees it. Node, bundlers, tests and pages each bring their own.
 */

export interface Host {
  /**
   * Content of a file: bytes, or text if the host already has it decoded (an editor's unsaved buffer).
   *
   * @param path  absolute, with `/` between its parts
   * @returns undefined if there is no such file
   */
  read(path: string): string | Uint8Array | undefined
  /** The path under which a file is known however it was reached (symbolic links resolved). */
  realPath(path: string): string
}
