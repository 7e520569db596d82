/** The command `spy`, called in this process: what it prints is the result. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { main, type Output, type Shell } from '../../compiler/cli.ts'
import { nodeArtifacts, nodeWorld, packageFile, posixPath } from '../../compiler/node.ts'
import { declarationsProject } from '../../src/node/declarations.ts'
import { runCompiled } from '../../src/node/run-compiled.ts'
import { viewerScript } from './viewer-script.ts'

export interface CommandResult {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Streams are terminals. */
  readonly isTTY?: boolean
}

/** @param args  what follows `spy`; paths that are not absolute start in the folder of the process */
export async function spy(
  args: readonly string[],
  { env = {}, isTTY = false }: CommandOptions = {},
): Promise<CommandResult> {
  const written = { stdout: '', stderr: '' }
  const stream = (name: 'stdout' | 'stderr'): Output => ({
    isTTY,
    columns: 80,
    write(text) {
      written[name] += text
    },
  })
  const shell: Shell = {
    env,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    version: () => '1.2.3',
    world: nodeWorld,
    artifacts: async (folder) => nodeArtifacts(folder),
    declarations: async (root) => declarationsProject(root),
    viewer: viewerScript,
    packageFile,
    resolve: posixPath,
    runCompiled,
  }
  const status = await main(args, shell)
  return { status, ...written }
}

export interface Folder extends Disposable {
  readonly path: string
  /** Absolute path of a file in it. */
  file(name: string): string
}

/** A folder with these files, that is removed in the end. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Folder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'spy-')))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), content)
  }
  return {
    path,
    file: (name) => join(path, name),
    [Symbol.dispose]: () => rmSync(path, { recursive: true }),
  }
}
