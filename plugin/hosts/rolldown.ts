/**
 * Rolldown: builds only.
 */
import type { Plugin, PluginContext } from 'rolldown'
import { LiveDeclarations } from '../dts.ts'
import { resolveOptions, type SpyOptions } from '../options.ts'
import { type BuildContext, RollupLikeBuild } from './rollup-like.ts'
import type { Wiring } from './wiring.ts'

export function rolldownPlugin(options: SpyOptions, wiring: Wiring): Plugin {
  const resolved = resolveOptions(options, { root: process.cwd(), engine: 'c', sourcemap: false })
  const compiler = wiring.compiler(resolved)
  const declarations = resolved.types
    ? new LiveDeclarations({ root: resolved.root, compiler }, (message) => console.warn(`[unplugin-spy] ${message}`))
    : undefined
  let build: RollupLikeBuild | undefined
  const current = (): RollupLikeBuild => {
    build ??= begin([])
    return build
  }
  // `browser` is also what Rolldown says when nobody has told it; such output may well run in Node.
  const begin = (inputs: readonly string[], platform: 'server' | 'unknown' = 'unknown') =>
    new RollupLikeBuild(resolved, { platform, runtime: wiring.runtime, declarations }, compiler, inputs)

  return {
    name: 'unplugin-spy',
    buildStart({ input, platform }) {
      declarations?.prepare()
      declarations?.scan()
      const inputs = Array.isArray(input) ? input : Object.values(input)
      build = begin(inputs, platform === 'node' ? 'server' : 'unknown')
    },
    resolveId(source, importer) {
      return current().resolve(contextOf(this), source, importer)
    },
    load(id) {
      return current().load(contextOf(this), id)
    },
    moduleParsed({ id }) {
      current().parsed(id)
    },
    async buildEnd(error) {
      if (error === undefined) await current().finish(contextOf(this))
    },
    renderChunk(code) {
      const rendered = current().render(contextOf(this), code)
      return rendered === undefined ? null : { code: rendered, map: null }
    },
    async generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [file.code] : []))
      for (const file of await current().unused(contextOf(this), chunks)) delete bundle[file]
    },
    async closeBundle() {
      await declarations?.finished()
      // In watch mode more builds follow.
      if (!this.meta.watchMode) await compiler.dispose()
    },
  }
}

function contextOf(plugin: PluginContext): BuildContext {
  return {
    graph: {
      moduleIds: () => plugin.getModuleIds(),
      imports: (id) => {
        const info = plugin.getModuleInfo(id)
        return info === null ? undefined : [...info.importedIds, ...info.dynamicallyImportedIds]
      },
      // The graph does not tell modules outside of the bundle from modules that are being loaded.
      isExternal: async (id) => Boolean((await plugin.resolve(id))?.external),
    },
    emitAsset: (name, source) => plugin.emitFile({ type: 'asset', name, source }),
    fileName: (reference) => plugin.getFileName(reference),
    addWatchFile: (path) => plugin.addWatchFile(path),
    warn: (message) => plugin.warn(message),
    async resolve(source, importer, isEntry) {
      const found = await plugin.resolve(source, importer, { isEntry, skipSelf: true })
      return found === null || found.external ? undefined : found.id
    },
  }
}
