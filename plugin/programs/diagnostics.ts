/**
 * What can go wrong between a bundler and the programs of its bundle, in words.
 */

/** An error for people who write a bundler's configuration: a message that says what to do, and no stack of ours. */
export class PluginError extends Error {
  override readonly name = 'SpyPluginError'

  constructor(message: string) {
    super(message)
    this.stack = ''
  }
}

const LIST_ENTRIES = "List it in the plugin's option `entries`, so that it is known from the start."

/** A `.spy` file was imported after the program without it had become part of the bundle. */
export function lateEntry(entry: string): PluginError {
  return new PluginError(
    `${entry} was imported after the program of this bundle had been compiled, by a module that another plugin has ` +
      `added late. ${LIST_ENTRIES}`,
  )
}

/** Facades that the bundler has already taken do not fit the program: the sources have changed in between. */
export function facadesOutdated(entries: readonly string[]): PluginError {
  return new PluginError(
    `The sources of this program changed while it was being built (${entries.join(', ')}). Build again.`,
  )
}

/** A query that only dev servers or other hosts understand. */
export function unknownQuery(query: string, path: string): PluginError {
  return new PluginError(`${path}?${query}: this bundler knows no \`?${query}\` for .spy files`)
}
