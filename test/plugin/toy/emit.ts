/** The toy's code generator. Programs have the shape that real ones have: see `EmitOptions.engine`. */
import type { ToyExpression, ToyFunction, ToyModule } from './language.ts'
import { ToyError } from './language.ts'
import { funcType, I32, module, s32, section, sized, text, u32, vector } from './wasm.ts'

export interface NamedModule extends ToyModule {
  readonly name: string
  readonly source: string
  /** Name in this module → the function or variable it means, as `module::name`. */
  readonly scope: ReadonlyMap<string, string>
}

const VARIABLES_AT = 1024

/**
 * `c`: memory of its own. `jit`: memory of libspy, and a region that begins at the imported global `image`.
 */
export function emit(modules: readonly NamedModule[], engine: 'c' | 'jit'): Uint8Array {
  const functions = modules.flatMap((owner) => owner.functions.map((func) => ({ owner, func })))
  const variables = modules.flatMap((owner) => [...owner.variables].map(([name, value]) => ({ owner, name, value })))
  const functionIndex = new Map(functions.map(({ owner, func }, index) => [`${owner.name}::${func.name}`, index]))
  const address = new Map(variables.map(({ owner, name }, index) => [`${owner.name}::${name}`, index * 4]))
  const jit = engine === 'jit'
  // The address of a variable on the stack.
  const place = (fqn: string): number[] =>
    jit ? [0x23, 0, 0x41, ...s32(address.get(fqn) ?? 0), 0x6a] : [0x41, ...s32(VARIABLES_AT + (address.get(fqn) ?? 0))]

  const types = [...functions.map(({ func }) => funcType(func.params.length, 1)), funcType(0, 1), funcType(0, 0)]
  const addressType = functions.length
  const initType = functions.length + 1
  const getters = variables.map((_, index) => functions.length + index)
  const init = functions.length + variables.length

  const expression = (owner: NamedModule, func: ToyFunction, line: number, node: ToyExpression): number[] => {
    const compile = (inner: ToyExpression) => expression(owner, func, line, inner)
    const lookup = (name: string): string => {
      const meant = owner.scope.get(name)
      if (meant !== undefined) return meant
      const lineText = owner.source.split('\n')[line - 1] ?? ''
      throw new ToyError('NameError', `name \`${name}\` is not defined`, owner.path, line, lineText, name, 'not found')
    }
    switch (node.kind) {
      case 'int':
        return [0x41, ...s32(node.value)]
      case 'name': {
        const param = func.params.indexOf(node.name)
        return param >= 0 ? [0x20, ...u32(param)] : [...place(lookup(node.name)), 0x28, 2, 0]
      }
      case 'call':
        return [...node.args.flatMap(compile), 0x10, ...u32(functionIndex.get(lookup(node.name)) ?? 0)]
      case 'binary':
        return [...compile(node.left), ...compile(node.right), node.op === '+' ? 0x6a : 0x6c]
    }
  }

  const bodies = functions.map(({ owner, func }) =>
    func.body.flatMap(({ target, value, line }) => {
      const code = expression(owner, func, line, value)
      return target === undefined ? [...code, 0x0f] : [...place(`${owner.name}::${target}`), ...code, 0x36, 2, 0]
    }),
  )
  const codes = [
    ...bodies.map((body) => [0, ...body, 0x00, 0x0b]),
    ...variables.map(({ owner, name }) => [0, ...place(`${owner.name}::${name}`), 0x0b]),
    [
      0,
      ...variables.flatMap(({ owner, name, value }) => [
        ...place(`${owner.name}::${name}`),
        0x41,
        ...s32(value),
        0x36,
        2,
        0,
      ]),
      0x0b,
    ],
  ]
  const exported = (name: string, index: number) => [...text(name), 0, ...u32(index)]
  const exports = [
    ...functions.map(({ owner, func }, index) => exported(`${owner.name}::${func.name}`, index)),
    ...variables.map(({ owner, name }, index) => exported(`&${owner.name}::${name}`, getters[index] ?? 0)),
    exported(jit ? 'spy:init' : '_initialize', init),
    ...(jit ? [] : [[...text('memory'), 2, 0]]),
  ]
  const size = variables.length * 4
  return module([
    section(1, vector(types)),
    ...(jit
      ? [
          section(
            2,
            vector([
              [...text('spy_runtime'), ...text('memory'), 2, 0, 1],
              [...text('spy'), ...text('image'), 3, I32, 0],
            ]),
          ),
        ]
      : []),
    section(
      3,
      vector([...functions.map((_, index) => u32(index)), ...variables.map(() => u32(addressType)), u32(initType)]),
    ),
    ...(jit ? [] : [section(5, vector([[0, 1]]))]),
    section(7, vector(exports)),
    section(10, vector(codes.map(sized))),
    ...(jit ? [section(0, [...text('spy.image'), size & 255, (size >> 8) & 255, 0, 0])] : []),
  ])
}

/** What the loader of jit programs asks for: memory that only ever grows, and nothing that a collector would do. */
export function toyLibspy(): Uint8Array {
  return module([
    section(1, vector([funcType(4, 1), funcType(0, 0), funcType(0, 1)])),
    section(3, vector([u32(0), u32(1), u32(2)])),
    section(5, vector([[0, 1]])),
    section(6, vector([[I32, 1, 0x41, ...s32(4096), 0x0b]])),
    section(
      7,
      vector([
        [...text('memory'), 2, 0],
        [...text('spy_raw_alloc'), 0, 0],
        [...text('_initialize'), 0, 1],
        [...text('spy_gc_roots_address'), 0, 2],
      ]),
    ),
    section(
      10,
      vector([
        // old top stays on the stack; top = (top + size + 15) & -16; size is the second of four parameters
        sized([0, 0x23, 0, 0x23, 0, 0x20, 1, 0x6a, 0x41, 15, 0x6a, 0x41, ...s32(-16), 0x71, 0x24, 0, 0x0b]),
        sized([0, 0x0b]),
        sized([0, 0x41, ...s32(64), 0x0b]),
      ]),
    ),
  ])
}
