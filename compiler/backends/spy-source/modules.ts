/**
 * Modules in source form: what `spy redshift` prints of typed and linear trees.
 */
import type { Fqn } from '../../objects/fqn.ts'
import type { FuncObject } from '../../objects/values.ts'
import { invariant } from '../../text/diagnostics.ts'
import type { TypedExpr, TypedFunc, TypedProgram } from '../../typed/tree.ts'
import { FunctionPrinter } from './function-printer.ts'
import { makeNaming, type Naming } from './names.ts'

export interface SourceOptions {
  /** Canonical FQNs instead of human names, operators as calls. */
  readonly fullFqn?: boolean
}

/**
 * The red functions of a module, in table order, after the names under which the module knows functions of other names.
 *
 * @returns lines, each ended by LF; empty for a module without red functions
 */
export function printSource(program: TypedProgram, moduleName: string, options: SourceOptions = {}): string {
  const naming = makeNaming(program.humanName, options.fullFqn ?? false)
  const aliases = printAliases(program, moduleName)
  const functions = [...program.functions.values()]
    .filter((func) => func.fqn.module === moduleName && func.source?.forceInline !== true)
    .map((func) => printLines(func, moduleName, naming).join('\n'))
  const parts = aliases.length === 0 ? functions : [aliases.join('\n'), ...functions]
  return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`
}

/** One function, as `printSource` of its module shows it. */
export function printFunction(
  func: TypedFunc,
  humanName: (fqn: Fqn) => string,
  moduleName: string,
  options: SourceOptions = {},
): string {
  return `${printLines(func, moduleName, makeNaming(humanName, options.fullFqn ?? false)).join('\n')}\n`
}

/** Prints expressions of a function. */
export function exprPrinter(func: TypedFunc, humanName: (fqn: Fqn) => string): (expr: TypedExpr) => string {
  const naming = makeNaming(humanName, false)
  return (expr) => new FunctionPrinter(naming, func).expr(expr)
}

/** Names keep their human form in both formats. */
function printAliases(program: TypedProgram, moduleName: string): readonly string[] {
  const module = program.modules.find(({ name }) => name === moduleName)
  if (module === undefined) return []
  const human = makeNaming(program.humanName, false)
  const lines: string[] = []
  for (const [name, attribute] of module.attributes) {
    if (attribute.kind !== 'func' || !isPrinted(attribute.func)) continue
    if (attribute.func.fqn.text === `${moduleName}::${name}`) continue
    lines.push(`${name} = ${human.fqn(attribute.func.fqn)}`)
  }
  return lines
}

function isPrinted(func: FuncObject): boolean {
  return func.origin === 'source' && func.type.color === 'red' && !func.forceInline
}

function printLines(func: TypedFunc, moduleName: string, naming: Naming): readonly string[] {
  const params = func.type.params.map((param, index) => {
    const local = func.params[index]
    invariant(local !== undefined, `${func.fqn} has a local for every parameter`)
    return `${param.kind === 'var_positional' ? '*' : ''}${local.name}: ${naming.type(param.type)}`
  })
  const name = functionName(func.fqn, moduleName, naming)
  const head = `def ${name}(${params.join(', ')}) -> ${naming.resultType(func.type.result)}:`
  return [head, ...new FunctionPrinter(naming, func).suite(func.body, '    ')]
}

function functionName(fqn: Fqn, moduleName: string, naming: Naming): string {
  const isPlain = fqn.parts.length === 2 && fqn.module === moduleName && fqn.last.suffix === ''
  return isPlain && !naming.full ? fqn.symbolName : naming.fqn(fqn)
}
