/**
 * `def` and `class`, and what stands before them.
 */
import type { Diagnostic } from '../../text/diagnostics.ts'
import { type Offset, type Span, toEndOfLine } from '../../text/source.ts'
import type { ClassDef, Expr, FuncArg, FuncColor, FuncDef, FuncKind, Stmt } from '../ast.ts'
import { T } from '../lexer.ts'
import { type Arguments, parseArguments } from './arguments.ts'
import { identifier } from './atoms.ts'
import { expectColon, parseBlock } from './blocks.ts'
import { GRAMMAR, notSupported, typeParamsWithDecorators } from './diagnostics.ts'
import { parseNamedExpression } from './expressions.ts'
import { type Parameters, parseParameters } from './parameters.ts'
import { GrammarStop, type Parser } from './parser.ts'
import { refuseStatement } from './simple-statements.ts'
import { BodySink } from './sinks.ts'
import { parseTypeParameters } from './type-parameters.ts'

interface Decorators {
  readonly all: readonly Expr[]
  /** What the parser does not understand by itself. */
  readonly others: readonly Expr[]
  readonly color: FuncColor
  readonly funcKind: FuncKind
  /** Where the refusals of the decorators start. */
  readonly mark: number
}

const NO_DECORATORS = { all: [], others: [], color: 'red', funcKind: 'plain' } as const

/** A definition with or without decorators; the next token is `@`, `def`, `class` or `async def`. */
export function parseDefinition(p: Parser): Stmt {
  const mark = p.refusals.length
  const decorators = p.kind === T.at ? parseDecorators(p) : { ...NO_DECORATORS, mark }
  switch (p.kind) {
    case T.kwDef:
      return parseFunction(p, decorators)
    case T.kwClass:
      return parseClass(p, decorators)
    case T.kwAsync: {
      const start = p.start
      p.advance()
      if (p.kind !== T.kwDef) p.invalidSyntax()
      const { span } = parseFunction(p, decorators)
      return refuseStatement(p, mark, 'AsyncFunctionDef', { file: p.file, start, end: span.end })
    }
    default:
      return p.invalidSyntax()
  }
}

function parseDecorators(p: Parser): Decorators {
  const mark = p.refusals.length
  const all: Expr[] = []
  p.walrusBans++
  while (p.take(T.at)) {
    all.push(parseNamedExpression(p))
    p.expect(T.newline)
  }
  p.walrusBans--
  const kinds = all.map(blueKind)
  return {
    all,
    others: all.filter((_, index) => kinds[index] === undefined),
    color: kinds.some((kind) => kind !== undefined) ? 'blue' : 'red',
    // A plain `@blue` does not change the kind that another decorator gave.
    funcKind: kinds.filter((kind) => kind === 'generic' || kind === 'metafunc').at(-1) ?? 'plain',
    mark,
  }
}

/** `blue`, `blue.generic` and `blue.metafunc` are part of the syntax; no name is looked up. */
function blueKind(decorator: Expr): FuncKind | undefined {
  if (decorator.kind === 'Name') return decorator.id === 'blue' ? 'plain' : undefined
  if (decorator.kind !== 'GetAttr' || decorator.value.kind !== 'Name' || decorator.value.id !== 'blue') return undefined
  const { value } = decorator.attr
  return value === 'generic' || value === 'metafunc' ? value : undefined
}

function parseFunction(p: Parser, decorators: Decorators): Stmt {
  const start = p.start
  p.advance()
  const name = takeName(p)
  p.walrusBans++
  const inTypeParams = p.refusals.length
  const typeParams = p.kind === T.bracketOpen ? expectedPart(p, '(', parseTypeParameters) : undefined
  p.expectNamed(T.parenOpen, '(')
  const parameters = parseParameters(p)
  refuseParameters(p, parameters)
  const args = parameters.star === undefined ? parameters.plain : [...parameters.plain, parameters.star]
  const returnType = p.kind === T.arrow ? expectedPart(p, ':', parseReturnType) : missingReturnType(p, start, args)
  p.walrusBans--
  p.expectNamed(T.colon, ':')
  const { docstring, body, end } = parseFunctionBody(p, start)
  const span = { file: p.file, start, end }
  const func: FuncDef = {
    kind: 'FuncDef',
    span,
    prototypeSpan: { file: p.file, start, end: returnType.span.end },
    color: typeParams === undefined ? decorators.color : 'red',
    funcKind: typeParams === undefined ? decorators.funcKind : 'plain',
    name: typeParams === undefined ? name : '__impl',
    args,
    returnType,
    defaults: parameters.defaults,
    docstring,
    body,
    decorators: decorators.others,
  }
  if (typeParams === undefined) return func
  if (decorators.all.length > 0) p.refuseFirst(inTypeParams, typeParamsWithDecorators(span))
  return { kind: 'GenericFuncDef', span, name, args: typeParams, inner: func }
}

/** A part that may be left out: where it is wrong without a reason of its own, what comes after it was expected. */
function expectedPart<R>(p: Parser, next: string, production: (p: Parser) => R): R {
  const at = p.start
  try {
    return production(p)
  } catch (error) {
    if (!(error instanceof GrammarStop) || error.diagnostic.message !== GRAMMAR.invalidSyntax) throw error
    return p.fail(GRAMMAR.expected(next), at)
  }
}

