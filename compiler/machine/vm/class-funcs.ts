/**
 * The functions behind heap classes: what depends on the class that an object really has, seeing an object as one of
 * another class, and whether a field has been set.
 */
import { type BuiltinParams, builtinFunc } from '../../objects/builtin-funcs.ts'
import { Fqn } from '../../objects/fqn.ts'
import { gcPaths, holdsGcPointers } from '../../objects/gc-pointers.ts'
import type { ClassOperation, Intrinsic } from '../../objects/intrinsics.ts'
import { BOOL, type ClassType, I32, type SpyType } from '../../objects/types.ts'
import type { BuiltinFunc, FuncObject } from '../../objects/values.ts'
import type { Vm } from './vm.ts'

export class ClassFuncs {
  readonly #vm: Vm
  readonly #made = new Map<string, BuiltinFunc>()
  /** Methods that classes below can have a version of, with the class that each belongs to. */
  readonly #methods = new Map<FuncObject, { readonly owner: ClassType; readonly name: string }>()

  constructor(vm: Vm) {
    this.#vm = vm
  }

  addMethod(func: FuncObject, owner: ClassType, name: string): void {
    this.#methods.set(func, { owner, name })
  }

  /** What a call of the function comes to if its first argument may be of a class with a method of its own. */
  virtual(func: FuncObject): FuncObject {
    const method = this.#methods.get(func)
    if (method === undefined) return func
    const { owner, name } = method
    const params = func.params.map((param): readonly [string, SpyType] => [param.name, param.type])
    return this.#operation(owner, name, params, func.type.result, { kind: 'virtual', func, name })
  }

  /** `object is a C`, or of a class below. */
  isInstance(of: ClassType, type: ClassType): BuiltinFunc {
    return this.#operation(of, `isinstance_${this.#vm.typeId(type)}`, [['x', of]], BOOL, {
      kind: 'isInstance',
      of: type,
    })
  }

  cast(of: ClassType, to: ClassType): BuiltinFunc {
    return this.#operation(of, `cast_${this.#vm.typeId(to)}`, [['x', of]], to, { kind: 'cast', to })
  }

  box(of: ClassType, to: SpyType): BuiltinFunc {
    return this.#operation(of, `box_${this.#vm.typeId(to)}`, [['x', of]], to, { kind: 'box' })
  }

  reinterpret(from: SpyType, to: ClassType): BuiltinFunc {
    const fqn = Fqn.of('operator').join('reinterpret', [from.fqn, to.fqn])
    return this.#make(fqn, [['x', from]], to, { kind: 'reinterpret', to })
  }

  addressOf(of: ClassType): BuiltinFunc {
    return this.#make(Fqn.of('operator').join('address', [of.fqn]), [['x', of]], I32, { kind: 'addressOf' })
  }

  /** Undefined if the field cannot be unset: what zeroed memory holds is a value of its type. */
  fieldIsSet(of: ClassType, field: string, type: SpyType): BuiltinFunc | undefined {
    const rest = pathOfUnset(this.#vm, type)
    if (rest === undefined) return undefined
    const fqn = of.fqn.join(`__has_${field}__`)
    return this.#make(fqn, [['self', of]], BOOL, { kind: 'fieldIsSet', of, path: [field, ...rest] })
  }

  #operation(
    of: ClassType,
    name: string,
    params: BuiltinParams,
    result: SpyType,
    operation: ClassOperation,
  ): BuiltinFunc {
    return this.#make(of.fqn.join(name), params, result, { kind: 'class', of, operation })
  }

  #make(fqn: Fqn, params: BuiltinParams, result: SpyType, intrinsic: Intrinsic): BuiltinFunc {
    const ids = params.map(([, type]) => this.#vm.typeId(type)).join(' ')
    const key = `${intrinsic.kind} ${fqn.text} ${ids} ${this.#vm.typeId(result)}`
    let func = this.#made.get(key)
    if (func === undefined) {
      const type = this.#vm.funcType(
        'red',
        'plain',
        params.map(([, paramType]) => ({ type: paramType, kind: 'simple' })),
        result,
      )
      func = builtinFunc(fqn, params, result, intrinsic, { type })
      this.#made.set(key, func)
    }
    return func
  }
}

/** Where, in a value of the type, there is a pointer that is never NULL; undefined if zeros are a value of the type. */
function pathOfUnset(vm: Vm, type: SpyType): readonly string[] | undefined {
  switch (type.kind) {
    case 'primitive':
      return type.name === 'str' || type.name === 'bytes' ? [] : undefined
    case 'ref':
    case 'func':
    case 'opaque':
      return []
    case 'object':
    case 'dynamic':
    case 'ptr':
      return undefined
    case 'struct': {
      // Containers have an object behind their pointer.
      const isContainer = vm.modules.get(type.fqn.module)?.isLibrary === true && holdsGcPointers(type)
      if (isContainer && !vm.isTuple(type)) return gcPaths(type)[0]
      for (const field of type.fields) {
        const rest = pathOfUnset(vm, field.type)
        if (rest !== undefined) return [field.name, ...rest]
      }
      return undefined
    }
  }
}
