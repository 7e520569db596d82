/** `main`, where a program that is run begins. */
import type { Machine } from '../../machine/index.ts'
import type { SourceModule } from '../../modules/graph.ts'
import { I32, NONE, type SpyType } from '../../objects/types.ts'
import type { FuncObject, Value } from '../../objects/values.ts'
import type { FuncDef } from '../../syntax/ast.ts'
import { blame, type Diagnostic, HostError, SpyError } from '../../text/diagnostics.ts'
import { joinSpans, type Span, wholeLine } from '../../text/source.ts'

/**
 * The `main` of a module: without parameters or with a `list[str]`, giving None or an i32.
 *
 * @throws SpyError if it is something else, HostError if there is none
 */
export function findMain(machine: Machine, module: SourceModule): FuncObject {
  const { vm } = machine
  const bound = vm.modules.get(module.name)?.attributes.get('main')
  // Nothing is wrong with a program that has no beginning: it was only asked for the wrong thing.
  if (bound === undefined) throw new HostError('Cannot find function main()')
  const human = (type: SpyType) => vm.human(type)
  const func = asFunction(bound.value)
  if (func === undefined) throw new SpyError(notAFunction(human(bound.type), definitionOf(module)))
  checkSignature(func, human)
  return func
}

function asFunction(value: Value): FuncObject | undefined {
  const isFunc = typeof value === 'object' && value !== null && 'origin' in value && 'params' in value
  return isFunc ? (value as FuncObject) : undefined
}

function checkSignature(func: FuncObject, human: (type: SpyType) => string): void {
  const { params, result } = func.type
  const node = func.origin === 'source' && func.node?.kind === 'FuncDef' ? func.node : undefined
  const takesArgv = params.length === 1 && params[0]?.kind === 'simple' && human(params[0].type) === 'list[str]'
  if (params.length > 0 && !takesArgv) throw new SpyError(wrongParameters(node))
  if (result !== NONE && result !== I32) throw new SpyError(wrongResult(node))
}

function definitionOf({ scopes, file }: SourceModule): Span {
  return scopes.module.symbols.get('main')?.span ?? wholeLine(file, 0)
}

function notAFunction(type: string, definition: Span): Diagnostic {
  return {
    class: 'TypeError',
    message: '`main` is not a function',
    annotations: [blame(`this is \`${type}\``, definition)],
  }
}

const WRONG_SIGNATURE = '`main` has the wrong signature'

function wrongParameters(node: FuncDef | undefined): Diagnostic {
  const text = 'parameters must be `main(argv: list[str])`'
  const [first] = node?.args ?? []
  const last = node?.args.at(-1)
  const annotations = first && last ? [blame(text, joinSpans(first.span, last.span))] : []
  return { class: 'TypeError', message: WRONG_SIGNATURE, annotations }
}

function wrongResult(node: FuncDef | undefined): Diagnostic {
  const text = 'the only valid return types are `None`, `int` and `i32`'
  const annotations = node === undefined ? [] : [blame(text, resultSpan(node))]
  return { class: 'TypeError', message: WRONG_SIGNATURE, annotations }
}

function resultSpan({ returnType, prototypeSpan }: FuncDef): Span {
  return returnType.kind === 'Auto' ? prototypeSpan : returnType.span
}
