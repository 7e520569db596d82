/**
 * The hooks of Rollup and Rolldown: builds only.
 */
import { LiveDeclarations } from '../dts.ts'
import { resolveOptions, type SpyOptions } from '../options.ts'
import { type BuildContext, type BuildTarget, RollupLikeBuild } from './rollup-like.ts'
import type { Wiring } from './wiring.ts'

type Input = readonly string[] | Readonly<Record<string, string>>

/** The files of an output: hooks take out what nothing names any more. */
type Bundle = Record<string, { readonly type: 'asset' } | { readonly type: 'chunk'; readonly code: string }>

/**
 * @param contextOf  what a build asks of its host, out of the context of a hook
 * @returns the hooks that both hosts have; `start` belongs into `buildStart`
 */
export function rollupLikeHooks<Context extends { readonly meta: { readonly watchMode: boolean } }>(
  options: SpyOptions,
  wiring: Wiring,
  contextOf: (plugin: Context) => BuildContext,
) {
  const resolved = resolveOptions(options, { root: process.cwd(), engine: 'c', sourcemap: false })
  const compiler = wiring.compiler(resolved)
  const declarations = resolved.types
    ? new LiveDeclarations({ root: resolved.root, compiler }, (message) => console.warn(`[unplugin-spy] ${message}`))
    : undefined
  const begin = (inputs: readonly string[], platform: BuildTarget['platform']): RollupLikeBuild =>
    new RollupLikeBuild(resolved, { platform, runtime: wiring.runtime, declarations }, compiler, inputs)
  let build: RollupLikeBuild | undefined
  const current = (): RollupLikeBuild => {
    build ??= begin([], 'unknown')
    return build
  }

  function start(input: Input, platform: BuildTarget['platform']): void {
    declarations?.prepare()
    declarations?.scan()
    build = begin(Array.isArray(input) ? input : Object.values(input), platform)
  }

  const hooks = {
    name: 'unplugin-spy',
    resolveId(this: Context, source: string, importer: string | undefined) {
      return current().resolve(contextOf(this), source, importer)
    },
    load(this: Context, id: string) {
      return current().load(contextOf(this), id)
    },
    moduleParsed({ id }: { readonly id: string }) {
      current().parsed(id)
    },
    async buildEnd(this: Context, error?: Error) {
      if (error === undefined) await current().finish(contextOf(this))
    },
    renderChunk(this: Context, code: string) {
      const rendered = current().render(contextOf(this), code)
      return rendered === undefined ? null : { code: rendered, map: null }
    },
    async generateBundle(this: Context, _options: unknown, bundle: Bundle) {
      const chunks = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [file.code] : []))
      for (const file of await current().unused(contextOf(this), chunks)) delete bundle[file]
    },
    async closeBundle(this: Context) {
      await declarations?.finished()
      // In watch mode more builds follow.
      if (!this.meta.watchMode) await compiler.dispose()
    },
  }
  return { start, hooks }
}
