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

const REPORT = 'This is a bug in unplugin-spy. Please report it, with this text and the program that causes it.'

/** A belief of ours turned out to be wrong. Never caught, except to be told at the very end. */
export class InternalError extends Error {
  override readonly name = 'InternalError'

  constructor(what: string, options?: ErrorOptions) {
    super(`internal error: ${what}\n${REPORT}`, options)
  }

  /** What was wrong, what to do about it, and where we were. */
  format(): string {
    return `${(this.stack ?? this.message).replace(/^InternalError: /, '')}\n`
  }
}

/** What left the compiler and is nobody's fault but ours, said so; it happened where `error` was thrown. */
export function internalError(error: unknown): InternalError {
  if (error instanceof InternalError) return error
  const told = new InternalError(String(error), { cause: error })
  const frames = error instanceof Error ? /\n\s+at [\s\S]*/.exec(error.stack ?? '') : null
  if (frames !== null) told.stack = `${told.name}: ${told.message}${frames[0]}`
  return told
}

/**
 * What V8, JavaScriptCore (RangeError) and SpiderMonkey (InternalError) throw when calls are nested too deeply. Asked where
 * little is left of the stack: regular expressions would need more of it.
 */
export function isStackExhausted(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error.message.includes('Maximum call stack') || error.message.includes('too much recursion')
}

/** Stop unless `condition` holds; `belief` says, for us, what we thought was always true. */
export function invariant(condition: unknown, belief: string): asserts condition {
  if (!condition) throw new InternalError(`this was believed to hold: ${belief}`)
}

/** The `default` of an exhaustive switch: does not type-check when a kind is forgotten. */
export function unreachable(value: never): never {
  throw new InternalError(`unexpected ${describe(value)}`)
}

function describe(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'kind' in value) return String(value.kind)
  return String(value)
}
