/**
 * How the JavaScript of a bundle gets at the bytes of a program. Measured for each host: no way but inlining works
 * everywhere.
 *
 * | host                        | a file beside the JavaScript                                    |
 * |-----------------------------|-----------------------------------------------------------------|
 * | Rollup, Rolldown, Vite      | emitted asset, `import.meta.ROLLUP_FILE_URL_<reference>`        |
 * | webpack, Rspack             | `new URL('<path>', import.meta.url)`, always with a literal     |
 * | esbuild                     | `import url from '<path>'`, which a loader of ours answers      |
 * | code for servers, on Vite   | none: inline                                                    |
 */

export type WasmSource = InlineSource | UrlSource

export interface InlineSource {
  readonly kind: 'inline'
  readonly bytes: Uint8Array
}

export interface UrlSource {
  readonly kind: 'url'
  /** An expression that gives a `URL`, or a text that `fetch` takes. */
  readonly expression: string
  /** An import statement that the expression needs, or ''. */
  readonly prelude: string
  /**
   * The code may run where the URL is one of a file: in Node, which does not fetch such URLs. Only for hosts that do
   * not say where their output will run.
   */
  readonly maybeFile: boolean
}

export function inlineSource(bytes: Uint8Array): InlineSource {
  return { kind: 'inline', bytes }
}

/** Rollup, Rolldown and Vite replace the whole expression. The new name of it, `ROLLDOWN_…`, is unknown to Rollup. */
export function emittedAsset(reference: string, { maybeFile }: { readonly maybeFile: boolean }): UrlSource {
  const expression = `import.meta.ROLLUP_FILE_URL_${reference}`
  return { kind: 'url', expression, prelude: '', maybeFile }
}

/**
 * webpack and Rspack find the file at build time, and only if the text of the URL is a literal. It is a specifier that
 * the plugin resolves: `#` and `%` in a path would mean something else in a URL.
 */
export function literalUrl(specifier: string): UrlSource {
  const expression = `new URL(${JSON.stringify(specifier)}, import.meta.url)`
  return { kind: 'url', expression, prelude: '', maybeFile: false }
}

/** esbuild: the default export of the file is its URL relative to the output. */
export function importedFile(
  specifier: string,
  name: string,
  { maybeFile }: { readonly maybeFile: boolean },
): UrlSource {
  return {
    kind: 'url',
    expression: `new URL(${name}, import.meta.url)`,
    prelude: `import ${name} from ${JSON.stringify(specifier)}`,
    maybeFile,
  }
}

/** A path that a dev server answers. */
export function servedUrl(path: string): UrlSource {
  return { kind: 'url', expression: JSON.stringify(path), prelude: '', maybeFile: false }
}

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}
