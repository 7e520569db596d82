/**
 * `npm run build:runtime`: compiles runtime-c to `dist/libspy.wasm`, which the interp and jit engines load.
 *
 * `--toolchain clang | emscripten | auto` (default: clang, which every installation has), `--output FILE`.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { HostError } from '../compiler/text/diagnostics.ts'
import { chooseToolchain, readRuntimeSources, type ToolchainChoice } from '../compiler/toolchain/index.ts'
import { LIBRARY_BUILD } from '../src/runtime/abi.ts'
import { root } from './root.ts'

const { values } = parseArgs({
  options: {
    toolchain: { type: 'string', default: 'clang' },
    output: { type: 'string', default: 'dist/libspy.wasm' },
  },
})
const output = resolve(root, values.output)

try {
  const toolchain = await chooseToolchain(values.toolchain as ToolchainChoice)
  const sources = { main: 'runtime-c/src/libspy.c', files: readRuntimeSources() }
  const wasm = await toolchain.build(sources, LIBRARY_BUILD)
  mkdirSync(dirname(output), { recursive: true })
  // Others may be loading the old one.
  writeFileSync(`${output}.${process.pid}`, wasm)
  renameSync(`${output}.${process.pid}`, output)
  process.stderr.write(`${values.output}: ${wasm.length} bytes, ${toolchain.version}\n`)
  toolchain.dispose()
} catch (error) {
  if (!(error instanceof HostError)) throw error
  process.stderr.write(error.format())
  process.exitCode = 1
}
