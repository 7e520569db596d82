/** The script of pages that show trees, built from its sources: tests do not need the package. */
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

let script: Promise<string> | undefined

export function viewerScript(): Promise<string> {
  script ??= bundle()
  return script
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../../src/viewer/index.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    minify: true,
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}
