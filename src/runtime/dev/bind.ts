/**
 * Modules as objects, made from data: for development, where types change under a running app, and for embedding. Every
 * argument is checked.
 */
import type {
  FunctionBinding,
  ModuleBinding,
  StructDescriptor,
  TypeDescriptor,
  VariableBinding,
} from '../abi/descriptors.ts'
import type { Flat, Guest } from '../memory/guest.ts'
import { checkValue } from './checks.ts'
import { codecOf, type MakeStruct } from './codecs.ts'
import { plainValue } from './plain-values.ts'

/** The program as bindings call it. */
export interface Callable extends Guest {
  fail(error: unknown): unknown
}

export type AnyFunction = (...args: unknown[]) => unknown

/** A function of the program, with its arguments and its result converted. */
export function bindFunction(
  program: Callable,
  module: string,
  binding: FunctionBinding,
  makeStruct: MakeStruct,
): AnyFunction {
  const called = `${module}.${binding.name}`
  const params = binding.params.map((param) => ({ ...param, codec: codecOf(param.type, makeStruct) }))
  const result = codecOf(binding.result, makeStruct)
  return (...args) => {
    const flat: Flat[] = []
    for (const [i, param] of params.entries()) {
      let value = args[i]
      if (value === undefined && param.default !== undefined) value = plainValue(param.default)
      else if (i >= args.length) throw new TypeError(`${called}: missing argument '${param.name}'`)
      else value = checkValue(`${called}: argument '${param.name}'`, param.type, value)
      flat.push(...param.codec.lower(program, value))
    }
    let given: Flat
    try {
      given = (program.exports[binding.export] as (...args: Flat[]) => Flat)(...flat)
    } catch (error) {
      throw program.fail(error)
    }
    return liftResult(program, binding.result, result, given)
  }
}

function liftResult(program: Guest, type: TypeDescriptor, codec: ReturnType<typeof codecOf>, given: Flat): unknown {
  if (type.kind === 'scalar' && type.name === 'None') return undefined
  return codec.width === 1 ? codec.lift(program, given) : codec.get(program, given as number)
}

export interface Variable {
  get(): unknown
  set(value: unknown): void
}

export function bindVariable(
  program: Guest,
  module: string,
  binding: VariableBinding,
  makeStruct: MakeStruct,
): Variable {
  const codec = codecOf(binding.type, makeStruct)
  const address = () => program.exports[binding.export]?.() as number
  return {
    get: () => codec.get(program, address()),
    set(value) {
      const checked = checkValue(`${module}.${binding.name}: value`, binding.type, value)
      codec.put(program, address(), checked)
    },
  }
}

/** Classes of structs, by FQN. */
export interface Classes {
  readonly make: MakeStruct
  readonly byName: Readonly<Record<string, unknown>>
}

/** Classes that were made before: as long as a struct has the same fields, it keeps its class over updates. */
export type KnownClasses = Map<string, StructClass>

/** One class for each struct that the module names: instances are frozen and have the fields, in order. */
export function bindClasses({ module, classes }: ModuleBinding, known: KnownClasses = new Map()): Classes {
  const made = classes.map(({ name, type }) => {
    const key = JSON.stringify([module, name, type])
    const Class = known.get(key) ?? structClass(module, name, type)
    known.set(key, Class)
    return { name, type, Class }
  })
  return {
    make(fqn) {
      const found = made.find(({ type }) => type.fqn === fqn)
      if (!found) return undefined
      const names = found.type.fields.map((field) => field.name)
      // What comes from the program needs no check, so the constructor is not asked.
      return (values) => freezeFields(Object.create(found.Class.prototype as object) as object, names, values)
    },
    byName: Object.fromEntries(made.map(({ name, Class }) => [name, Class])),
  }
}

export type StructClass = new (...values: readonly unknown[]) => object

function structClass(module: string, name: string, type: StructDescriptor): StructClass {
  const names = type.fields.map((field) => field.name)
  // An object literal is the one way to give a class a name that is only known now.
  const { [name]: Class } = {
    [name]: class {
      constructor(...args: readonly unknown[]) {
        const [first] = args as readonly [Readonly<Record<string, unknown>>]
        const byName = args.length === 1 && typeof first === 'object' && names.every((field) => field in first)
        const values = type.fields.map((field, i) => {
          const value = byName ? first[field.name] : args[i]
          return checkValue(`${module}.${name}: field '${field.name}'`, field.type, value)
        })
        freezeFields(this, names, values)
      }
    },
  }
  return Class as StructClass
}

function freezeFields(instance: object, names: readonly string[], values: readonly unknown[]): object {
  return Object.freeze(Object.assign(instance, Object.fromEntries(names.map((name, i) => [name, values[i]]))))
}

/** Everything of a module in one object. Variables are properties; the rest does not change. */
export function bindModule(
  program: Callable,
  binding: ModuleBinding,
  known?: KnownClasses,
): Readonly<Record<string, unknown>> {
  const { make, byName } = bindClasses(binding, known)
  const module = { ...byName }
  for (const each of binding.functions) module[each.name] = bindFunction(program, binding.module, each, make)
  for (const { name, value } of binding.constants) module[name] = plainValue(value)
  for (const variable of binding.variables) {
    Object.defineProperty(module, variable.name, {
      enumerable: true,
      ...bindVariable(program, binding.module, variable, make),
    })
  }
  return module
}
