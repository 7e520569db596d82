/** The command `spy` on the streams of this process. */
import { readFileSync } from 'node:fs'
import { main, type Output, type Shell } from '../../compiler/cli.ts'
import { nodeWorld, packageFile, posixPath } from '../../compiler/node.ts'

function output(stream: NodeJS.WriteStream): Output {
  return {
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns
    },
    write: (text) => void stream.write(text),
  }
}

const shell: Shell = {
  env: process.env,
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  version: () => (JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string }).version,
  world: nodeWorld,
  async artifacts(folder) {
    const { nodeArtifacts } = await import('./artifacts.ts')
    return nodeArtifacts(folder)
  },
  async declarations(root) {
    const { declarationsProject } = await import('./declarations.ts')
    return declarationsProject(root)
  },
  async viewer() {
    const { viewerScript } = await import('./viewer.ts')
    return viewerScript()
  },
  packageFile,
  resolve: posixPath,
  async runCompiled(run) {
    const { runCompiled } = await import('./run-compiled.ts')
    return runCompiled(run)
  },
}

/** @returns the exit status */
export function runCommand(args: readonly string[]): Promise<number> {
  // Whoever reads our output may stop reading, as `head` does: that is no failure, and nothing is left to do.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  return main(args, shell)
}
