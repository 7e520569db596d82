/** Interface → the ES module that stands for a `.spy` file. */
import type { InterfaceModel } from '../model/interface-model.ts'
import { publicParts } from '../model/js-names.ts'
import { devBody } from './dev.ts'
import { releaseBody } from './release.ts'

export interface FacadeOptions {
  /** dev: calls through the hot cell and checks arguments. The exports are the same in both. */
  readonly kind: 'dev' | 'release'
  /** What the facade imports `program` from: the module that starts the program. */
  readonly programId: string
  /** What the marshallers are imported from. */
  readonly runtimeId?: string
}

export const RUNTIME_ID = 'unplugin-spy/runtime'

export function printFacade(interfaceModel: InterfaceModel, options: FacadeOptions): string {
  const model = publicParts(interfaceModel)
  const program = `import { program as $ } from ${JSON.stringify(options.programId)}\n`
  if (options.kind === 'dev') return program + devBody(model)
  const { imports, body } = releaseBody(model)
  return `${program}${importText(imports, options.runtimeId ?? RUNTIME_ID)}\n${body}`
}

function importText(names: readonly string[], from: string): string {
  if (names.length === 0) return ''
  return `import { ${names.map((name) => `${name} as $${name}`).join(', ')} } from ${JSON.stringify(from)}\n`
}
