/** The compiler for Node: what pages get, and with it the files and the toolchains of this machine. */

import type { ArtifactStore } from './driver/artifacts.ts'
import type { World } from './driver/pipelines/front-end.ts'
import { ArtifactFolder } from './node/artifact-folder.ts'
import { cacheFolder, fileSystem } from './node/file-system.ts'
import { packageFile } from './node/package-files.ts'

export * from './index.ts'
export { ArtifactFolder } from './node/artifact-folder.ts'
export { cacheFolder, fileSystem, posixPath } from './node/file-system.ts'
export { libspyBytes, libspyModule, packageFile } from './node/package-files.ts'
export { chooseToolchain, readRuntimeSources, type ToolchainChoice } from './toolchain/index.ts'

/** The files of this machine, and the library of the package. */
export function nodeWorld(): World {
  return { host: fileSystem, library: [packageFile('stdlib', 'prelude'), packageFile('stdlib', 'lib')] }
}

/** Where results of compilers are kept for the project in this folder. */
export function nodeArtifacts(folder: string = process.cwd()): ArtifactStore {
  return new ArtifactFolder(cacheFolder(folder))
}
