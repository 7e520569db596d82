/** Where results of compilers are kept on this machine. */
import type { ArtifactStore } from '../driver/artifacts.ts'
import { ArtifactFolder } from './artifact-folder.ts'
import { cacheFolder } from './file-system.ts'

/** The store of the project in this folder. */
export function nodeArtifacts(folder: string = process.cwd()): ArtifactStore {
  return new ArtifactFolder(cacheFolder(folder))
}
