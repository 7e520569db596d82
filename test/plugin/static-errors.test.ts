/** The options of the plugin about errors that show while a program is compiled. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { resolveOptions, type SpyOptions } from '../../plugin/options.ts'
import { createCompiler } from '../../plugin/programs/compiler.ts'
import { project } from './toy/project.ts'

const FILES = {
  'a.spy': 'def f() -> str:\n    return 1\n',
  'b.spy': '@blue\ndef forever():\n    while True:\n        pass\n\ndef f() -> None:\n    forever()\n',
}

/** What the host is told: the error, or the warnings. */
async function told(file: keyof typeof FILES, options: SpyOptions): Promise<readonly string[]> {
  const made = project(FILES)
  try {
    const resolved = resolveOptions({ cache: false, ...options }, { root: made.root, engine: 'jit', sourcemap: false })
    const path = made.path(file)
    const { result } = await createCompiler(resolved).compile({ entries: [path], engine: 'jit' })
    if (!result.ok) return [String(result.error)]
    return (result.value.interfaces.get(path)?.warnings ?? []).map((text) => text.replaceAll(made.root, 'DIR'))
  } finally {
    made.remove()
  }
}

const errors = suite('static errors in bundles')

errors('fail the build', async () => {
  assert.equal(await told('a.spy', {}), ['TypeError: mismatched types'])
})

errors('are put off without a word in lazy mode', async () => {
  assert.equal(await told('a.spy', { errors: 'lazy' }), [])
})

errors('are put off and told in warn mode', async () => {
  const [warning, ...more] = await told('a.spy', { errors: 'warn' })
  assert.equal(more, [])
  assert.match(warning ?? '', /^Static error during redshift:\n(.|\n)*\nTypeError: mismatched types\n/)
})

errors('include blue code without end', async () => {
  assert.equal(await told('b.spy', { blueSteps: 1000 }), ['Exception: blue code ran for too long (limit: 1000 steps)'])
})

errors.run()
