/** What `spy build` makes is imported by a page as it is, without a bundler. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { root } from '../../scripts/root.ts'
import { launchChromium } from '../support/chromium.ts'
import { folderWith } from '../support/spy-command.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
}

const build = suite('spy build for pages')

build('a page imports the module, and its strict policy allows it', async () => {
  using folder = folderWith({
    'my words #1.spy': 'def shout(text: str) -> str:\n    return text + "!"\n',
    'build/index.html': '<!doctype html><title>words</title>',
  })
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'dist', 'cli.js'), 'build', 'my words #1.spy'], {
    cwd: folder.path,
    encoding: 'utf8',
  })
  assert.is(status, 0, stderr)

  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    const file = folder.file(`build${path}`)
    if (!existsSync(file)) {
      response.writeHead(404).end() // pages ask for an icon
      return
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(path)] ?? 'text/plain',
      'content-security-policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
    })
    response.end(readFileSync(file))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html`)
    const shouted = await page.evaluate(async (module) => {
      const words = (await import(module)) as { shout(text: string): string }
      return words.shout('héllo')
    }, './my%20words%20%231.js')
    assert.is(shouted, 'héllo!')
  } finally {
    await browser.close()
    server.close()
  }
})

build.run()
