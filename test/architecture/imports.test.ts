/** The source files keep to the house, and the checker notices when they do not. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { HOUSE, type House } from './house.ts'
import { findViolations } from './violations.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

function sourcesIn(folder: string): [string, string][] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .sort()
    .map((name) => [`${folder}/${name.split(sep).join('/')}`, readFileSync(join(root, folder, name), 'utf8')])
}

const house = suite('the house')

house('every import goes in an allowed direction, and nothing runs in a circle', () => {
  const tree = new Map(['compiler', 'plugin', 'src'].flatMap(sourcesIn))
  assert.equal(findViolations(tree, HOUSE), [])
})

house('an area imports only areas that stand before it in the table', () => {
  const uphill = HOUSE.areas.flatMap((area, index) =>
    [...area.imports, ...(area.typeImports ?? [])]
      .filter((path) => path !== area.path)
      .filter((path) => !HOUSE.areas.slice(0, index).some((earlier) => `${path}/`.startsWith(`${earlier.path}/`)))
      .map((path) => `${area.path} -> ${path}`),
  )
  assert.equal(uphill, [])
})

house.run()

const SMALL: House = {
  areas: [
    { path: 'low', imports: [], rooms: ['sand', 'rock'] },
    { path: 'high', imports: ['low'], typeImports: ['side'], rooms: ['wall', 'roof', 'index'] },
    { path: 'side', imports: [], rooms: [] },
  ],
  bans: [{ from: 'high/roof', to: 'low/sand', why: 'a roof stands on walls' }],
  node: ['side'],
  browser: ['high/index.ts'],
  packages: { nails: ['high'] },
}

function check(files: Readonly<Record<string, string>>, expected: readonly string[]): void {
  const tree = new Map(Object.entries(files).map(([path, text]) => [path, `// For the test.\n${text}\n`]))
  assert.equal(findViolations(tree, SMALL), expected)
}

const checker = suite('the checker of the house')

checker('is content with imports that run downhill', () => {
  check(
    {
      'low/sand.ts': '',
      'low/rock/granite.ts': `import '../sand.ts'`,
      'high/wall.ts': `import { granite } from '../low/rock/granite.ts'\nimport 'nails/long'`,
      'high/roof.ts': `import './wall.ts'\nimport type { Shed } from '../side/shed.ts'`,
      'high/index.ts': `export * from './roof.ts'`,
      'side/shed.ts': `import fs from 'node:fs'`,
    },
    ['node:fs is reached in a browser: high/index.ts -> high/roof.ts -> side/shed.ts'],
  )
})

checker('names the line of an import that leaves the allowed areas', () => {
  check({ 'low/sand.ts': `\nimport '../high/wall.ts'`, 'high/wall.ts': '' }, [
    'low/sand.ts:3 imports high/wall.ts: low may not',
  ])
})

checker('finds an import of a room that stands later in the same area', () => {
  check({ 'low/sand.ts': `import './rock.ts'`, 'low/rock.ts': '' }, [
    'low/sand.ts:2 imports low/rock.ts: rock stands after sand in low',
  ])
})

checker('tells values from types where only types are allowed', () => {
  check({ 'high/wall.ts': `import { shed } from '../side/shed.ts'`, 'side/shed.ts': '' }, [
    'high/wall.ts:2 imports side/shed.ts: high may not',
  ])
  check({ 'high/wall.ts': `let s: import('../side/shed.ts').Shed`, 'side/shed.ts': '' }, [])
  check({ 'high/wall.ts': `await import('../side/shed.ts')`, 'side/shed.ts': '' }, [
    'high/wall.ts:2 imports side/shed.ts: high may not',
  ])
})

checker('gives the reason of a ban', () => {
  check({ 'high/roof.ts': `export { s } from '../low/sand.ts'`, 'low/sand.ts': '' }, [
    'high/roof.ts:2 imports low/sand.ts: a roof stands on walls',
  ])
})

checker('finds a circle between files of one room, unless it is made of types', () => {
  check({ 'side/a.ts': `import './b.ts'`, 'side/b.ts': `import './c.ts'`, 'side/c.ts': `import './b.ts'` }, [
    'import cycle: side/b.ts -> side/c.ts -> side/b.ts',
  ])
  check({ 'side/a.ts': `import './b.ts'`, 'side/b.ts': `import type { A } from './a.ts'` }, [])
})

checker('keeps Node and unlisted packages out', () => {
  check({ 'low/sand.ts': `import fs from 'node:fs'\nimport 'nails'\nimport '@glue/strong/now'` }, [
    'low/sand.ts:2 imports node:fs: the world is an argument here',
    'low/sand.ts:3 imports the package nails: only high may',
    'low/sand.ts:4 imports the package @glue/strong: it is not in the list',
  ])
})

checker('ignores imports that stand in strings and comments', () => {
  check({ 'low/sand.ts': '// import "node:fs"\nconst text = `\nimport fs from "node:fs"\n`' }, [])
})

checker('asks for rooms that are known, an opening comment and names that say something', () => {
  check({ 'low/attic.ts': '', 'cellar/wine.ts': '', 'side/utils.ts': '', 'side/helpers/a.ts': '' }, [
    'low/attic.ts: "attic" is not a room of low',
    'cellar/wine.ts: is in no area of the house',
    'side/utils.ts: "utils.ts" says nothing; call it what the field calls the concept',
    'side/helpers/a.ts: "helpers" says nothing; call it what the field calls the concept',
  ])
  assert.equal(findViolations(new Map([['side/shed.ts', 'export const shed = 1\n']]), SMALL), [
    'side/shed.ts: must open with a comment that says what it is for',
  ])
})

checker.run()
