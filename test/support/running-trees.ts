/**
 * Typed trees that run on the interpreter, beside the builders of typed-trees.ts: lazy statements, places, and calls
 * between the functions of a test.
 */
import { compileFunction } from '../../compiler/machine/interp/function.ts'
import type { Callable, Fuel, Link } from '../../compiler/machine/interp/link.ts'
import { GuestMemory } from '../../compiler/machine/vm/guest-memory.ts'
import type { LayoutMode } from '../../compiler/objects/layout.ts'
import type { SpyType } from '../../compiler/objects/types.ts'
import type { SourceFunc, Value } from '../../compiler/objects/values.ts'
import { type Diagnostic, SpyError } from '../../compiler/text/diagnostics.ts'
import { SourceFile, type Span, spanText } from '../../compiler/text/source.ts'
import type { TypedExpr, TypedFunc, TypedLocal, TypedStmt } from '../../compiler/typed/tree.ts'
import { define, FILE, params, sourceFunc } from './typed-trees.ts'

const NOWHERE = FILE.span(0, 4)

/** The node with another span. */
export function at<N extends { readonly span: Span }>(span: Span, node: N): N {
  return { ...node, span }
}

/** A text whose parts are places: the span where `part` stands first. */
export function places(text: string, path = 'test.spy'): (part: string) => Span {
  const file = new SourceFile(path, text)
  return (part) => {
    const start = text.indexOf(part)
    if (start < 0) throw new Error(`the source contains ${part}`)
    return file.span(start, start + part.length)
  }
}

export function upcast(type: SpyType, value: TypedExpr): TypedExpr {
  return { kind: 'Upcast', type, value, span: NOWHERE }
}

export function indirectCall(callee: TypedExpr, ...args: readonly TypedExpr[]): TypedExpr {
  if (callee.type.kind !== 'func') throw new Error('the callee has a function type')
  return { kind: 'IndirectCall', callee, funcType: callee.type, args, type: callee.type.result, span: NOWHERE }
}

export function failing(error: Diagnostic, span = NOWHERE): TypedStmt {
  return { kind: 'Fail', error, span }
}

/** A statement that becomes these when it is reached. */
export function deferred(type: () => readonly TypedStmt[], span = NOWHERE): TypedStmt {
  let typed: readonly TypedStmt[] | undefined
  const force = (): readonly TypedStmt[] => {
    typed ??= type()
    return typed
  }
  return { kind: 'Deferred', force, span }
}

type Pairs = readonly (readonly [name: string, type: SpyType])[]

/** A function of a test. Its body may call it. */
export function func(
  name: string,
  parameters: Pairs,
  result: SpyType,
  body: (self: SourceFunc) => readonly TypedStmt[],
  options: { readonly locals?: Pairs; readonly span?: Span } = {},
): TypedFunc {
  const source = sourceFunc(`test::${name}`, params(...parameters), result)
  const locals: readonly TypedLocal[] = params(...(options.locals ?? []))
  return { ...define(source, locals, body(source)), span: options.span ?? NOWHERE }
}

/** What a call of the function names. */
export function objectOf({ source, fqn }: TypedFunc): SourceFunc {
  if (source === null) throw new Error(`${fqn} has a function object`)
  return source
}

export interface LinkOptions {
  readonly fuel?: Fuel
  readonly mode?: LayoutMode
}

/** Functions that can call each other, with memory of their own. */
export function linkOf(funcs: readonly TypedFunc[], options: LinkOptions = {}): Link {
  const routines = new Map<SourceFunc, Callable>()
  const link: Link = {
    memory: new GuestMemory(options.mode ?? 'debug'),
    fuel: options.fuel ?? null,
    callable: (callee) => {
      const found = funcs.find((candidate) => candidate.source === callee)
      if (found === undefined) throw new Error(`the test has a function ${callee.fqn}`)
      const source = objectOf(found)
      const routine = routines.get(source) ?? compileFunction(found, link)
      routines.set(source, routine)
      return routine
    },
    dynamic: () => {
      throw new Error('hand-built trees have no dynamic operations')
    },
    methodOf: () => {
      throw new Error('there are no classes')
    },
    humanName: (type) => type.fqn.debugName,
  }
  return link
}

/** Call the first function. */
export function run(funcs: readonly [TypedFunc, ...TypedFunc[]], args: readonly Value[] = [], options?: LinkOptions) {
  return linkOf(funcs, options).callable(objectOf(funcs[0])).call(args)
}

/** The error that calling the first function raises, as text: the error, then its places, outermost frame first. */
export function errorOf(
  funcs: readonly [TypedFunc, ...TypedFunc[]],
  args: readonly Value[] = [],
  options?: LinkOptions,
) {
  return describeError(() => run(funcs, args, options))
}

/** `TypeError: message`, `  error "text" @ source` per annotation, `  in fqn: source` per frame. */
export function describeError(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (!(error instanceof SpyError)) throw error
    const annotations = error.diagnostic.annotations.map(
      ({ level, text, span }) => `${level} "${text}" @ ${spanText(span)}`,
    )
    const frames = error.traceback.map(({ kind, fqn, span }) => `in ${kind} ${fqn}: ${spanText(span)}`)
    return [`${error.etype}: ${error.message}`, ...annotations, ...frames].join('\n')
  }
  return 'no error'
}
