/** Texts of the modules that bundlers see in place of `.spy` files. */
export { acceptFacade, devProgramModule, devSupportModule } from './facades/dev-modules.ts'
export { rawModule, urlModule } from './facades/other-modules.ts'
export { hostImports, programModule } from './facades/program-module.ts'
export {
  emittedAsset,
  importedFile,
  inlineSource,
  literalUrl,
  servedUrl,
  toBase64,
  type WasmSource,
} from './facades/wasm-source.ts'
