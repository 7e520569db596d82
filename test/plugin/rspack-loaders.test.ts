/** Rspack reads a `#` in the path of a loader as the start of a fragment. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { protectLoaders } from '../../plugin/hosts/rspack.ts'

const loaders = suite('loaders of Rspack')

const ruleOf = (loader: string) => ({ use: [{ loader, options: {} }] })

loaders('are found in folders whose names have a #', () => {
  const rules = [ruleOf('/a#b/c#/node_modules/unplugin/dist/rspack/loaders/load.mjs')]
  protectLoaders(rules)
  const expected = '/a\u200B#b/c\u200B#/node_modules/unplugin/dist/rspack/loaders/load.mjs'
  assert.is(rules[0]?.use[0]?.loader, expected)
  protectLoaders(rules) // another plugin may have done it
  assert.is(rules[0]?.use[0]?.loader, expected)
})

loaders('of others are left alone', () => {
  const rules = ['...' as const, ruleOf('/a#b/node_modules/ts-loader/index.js'), { test: /x/, loader: 'css#x' }, null]
  protectLoaders(rules)
  assert.is((rules[1] as ReturnType<typeof ruleOf>).use[0]?.loader, '/a#b/node_modules/ts-loader/index.js')
})

loaders.run()
