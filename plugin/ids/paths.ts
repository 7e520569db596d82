/**
 * Paths inside the plugin have `/` between their parts on every system.
 */

/** `C:\a\b` → `C:/a/b`. A backslash is an ordinary character of file names elsewhere, and stays. */
export function toPosix(path: string): string {
  return isWindowsPath(path) ? path.replaceAll('\\', '/') : path
}

/** Drive letter, or a network share. */
function isWindowsPath(path: string): boolean {
  return /^[a-zA-Z]:[\\/]/.test(path) || path.startsWith('\\\\')
}

/** The last part of a path, without the ending. */
export function stem(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(0, dot) : name
}
