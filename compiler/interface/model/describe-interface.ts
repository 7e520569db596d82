/**
 * Program → what one of its modules offers to JavaScript.
 *
 * Offered are the red functions and the struct classes that the module itself defines or binds, its variables, and its
 * constants that have a form in JavaScript. What it imports is offered by the module that it comes from.
 */
import type { ParamBinding } from '../../../src/runtime/abi/descriptors.ts'
import type { SpyType } from '../../objects/types.ts'
import type { FuncObject, Value } from '../../objects/values.ts'
import type { ModuleNode } from '../../syntax/ast.ts'
import { invariant } from '../../text/diagnostics.ts'
import type { ModuleAttribute, TypedProgram } from '../../typed/tree.ts'
import { type Declaration, findDeclarations } from './declarations.ts'
import type {
  ClassModel,
  ConstantModel,
  FunctionModel,
  InterfaceModel,
  NameModel,
  Place,
  RefusedModel,
  VariableModel,
} from './interface-model.ts'
import { describeType, type TypeNames } from './type-descriptors.ts'
import { describeValue } from './values.ts'

/** @param tree  the source of the module */
export function describeInterface(program: InterfaceSource, moduleName: string, tree: ModuleNode): InterfaceModel {
  const module = program.modules.find(({ name }) => name === moduleName)
  invariant(module !== undefined, `module ${moduleName} is in the program`)
  const declarations = findDeclarations(tree)
  const found: Found = { functions: [], variables: [], constants: [], classes: [], refused: [] }
  for (const [name, attribute] of module.attributes) {
    const declaration = declarations.get(name)
    if (!declaration?.imported) describeAttribute(name, attribute, declaration, program, found)
  }
  const names = [...module.attributes].map(([name, attribute]) => describeName(name, attribute, program))
  return { module: moduleName, file: module.file, mode: program.mode, names, ...found }
}

/** All that is asked of a program: whether its functions have been compiled does not matter. */
export type InterfaceSource = Pick<TypedProgram, 'mode' | 'modules' | 'humanName'>

interface Found {
  readonly functions: FunctionModel[]
  readonly variables: VariableModel[]
  readonly constants: ConstantModel[]
  readonly classes: ClassModel[]
  readonly refused: RefusedModel[]
}

function describeName(name: string, attribute: ModuleAttribute, { humanName }: TypeNames): NameModel {
  switch (attribute.kind) {
    case 'func':
      return { name, type: humanName(attribute.func.type.fqn) }
    case 'cell':
      return { name, type: humanName(attribute.cell.valueType.fqn) }
    case 'const': {
      const { type, value } = attribute
      if (!isType(value)) return { name, type: humanName(type.fqn) }
      return { name, type: humanName(type.fqn), denotes: { fqn: value.fqn.text, human: humanName(value.fqn) } }
    }
  }
}

function describeAttribute(
  name: string,
  attribute: ModuleAttribute,
  declaration: Declaration | undefined,
  names: TypeNames,
  found: Found,
): void {
  const place = declaration?.place ?? null
  switch (attribute.kind) {
    case 'func': {
      if (attribute.func.type.color === 'blue') return // runs while compiling only
      const described = describeFunction(name, attribute.func, place, names)
      if ('reason' in described) found.refused.push(described)
      else found.functions.push(described)
      return
    }
    case 'cell': {
      const type = describeType(attribute.cell.valueType, names)
      if (type.kind === 'unmapped') found.refused.push({ name, place, reason: type.reason })
      else found.variables.push({ name, place, type, export: `&${attribute.cell.fqn.text}` })
      return
    }
    case 'const':
      if (isType(attribute.value)) describeClass(name, attribute.value, declaration, names, found)
      else describeConstant(name, attribute.type, attribute.value, place, names, found)
      return
  }
}

function describeFunction(
  name: string,
  func: FuncObject,
  place: Place | null,
  names: TypeNames,
): FunctionModel | RefusedModel {
  const refuse = (reason: string): RefusedModel => ({ name, place, reason })
  if (func.origin === 'builtin') return refuse('functions that are built in are not exported again')
  const result = describeType(func.type.result, names)
  if (result.kind === 'unmapped') return refuse(result.reason)
  const params: ParamBinding[] = []
  const firstDefault = func.params.filter(({ kind }) => kind === 'simple').length - func.defaults.length
  for (const [i, param] of func.params.entries()) {
    if (param.kind === 'var_positional') return refuse('functions with `*args` cannot be called from JavaScript yet')
    const type = describeType(param.type, names)
    if (type.kind === 'unmapped') return refuse(`parameter '${param.name}': ${type.reason}`)
    const given = func.defaults[i - firstDefault]
    const value = given && describeValue(given.value, type)
    params.push({ name: param.name, type, ...(value !== undefined && { default: value }) })
  }
  return {
    name,
    place,
    export: func.fqn.text,
    params,
    result,
    declaration: declarationText(name, params, result.text),
    doc: func.docstring === null ? null : cleanDoc(func.docstring),
  }
}

/** As the author would have written it; defaults that are no plain text are shown as `...`. */
function declarationText(name: string, params: readonly ParamBinding[], result: string): string {
  const shown = params.map((param) => {
    const text = `${param.name}: ${param.type.text}`
    return param.default === undefined ? text : `${text} = ${defaultText(param)}`
  })
  return `def ${name}(${shown.join(', ')}) -> ${result}`
}

function defaultText({ type, default: value }: ParamBinding): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') {
    const isFloat = type.kind === 'scalar' && type.name.startsWith('f')
    return isFloat && Number.isInteger(value) ? value.toFixed(1) : String(value)
  }
  if (typeof value === 'string') return JSON.stringify(value)
  return value !== undefined && 'kind' in value && value.kind === 'bigint' ? value.value : '...'
}

function describeClass(
  name: string,
  type: SpyType,
  declaration: Declaration | undefined,
  names: TypeNames,
  found: Found,
): void {
  if (type.kind !== 'struct') return // the names of other types mean nothing in JavaScript
  const place = declaration?.place ?? null
  const described = describeType(type, names)
  if (described.kind === 'unmapped') found.refused.push({ name, place, reason: described.reason })
  if (described.kind !== 'struct') return
  const doc = declaration?.doc == null ? null : cleanDoc(declaration.doc)
  found.classes.push({ name, place, type: described, doc })
}

function describeConstant(
  name: string,
  type: SpyType,
  value: Value,
  place: Place | null,
  names: TypeNames,
  found: Found,
): void {
  const described = describeType(type, names)
  if (described.kind === 'unmapped') return // modules, descriptors and the like
  const plain = describeValue(value, described)
  if (plain !== undefined) found.constants.push({ name, place, type: described, value: plain })
  else found.refused.push({ name, place, reason: `constants of type \`${described.text}\` are not exported yet` })
}

const TYPE_KINDS: Readonly<Record<SpyType['kind'], true>> = {
  primitive: true,
  struct: true,
  ptr: true,
  ref: true,
  func: true,
  object: true,
  dynamic: true,
  opaque: true,
}

/** Types and other values share the names of some kinds; only types have bases. */
function isType(value: Value): value is SpyType {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind in TYPE_KINDS && 'base' in value
}

/** A docstring without the indentation of its place: blank lines at both ends go, as in Python's `inspect.cleandoc`. */
function cleanDoc(doc: string): string {
  const [first = '', ...rest] = doc.replaceAll('\t', '        ').split('\n')
  const indents = rest.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length)
  const margin = Math.min(...indents)
  const lines = [first.trimStart(), ...rest.map((line) => line.slice(margin === Infinity ? 0 : margin))]
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '')
}
