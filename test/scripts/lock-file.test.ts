/** `npm ci` accepts the lock file on every platform, and the file says nothing about where packages come from. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { completeLockFile } from '../../scripts/complete-lockfile.ts'

const text = readFileSync(fileURLToPath(new URL('../../package-lock.json', import.meta.url)), 'utf8')

const lockFile = suite('the lock file')

lockFile('names the packages of all platforms', () => {
  assert.equal(completeLockFile(JSON.parse(text)), [])
})

lockFile('holds no download address', () => {
  assert.not.match(text, /"resolved"/)
})

lockFile.run()

const completing = suite('completing a lock file')

completing('puts a missing platform beside the one that is there, and nests where a version is in the way', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/tool': { optionalDependencies: { 'tool-linux-x64-gnu': '2.0.0', 'tool-darwin-arm64': '2.0.0' } },
      'node_modules/tool-darwin-arm64': { version: '1.0.0' },
      'node_modules/tool-linux-x64-gnu': { version: '2.0.0' },
      'node_modules/other': { dev: true, optionalDependencies: { '@o/o-linux-arm64-musl': '3.0.0' } },
    },
  } as Parameters<typeof completeLockFile>[0]
  assert.equal(completeLockFile(lock), [
    'node_modules/tool/node_modules/tool-darwin-arm64',
    'node_modules/other/node_modules/@o/o-linux-arm64-musl',
  ])
  assert.equal(lock.packages['node_modules/other/node_modules/@o/o-linux-arm64-musl'], {
    version: '3.0.0',
    libc: ['musl'],
    cpu: ['arm64'],
    os: ['linux'],
    dev: true,
    optional: true,
  })
})

completing.run()
