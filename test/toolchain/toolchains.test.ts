/** Both toolchains make the same kind of module from the same C; one that is not installed is passed over. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { HostError } from '../../compiler/text/diagnostics.ts'
import { findEmscripten } from '../../compiler/toolchain/emscripten.ts'
import { readRuntimeSources } from '../../compiler/toolchain/index.ts'
import type { BuildOptions, Toolchain } from '../../compiler/toolchain/port.ts'
import { findEmbeddedClang } from '../../compiler/toolchain/wasm-clang.ts'
import { LIBRARY_BUILD, RUNTIME_FUNCTIONS } from '../../src/runtime/abi.ts'
import { GREETING, program, RELEASE, run, surface } from './programs.ts'

const HELLO = program(`
#include "spy.h"
SPY_STR(hello, "hello world\\n", 12, 12);
SPY_EXPORT("main") void program_main(void) { spy_stdout_write(&hello); }
`)

function behaves(name: string, toolchain: Toolchain): void {
  const builds = suite(name)
  const build = (sources = GREETING, options: BuildOptions = RELEASE) => toolchain.build(sources, options)

  builds('a program runs, prints and fails with its place', async () => {
    for (const profile of ['debug', 'release', 'size'] as const) {
      const { exports, output } = run(await build(GREETING, { profile }))
      exports.greet?.(9)
      assert.equal(output, ['half is 4\n'], profile)
      assert.is(exports.halve?.(-7, 2), -4)
      assert.throws(
        () => exports.halve?.(1, 0),
        /^ZeroDivisionError: integer division or modulo by zero \(greet.spy:7:12\)$/,
      )
    }
  })

  builds('imports and exports are those that the C names, and memory', async () => {
    assert.equal(surface(await build()), {
      imports: ['spy.fd_write', 'spy.panic'],
      exports: ['greet', 'halve', 'memory', 'scale'],
    })
    const more = await build(GREETING, {
      ...RELEASE,
      exports: ['__stack_pointer', 'not_there'],
      exportTable: true,
    })
    assert.equal(surface(more).exports, [
      '__indirect_function_table',
      '__stack_pointer',
      'greet',
      'halve',
      'memory',
      'scale',
    ])
  })

  builds('what is not used leaves no byte', async () => {
    const empty = await build(program('#include "spy.h"'), RELEASE)
    assert.ok(empty.length < 100, `an empty program takes ${empty.length} bytes`)
    const hello = await build(HELLO, RELEASE)
    assert.ok(hello.length < 1000, `hello world takes ${hello.length} bytes`)
    assert.equal(surface(hello).imports, ['spy.fd_write'])
  })

  builds('names are kept in debug builds and gone in release builds', async () => {
    const sections = async (options: BuildOptions) => {
      const module = new WebAssembly.Module((await build(GREETING, options)) as BufferSource)
      return ['name', 'producers', 'target_features', '.debug_line'].map(
        (s) => WebAssembly.Module.customSections(module, s).length,
      )
    }
    assert.equal(await sections({ profile: 'debug' }), [1, 0, 0, 1])
    assert.equal(await sections({ profile: 'release' }), [0, 0, 0, 0])
    assert.equal(await sections({ profile: 'release', debugInfo: true }), [1, 0, 0, 1])
  })

  builds('SIMD is used in release builds unless turned off', async () => {
    const vector = (wasm: Uint8Array) => Buffer.from(wasm).includes(Buffer.from([0xfd, 0xf2, 0x01])) // f64x2.mul
    assert.ok(vector(await build(GREETING, { profile: 'release' })))
    assert.not(vector(await build(GREETING, { profile: 'release', simd: false })))
    assert.not(vector(await build(GREETING, { profile: 'size' })))
  })

  builds('definitions reach the C', async () => {
    const sources = program('#include "spy.h"\nSPY_EXPORT("f") int32_t f(void) { return ANSWER; }')
    assert.is(run(await build(sources, { profile: 'size', defines: { ANSWER: '42' } })).exports.f?.(), 42)
  })

  builds("C that does not compile is a HostError with the compiler's words", async () => {
    const error = await build(program('#include "spy.h"\nint f(void) { return nothing; }')).catch((e: unknown) => e)
    assert.instance(error, HostError)
    const text = (error as HostError).format()
    assert.match(text, /the C toolchain ".*" failed/)
    assert.match(text, /program\.c:2:22: error: use of undeclared identifier 'nothing'/)
    assert.match(text, /to fix it:/)
  })

  builds('C that does not link is one too', async () => {
    const error = await build(
      program('#include "spy.h"\nint missing(void);\nSPY_EXPORT("f") int f(void) { return missing(); }'),
    ).catch((e: unknown) => e)
    assert.instance(error, HostError)
    assert.match((error as HostError).message, /undefined symbol: missing/)
  })

  builds('equal inputs make equal bytes, also at the same time', async () => {
    const [a, b, c] = await Promise.all([build(), build(HELLO), build()])
    assert.equal(a, c)
    assert.not.equal(a, b)
  })

  builds('the runtime has all its functions', async () => {
    const sources = { main: 'runtime-c/src/libspy.c', files: readRuntimeSources() }
    const { exports } = surface(await build(sources, LIBRARY_BUILD))
    for (const name of Object.keys(RUNTIME_FUNCTIONS)) assert.ok(exports.includes(name), name)
  })

  builds.after(() => toolchain.dispose())
  builds.run()
}

const clang = findEmbeddedClang()
if (clang !== undefined) behaves('embedded clang', clang)
const emscripten = await findEmscripten()
if (emscripten !== undefined) behaves('emscripten', emscripten)
