/** The module variables of a program as a hot update sees them: which may keep their bytes, and when. */
import type { HotVariable } from '../../../src/runtime/abi/descriptors.ts'
import { layoutOf } from '../../objects/layout.ts'
import type { SpyType, StructType } from '../../objects/types.ts'
import type { TypedProgram } from '../../typed/tree.ts'

/** Those without a memory layout are left out: nothing can be copied. */
export function hotVariables(program: TypedProgram): HotVariable[] {
  const found: HotVariable[] = []
  for (const { fqn, valueType } of program.cells.values()) {
    const size = layoutOf(valueType, program.mode)?.size
    if (size !== undefined) found.push({ name: fqn.text, type: byteMeaning(valueType, []) ?? '', size })
  }
  return found
}

/**
 * All that decides what bytes of a type mean, as a text: names of structs alone would not notice a new field.
 * Undefined for types whose bytes mean nothing to another version: functions are indices into its table.
 *
 * @param inside  structs that are being described: a pointer back to one says only its name
 */
function byteMeaning(type: SpyType, inside: readonly StructType[]): string | undefined {
  switch (type.kind) {
    case 'primitive':
      return type.name
    case 'ptr':
    case 'ref': {
      const item = byteMeaning(type.item, inside)
      return item && `${type.memory} ${type.kind} ${item}`
    }
    case 'struct': {
      if (inside.includes(type)) return type.fqn.text
      const fields = type.fields.map((field) => {
        const meaning = byteMeaning(field.type, [...inside, type])
        return meaning && `${field.name}: ${meaning}`
      })
      return fields.includes(undefined) ? undefined : `${type.fqn.text} { ${fields.join('; ')} }`
    }
    case 'func':
    case 'object':
    case 'dynamic':
    case 'opaque':
      return undefined
  }
}
