/**
 * The functions that every struct has: its constructor and the readers of its fields, made on first use.
 */
import { type BuiltinParams, builtinFunc } from '../../objects/builtin-funcs.ts'
import type { StructType } from '../../objects/types.ts'
import type { BuiltinFunc } from '../../objects/values.ts'
import type { Vm } from './vm.ts'

export class StructFuncs {
  readonly #vm: Vm
  readonly #makers = new Map<StructType, BuiltinFunc>()
  readonly #readers = new Map<StructType, Map<string, BuiltinFunc>>()

  constructor(vm: Vm) {
    this.#vm = vm
  }

  /** `S::__make__(field, ...) -> S`: only stores. */
  maker(struct: StructType): BuiltinFunc {
    let func = this.#makers.get(struct)
    if (func === undefined) {
      const params: BuiltinParams = struct.fields.map((field) => [field.name, field.type])
      func = builtinFunc(
        struct.fqn.join('__make__'),
        params,
        struct,
        { kind: 'structMake', struct },
        {
          type: this.#type(params, struct),
        },
      )
      this.#makers.set(struct, func)
    }
    return func
  }

  /** `S::__get_x__(self) -> T`; folds for constant structs. */
  reader(struct: StructType, field: string): BuiltinFunc {
    let readers = this.#readers.get(struct)
    if (readers === undefined) {
      readers = new Map()
      this.#readers.set(struct, readers)
    }
    let func = readers.get(field)
    if (func === undefined) {
      const fieldType = struct.fields.find((candidate) => candidate.name === field)?.type
      if (fieldType === undefined) throw new Error(`${struct.fqn.text} has no field ${field}`)
      const params: BuiltinParams = [['self', struct]]
      func = builtinFunc(
        struct.fqn.join(`__get_${field}__`),
        params,
        fieldType,
        { kind: 'structGet', struct, field },
        { pure: true, type: this.#type(params, fieldType) },
      )
      readers.set(field, func)
    }
    return func
  }

  #type(params: BuiltinParams, result: StructType | StructType['fields'][number]['type']) {
    return this.#vm.funcType(
      'red',
      'plain',
      params.map(([, type]) => ({ type, kind: 'simple' })),
      result,
    )
  }
}
