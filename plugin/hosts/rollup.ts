/**
 * Rollup: builds only.
 */
import type { Plugin, PluginContext } from 'rollup'
import { LiveDeclarations } from '../dts.ts'
import { resolveOptions, type SpyOptions } from '../options.ts'
import { type BuildContext, RollupLikeBuild } from './rollup-like.ts'
import type { Wiring } from './wiring.ts'

export function rollupPlugin(options: SpyOptions, wiring: Wiring): Plugin {
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
  // Rollup knows nothing about where its output will run.
  const begin = (inputs: readonly string[]) =>
    new RollupLikeBuild(resolved, { platform: 'unknown', runtime: wiring.runtime, declarations }, compiler, inputs)

  return {
    name: 'unplugin-spy',
    buildStart({ input }) {
      declarations?.prepare()
      declarations?.scan()
      build = begin(Array.isArray(input) ? input : Object.values(input))
    },
    // Facades depend on more than their own text: on other files, and on the compiler.
    shouldTransformCachedModule: () => true,
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
      isExternal: (id) => plugin.getModuleInfo(id)?.isExternal ?? false,
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
