/**
 * What can be wrong with tokens. Errors of the first stage hide every other error of the file: the whole text must
 * tokenise before its grammar is looked at. Those of the second stage are only seen by the parser, but before its own.
 */
import { blame, type Diagnostic } from '../../text/diagnostics.ts'
import { type Offset, type SourceFile, wholeLine } from '../../text/source.ts'

export interface LexicalError {
  readonly stage: 'tokens' | 'grammar'
  readonly message: string
  /** An offset in the line that the error is about. */
  readonly at: Offset
}

/** Every lexical and syntactic error points at a whole line and says everything in its message. */
export function syntaxError(file: SourceFile, message: string, at: Offset): Diagnostic {
  return { code: 'syntax', class: 'ParseError', message, annotations: [blame('', wholeLine(file, at))] }
}

export const MESSAGES = {
  nullBytes: 'source code cannot contain null bytes',
  unknownEncoding: (name: string) => `unknown encoding: ${name}`,

  unterminatedString: (line: number) => `unterminated string literal (detected at line ${line})`,
  unterminatedTripleString: (line: number) => `unterminated triple-quoted string literal (detected at line ${line})`,
  unterminatedFString: (line: number) => `unterminated f-string literal (detected at line ${line})`,
  unterminatedTripleFString: (line: number) => `unterminated triple-quoted f-string literal (detected at line ${line})`,
  fstringSingleBrace: "f-string: single '}' is not allowed",
  fstringExpectingBrace: "f-string: expecting '}'",
  fstringTooDeep: 'f-string: expressions nested too deeply',

  neverClosed: (bracket: string) => `'${bracket}' was never closed`,
  unmatched: (bracket: string) => `unmatched '${bracket}'`,
  mismatched: (close: string, open: string, openLine: number | undefined) =>
    `closing parenthesis '${close}' does not match opening parenthesis '${open}'${
      openLine === undefined ? '' : ` on line ${openLine}`
    }`,
  tooManyBrackets: 'too many nested parentheses',

  unexpectedEof: 'unexpected EOF while parsing',
  afterContinuation: 'unexpected character after line continuation character',

  invalidLiteral: (kind: string) => `invalid ${kind} literal`,
  invalidDigit: (digit: string, kind: string) => `invalid digit '${digit}' in ${kind} literal`,
  leadingZeros: 'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers',

  inconsistentTabs: 'inconsistent use of tabs and spaces in indentation',
  badDedent: 'unindent does not match any outer indentation level',
  tooDeep: 'too many levels of indentation',

  invalidCharacter: (character: string) => `invalid character '${character}' (${unicodeName(character)})`,
  notPrintable: (character: string) => `invalid non-printable character ${unicodeName(character)}`,
} as const

function unicodeName(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase()
  return `U+${hex.padStart(4, '0')}`
}
