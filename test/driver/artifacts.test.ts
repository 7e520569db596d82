/** Results that are kept: found again, whole or not at all, also when two processes keep the same. */

import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { artifactKey, cached } from '../../compiler/driver/artifacts.ts'
import { ArtifactFolder } from '../../compiler/node/artifact-folder.ts'

const artifacts = suite<{ folder: string }>('artifacts')

artifacts.before.each(async (context) => {
  context.folder = await mkdtemp(join(tmpdir(), 'artifacts-'))
})

artifacts.after.each(async ({ folder }) => {
  await rm(folder, { recursive: true, force: true })
})

const bytes = (text: string) => new TextEncoder().encode(text)

artifacts('a key depends on every part and on where parts end', async () => {
  const keys = [['ab', 'c'], ['a', 'bc'], ['abc'], ['ab', 'c', ''], ['c', 'ab']].map(artifactKey)
  const all = await Promise.all([...keys, artifactKey([bytes('ab'), 'd'])])
  assert.is(new Set(all).size, all.length)
  assert.is(await artifactKey(['ab', bytes('c')]), all[0])
  assert.match(all[0] as string, /^[0-9a-f]{64}$/)
})

artifacts('a result is made once', async ({ folder }) => {
  const key = await artifactKey(['program'])
  let made = 0
  const make = async () => {
    made++
    return bytes('result')
  }
  for (let i = 0; i < 3; i++) {
    const store = new ArtifactFolder(folder)
    assert.equal(bytes('result'), new Uint8Array(await cached(store, key, make)))
  }
  assert.is(made, 1)
})

artifacts('a damaged file counts as none and is replaced', async ({ folder }) => {
  const key = await artifactKey(['program'])
  const store = new ArtifactFolder(folder)
  await store.put(key, bytes('a result'))
  const path = join(folder, key.slice(0, 2), key.slice(2))
  for (const damage of [Buffer.alloc(0), (await readFile(path)).subarray(0, 36), Buffer.alloc(100)]) {
    await writeFile(path, damage)
    assert.is(await store.get(key), undefined)
    await store.put(key, bytes('a result'))
    assert.equal(new Uint8Array((await store.get(key)) as Uint8Array), bytes('a result'))
  }
})

artifacts('what nobody has used for long is removed', async ({ folder }) => {
  const [old, used, fresh] = await Promise.all([artifactKey(['old']), artifactKey(['used']), artifactKey(['fresh'])])
  const first = new ArtifactFolder(folder, { keepDays: 10 })
  await first.put(old, bytes('old'))
  await first.put(used, bytes('used'))
  const long = new Date(Date.now() - 11 * 86_400_000)
  for (const key of [old, used]) await utimes(join(folder, key.slice(0, 2), key.slice(2)), long, long)
  const second = new ArtifactFolder(folder, { keepDays: 10 })
  assert.ok((await second.get(used)) !== undefined)
  await new Promise((resolve) => setTimeout(resolve, 50)) // the time of use is written in the background
  await second.put(fresh, bytes('fresh'))
  assert.is(await second.get(old), undefined)
  assert.ok((await second.get(used)) !== undefined)
})

artifacts('a folder that cannot be written to is no error', async ({ folder }) => {
  await writeFile(join(folder, 'file'), '')
  const store = new ArtifactFolder(join(folder, 'file', 'below'))
  const key = await artifactKey(['program'])
  assert.equal(new Uint8Array(await cached(store, key, async () => bytes('made'))), bytes('made'))
})

artifacts('processes that race see whole results only', async ({ folder }) => {
  const racer = fileURLToPath(new URL('./artifact-racer.ts', import.meta.url))
  const run = () =>
    new Promise<string>((resolve) => {
      const child = spawn(process.execPath, ['--import', 'tsx', racer, folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let out = ''
      child.stdout.on('data', (text) => {
        out += text
      })
      child.on('close', () => resolve(out.trim()))
    })
  assert.equal(await Promise.all([run(), run()]), ['whole', 'whole'])
  const left = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.tmp'))
  assert.equal(left, [])
})

artifacts.run()
