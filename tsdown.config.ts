/**
 * Builds the package into `dist`: one entry per host, the embedding API, the compiler for pages and the command share
 * chunks; the runtime that ships into apps stands apart, minified, and knows nothing of Node.
 *
 * `dist` is emptied by scripts/build-package.ts, because `dist/libspy.wasm` must stay: another script makes it.
 */
import { existsSync } from 'node:fs'
import { defineConfig, type UserConfig } from 'tsdown'

const ENTRIES = ['vite', 'rollup', 'rolldown', 'webpack', 'rspack', 'esbuild', 'node', 'compiler', 'cli']

const shared: UserConfig = {
  format: 'esm',
  outDir: 'dist',
  clean: false,
  fixedExtension: false, // .js and .d.ts: the whole package is ESM
  failOnWarn: true,
  report: false,
}

function existing(names: readonly string[], path: (name: string) => string): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, path(name)] as const).filter(([, file]) => existsSync(file)))
}

export default defineConfig([
  {
    ...shared,
    name: 'package',
    entry: {
      ...existing(ENTRIES, (name) => `src/${name}.ts`),
      // The process that the embedded clang runs in; it is started by this name.
      ...existing(['clang-worker'], () => 'compiler/toolchain/wasm-clang/worker.ts'),
    },
    platform: 'node',
    target: 'node20.19',
    dts: true,
  },
  {
    ...shared,
    name: 'runtime',
    entry: existing(['runtime/index'], (name) => `src/${name}.ts`),
    platform: 'browser',
    target: 'es2022',
    tsconfig: 'src/runtime/tsconfig.json',
    // With line breaks: without them the marks of pure calls would go, by which bundlers leave out what an app does not use.
    minify: { compress: true, mangle: true, codegen: false },
    outputOptions: { comments: { annotation: true, jsdoc: false } },
    dts: true,
  },
  {
    ...shared,
    name: 'viewer',
    // A script that goes into pages as text.
    entry: existing(['viewer'], () => 'src/viewer/index.ts'),
    platform: 'browser',
    target: 'es2022',
    tsconfig: 'src/viewer/tsconfig.json',
    minify: true,
    dts: false,
  },
])
