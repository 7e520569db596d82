/**
 * `print(a, b, ..., sep=, end=, file=, flush=)`: blue arguments become text at blue time where that stays the same, others
 * are printed by a function of their type.
 */
import { NONE, type SpyType, STR } from '../../objects/types.ts'
import type { FuncObject } from '../../objects/values.ts'
import { invariant } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { TypedExpr, TypedStmt } from '../../typed/tree.ts'
import { unexpectedKeyword } from '../dispatch/diagnostics.ts'
import { blueType } from '../dispatch/types.ts'
import { asFunc } from '../vm/vm.ts'
import { bind, compute, convert, makeCall } from './apply.ts'
import { condition } from './conditions.ts'
import { block, blueOperand, constantTree, effectsOf, exprStmt, type Operand, redOperand, treeOf } from './operand.ts'
import { callMethod, stringOf, type TypedKeyword } from './operations.ts'
import type { Typer } from './typer.ts'

export function isPrint(callee: Operand): boolean {
  return asFunc(callee.blue)?.fqn.text === 'builtins::print'
}

export function callPrint(
  t: Typer,
  callee: Operand,
  args: readonly Operand[],
  keywords: readonly TypedKeyword[],
  span: Span,
): Operand {
  if (keywords.length > 0) return printWith(t, args, optionsOf(t, callee, keywords), span)
  const texts = args.map((arg) => printable(t, arg))
  if (texts.length === 0) texts.push(blueOperand({ type: STR, value: '' }, span))
  const [only] = texts
  if (texts.length === 1 && only !== undefined) return redOperand(printOne(t, 'println', treeOf(only), span))
  // All arguments are evaluated before anything is written.
  const n = t.inlined++
  const body: TypedStmt[] = []
  const reads = texts.map((text, i): TypedExpr => {
    const tree = treeOf(text)
    const name = `arg${i}$${n}`
    t.addLocal(name, tree.type)
    body.push({ kind: 'AssignLocal', name, value: tree, span })
    return { kind: 'LocalRead', name, checked: false, type: tree.type, span }
  })
  reads.forEach((read, i) => {
    const value = printOne(t, i === reads.length - 1 ? 'println' : 'print1', read, span)
    body.push({ kind: 'ExprStmt', value, span })
  })
  return redOperand(block(body, constantTree({ type: NONE, value: null }, span)))
}

// ------------------------------------------------------------------------------------------------------- keywords

interface PrintOptions {
  readonly sep: Operand | null
  readonly end: Operand | null
  readonly flush: Operand | null
  /** Has the methods of a file; null is standard output. */
  readonly file: Operand | null
  /** In the order of the source, which is that of their evaluation. */
  readonly given: readonly Operand[]
}

/** `sep=`, `end=`, `flush=`, `file=`; None stands for the default. */
function optionsOf(t: Typer, callee: Operand, keywords: readonly TypedKeyword[]): PrintOptions {
  const options: { [name in 'sep' | 'end' | 'flush' | 'file']: Operand | null } = {
    sep: null,
    end: null,
    flush: null,
    file: null,
  }
  const func = asFunc(callee.blue) as FuncObject
  const given: Operand[] = []
  for (const { name, value, span } of keywords) {
    const isNone = value.type === NONE
    switch (name) {
      case 'sep':
      case 'end':
        if (!isNone) options[name] = optionText(t, value)
        given.push(options[name] ?? value)
        break
      case 'flush':
        options.flush = condition(t, value)
        given.push(options.flush)
        break
      case 'file':
        if (!isNone) options.file = value
        given.push(value)
        break
      default:
        throw unexpectedKeyword(name, span, func)
    }
  }
  return { ...options, given }
}

function optionText(t: Typer, value: Operand): Operand {
  return convert(t, value, STR)
}

