/** What `spy build` understands of its options, before anything is compiled. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseArguments } from '../../compiler/driver/cli/arguments.ts'
import { command } from '../../compiler/driver/cli/build.ts'
import { buildOptions } from '../../compiler/driver/cli/build-options.ts'
import { spy } from '../support/spy-command.ts'

const options = suite('options of spy build')

function understood(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return buildOptions(parseArguments('build', command, [...args, 'a.spy']).options, env)
}

options('a release unless told otherwise; the last word counts', () => {
  assert.equal(understood([]), { profile: 'release' })
  assert.equal(understood(['--debug']), { profile: 'debug' })
  assert.equal(understood(['--profile', 'debug', '--profile=size']), { profile: 'size' })
  assert.equal(understood(['-O', '2', '-g']), { profile: 'release', optimize: '2', debugInfo: true })
  assert.equal(understood(['-O1']), { profile: 'release', optimize: '1' })
})

options('SPY_WERROR is --Werror', () => {
  assert.equal(understood(['--Werror']), { profile: 'release', strict: true })
  assert.equal(understood([], { SPY_WERROR: '1' }), { profile: 'release', strict: true })
  assert.equal(understood([], { SPY_WERROR: 'true' }), { profile: 'release', strict: true })
  assert.equal(understood([], { SPY_WERROR: '0' }), { profile: 'release' })
})

options('targets and kinds of the reference that there are not', async () => {
  const says = async (args: readonly string[], text: string) => {
    const { status, stderr } = await spy(['build', ...args, 'a.spy'])
    assert.is(status, 2)
    assert.ok(stderr.includes(text), stderr)
  }
  await says(
    ['-t', 'wasi'],
    "Invalid value for '-t' / '--target': 'wasi' is not one of 'wasm', 'emscripten', 'native'.",
  )
  await says(['-k', 'py-cffi'], "Invalid value for '-k' / '--output-kind': 'py-cffi' is not one of 'lib', 'exe'.")
  await says(['--static'], "Option '--static' cannot be used: ")
  await says(['--lib', '-k', 'exe'], '--lib makes a package of a module')
})

options.run()
