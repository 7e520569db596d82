/** A module as one object: what it exports, its variables as properties, and what can be done to the running program. */
import type { Guest } from '../memory/guest.ts'
import type { Codec } from './codec.ts'

/** The export that gives the address of a variable, and its type. */
export type VariableTable = Readonly<Record<string, readonly [address: string, type: Codec]>>

export interface Owner extends Guest {
  reset(): void
  dispose(): void
}

/** @param parts  everything but the variables; names of the module hide `memory`, `reset` and `dispose` */
export function moduleObject(program: Owner, parts: object, variables: VariableTable = {}): object {
  const module = {
    get memory() {
      return program.memory
    },
    reset: () => program.reset(),
    dispose: () => program.dispose(),
  }
  Object.defineProperties(module, Object.getOwnPropertyDescriptors(parts))
  for (const [name, [address, type]] of Object.entries(variables)) {
    const place = () => program.exports[address]?.() as number
    Object.defineProperty(module, name, {
      enumerable: true,
      get: () => type.get(program, place()),
      set: (value) => type.put(program, place(), value),
    })
  }
  return module
}