function printWith(t: Typer, args: readonly Operand[], options: PrintOptions, span: Span): Operand {
  const body: TypedStmt[] = []
  // Everything is evaluated before anything is written.
  const texts = args.map((arg) => evaluated(t, printable(t, arg), body))
  const values = new Map(options.given.map((value) => [value, evaluated(t, value, body)]))
  const file = fileOf(options, values)
  const write = (value: TypedExpr): void => {
    const written = file === null ? printOne(t, 'write', value, span) : writeTo(t, file, value, span)
    body.push({ kind: 'ExprStmt', value: written, span })
  }
  const separator = (option: Operand | null, byDefault: string): TypedExpr =>
    (option === null ? undefined : values.get(option)) ?? constantTree({ type: STR, value: byDefault }, span)
  texts.forEach((text, i) => {
    if (i > 0) write(separator(options.sep, ' '))
    write(text)
  })
  write(separator(options.end, '\n'))
  const flush = options.flush === null ? undefined : values.get(options.flush)
  if (flush !== undefined && file !== null) {
    const then = [exprStmt(treeOf(callMethod(t, file, 'flush', span, [], [], span)))]
    body.push({ kind: 'If', test: flush, then, orElse: [], span })
  } else if (flush !== undefined) {
    const func = libraryFunc(t, 'flush')
    body.push({ kind: 'ExprStmt', value: makeCall(t, func, [flush], span), span })
  }
  return redOperand(block(body, constantTree({ type: NONE, value: null }, span)))
}

function fileOf({ file }: PrintOptions, values: ReadonlyMap<Operand, TypedExpr>): Operand | null {
  const tree = file === null ? undefined : values.get(file)
  if (file === null || tree === undefined) return null
  return { ...(file.blue === null ? redOperand(tree) : file), before: [], span: file.span, symbol: file.symbol }
}

/** `file.write(str(value))` */
function writeTo(t: Typer, file: Operand, value: TypedExpr, span: Span): TypedExpr {
  const shown =
    value.kind === 'Constant' ? blueOperand({ type: value.type, value: value.value }, span) : redOperand(value)
  const text = stringOf(t, { ...shown, span }, 'str', span)
  return treeOf(callMethod(t, file, 'write', span, [text], [], span))
}

function evaluated(t: Typer, operand: Operand, body: TypedStmt[]): TypedExpr {
  const tree = treeOf(operand)
  return tree.kind === 'Constant' ? tree : bind(t, tree, body)
}

// --------------------------------------------------------------------------------------------------------- values

/** A blue argument as its text, if that is the same at all times. */
function printable(t: Typer, arg: Operand): Operand {
  if (arg.blue === null || !hasFixedText(t, arg.type)) return arg
  return blueOperand({ type: STR, value: blueText(t, arg) }, arg.span, { before: effectsOf(arg) })
}

/** Objects change, and methods of the program may read what does. */
function hasFixedText(t: Typer, type: SpyType): boolean {
  switch (type.kind) {
    case 'struct':
      return t.vm.isTuple(type) && type.fields.every((field) => hasFixedText(t, field.type))
    case 'ptr':
    case 'ref':
      return false
    case 'primitive':
    case 'func':
    case 'object':
    case 'dynamic':
    case 'opaque':
      return true
  }
}

function blueText(t: Typer, arg: Operand): string {
  if (arg.type === STR) return arg.blue?.value as string
  const text = stringOf(t, { ...arg, before: [] }, 'str', arg.span)
  if (text.blue !== null) return text.blue.value as string
  return t.vm.evaluator.run(treeOf(text)) as string
}

/** `_print::println[T](value)` */
function printOne(t: Typer, name: 'println' | 'print1' | 'write', value: TypedExpr, span: Span): TypedExpr {
  const func = asFunc(compute(t, libraryFunc(t, name), [blueType(value.type as SpyType)], span))
  invariant(func !== undefined, 'a generic print function is a function')
  return makeCall(t, func, [value], span)
}

function libraryFunc(t: Typer, name: string): FuncObject {
  const func = asFunc(t.vm.evaluator.importModule('_print').attributes.get(name))
  invariant(func !== undefined, `module _print has ${name}`)
  return func
}
