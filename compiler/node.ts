/** The compiler for Node: what pages get, and with it the files and the toolchains of this machine. */
export * from './index.ts'
export { ArtifactFolder } from './node/artifact-folder.ts'
export { nodeArtifacts } from './node/artifacts.ts'
export { cacheFolder, fileSystem, posixPath } from './node/file-system.ts'
export { codeVersion, libspyBytes, libspyModule, packageFile } from './node/package-files.ts'
export { nodeWorld } from './node/world.ts'
export { type LineRow, readLineRows } from './toolchain/dwarf-lines.ts'
export { chooseToolchain, readRuntimeSources, type ToolchainChoice } from './toolchain/index.ts'
