/**
 * A tiny part of SPy, read line by line, for tests of the plugin that should not wait for a compiler: modules, `i32`
 * variables, functions of `i32` whose statements are assignments and one `return`, with sums, products and calls.
 */

export interface ToyModule {
  readonly path: string
  readonly imports: readonly ToyImport[]
  readonly variables: ReadonlyMap<string, number>
  readonly functions: readonly ToyFunction[]
}

export interface ToyImport {
  readonly module: string
  readonly name: string
  readonly line: number
}

export interface ToyFunction {
  readonly name: string
  readonly params: readonly string[]
  readonly body: readonly ToyStatement[]
  readonly line: number
}

export interface ToyStatement {
  /** Assigned variable; undefined for `return`. */
  readonly target: string | undefined
  readonly value: ToyExpression
  readonly line: number
}

export type ToyExpression =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly ToyExpression[] }
  | { readonly kind: 'binary'; readonly op: '+' | '*'; readonly left: ToyExpression; readonly right: ToyExpression }

/** Looks like the compiler's SpyError to those who do not look closely. */
export class ToyError extends Error {
  readonly etype: string
  readonly annotations: readonly object[]

  constructor(etype: string, message: string, path: string, line: number, source: string, mark: string, text: string) {
    super(message)
    this.name = this.etype = etype
    const startCol = Math.max(0, source.indexOf(mark)) + 1
    const span = { file: path, startLine: line, startCol, endLine: line, endCol: startCol + mark.length }
    this.annotations = [{ level: 'error', message: text, span, source: mark }]
  }

  format(): string {
    return `Traceback (most recent call last):\n\n${this.etype}: ${this.message}\n`
  }
}

export function parse(path: string, source: string): ToyModule {
  const imports: ToyImport[] = []
  const variables = new Map<string, number>()
  const functions: { name: string; params: string[]; body: ToyStatement[]; line: number }[] = []
  for (const [index, raw] of source.split('\n').entries()) {
    const line = index + 1
    const code = raw.replace(/#.*/, '').trimEnd()
    if (code.trim() === '') continue
    const fail = (): never => {
      throw new ToyError('ParseError', 'invalid syntax', path, line, raw, code.trim(), '')
    }
    const found =
      /^from (\w+) import (\w+)$/.exec(code) ??
      /^var (\w+): i32 = (-?\d+)$/.exec(code) ??
      /^def (\w+)\(([\w: ,]*)\) -> i32:$/.exec(code)
    if (found !== null) {
      const [, first = '', second = ''] = found
      if (code.startsWith('from')) imports.push({ module: first, name: second, line })
      else if (code.startsWith('var')) variables.set(first, Number(second))
      else {
        const params = second === '' ? [] : second.split(',').map((param) => param.split(':')[0]?.trim() ?? '')
        functions.push({ name: first, params, body: [], line })
      }
      continue
    }
    const statement = /^ {4}(?:return (.*)|(\w+) = (.*))$/.exec(code) ?? fail()
    const [, returned, target, assigned] = statement
    const body = functions.at(-1)?.body ?? fail()
    body.push({ target, value: parseExpression(returned ?? assigned ?? '', fail), line })
  }
  return { path, imports, variables, functions }
}

function parseExpression(source: string, fail: () => never): ToyExpression {
  const tokens = source.match(/-?\d+|\w+|[+*(),]|\S/g) ?? []
  let at = 0
  const product = (): ToyExpression => {
    let left = atom()
    while (tokens[at] === '*') {
      at++
      left = { kind: 'binary', op: '*', left, right: atom() }
    }
    return left
  }
  const sum = (): ToyExpression => {
    let left = product()
    while (tokens[at] === '+') {
      at++
      left = { kind: 'binary', op: '+', left, right: product() }
    }
    return left
  }
  const atom = (): ToyExpression => {
    const token = tokens[at++] ?? fail()
    if (/^-?\d+$/.test(token)) return { kind: 'int', value: Number(token) }
    if (!/^\w+$/.test(token)) return fail()
    if (tokens[at] !== '(') return { kind: 'name', name: token }
    at++
    const args: ToyExpression[] = []
    while (tokens[at] !== ')') {
      args.push(sum())
      if (tokens[at] === ',') at++
      else if (tokens[at] !== ')') fail()
    }
    at++
    return { kind: 'call', name: token, args }
  }
  const whole = sum()
  return at === tokens.length ? whole : fail()
}