function parseReturnType(p: Parser): Expr {
  p.expect(T.arrow)
  return p.productions.expression(p)
}

/** Kinds of parameters are refused in this order, between what is refused in their annotations and defaults. */
function refuseParameters(p: Parser, parameters: Parameters): void {
  p.refusals.push(...parameters.annotationRefusals)
  if (parameters.doubleStar !== undefined) {
    p.refuse(notSupported('**kwargs is not supported yet', parameters.doubleStar))
  }
  p.refusals.push(...parameters.defaultRefusals)
  const [positionalOnly] = parameters.positionalOnly
  if (positionalOnly !== undefined) {
    p.refuse(notSupported('positional-only arguments are not supported yet', positionalOnly.span))
  }
  const [keywordOnly] = parameters.keywordOnly
  if (keywordOnly !== undefined) {
    p.refuse(notSupported('keyword-only arguments are not supported yet', keywordOnly.span))
  }
}

/** Stands where a return type would: behind the last parameter, or the whole line. */
function missingReturnType(p: Parser, start: Offset, args: readonly FuncArg[]): Expr {
  const last = args.at(-1)?.span
  if (last === undefined) return { kind: 'Auto', span: toEndOfLine({ file: p.file, start, end: start }) }
  const { end } = toEndOfLine({ file: p.file, start: last.end, end: last.end })
  return { kind: 'Auto', span: { file: p.file, start: last.start, end } }
}

function parseFunctionBody(
  p: Parser,
  header: Offset,
): { docstring: string | null; body: readonly Stmt[]; end: Offset } {
  const { loopDepth, walrusBans, isInClass, nextSeq, nextWithSeq } = p
  // Loops are numbered per outermost function; inner functions go on counting, and give the numbers back.
  if (p.functionDepth === 0) {
    p.nextSeq = 0
    p.nextWithSeq = 0
  }
  p.functionDepth++
  p.loopDepth = 0
  p.walrusBans = 0
  p.isInClass = false
  const sink = new BodySink()
  const end = parseBlock(p, sink, 'function definition', header)
  p.functionDepth--
  p.loopDepth = loopDepth
  p.walrusBans = walrusBans
  p.isInClass = isInClass
  p.nextSeq = nextSeq
  p.nextWithSeq = nextWithSeq
  return { docstring: sink.takeDocstring(), body: sink.body, end }
}

function parseClass(p: Parser, decorators: Decorators): Stmt {
  const start = p.start
  p.advance()
  const name = takeName(p)
  p.walrusBans++
  const inTypeParams = p.refusals.length
  const typeParams = p.kind === T.bracketOpen ? parseTypeParameters(p) : undefined
  const typeParamRefusals = p.refusals.splice(inTypeParams)
  const bases = p.kind === T.parenOpen ? parseArguments(p) : undefined
  p.walrusBans--
  expectColon(p)
  const isStruct = decorators.all.some(isStructDecorator)
  const decoratorRefusals = p.refusals.splice(decorators.mark, inTypeParams - decorators.mark)
  const base = bases === undefined ? null : classBase(p, bases, isStruct)
  p.refusals.push(...typeParamRefusals)
  const other = decorators.all.find((decorator) => !isStructDecorator(decorator))
  if (other !== undefined) p.refuse(notSupported('class decorators not supported yet', other.span))
  else p.refusals.push(...decoratorRefusals)

  const { loopDepth, walrusBans, isInClass } = p
  p.loopDepth = 0
  p.walrusBans = 0
  p.isInClass = true
  const sink = new BodySink()
  const end = parseBlock(p, sink, 'class definition', start)
  p.loopDepth = loopDepth
  p.walrusBans = walrusBans
  p.isInClass = isInClass
  const bodySpan: Span = { file: p.file, start, end }
  const docstring = sink.takeDocstring()
  const classDef: ClassDef = {
    kind: 'ClassDef',
    span: toEndOfLine(bodySpan),
    bodySpan,
    name: typeParams === undefined ? name : 'Self',
    classKind: isStruct ? 'struct' : 'class',
    base,
    docstring,
    body: sink.body,
  }
  if (typeParams === undefined) return classDef
  return { kind: 'GenericClassDef', span: bodySpan, name, args: typeParams, inner: classDef }
}

function isStructDecorator(decorator: Expr): boolean {
  return decorator.kind === 'Name' && decorator.id === 'struct'
}

/** The base of a heap class. Structs have none, and nothing has two. */
function classBase(p: Parser, bases: Arguments, isStruct: boolean): Expr | null {
  const [first] = bases.args
  const refusals: Diagnostic[] = []
  if (first !== undefined && (isStruct || bases.args.length > 1 || first.kind === 'Auto')) {
    refusals.push(notSupported('base classes not supported yet', first.span))
  }
  const keyword = bases.keywords[0]?.span ?? bases.doubleStars[0]
  if (keyword !== undefined) refusals.push(notSupported('keywords in classes not supported yet', keyword))
  p.refusals.push(...refusals)
  return refusals.length > 0 ? null : (first ?? null)
}

function takeName(p: Parser): string {
  if (p.kind !== T.name) p.invalidSyntax()
  const name = identifier(p.tokenText)
  p.advance()
  return name
}
