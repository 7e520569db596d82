/**
 * The parser against Python's own: every source of Python's library means the same tree to both, where our language has
 * the construct, and errors have the same text. Needs any Python from 3.11 on; texts are those of 3.12.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseBody } from '../../compiler/syntax/parser.ts'
import { decodeSource, SourceFile } from '../../compiler/text/source.ts'
import { testFile } from '../support/check-stages.ts'
import { Mismatch, type PyNode, TreeComparison } from './python/compare.ts'

const MAX_FILES = 150
const SCRIPT = join(dirname(fileURLToPath(import.meta.url)), 'python/dump_ast.py')

function python(...args: string[]): string | undefined {
  const { status, stdout } = spawnSync('python3', args, { encoding: 'utf8', maxBuffer: 2 ** 30 })
  return status === 0 ? stdout : undefined
}

const library = python(
  '-c',
  'import os, sys; print(os.path.dirname(os.__file__) if sys.version_info >= (3, 11) else "")',
)

interface Document {
  readonly path: string
  readonly body?: readonly PyNode[]
  readonly error?: readonly [message: string, line: number]
}

function documents(paths: readonly string[]): readonly Document[] {
  return (python(SCRIPT, ...paths) ?? '')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Document)
}

/** Text of a mismatch, or nothing. */
function compare({ path, body, error }: Document): string | undefined {
  const file = decodeSource(path, readFileSync(path))
  if (!(file instanceof SourceFile)) return undefined
  // Characters by name need all names of Unicode, which we do not carry.
  if (/\\N\{/.test(file.text)) return undefined
  const ours = parseBody(file)
  const [first] = ours.errors
  if (body === undefined) return first === undefined ? `${path}: Python has an error: ${error?.[0]}` : undefined
  if (first !== undefined) return `${path}: ${first.message}`
  try {
    new TreeComparison(file.text).body(ours.body, body)
    return undefined
  } catch (mismatch) {
    if (mismatch instanceof Mismatch) return `${path}: ${mismatch.message}`
    throw mismatch
  }
}

const differential = suite('the parser against Python')

if (library === undefined || library.trim() === '') {
  differential('is not compared: there is no python3 from 3.11 on', () => {})
} else {
  differential('trees and spans are the same', () => {
    const folder = library.trim()
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.py') && !/site-packages|lib2to3|badsyntax|bad_coding/.test(path))
      .sort()
    // Every n-th file, so that all parts of the library take part.
    const step = Math.ceil(files.length / MAX_FILES)
    const chosen = files.filter((_, index) => index % step === 0).map((path) => join(folder, path))
    assert.ok(chosen.length > 100, 'there is a library to compare with')
    assert.equal(
      documents(chosen).flatMap((document) => compare(document) ?? []),
      [],
    )
  })
}

differential('a difference is found', () => {
  const { body } = parseBody(testFile('x = f(a, b)'))
  const name = (id: string, s: number): PyNode => ({ _: 'Name', s, e: s + 1, id })
  const tree = (second: PyNode): PyNode[] => [
    {
      ...{ _: 'Assign', s: 0, e: 11, targets: [name('x', 0)] },
      value: { _: 'Call', s: 4, e: 11, func: name('f', 4), args: [name('a', 6), second], keywords: [] },
    },
  ]
  new TreeComparison('x = f(a, b)').body(body, tree(name('b', 9)))
  for (const wrong of [name('c', 9), name('b', 8), { _: 'Constant', s: 9, e: 10, value: null }]) {
    assert.throws(
      () => new TreeComparison('x = f(a, b)').body(body, tree(wrong)),
      (error: unknown) => error instanceof Mismatch,
    )
  }
})

differential.run()
