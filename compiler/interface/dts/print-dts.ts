/**
 * Interface → TypeScript declarations with a declaration map, so that Go to Definition ends in the `.spy` file.
 *
 *     /** `def area(r: f64) -> f64` *\/
 *     export declare function area(r: f64): f64
 */
import type { EncodedSourceMap } from '@jridgewell/gen-mapping'
import type { ParamBinding } from '../../../src/runtime/abi/descriptors.ts'
import type {
  ClassModel,
  ConstantModel,
  FunctionModel,
  InterfaceModel,
  VariableModel,
} from '../model/interface-model.ts'
import { exportSpecifier, isReserved, localName, publicParts } from '../model/js-names.ts'
import { MappedText } from './mapped-text.ts'
import { type TypeTextContext, typeText } from './type-text.ts'

export interface DtsOptions {
  /** Path of the `.spy` file as the map names it: relative to the map, with `/`. */
  readonly source: string
  /** File name of the map, for the comment that names it; without one there is no comment. */
  readonly mapFile?: string
  /** What the types of the runtime are imported from. */
  readonly runtimeId?: string
}

export interface Dts {
  readonly code: string
  readonly map: EncodedSourceMap
}

export function printDts(interfaceModel: InterfaceModel, options: DtsOptions): Dts {
  const model = publicParts(interfaceModel)
  const names = new RuntimeNames(model)
  const context: TypeTextContext = {
    classes: new Map(model.classes.map(({ name, type }) => [type.fqn, localName(name)])),
    use: (name) => names.use(name),
  }
  const out = new MappedText(options.source)
  for (const func of model.functions) addFunction(out, func, context)
  for (const constant of model.constants) addConstant(out, constant, context)
  for (const described of model.classes) addClass(out, described, context)
  for (const { name, reason } of model.refused) out.add(`// \`${name}\` is not exported: ${reason}\n`)
  addModuleObject(out, model, context)
  return withImports(names.importText(options.runtimeId ?? 'unplugin-spy/runtime'), out, options)
}

/** Types of the runtime that the declarations use; their names give way to those of the module. */
class RuntimeNames {
  readonly #taken: ReadonlySet<string>
  readonly #used = new Set<string>()

  constructor(model: InterfaceModel) {
    const parts = [...model.functions, ...model.constants, ...model.classes]
    this.#taken = new Set(parts.map(({ name }) => name))
  }

  use(name: string): string {
    this.#used.add(name)
    return this.#local(name)
  }

  #local(name: string): string {
    return this.#taken.has(name) ? `${name}$` : name
  }

  importText(from: string): string {
    const names = [...this.#used].sort().map((name) => {
      const local = this.#local(name)
      return local === name ? name : `${name} as ${local}`
    })
    return names.length === 0 ? '' : `import type { ${names.join(', ')} } from '${from}'\n\n`
  }
}

/** The imports are known last and stand first: the text is added again behind them, and the map moves with it. */
function withImports(imports: string, body: MappedText, { mapFile }: DtsOptions): Dts {
  const { text, map } = body.finish()
  const lines = imports.split('\n').length - 1
  const comment = mapFile === undefined ? '' : `//# sourceMappingURL=${mapFile}\n`
  return {
    code: `${imports}${text}${comment}`,
    // TypeScript takes nothing for a map that does not name the file it belongs to.
    map: { ...map, file: mapFile?.replace(/\.map$/, '') ?? '', mappings: ';'.repeat(lines) + map.mappings },
  }
}

function addFunction(out: MappedText, func: FunctionModel, context: TypeTextContext): void {
  addDoc(out, func.doc, func.declaration)
  const reserved = isReserved(func.name)
  out.add(reserved ? 'declare function ' : 'export declare function ').addName(localName(func.name), func.place)
  out.add(`(${paramsText(func.params, context)}): ${resultText(func, context)}\n`)
  if (reserved) out.add(`export { ${exportSpecifier(func.name)} }\n`)
}

