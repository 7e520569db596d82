/**
 * The facade of a release: one function per function of the program, with exactly the conversions that its types need,
 * so that a bundler can drop what the app does not use.
 *
 *     export function area(r) {
 *       try { return $.exports['topo::area'](r) } catch (error) { throw $.fail(error) }
 *     }
 */
import type { ClassModel, FunctionModel, InterfaceModel } from '../model/interface-model.ts'
import { exportSpecifier, isReserved, localName } from '../model/js-names.ts'
import { valueText } from '../model/values.ts'
import { CodecTable, flatWidth, inlineArgument, inlineResult } from './codec-text.ts'

export function releaseBody(model: InterfaceModel): { readonly imports: readonly string[]; readonly body: string } {
  const classes = new Map(model.classes.map(({ name, type }) => [type.fqn, localName(name)]))
  const codecs = new CodecTable(classes)
  const parts = [
    ...model.classes.map(classText),
    ...model.constants.map(({ name, value }) => constantText(name, valueText(value))),
    ...model.functions.map((func) => functionText(func, codecs)),
  ]
  const module = moduleText(model, codecs)
  const body = [...codecs.lines, ...parts, module].join('\n')
  return { imports: codecs.imports, body: `${body}\n` }
}

function exported(name: string, declaration: string): string {
  return isReserved(name) ? `${declaration}\nexport { ${exportSpecifier(name)} }` : `export ${declaration}`
}

function constantText(name: string, value: string): string {
  const isCall = value.includes('(')
  return exported(name, `const ${localName(name)} = ${isCall ? '/*#__PURE__*/ ' : ''}${value}`)
}

function functionText(func: FunctionModel, codecs: CodecTable): string {
  const params = func.params.map((param) => {
    const name = localName(param.name)
    return param.default === undefined ? name : `${name} = ${valueText(param.default)}`
  })
  const args = func.params
    .map((param) => {
      const name = localName(param.name)
      return inlineArgument(name, param.type) ?? `...${codecs.name(param.type, 'accept')}.lower($, ${name})`
    })
    .filter((argument) => argument !== '')
  const call = `$.exports['${func.export}'](${args.join(', ')})`
  const value = inlineResult(call, func.result) ?? codecResult(call, func, codecs)
  const declaration = `function ${localName(func.name)}(${params.join(', ')}) {
  try { return ${value} } catch (error) { throw $.fail(error) }
}`
  return exported(func.name, declaration)
}

/** One wasm value comes as the result itself, anything else as the address of a place that holds the value. */
function codecResult(call: string, { result }: FunctionModel, codecs: CodecTable): string {
  return `${codecs.name(result, 'give')}.${flatWidth(result) === 1 ? 'lift' : 'get'}($, ${call})`
}

/** Fields by position, or one object that has them all. What codecs make has one argument more than fields. */
function classText({ name, type }: ClassModel): string {
  const names = type.fields.map((field) => field.name)
  const params = names.map(localName)
  const [first] = params
  const unpack = names.map((field, i) => (field === params[i] ? field : `${field}: ${params[i]}`)).join(', ')
  const isObject = `arguments.length === 1${names.length > 1 ? '' : ` && '${names[0]}' in Object(${first})`}`
  const byName = first === undefined ? '' : `    if (${isObject}) ({ ${unpack} } = ${first})\n`
  const fields = names.map((field, i) => `    this.${field} = ${params[i]}\n`).join('')
  const declaration = `class ${localName(name)} {
  constructor(${params.join(', ')}) {
${byName}${fields}    Object.freeze(this)
  }
}`
  return exported(name, declaration)
}

/** The module as an object: dropped unless the app asks for the default export. */
function moduleText(model: InterfaceModel, codecs: CodecTable): string {
  const parts = [...model.functions, ...model.constants, ...model.classes].map(({ name }) => {
    const local = localName(name)
    return local === name ? name : `${name}: ${local}`
  })
  const variables = model.variables.map(({ name, export: address, type }) => {
    return `  ${name}: ['${address}', ${codecs.name(type, 'accept')}],\n`
  })
  const table = variables.length === 0 ? '{}' : `{\n${variables.join('')}}`
  return `export default /*#__PURE__*/ ${codecs.use('moduleObject')}($, { ${parts.join(', ')} }, ${table})`
}
