/** Programs whose files exist in a test only; the library is that of the repository. */
import { nodeWorld, type World } from '../../compiler/node.ts'
import { dedent, type ProgramText } from './program-text.ts'

export { dedent, type ProgramText } from './program-text.ts'

/** @param files  texts by absolute path */
export function memoryWorld(files: ReadonlyMap<string, string>): World {
  const { host, library } = nodeWorld()
  const isLibrary = (path: string) => library.some((folder) => path.startsWith(`${folder}/`))
  return {
    library,
    host: {
      read: (path) => (isLibrary(path) ? host.read(path) : files.get(path)),
      realPath: (path) => path,
    },
  }
}

export interface PlacedProgram {
  /** The first file. */
  readonly entry: string
  readonly files: ReadonlyMap<string, string>
}

/** The files of a program under a folder. */
export function placeProgram(program: ProgramText, folder = '/test'): PlacedProgram {
  const texts = typeof program === 'string' ? { 'test.spy': program } : program
  const files = new Map(Object.entries(texts).map(([name, text]) => [`${folder}/${name}`, dedent(text)]))
  return { entry: [...files.keys()][0] as string, files }
}