function resultText(func: FunctionModel, context: TypeTextContext): string {
  const text = typeText(func.result, 'out', context)
  return text === 'undefined' ? 'void' : text
}

function paramsText(params: readonly ParamBinding[], context: TypeTextContext): string {
  const required = params.filter((param) => param.default === undefined).length
  return params
    .map((param, i) => `${localName(param.name)}${i < required ? '' : '?'}: ${typeText(param.type, 'in', context)}`)
    .join(', ')
}

function addConstant(out: MappedText, constant: ConstantModel, context: TypeTextContext): void {
  const reserved = isReserved(constant.name)
  out.add(reserved ? 'declare const ' : 'export declare const ').addName(localName(constant.name), constant.place)
  out.add(`: ${typeText(constant.type, 'out', context)}\n`)
  if (reserved) out.add(`export { ${exportSpecifier(constant.name)} }\n`)
}

/** The class of a struct, and what is accepted in place of an instance. */
function addClass(out: MappedText, { name, place, type, doc }: ClassModel, context: TypeTextContext): void {
  const local = localName(name)
  const like = type.fields.map((field) => `  readonly ${field.name}: ${typeText(field.type, 'in', context)}\n`)
  const params = type.fields.map((field) => `${localName(field.name)}: ${typeText(field.type, 'in', context)}`)
  const fields = type.fields.map((field) => `  readonly ${field.name}: ${typeText(field.type, 'out', context)}\n`)
  out.add(`export interface ${local}Like {\n${like.join('')}}\n`)
  addDoc(out, doc, `class ${name}`)
  out.add(isReserved(name) ? 'declare class ' : 'export declare class ').addName(local, place)
  out.add(` {\n  constructor(${params.join(', ')})\n  constructor(fields: ${local}Like)\n${fields.join('')}}\n`)
  if (isReserved(name)) out.add(`export { ${exportSpecifier(name)} }\n`)
}

/** What a module object has beside; names of the module come first. */
const MODULE_MEMBERS: readonly (readonly [name: string, text: string])[] = [
  [
    'memory',
    '  /** The memory of the running program; another one after `reset`. */\n  readonly memory: WebAssembly.Memory\n',
  ],
  ['reset', '  /** Start the program again with fresh memory. */\n  reset(): void\n'],
  ['dispose', '  /** Let go of the program. Every later use throws. */\n  dispose(): void\n'],
]

/** The default export: all of the module in one object, and the only place where its variables can be. */
function addModuleObject(out: MappedText, model: InterfaceModel, context: TypeTextContext): void {
  out.add('/** The module as an object: its variables are properties that read and write the running program. */\n')
  out.add('declare const module$: {\n')
  for (const { name } of [...model.functions, ...model.constants, ...model.classes]) {
    out.add(`  readonly ${name}: typeof ${localName(name)}\n`)
  }
  for (const variable of model.variables) addVariable(out, variable, context)
  const taken = new Set(
    [...model.functions, ...model.constants, ...model.classes, ...model.variables].map((p) => p.name),
  )
  for (const [name, text] of MODULE_MEMBERS) if (!taken.has(name)) out.add(text)
  out.add('}\nexport default module$\n')
}

function addVariable(out: MappedText, { name, place, type }: VariableModel, context: TypeTextContext): void {
  const given = typeText(type, 'out', context)
  const taken = typeText(type, 'in', context)
  if (given === taken) out.add('  ').addName(name, place).add(`: ${given}\n`)
  else {
    out.add('  get ').addName(name, place).add(`(): ${given}\n`)
    out.add('  set ').addName(name, place).add(`(value: ${taken})\n`)
  }
}

/** The documentation that the author wrote, then the declaration as SPy has it. */
function addDoc(out: MappedText, doc: string | null, declaration: string): void {
  const signature = `\`${declaration.replaceAll('*/', '* /')}\``
  if (doc === null || doc === '') {
    out.add(`/** ${signature} */\n`)
    return
  }
  const lines = [...doc.replaceAll('*/', '* /').split('\n'), '', signature]
  out.add(`/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`)
}
