/**
 * The sources of Python's own library, as trees of Python's own parser; and what is different in ours.
 *
 * Needs any Python from 3.11 on. `PYTHON` in the environment says which one; it is `python3` otherwise.
 */
import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseBody } from '../../../compiler/syntax/parser.ts'
import { decodeSource, SourceFile } from '../../../compiler/text/source.ts'
import { Mismatch, type PyNode, TreeComparison } from './compare.ts'

const PYTHON = process.env.PYTHON ?? 'python3'
const DUMP = fileURLToPath(new URL('dump_ast.py', import.meta.url))
const FIND = 'import os, sys; print(os.path.dirname(os.__file__) if sys.version_info >= (3, 11) else "")'

/** Sources that are wrong on purpose, that are not UTF-8, or that are for other versions of Python. */
const NOT_SOURCES = /site-packages|lib2to3\/tests|badsyntax|bad_coding|py2_test_grammar/

/** All sources of the library, sorted; undefined if there is no Python to ask. */
export function librarySources(): readonly string[] | undefined {
  const { status, stdout } = spawnSync(PYTHON, ['-c', FIND], { encoding: 'utf8' })
  const folder = status === 0 ? stdout.trim() : ''
  if (folder === '') return undefined
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.py') && !NOT_SOURCES.test(path))
    .sort()
    .map((path) => join(folder, path))
}

interface Document {
  readonly path: string
  readonly body?: readonly PyNode[]
  readonly error?: readonly [message: string, line: number]
}

/** Every difference between Python's trees of these files and ours, as text. */
export async function differences(paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  // Python goes on while we compare.
  const python = spawn(PYTHON, [DUMP], { stdio: ['pipe', 'pipe', 'inherit'] })
  python.stdin.end(paths.join('\n'))
  let count = 0
  for await (const line of createInterface({ input: python.stdout })) {
    count++
    const difference = compare(JSON.parse(line) as Document)
    if (difference !== undefined) found.push(difference)
  }
  if (count !== paths.length) found.push(`Python has read ${count} files of ${paths.length}`)
  return found
}

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
