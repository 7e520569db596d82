/**
 * What a build asks of its host, out of the contexts that Rollup, Rolldown and Vite hand to hooks.
 */
import type { BuildContext } from './rollup-like.ts'

/** The three contexts, as far as it matters here. */
export interface HookContext {
  getModuleIds(): Iterable<string>
  getModuleInfo(id: string): ModuleInfo | null
  emitFile(file: { readonly type: 'asset'; readonly name: string; readonly source: Uint8Array }): string
  getFileName(reference: string): string
  addWatchFile(path: string): void
  warn(message: string): void
  resolve(
    source: string,
    importer?: string,
    options?: { readonly isEntry?: boolean; readonly skipSelf?: boolean },
  ): Promise<{ readonly id: string; readonly external: boolean | string } | null>
}

interface ModuleInfo {
  readonly importedIds: readonly string[]
  readonly dynamicallyImportedIds: readonly string[]
}

/** @param isExternal  whether a module stays outside of the bundle */
export function buildContext(
  plugin: HookContext,
  isExternal: (id: string) => boolean | Promise<boolean> = (id) => resolvesToExternal(plugin, id),
): BuildContext {
  return {
    graph: {
      moduleIds: () => plugin.getModuleIds(),
      imports: (id) => {
        const info = plugin.getModuleInfo(id)
        return info === null ? undefined : [...info.importedIds, ...info.dynamicallyImportedIds]
      },
      isExternal,
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

/** The graph of Rolldown does not tell modules outside of the bundle from modules that are being loaded. */
async function resolvesToExternal(plugin: HookContext, id: string): Promise<boolean> {
  return Boolean((await plugin.resolve(id))?.external)
}
