/** Who uses little carries little: releases of the smallest programs stay small. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { releaseOf, SMALL_PROGRAMS } from '../../bench/size/small-programs.ts'
import { findEmscripten } from '../../compiler/toolchain/emscripten.ts'
import { findEmbeddedClang } from '../../compiler/toolchain/wasm-clang.ts'

const sizes = suite('sizes of small programs')

for (const toolchain of [await findEmscripten(), findEmbeddedClang()]) {
  if (toolchain === undefined) continue
  for (const program of SMALL_PROGRAMS) {
    sizes(`${program.name}, by ${toolchain.name}`, async () => {
      const wasm = await releaseOf(program, toolchain)
      assert.ok(wasm.length <= program.limit, `${wasm.length} bytes`)
    })
  }
  sizes.after(() => toolchain.dispose())
}

sizes.run()
