/** The world of this machine, as pipelines want it. */
import type { World } from '../driver/pipelines/front-end.ts'
import { fileSystem } from './file-system.ts'
import { packageFile } from './package-files.ts'

/** The files of this machine, and the library of the package. */
export function nodeWorld(): World {
  return { host: fileSystem, library: [packageFile('stdlib', 'prelude'), packageFile('stdlib', 'lib')] }
}
