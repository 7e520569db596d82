/** Programs whose files exist in a test only; the library is that of the repository. */
import { nodeWorld, type World } from '../../compiler/node.ts'

/** A text is the file `test.spy`; several files are given by path relative to the folder of the program. */
export type ProgramText = string | Readonly<Record<string, string>>

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

/** The text without the indentation of its first line that is not blank, and without that blank line. */
export function dedent(text: string): string {
  const body = text.replace(/^[ \t]*\n/, '')
  const margin = /^ */.exec(body)?.[0] ?? ''
  return body
    .split('\n')
    .map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line.trimStart()))
    .join('\n')
}
