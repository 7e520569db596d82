/** Programs of ours as apps get them: bundled, so that a measurement runs what ships. */
import { rollup } from 'rollup'
import spy from '../../src/rollup.ts'

/** Writes the bundle of `input` into `folder`, as a module of that name with its wasm beside it. */
export async function bundleSpy(
  input: string,
  folder: string,
  module: string,
  options: Parameters<typeof spy>[0],
): Promise<void> {
  const bundle = await rollup({
    input,
    plugins: [spy({ ...options, types: false, cache: false })],
    onwarn(warning) {
      throw new Error(warning.message)
    },
  })
  await bundle.write({ dir: folder, format: 'es', entryFileNames: module, assetFileNames: '[name][extname]' })
  await bundle.close()
}
