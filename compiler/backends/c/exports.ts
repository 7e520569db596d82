/**
 * What a program offers to its host: functions and variables under their FQNs, by wasm values alone.
 */
import { type FlatPart, flatten } from '../../objects/layout.ts'
import type { SpyType } from '../../objects/types.ts'
import type { Cell } from '../../objects/values.ts'
import { invariant } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import { stringLiteral } from './literals.ts'
import { fieldName } from './names.ts'
import { declaration, hasValue } from './types.ts'
import type { CFunction, Unit } from './unit.ts'

/** The C type in which a part crosses the border; on wasm addresses are 32 bits wide. */
const PART_TYPES: Readonly<Record<FlatPart['scalar'], string>> = {
  bool: 'int32_t',
  i8: 'int32_t',
  u8: 'int32_t',
  i32: 'int32_t',
  u32: 'uint32_t',
  i64: 'int64_t',
  u64: 'uint64_t',
  f32: 'float',
  f64: 'double',
  complex128: 'double',
  NoneType: 'void',
  str: 'uintptr_t',
  bytes: 'uintptr_t',
  address: 'uintptr_t',
  length: 'int32_t',
}

/** The wrapper of a function: parameters in parts; the result as one part, or the address of where it has been put. */
export function emitExport(unit: Unit, exportName: string, func: CFunction): readonly string[] {
  const { tree } = func
  const { mode } = unit.types
  const params: string[] = []
  const args: string[] = []
  for (const param of tree.params) {
    if (!hasValue(param.type)) continue
    const names: string[] = []
    for (const part of flatten(param.type, mode)) {
      const name = ['arg', String(args.length), ...part.path].join('_')
      params.push(declaration(PART_TYPES[part.scalar], name))
      names.push(name)
    }
    args.push(assemble(unit, param.type, names, tree.span))
    invariant(names.length === 0, `all parts of ${param.name} have been used`)
  }
  const list = params.length === 0 ? 'void' : params.join(', ')
  const name = `${func.name}$export`
  const head = (result: string): string =>
    `SPY_EXPORT(${stringLiteral(exportName)}) ${declaration(result, name)}(${list})`
  const call = `${func.name}(${[...args, ...(func.isTracked ? [unit.place(tree.span)] : [])].join(', ')})`
  const { result } = tree.type
  if (!hasValue(result)) return [`${head('void')} { ${call}; }`]
  const [only, ...more] = flatten(result, mode)
  if (only !== undefined && more.length === 0) {
    return [`${head(PART_TYPES[only.scalar])} { return ${disassemble(call, only, result)}; }`]
  }
  return [
    `${head('uintptr_t')} {`,
    `    static ${unit.types.declare(result, 'result', tree.span)};`,
    `    result = ${call};`,
    '    return (uintptr_t)&result;',
    '}',
  ]
}

/** A value from its parts, which are taken from the front of `names`. */
function assemble(unit: Unit, type: SpyType, names: string[], at: Span): string {
  const next = (): string => {
    const name = names.shift()
    invariant(name !== undefined, `${type.fqn} has another part`)
    return name
  }
  switch (type.kind) {
    case 'primitive':
      if (type.name === 'complex128') return `(spy_complex128){ ${next()}, ${next()} }`
      if (type.name === 'bool') return `${next()} != 0`
      return `(${unit.types.spell(type, at)})${next()}`
    case 'ptr':
    case 'ref': {
      const address = `(${unit.types.itemPointer(type.item, at)})${next()}`
      const length = unit.types.mode === 'debug' ? `, ${next()}` : ''
      return `(${unit.types.spell(type, at)}){ ${address}${length} }`
    }
    case 'struct': {
      const fields = type.fields
        .filter((field) => hasValue(field.type))
        .map((field) => assemble(unit, field.type, names, at))
      return `(${unit.types.spell(type, at)}){ ${fields.join(', ')} }`
    }
    case 'func':
    case 'object':
    case 'dynamic':
    case 'opaque':
      return `(${unit.types.spell(type, at)})${next()}`
  }
}

/** The only part of a value. */
function disassemble(value: string, part: FlatPart, type: SpyType): string {
  let text = value
  let inner = type
  for (const step of part.path) {
    if (step === 'address' && inner.kind !== 'struct') text += '.p'
    else text += `.${fieldName(step)}`
    const field = inner.kind === 'struct' ? inner.fields.find(({ name }) => name === step) : undefined
    if (field !== undefined) inner = field.type
  }
  const isAddress = PART_TYPES[part.scalar] === 'uintptr_t'
  return isAddress ? `(uintptr_t)${text}` : text
}

/** The address of a variable's storage. */
export function emitCellExport(unit: Unit, exportName: string, cell: Cell, at: Span): readonly string[] {
  const variable = unit.cell(cell, at)
  const name = `${variable}$address`
  return [`SPY_EXPORT(${stringLiteral(exportName)}) uintptr_t ${name}(void) { return (uintptr_t)&${variable}; }`]
}
