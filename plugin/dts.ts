/** Type declarations of `.spy` files, for TypeScript and editors. */
export {
  type BrokenSource,
  checkDeclarations,
  LiveDeclarations,
  type StaleFile,
  writeDeclarations,
} from './dts/declarations.ts'
