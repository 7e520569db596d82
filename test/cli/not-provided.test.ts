/** What people may type who know other tools: suggestions, and what there is instead. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { COMMANDS } from '../../compiler/driver/cli/commands.ts'
import { similar } from '../../compiler/driver/cli/suggestions.ts'
import { folderWith, spy } from '../support/spy-command.ts'

const HELLO = 'def main() -> None:\n    print("hello")\n'

async function says(args: readonly string[], message: string): Promise<void> {
  const { status, stdout, stderr } = await spy(args)
  assert.is(status, 2, stderr)
  assert.is(stdout, '')
  assert.ok(stderr.includes(`│ ${message}`), stderr)
}

const suggestions = suite('suggestions')

suggestions('a word that is nearly a command', async () => {
  await says(['bulid', 'x'], "No such command 'bulid'. Did you mean 'build'?")
  await says(['colourize'], "No such command 'colourize'. Did you mean 'colorize'?")
  await says(['frobnicate'], "No such command 'frobnicate'. ")
})

suggestions('a word that is nearly an option', async () => {
  await says(['run', '--timit', 'a.spy'], "No such option: --timit Did you mean '--timeit'?")
  await says(['run', '--colour=never', 'a.spy'], "No such option: --colour Did you mean '--color'?")
  await says(['--versoin'], "No such option: --versoin Did you mean '--version'?")
  await says(['run', '-q', 'a.spy'], 'No such option: -q ')
})

suggestions('the nearest first; short words are like none', () => {
  assert.equal(similar('parse', ['purse', 'parse', 'sparse']), ['parse', 'purse', 'sparse'])
  assert.equal(similar('rn', ['run', 'rs']), [])
})

suggestions.run()

const missing = suite('what is not provided')

missing('commands of the reference that have no use here', async () => {
  await says(
    ['pyparse', 'a.spy'],
    "There is no command 'pyparse': no Python is at work here. 'spy parse' shows the tree",
  )
  await says(['cleanup'], "There is no command 'cleanup': nothing is written beside sources")
})

missing('options that are refused, on every command, and are not in its help', async () => {
  for (const { name } of COMMANDS) {
    for (const option of ['--spdb', '--pdb', '--no-spyc', '--extra-vm-module=x']) {
      const [word] = option.split('=')
      await says([name, option, 'a.spy'], `Option '${word}' cannot be used: `)
    }
    assert.not.match((await spy([name, '--help'])).stdout, /--spdb|--pdb|--no-spyc|--extra-vm-module|--dir/)
  }
  await says(['run', '--dir', '/tmp', 'a.spy'], "Option '--dir' cannot be used: programs cannot open files yet.")
})

missing('options that every command takes, whether they mean something to it or not', async () => {
  using folder = folderWith({ 'a.spy': HELLO })
  for (const name of ['run', 'redshift', 'cwrite', 'colorize', 'parse', 'symtable', 'imports']) {
    const common = ['-E', 'lazy', '--no-cache', '--no-spy-toml', '--color', 'never']
    const { status, stderr } = await spy([name, ...common, folder.file('a.spy')])
    assert.is(`${status}${stderr}`, '0', name)
    assert.is((await spy([name, '--version'])).stdout, '1.2.3\n')
  }
  assert.is((await spy(['run', '--no-fs', folder.file('a.spy')])).stdout, 'hello\n')
})

missing('spy.toml that asks for other modules is not passed over in silence', async () => {
  using folder = folderWith({ 'a.spy': HELLO, 'spy.toml': '# ours\nextra-vm-modules = [\n  "../mymod"\n]\n' })
  const { status, stderr } = await spy([folder.file('a.spy')])
  assert.is(status, 1)
  assert.match(stderr, /extra-vm-modules: modules that are not written in SPy are not implemented yet/)
  assert.is((await spy(['run', '--no-spy-toml', folder.file('a.spy')])).stdout, 'hello\n')
  using other = folderWith({
    'a.spy': HELLO,
    'spy.toml': '# extra-vm-modules = ["x"]\nextra-vm-modules = []\nelse = 1\n',
  })
  assert.is((await spy([other.file('a.spy')])).stdout, 'hello\n')
})

missing.run()
