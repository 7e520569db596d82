/** What the compiling process does before anybody asks it for something. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { practise } from '../../compiler/toolchain/wasm-clang/practice.ts'

const practice = suite('practice of the embedded clang')

practice('is a program that compiles, with all that is in it', async () => {
  const folder = dirname(createRequire(import.meta.url).resolve('@yowasp/clang'))
  const compilation = practise(await WebAssembly.compile(readFileSync(join(folder, 'llvm.core.wasm'))))
  assert.ok(compilation.ok, JSON.stringify(compilation))
  const { exports } = await WebAssembly.instantiate(await WebAssembly.compile(compilation.wasm as BufferSource))
  const run = exports.practice as (items: number, count: number, floats: number) => number
  assert.is(run(65536, 0, 65536), 0)
})

practice.run()
