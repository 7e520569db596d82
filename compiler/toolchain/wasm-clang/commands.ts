/**
 * LLVM as a wasm module: the two commands that turn C into wasm. Pure, so that it works in a page's worker too. The
 * compiler is asked directly rather than through its driver, which would only start it again.
 */
import {
  BRACKET_DEPTH,
  DIALECT,
  features,
  inlining,
  keepsNames,
  linkArguments,
  optimization,
  STRICT,
} from '../flags.ts'
import type { BuildOptions, CFiles, WasmBytes } from '../port.ts'
import { type CommandResult, runCommand } from './memwasi.ts'

/** The bytes, or what the command that failed had to say. */
export type Compilation =
  | { readonly ok: true; readonly wasm: WasmBytes }
  | { readonly ok: false; readonly command: string; readonly messages: string }

const encoder = new TextEncoder()

/** Compile and link with `llvm`, the module behind both commands. */
export function compileAndLink(llvm: WebAssembly.Module, sources: CFiles, options: BuildOptions): Compilation {
  const files = new Map<string, Uint8Array>()
  for (const [path, text] of sources.files) files.set(`/${path}`, encoder.encode(text))

  const compiled = attempt('clang', () =>
    runCommand(llvm, ['clang', ...compileArguments(sources.main, options)], files),
  )
  if (!compiled.ok) return compiled
  const object = compiled.result.files.get(OBJECT)
  if (object === undefined) return { ok: false, command: 'clang', messages: 'clang wrote no object file' }

  const link = ['wasm-ld', ...linkArguments(options), OBJECT, '-o', MODULE]
  const linked = attempt('wasm-ld', () => runCommand(llvm, link, new Map([[OBJECT, object]])))
  if (!linked.ok) return linked
  const wasm = linked.result.files.get(MODULE)
  if (wasm === undefined) return { ok: false, command: 'wasm-ld', messages: 'wasm-ld wrote no module' }
  return { ok: true, wasm }
}

const OBJECT = '/unit.o'
const MODULE = '/unit.wasm'

/** An exit code or a crash of the command as a failure; its messages are all that is left then. */
function attempt(
  command: string,
  run: () => CommandResult,
): { readonly ok: true; readonly result: CommandResult } | Extract<Compilation, { ok: false }> {
  let result: CommandResult
  try {
    result = run()
  } catch (error) {
    return { ok: false, command, messages: `${command} crashed: ${String(error)}` }
  }
  if (result.exitCode === 0) return { ok: true, result }
  return { ok: false, command, messages: (result.stderr + result.stdout).trim() }
}

/** Of `clang -cc1`, which takes for granted nothing that the driver would add. */
function compileArguments(main: string, options: BuildOptions): readonly string[] {
  const level = optimization(options)
  return [
    '-cc1',
    ...['-triple', 'wasm32-unknown-unknown', '-target-cpu', 'mvp'],
    ...features(options).flatMap((feature) => ['-target-feature', `+${feature}`]),
    ...['-emit-obj', '-disable-free', '-mrelocation-model', 'static', '-mframe-pointer=none'],
    ...DIALECT.map((flag) => (flag === '-fno-strict-aliasing' ? '-relaxed-aliasing' : flag)),
    `-O${level}`,
    ...(level === '2' || level === '3' || level === 's' ? ['-vectorize-loops', '-vectorize-slp'] : []),
    ...(keepsNames(options) ? ['-debug-info-kind=constructor', '-dwarf-version=4'] : []),
    ...(options.strict ? STRICT : []),
    ...Object.entries(options.defines ?? {}).map(([name, text]) => `-D${name}=${text}`),
    ...inlining(options),
    ...['-fbracket-depth', BRACKET_DEPTH],
    ...['-main-file-name', main, '-fdebug-compilation-dir=/', '-ferror-limit', '19', '-fgnuc-version=4.2.1'],
    ...['-I', '/runtime-c/include', '-o', OBJECT, '-x', 'c', `/${main}`],
  ]
}
