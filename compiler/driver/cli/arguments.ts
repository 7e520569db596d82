/**
 * Command lines, taken apart with `parseArgs`: options in any spelling, and where they may stand. For commands that run
 * programs all words behind FILE belong to the program, whatever they look like.
 */
import { parseArgs } from 'node:util'
import type { CommandSpec, Option, OptionValues } from './command.ts'
import {
  invalidChoice,
  missingOperand,
  missingValue,
  noSuchOption,
  optionRefused,
  unexpectedOperands,
  unexpectedValue,
} from './usage-error.ts'

export interface Arguments {
  readonly file: string
  readonly argv: readonly string[]
  readonly options: OptionValues
}

/** @throws UsageError */
export function parseArguments(command: string, spec: CommandSpec, args: readonly string[]): Arguments {
  const cut = spec.optionsFirst ? cutAtFile(spec, args) : { before: args, file: undefined, argv: [] }
  const { values, operands } = parseOptions(command, spec, cut.before)
  const all = cut.file === undefined ? operands : [...operands, cut.file]
  const [file, ...extra] = all
  const options = new Values(spec, values)
  // Help and the version are given whatever else is missing.
  const asks = options.has('help') || options.has('version')
  if (file === undefined && spec.file === 'required' && !asks) throw missingOperand('FILENAME', command)
  if (extra.length > 0) throw unexpectedOperands(extra, command)
  return { file: file ?? '', argv: cut.argv, options }
}

/** The first word that is neither an option nor the value of one is FILE; it may follow `--`. */
function cutAtFile(
  spec: CommandSpec,
  args: readonly string[],
): { readonly before: readonly string[]; readonly file: string | undefined; readonly argv: readonly string[] } {
  const at = tokensOf(spec, args).find((token) => token.kind === 'positional')?.index
  if (at === undefined) return { before: args, file: undefined, argv: [] }
  return { before: args.slice(0, at), file: args[at], argv: args.slice(at + 1) }
}

/** What was given for an option: the last value, or all of them where there may be many; true for switches. */
type Value = string | readonly string[] | true

function parseOptions(
  command: string,
  spec: CommandSpec,
  args: readonly string[],
): { readonly values: ReadonlyMap<Option, Value>; readonly operands: readonly string[] } {
  const values = new Map<Option, Value>()
  const operands: string[] = []
  for (const token of tokensOf(spec, args)) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind !== 'option') continue
    const option = spec.options.find(({ names }) => names.includes(token.rawName))
    if (option === undefined) {
      const known = spec.options.filter(({ refused }) => refused === undefined).flatMap(({ names }) => names)
      throw noSuchOption(token.rawName, known, command)
    }
    if (option.refused !== undefined) throw optionRefused(token.rawName, option.refused, command)
    if (option.value === undefined) {
      if (token.value !== undefined) throw unexpectedValue(token.rawName, command)
      values.set(option, true)
      continue
    }
    if (token.value === undefined) throw missingValue(token.rawName, command)
    if (option.choices !== undefined && !option.choices.includes(token.value)) {
      throw invalidChoice(option.names, token.value, option.choices, command)
    }
    const earlier = values.get(option)
    if (option.many) values.set(option, [...(Array.isArray(earlier) ? earlier : []), token.value])
    else values.set(option, token.value)
  }
  return { values, operands }
}

function tokensOf(spec: CommandSpec, args: readonly string[]) {
  // parseArgs takes short names as properties of long ones; here each spelling is an option of its own.
  const options: Record<string, { type: 'string' | 'boolean'; short?: string }> = {}
  for (const { names, value } of spec.options) {
    const type = value === undefined ? 'boolean' : 'string'
    for (const name of names) {
      if (name.startsWith('--')) options[name.slice(2)] = { type }
      else options[`short ${name}`] = { type, short: name.slice(1) }
    }
  }
  return parseArgs({ args: [...args], options, strict: false, tokens: true }).tokens
}

class Values implements OptionValues {
  readonly #spec: CommandSpec
  readonly #values: ReadonlyMap<Option, Value>

  constructor(spec: CommandSpec, values: ReadonlyMap<Option, Value>) {
    this.#spec = spec
    this.#values = values
  }

  #get(name: string): Value | undefined {
    const option = this.#spec.options.find(({ names }) => names.includes(`--${name}`))
    return option && this.#values.get(option)
  }

  has(name: string): boolean {
    return this.#get(name) !== undefined
  }

  text(name: string): string | undefined {
    const value = this.#get(name)
    return typeof value === 'string' ? value : undefined
  }

  all(name: string): readonly string[] {
    const value = this.#get(name)
    return typeof value === 'object' ? value : []
  }

  choice<C extends string>(name: string, choices: readonly C[], otherwise: C): C {
    return choices.find((choice) => choice === this.text(name)) ?? otherwise
  }
}
