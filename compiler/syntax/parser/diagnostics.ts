/**
 * What the parser says. Grammar errors have their text in the message and point at a whole line; constructs that are
 * well-formed but not part of the language ("refusals") point at the construct.
 */
import { blame, type Diagnostic } from '../../text/diagnostics.ts'
import { type Span, wholeLine } from '../../text/source.ts'
import type { IntType } from '../ast.ts'

export const GRAMMAR = {
  invalidSyntax: 'invalid syntax',
  forgotComma: 'invalid syntax. Perhaps you forgot a comma?',
  meantComparison: "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
  expected: (token: string) => `expected '${token}'`,
  expectedElse: "expected 'else' after 'if' expression",
  expectedHandler: "expected 'except' or 'finally' block",
  unexpectedIndent: 'unexpected indent',
  unexpectedUnindent: 'unexpected unindent',
  /** @param construct  such as `'if' statement` or `function definition` */
  expectedBlock: (construct: string, line: number) => `expected an indented block after ${construct} on line ${line}`,
  tooDeep: 'too many nested expressions',

  missingParentheses: (name: string) => `Missing parentheses in call to '${name}'. Did you mean ${name}(...)?`,
  cannotAssign: (what: string) => `cannot assign to ${what}`,
  cannotAssignHere: (what: string) => `cannot assign to ${what} here. Maybe you meant '==' instead of '='?`,
  missingArgumentValue: 'expected argument value expression',
  cannotDelete: (what: string) => `cannot delete ${what}`,
  cannotUseWalrus: (what: string) => `cannot use assignment expressions with ${what}`,
  assignToYield: 'assignment to yield expression not possible',
  illegalAugmented: (what: string) => `'${what}' is an illegal expression for augmented assignment`,
  onlySingleTarget: (what: string) => `only single target (not ${what}) can be annotated`,
  illegalAnnotation: 'illegal target for annotation',

  defaultsInOrder: 'parameter without a default follows parameter with a default',
  starOnce: '* argument may appear only once',
  slashOnce: '/ may appear only once',
  slashBeforeStar: '/ must be ahead of *',
  slashNeedsArgument: 'at least one argument must precede /',
  commaBetween: 'expected comma between / and *',
  namedAfterStar: 'named arguments must follow bare *',
  starDefault: 'var-positional argument cannot have default value',
  kwargsDefault: 'var-keyword argument cannot have default value',
  afterKwargs: 'arguments cannot follow var-keyword argument',
  expectedDefault: 'expected default value expression',
  parenthesisedParameter: 'Function parameters cannot be parenthesized',
  parenthesisedLambdaParameter: 'Lambda expression parameters cannot be parenthesized',

  positionalAfterKeyword: 'positional argument follows keyword argument',
  positionalAfterUnpacking: 'positional argument follows keyword argument unpacking',
  starAfterDoubleStar: 'iterable argument unpacking follows keyword argument unpacking',
  assignmentInCall: 'expression cannot contain assignment, perhaps you meant "=="?',
  bareGenerator: 'Generator expression must be parenthesized',
  starredInComprehension: 'iterable unpacking cannot be used in comprehension',
  unpackingInDictComprehension: 'dict unpacking cannot be used in dict comprehension',
  comprehensionTarget: 'did you forget parentheses around the comprehension target?',
  starredHere: 'cannot use starred expression here',
  doubleStarredHere: 'cannot use double starred expression here',

  colonAfterKey: "':' expected after dictionary key",
  valueAfterKey: "expression expected after dictionary key and ':'",
  starredDictValue: 'cannot use a starred expression in a dictionary value',

  importComma: 'trailing comma not allowed without surrounding parentheses',
  exceptTypes: 'multiple exception types must be parenthesized',
  exceptStarTypes: 'expected one or more exception types',
  exceptMixed: "cannot have both 'except' and 'except*' on the same 'try'",
  positionalAfterKeywordPattern: 'positional patterns follow keyword patterns',
  wildcardTarget: "cannot use '_' as a target",
  patternTarget: 'invalid pattern target',

  mixedBytes: 'cannot mix bytes and nonbytes literals',
  bytesAscii: 'bytes can only contain ASCII literal characters',
  unicodeError: (position: string, reason: string) =>
    `(unicode error) 'unicodeescape' codec can't decode bytes in position ${position}: ${reason}`,
  valueError: (position: number) => `(value error) invalid \\x escape at position ${position}`,

  fieldExpression: "f-string: expecting a valid expression after '{'",
  fieldEmpty: (before: string) => `f-string: valid expression required before '${before}'`,
  fieldAfterExpression: "f-string: expecting '=', or '!', or ':', or '}'",
  fieldAfterEqual: "f-string: expecting '!', or ':', or '}'",
  fieldAfterConversion: "f-string: expecting ':' or '}'",
  fieldEnd: "f-string: expecting '}', or format specs",
  conversionMissing: 'f-string: missing conversion character',
  conversionInvalid: 'f-string: invalid conversion character',
  conversionUnknown: (name: string) => `f-string: invalid conversion character '${name}': expected 's', 'r', or 'a'`,
  conversionSpace: 'f-string: conversion type must come right after the exclamation mark',
} as const

