/** Declarations of a project, for the command line. */
import type { DeclarationsProject } from '../../compiler/cli.ts'
import { checkDeclarations, writeDeclarations } from '../../plugin/dts.ts'
import { resolveOptions } from '../../plugin/options.ts'
import { createCompiler } from '../../plugin/programs/compiler.ts'

/** @param root  absolute */
export function declarationsProject(root: string): DeclarationsProject {
  const options = resolveOptions({}, { root, engine: 'jit', sourcemap: false })
  const project = { root, compiler: createCompiler(options) }
  return {
    folder: '.spy/types',
    write: async () => (await writeDeclarations(project)).map(({ error }) => error),
    async check() {
      const { stale, broken } = await checkDeclarations(project)
      return { stale, broken: broken.map(({ error }) => error) }
    },
  }
}
