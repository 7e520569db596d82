/** Ruff, the formatter of Python programs, on a text. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProcess } from './process.ts'

export type Formatted =
  | { readonly text: string; readonly said: string }
  /** Why there is no text. */
  | { readonly failure: string }

/** 88 columns and double quotes, whatever is configured around. */
const OPTIONS = ['format', '--isolated', '--line-length', '88', '--target-version', 'py312']

/** @param text  a program that Python can parse */
export async function formatPython(text: string): Promise<Formatted> {
  const folder = mkdtempSync(join(tmpdir(), 'spy-format-'))
  try {
    const path = join(folder, 'program.py')
    writeFileSync(path, text)
    const result = await runProcess('ruff', [...OPTIONS, path])
    if (result === undefined) return { failure: 'ruff executable not found' }
    if (result.exitCode !== 0) {
      return { failure: (result.stderr.trim() || `ruff ended with status ${result.exitCode}`).replaceAll(path, 'it') }
    }
    return { text: readFileSync(path, 'utf8'), said: result.stdout }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
