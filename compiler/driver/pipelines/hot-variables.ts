/** The module variables of a program as a hot update sees them: which may keep their bytes, and when. */
import type { HotVariable } from '../../../src/runtime/abi/descriptors.ts'
import { layoutOf } from '../../objects/layout.ts'
import { CLASS_FIELD, type ClassType, isClass, isSubtype, type SpyType, type StructType } from '../../objects/types.ts'
import type { TypedProgram } from '../../typed/tree.ts'

/**
 * Those without a memory layout are left out: nothing can be copied.
 *
 * @param classes  all of the program
 */
export function hotVariables(program: TypedProgram, classes: readonly ClassType[]): HotVariable[] {
  const found: HotVariable[] = []
  for (const { fqn, valueType } of program.cells.values()) {
    const size = layoutOf(valueType, program.mode)?.size
    if (size === undefined) continue
    found.push({ name: fqn.text, type: new Meaning(classes).of(valueType) ?? '', size })
  }
  return found
}

/**
 * All that decides what bytes of a type mean, as a text: names of structs alone would not notice a new field.
 * Undefined for types whose bytes mean nothing to another version: functions are indices into its table.
 */
class Meaning {
  readonly #classes: readonly ClassType[]
  /** Types that the text has described, or has begun to: further on they are only named. */
  readonly #described = new Set<SpyType>()

  constructor(classes: readonly ClassType[]) {
    this.#classes = classes
  }

  of(type: SpyType): string | undefined {
    switch (type.kind) {
      case 'primitive':
        return type.name
      case 'ptr':
      case 'ref': {
        const item = isClass(type) ? this.#ofClass(type) : this.of(type.item)
        return item && `${type.memory} ${type.kind} ${item}`
      }
      case 'struct':
        return this.#ofFields(type, type.fqn.text, type.fields)
      case 'func':
      case 'object':
      case 'dynamic':
      case 'opaque':
        return undefined
    }
  }

  /** An object of a class may be one of any class below it. */
  #ofClass(type: ClassType): string | undefined {
    const family = this.#classes.filter((each) => isSubtype(each, type))
    const described = family.map((each) =>
      // Numbers of classes are the same in all versions.
      this.#ofFields(
        each,
        each.fqn.text,
        each.item.fields.filter(({ name }) => name !== CLASS_FIELD),
      ),
    )
    return described.includes(undefined) ? undefined : `${type.fqn.text} [${described.join(', ')}]`
  }

  #ofFields(type: SpyType, name: string, fields: StructType['fields']): string | undefined {
    if (this.#described.has(type)) return name
    this.#described.add(type)
    const described = fields.map((field) => {
      const meaning = this.of(field.type)
      return meaning && `${field.name}: ${meaning}`
    })
    return described.includes(undefined) ? undefined : `${name} { ${described.join('; ')} }`
  }
}
