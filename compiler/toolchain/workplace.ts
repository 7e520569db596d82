/** Where outside compilers work: a folder of its own for each build, gone when it is done. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { toolchainFailed } from './failure.ts'
import type { CFiles } from './port.ts'
import { runProcess } from './process.ts'

export async function inFolderWith<T>({ files }: CFiles, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'unplugin-spy-'))
  try {
    const folders = new Set([...files.keys()].map((path) => dirname(join(folder, path))))
    for (const each of folders) await mkdir(each, { recursive: true })
    await Promise.all([...files].map(([path, text]) => writeFile(join(folder, path), text)))
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** @throws HostError with the messages of the program if it fails */
export async function runTool(toolchain: string, program: string, args: readonly string[], cwd: string): Promise<void> {
  const result = await runProcess(program, args, { cwd })
  if (result === undefined) throw toolchainFailed(toolchain, program, 'it is not there any more')
  if (result.exitCode !== 0) throw toolchainFailed(toolchain, program, result.stderr || result.stdout)
}
