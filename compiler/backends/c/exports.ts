/**
 * What a program offers to its host: functions and variables under their FQNs, by wasm values alone.
 */
import { gcParts, holdsGcPointers } from '../../objects/gc-pointers.ts'
import { type FlatPart, flatten } from '../../objects/layout.ts'
import type { SpyType } from '../../objects/types.ts'
import type { Cell } from '../../objects/values.ts'
import { invariant } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import { stringLiteral } from './literals.ts'
import { fieldName, partName } from './names.ts'
import { enterFrame, LEAVE, storeRoot } from './roots.ts'
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
  const taken: string[] = []
  const args: string[] = []
  const pointers: string[] = []
  for (const param of tree.params) {
    if (!hasValue(param.type)) continue
    const names: string[] = []
    for (const part of flatten(param.type, mode)) {
      const name = partName(args.length, part.path, taken)
      taken.push(name)
      params.push(declaration(PART_TYPES[part.scalar], name))
      names.push(name)
    }
    for (const part of gcParts(param.type, mode)) pointers.push(names[part] as string)
    args.push(assemble(unit, param.type, names, tree.span))
    invariant(names.length === 0, `all parts of ${param.name} have been used`)
  }
  const list = params.length === 0 ? 'void' : params.join(', ')
  const name = `${func.name}$export`
  const head = (result: string): string =>
    `SPY_EXPORT(${stringLiteral(exportName)}) ${declaration(result, name)}(${list})`
  const call = `${func.name}(${[...args, ...(func.isTracked ? [unit.place(tree.span)] : [])].join(', ')})`
  const { result } = tree.type
  const [before, after] = boundary(unit, func, pointers)
  if (!hasValue(result)) return [`${head('void')} { ${before}${call};${after} }`]
  const [only, ...more] = flatten(result, mode)
  if (only !== undefined && more.length === 0) {
    const type = PART_TYPES[only.scalar]
    const value = disassemble(call, only, result)
    if (after === '') return [`${head(type)} { ${before}return ${value}; }`]
    return [`${head(type)} { ${before}${declaration(type, 'result')} = ${value};${after} return result; }`]
  }
  return [
    `${head('uintptr_t')} {`,
    `    static ${unit.types.declare(result, 'result', tree.span)};`,
    `    ${before}result = ${call};${after}`,
    '    return (uintptr_t)&result;',
    '}',
  ]
}

/**
 * Where the host enters a program that collects: what it passes is held for the whole call, because nobody else does.
 * What it was given before is its own by now.
 */
function boundary(unit: Unit, func: CFunction, pointers: readonly string[]): readonly [before: string, after: string] {
  if (!unit.collects || (pointers.length === 0 && !unit.mayAllocate(func))) return ['', '']
  const stores = pointers.map((name, slot) => `${storeRoot(slot, `(const void *)${name}`)}; `)
  const frame = pointers.length === 0 ? '' : `${enterFrame(pointers.length)} ${stores.join('')}`
  return [`${frame}spy_gc_boundary(); `, pointers.length === 0 ? '' : ` ${LEAVE}`]
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
  // The host is about to read it, or to assign what it will allocate.
  const before = unit.collects && holdsGcPointers(cell.valueType) ? 'spy_gc_boundary(); ' : ''
  return [
    `SPY_EXPORT(${stringLiteral(exportName)}) uintptr_t ${name}(void) { ${before}return (uintptr_t)&${variable}; }`,
  ]
}