function refusal(code: string, message: string, text: string, span: Span): Diagnostic {
  return { code, class: 'ParseError', message, annotations: [blame(text, span)] }
}

/** @param what  class name of the construct in Python's own tree, or a few words */
export function notImplemented(what: string, span: Span): Diagnostic {
  return refusal('not-implemented', `not implemented yet: ${what}`, 'this is not supported', span)
}

export function notSupported(message: string, span: Span): Diagnostic {
  return refusal('not-supported', message, 'this is not supported', span)
}

export function parenthesisedTarget(span: Span): Diagnostic {
  return notSupported('not supported: assignments targets with parentheses', span)
}

export function unsupportedLiteral(name: string, span: Span): Diagnostic {
  return refusal('unsupported-literal', `unsupported literal: ${name}`, 'this is not supported yet', span)
}

export function surrogatesInLiteral(span: Span): Diagnostic {
  return notSupported('surrogates not allowed in string literal', span)
}

export function literalOutOfRange(type: IntType, value: bigint, low: bigint, high: bigint, digits: Span): Diagnostic {
  const message = `${type} literal ${value} is out of range [${low}, ${high}]`
  return refusal('literal-out-of-range', message, 'integer literal out of range', digits)
}

export function notAtModuleLevel(span: Span): Diagnostic {
  const message = 'only function and variable definitions are allowed at global scope'
  return refusal('not-at-module-level', message, 'this is not allowed here', span)
}

export function moduleVariableNeedsValue(span: Span): Diagnostic {
  return refusal('missing-value', 'a module-level variable needs a value', 'value is missing here', span)
}

export function constantNeedsValue(span: Span): Diagnostic {
  return refusal('missing-value', 'a constant needs a value', 'value is missing here', span)
}

export function walrusNotHere(span: Span): Diagnostic {
  return refusal('walrus-not-here', 'assignment expressions are not supported here', 'this is not supported', span)
}

export function breakOutsideLoop(span: Span): Diagnostic {
  return refusal('break-outside-loop', "'break' outside loop", '', wholeLine(span.file, span.start))
}

export function continueOutsideLoop(span: Span): Diagnostic {
  return refusal('break-outside-loop', "'continue' not properly in loop", '', wholeLine(span.file, span.start))
}

export function keywordRepeated(name: string, span: Span): Diagnostic {
  return refusal('keyword-repeated', `keyword argument repeated: ${name}`, '', span)
}

export function typeParamsWithDecorators(span: Span): Diagnostic {
  return refusal(
    'type-params-with-decorators',
    'cannot use type parameters with decorators',
    'remove the decorators or the type parameters',
    span,
  )
}

export function onlyPlainTypeParams(span: Span): Diagnostic {
  return refusal(
    'type-param-kind',
    'only plain TypeVar type parameters are supported',
    'ParamSpec and TypeVarTuple are not supported yet',
    span,
  )
}

export function boundedTypeParam(span: Span): Diagnostic {
  return refusal('type-param-bound', 'bounded TypeVars are not supported yet', 'remove the bound', span)
}

export function dottedImport(module: string, asname: string, span: Span): Diagnostic {
  const message = `not supported: \`import ${module}\` without \`as\``
  return refusal('dotted-import', message, `write \`import ${module} as ${asname}\``, span)
}

export function blockNeedsString(call: Span): Diagnostic {
  const message = '__block__ requires a single string literal argument'
  return refusal('block-expression', message, 'expected a triple-quoted string', call)
}

export function blockIsEmpty(call: Span): Diagnostic {
  return refusal('block-expression', '__block__ body is empty', 'expected at least one expression', call)
}

export function blockNeedsResult(last: Span): Diagnostic {
  const message = '__block__ last statement must be an expression (the result)'
  return refusal('block-expression', message, 'this should be an expression', last)
}

export function notOneStatement(second: Span): Diagnostic {
  return refusal('one-statement', 'expected exactly one statement', 'this is not allowed', second)
}
