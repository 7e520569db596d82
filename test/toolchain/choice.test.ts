/** Which toolchain is taken, and what is said where there is none. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { HostError } from '../../compiler/text/diagnostics.ts'
import { findEmscripten } from '../../compiler/toolchain/emscripten.ts'
import { chooseToolchain } from '../../compiler/toolchain/index.ts'
import type { Toolchain } from '../../compiler/toolchain/port.ts'
import { findEmbeddedClang } from '../../compiler/toolchain/wasm-clang.ts'
import { GREETING, RELEASE, run } from './programs.ts'

const choice = suite('choice of a toolchain')

const named = (name: Toolchain['name']): Toolchain => ({
  name,
  version: name,
  build: () => Promise.resolve(new Uint8Array()),
  warm: () => {},
  dispose: () => {},
})
const both = { emscripten: async () => named('emscripten'), clang: () => named('clang') }
const none = { emscripten: async () => undefined, clang: () => undefined }

choice('auto takes Emscripten if it answers, else the embedded clang', async () => {
  assert.is((await chooseToolchain('auto', both)).name, 'emscripten')
  assert.is((await chooseToolchain('auto', { ...both, emscripten: none.emscripten })).name, 'clang')
  assert.is((await chooseToolchain('clang', both)).name, 'clang')
  assert.is((await chooseToolchain('emscripten', both)).name, 'emscripten')
})

choice('without any, the command that installs one is given', async () => {
  const error = await chooseToolchain('auto', none).catch((e: unknown) => e)
  assert.instance(error, HostError)
  assert.is(
    (error as HostError).format(),
    'no C toolchain was found, and a release build needs one\n' +
      `  tried: ${[...(process.env.EMCC ? [process.env.EMCC] : []), ...(process.env.EMSDK ? [`${process.env.EMSDK}/upstream/emscripten/emcc`] : []), 'emcc', '@yowasp/clang'].join(', ')}\n` +
      '  to fix it: npm install --save-dev @yowasp/clang\n',
  )
  const second = await chooseToolchain('emscripten', { ...both, emscripten: none.emscripten }).catch((e: unknown) => e)
  assert.match((second as HostError).fix ?? '', /apt-get install emscripten/)
})

choice('a toolchain that is not there is not found', async () => {
  const nowhere = { PATH: '/nowhere', EMCC: '/nowhere/emcc', EMSDK: '/nowhere' }
  assert.is(await findEmscripten(nowhere), undefined)
  assert.is(
    findEmbeddedClang(() => {
      throw new Error('Cannot find module')
    }),
    undefined,
  )
})

choice('a compiling process that dies is started again', async () => {
  const clang = findEmbeddedClang()
  if (clang === undefined) return
  await clang.build(GREETING, RELEASE)
  const before = clang.process.pid as number
  const building = clang.build(GREETING, RELEASE)
  process.kill(before, 'SIGKILL')
  const { exports } = run(await building)
  assert.is(exports.halve?.(9, 2), 4)
  assert.is.not(clang.process.pid, before)
  clang.dispose()
})

choice('a warm compiling process does not keep its parent alive', () => {
  if (findEmbeddedClang() === undefined) return
  const parent = fileURLToPath(new URL('./warm-parent.ts', import.meta.url))
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', parent], {
    encoding: 'utf8',
    timeout: 60_000,
  })
  assert.is(status, 0)
  const pid = Number(stdout)
  assert.ok(pid > 0)
  // It ends with its parent, too; give it a moment to hear of it.
  return new Promise((resolve, reject) => {
    const started = Date.now()
    const look = () => {
      try {
        process.kill(pid, 0)
      } catch {
        return resolve()
      }
      if (Date.now() - started > 10_000) return reject(new Error('the compiling process is still there'))
      setTimeout(look, 50)
    }
    look()
  })
})

choice.run()
