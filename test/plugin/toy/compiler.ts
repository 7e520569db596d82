/** The toy as a `Compiler`: what the plugin sees is what the real compiler would show it. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import {
  type CompiledProgram,
  type CompileRequest,
  type Compiler,
  contentHash,
  type EntryInterface,
  type Interfaces,
  type Outcome,
} from '../../../plugin/programs.ts'
import { emit, type NamedModule, toyLibspy } from './emit.ts'
import { parse, ToyError, type ToyModule } from './language.ts'

export interface ToyLog {
  describes: number
  compiles: number
}

interface Read {
  readonly module: ToyModule
  readonly source: string
}

export function toyCompiler(log: ToyLog = { describes: 0, compiles: 0 }): Compiler {
  async function attempt<T>({ entries }: CompileRequest, use: (modules: NamedModule[]) => T): Promise<Outcome<T>> {
    const inputs: string[] = []
    const missing: string[] = []
    try {
      const modules = nameModules(readAll(entries, inputs, missing))
      return { inputs, missing, result: { ok: true, value: use(modules) } }
    } catch (error) {
      if (!(error instanceof ToyError)) throw error
      return { inputs, missing, result: { ok: false, error } }
    }
  }

  return {
    describe: (request) => {
      log.describes++
      return attempt(request, (modules) => interfaces(request, modules))
    },
    compile: (request) => {
      log.compiles++
      return attempt(request, (modules): CompiledProgram => {
        const wasm = emit(modules, request.engine)
        const text = JSON.stringify(version(request, modules))
        const hash = contentHash(wasm, text)
        return { interfaces: interfaces(request, modules), wasm, sourceMap: undefined, version: text, hash }
      })
    },
    libspy: async () => toyLibspy(),
    dispose: async () => {},
  }
}

function readAll(entries: readonly string[], inputs: string[], missing: string[]): Map<string, Read> {
  const found = new Map<string, Read>()
  const visit = (path: string): void => {
    if (found.has(path)) return
    inputs.push(path)
    const source = readFileSync(path, 'utf8')
    const module = parse(path, source)
    found.set(path, { module, source })
    for (const imported of module.imports) {
      const file = `${dirname(path)}/${imported.module}.spy`
      if (existsSync(file)) visit(file)
      else {
        missing.push(file)
        const line = source.split('\n')[imported.line - 1] ?? ''
        const text = `module \`${imported.module}\` does not exist`
        const ref = `${imported.module}.${imported.name}`
        throw new ToyError('ImportError', `cannot import \`${ref}\``, path, imported.line, line, line, text)
      }
    }
  }
  for (const entry of entries) visit(entry)
  return found
}

function nameModules(found: ReadonlyMap<string, Read>): NamedModule[] {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const path of found.keys()) {
    const parts = path
      .replace(/\.spy$/, '')
      .split('/')
      .reverse()
    let length = 1
    const name = () =>
      parts
        .slice(0, length)
        .reverse()
        .join('.')
        .replace(/[^\w.]/g, '_')
    while (taken.has(name())) length++
    taken.add(name())
    names.set(path, name())
  }
  return [...found].map(([path, { module, source }]) => {
    const name = names.get(path) ?? ''
    const scope = new Map<string, string>()
    for (const { name: local } of module.functions) scope.set(local, `${name}::${local}`)
    for (const local of module.variables.keys()) scope.set(local, `${name}::${local}`)
    for (const imported of module.imports) {
      scope.set(imported.name, `${names.get(`${dirname(path)}/${imported.module}.spy`)}::${imported.name}`)
    }
    return { ...module, name, source, scope }
  })
}

function interfaces({ entries }: CompileRequest, modules: readonly NamedModule[]): Interfaces {
  return new Map(
    entries.map((entry) => [entry, entryInterface(modules.find(({ path }) => path === entry) as NamedModule)]),
  )
}

function entryInterface({ name, path, functions }: NamedModule): EntryInterface {
  const list = (params: readonly string[], type: string) => params.map((param) => param + type).join(', ')
  const release = functions.map(({ name: func, params }) => {
    const called = `$.exports['${name}::${func}'](${list(params, '')})`
    return `export function ${func}(${list(params, '')}) { return ${called} }`
  })
  const dev = [
    `const $module = $.module('${name}')`,
    ...functions.map(({ name: func }) => `export const ${func} = $module.${func}`),
  ]
  return {
    facade: ({ kind, program }) =>
      [`import { program as $ } from ${JSON.stringify(program)}`, ...(kind === 'dev' ? dev : release), ''].join('\n'),
    signatures: new Map(functions.map(({ name: func, params }) => [func, `def(${params.map(() => 'i32')}) -> i32`])),
    declarations: (source) => ({
      code: functions
        .map(({ name: func, params }) => `export declare function ${func}(${list(params, ': number')}): number;\n`)
        .join(''),
      map: JSON.stringify({ version: 3, sources: [source], names: [], mappings: '' }),
    }),
    warnings: path.endsWith('noisy.spy') ? [`${path}: a warning`] : [],
  }
}

/** The data of `DevVersion`. */
function version({ entries }: CompileRequest, modules: readonly NamedModule[]): object {
  const i32 = { kind: 'scalar', name: 'i32', text: 'i32', size: 4 }
  return {
    variables: modules.flatMap(({ name, variables }) =>
      [...variables.keys()].map((variable) => ({ name: `${name}::${variable}`, type: 'i32', size: 4 })),
    ),
    modules: modules
      .filter(({ path }) => entries.includes(path))
      .map(({ name, functions }) => ({
        module: name,
        functions: functions.map(({ name: func, params }) => ({
          name: func,
          export: `${name}::${func}`,
          params: params.map((param) => ({ name: param, type: i32 })),
          result: i32,
        })),
        variables: [],
        constants: [],
        classes: [],
      })),
  }
}
