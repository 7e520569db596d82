/** Text to tokens. */
export { type LexicalError, MESSAGES as LEXICAL_MESSAGES, syntaxError } from './lexer/diagnostics.ts'
export { fuseDeclarations, splitDeclarations } from './lexer/preprocess.ts'
export { type LexResult, type Region, tokenize, tokenizePrinted } from './lexer/tokenize.ts'
export { SOFT_KEYWORDS, T, type TokenKind, type Tokens } from './lexer/tokens.ts'
