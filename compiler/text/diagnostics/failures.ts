/**
 * The two ways to fail that are not the program's fault: the world outside, and ourselves.
 */

/** Something outside could not be had: a file, a process, a tool. Says what was tried and what to do about it. */
export class HostError extends Error {
  override readonly name = 'HostError'
  readonly tried: readonly string[]
  readonly fix: string | undefined

  constructor(message: string, details: { tried?: readonly string[]; fix?: string; cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.tried = details.tried ?? []
    this.fix = details.fix
  }

  /** Message, what was tried and the fix, one per line. */
  format(): string {
    const lines = [this.message]
    if (this.tried.length > 0) lines.push(`  tried: ${this.tried.join(', ')}`)
    if (this.fix !== undefined) lines.push(`  to fix it: ${this.fix}`)
    return `${lines.join('\n')}\n`
  }
}

/** A belief of ours turned out to be wrong. Never caught, except to say "internal error" at the very end. */
export class InternalError extends Error {
  override readonly name = 'InternalError'
}

/** What V8, JavaScriptCore (RangeError) and SpiderMonkey (InternalError) throw when calls are nested too deeply. */
export function isStackExhausted(error: unknown): boolean {
  return error instanceof Error && /^(Maximum call stack|too much recursion)/i.test(error.message)
}

/** Stop unless `condition` holds; `belief` says, for us, what we thought was always true. */
export function invariant(condition: unknown, belief: string): asserts condition {
  if (!condition) throw new InternalError(`internal error: this was believed to hold: ${belief}`)
}

/** The `default` of an exhaustive switch: does not type-check when a kind is forgotten. */
export function unreachable(value: never): never {
  throw new InternalError(`internal error: unexpected ${describe(value)}`)
}

function describe(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'kind' in value) return String(value.kind)
  return String(value)
}
