/** Programs to start from: those that the tests of the language consist of. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { dedent } from '../support/program-text.ts'

const ENGINE_TESTS = fileURLToPath(new URL('../engines/', import.meta.url))

/** Each with at least one function, in a fixed order. */
export function corpus(): readonly string[] {
  const files = readdirSync(ENGINE_TESTS).filter((name) => name.endsWith('.test.ts'))
  return files.sort().flatMap((name) => programsIn(readFileSync(ENGINE_TESTS + name, 'utf8')))
}

/** The template strings of a test that are whole programs. */
function programsIn(test: string): readonly string[] {
  const templates = [...test.matchAll(/`\n((?:[^`\\$]|\\.|\$(?!\{))*)`/g)].map(([, text = '']) => text)
  return templates
    .filter((text) => /^\s*def \w+\(/m.test(text))
    .map((text) => dedent(withoutMarks(text.replaceAll('\\`', '`').replaceAll('\\\\', '\\'))))
}

/** Without the lines that draw an expected error under the source. */
function withoutMarks(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^\s*\^+ (error|note|panic):/.test(line))
    .join('\n')
}
