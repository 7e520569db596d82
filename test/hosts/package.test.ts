/** The built package is what package.json promises: every door opens, and those for pages reach no Node. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { importsOf } from '../architecture/source-imports.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Manifest {
  readonly bin: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly files: readonly string[]
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest

/** Specifiers of everything outside that a file of `dist` imports, directly or through chunks. */
function outsideImports(entry: string): string[] {
  const seen = new Set<string>()
  const outside = new Set<string>()
  const visit = (path: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    for (const { specifier } of importsOf(path, readFileSync(path, 'utf8'))) {
      if (specifier.startsWith('.')) visit(join(dirname(path), specifier))
      else outside.add(specifier)
    }
  }
  visit(join(root, entry))
  return [...outside].sort()
}

const built = suite('the built package')

built('has every file that its exports, its command and its file list name', () => {
  const targets = Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  )
  const named = [...targets, ...Object.values(manifest.bin), ...manifest.files, 'dist/libspy.wasm']
  assert.equal(
    named.filter((path) => !existsSync(join(root, path))),
    [],
  )
})

built('gives publint nothing to complain about', async () => {
  const { messages, pkg } = await publint({ pkgDir: root, strict: true })
  assert.equal(
    messages.map((message) => formatMessage(message, pkg, { color: false })),
    [],
  )
})

built('loads the compiler in a page: no node: module, and no package but the source map writer', () => {
  assert.equal(
    outsideImports('dist/compiler.js').filter((specifier) => specifier !== '@jridgewell/gen-mapping'),
    [],
  )
})

built('ships a runtime that imports nothing and is minified, but for the marks of pure calls', () => {
  assert.equal(outsideImports('dist/runtime/index.js'), [])
  const text = readFileSync(join(root, 'dist/runtime/index.js'), 'utf8')
  const [, ...comments] = text.split('/*')
  for (const comment of comments) assert.match(comment, /^ ?[#@]__PURE__ ?\*\//)
  assert.ok(comments.length > 10)
  const names = text.match(/(?<=\bfunction )\w+/g) ?? []
  assert.ok(names.length > 10 && names.every((name) => name.length < 4), `${names}`)
})

built.run()
