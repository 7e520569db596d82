/** Tokens to a tree: the grammar of Python 3.12, of which the language has a part. */
export {
  type BodyResult,
  type ParseResult,
  parseBody,
  parseModule,
  parsePrinted,
  parseSingleStatement,
  parseTolerantly,
} from './parser/module.ts'
