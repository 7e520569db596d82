/**
 * Operations on `dynamic` operands: one function for each, which decides at run time by the dynamic types.
 */
import { builtinFunc } from '../../objects/builtin-funcs.ts'
import type { ArgSpec, MetaArg, OpImpl } from '../../objects/dispatch.ts'
import { Fqn } from '../../objects/fqn.ts'
import type { DynamicOperation } from '../../objects/intrinsics.ts'
import { BOOL, DYNAMIC, I32, isBoxed, NONE, type SpyType, STR } from '../../objects/types.ts'
import type { BuiltinFunc } from '../../objects/values.ts'

/** Last part of the FQN: `operator::dynamic_add`. */
const BINARY_NAMES: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
  '<<': 'lshift',
  '>>': 'rshift',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
  '@': 'matmul',
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
}

const UNARY_NAMES: Readonly<Record<string, string>> = { '-': 'neg', '+': 'pos', '~': 'invert' }

const NAMES: Readonly<Record<Exclude<DynamicOperation['kind'], 'binary' | 'inPlace' | 'unary'>, string>> = {
  contains: 'contains',
  call: 'call',
  callMethod: 'call_method',
  getAttr: 'getattr',
  getAttrOr: 'getattr',
  setAttr: 'setattr',
  hasAttr: 'hasattr',
  getItem: 'getitem',
  setItem: 'setitem',
  str: 'str',
  repr: 'repr',
  hash: 'hash',
  len: 'len',
  truth: 'truth',
  callable: 'callable',
  format: 'format',
  unpack: 'unpack',
  isInstance: 'isinstance',
}

const RESULTS: Readonly<Record<DynamicOperation['kind'], SpyType>> = {
  binary: DYNAMIC,
  inPlace: DYNAMIC,
  unary: DYNAMIC,
  contains: BOOL,
  call: DYNAMIC,
  callMethod: DYNAMIC,
  getAttr: DYNAMIC,
  getAttrOr: DYNAMIC,
  setAttr: NONE,
  hasAttr: BOOL,
  getItem: DYNAMIC,
  setItem: NONE,
  str: STR,
  repr: STR,
  hash: I32,
  len: I32,
  truth: BOOL,
  callable: BOOL,
  format: STR,
  unpack: NONE,
  isInstance: BOOL,
}

/** What the operation gives: `dynamic`, or a type of its own. */
export function dynamicResult({ kind }: DynamicOperation): SpyType {
  return RESULTS[kind]
}

/** Operands that are strings whatever the others are, by operation: names, and the specification of a format. */
const NAME_AT: Readonly<Partial<Record<DynamicOperation['kind'], number>>> = {
  callMethod: 1,
  getAttr: 1,
  getAttrOr: 1,
  setAttr: 1,
  hasAttr: 1,
  format: 1,
}

function nameOf(operation: DynamicOperation): string {
  switch (operation.kind) {
    case 'binary':
      return BINARY_NAMES[operation.op] ?? operation.op
    case 'inPlace':
      return `i${BINARY_NAMES[operation.op] ?? operation.op}`
    case 'unary':
      return UNARY_NAMES[operation.op] ?? operation.op
    default:
      return NAMES[operation.kind]
  }
}

const made = new Map<string, BuiltinFunc>()

/** `operator::dynamic_NAME` for so many operands. */
export function dynamicFunc(operation: DynamicOperation, operands: number): BuiltinFunc {
  const name = `dynamic_${nameOf(operation)}`
  // The types of a test are its own.
  if (operation.kind === 'isInstance') return makeFunc(operation, name, operands)
  const keywords = 'keywords' in operation ? operation.keywords : []
  const count = operation.kind === 'unpack' ? operation.count : operands
  const key = [name, count, ...keywords].join('/')
  let func = made.get(key)
  if (func === undefined) {
    func = makeFunc(operation, name, operands)
    made.set(key, func)
  }
  return func
}

function makeFunc(operation: DynamicOperation, name: string, operands: number): BuiltinFunc {
  const nameAt = NAME_AT[operation.kind]
  const params = Array.from({ length: operands }, (_, i) => [`x${i}`, i === nameAt ? STR : DYNAMIC] as const)
  return builtinFunc(Fqn.of('operator', name), params, dynamicResult(operation), { kind: 'dynamic', operation })
}

/** All with a fixed number of operands. */
export function dynamicFuncs(): readonly BuiltinFunc[] {
  return [
    ...Object.keys(BINARY_NAMES).map((op) => dynamicFunc({ kind: 'binary', op }, 2)),
    ...Object.keys(UNARY_NAMES).map((op) => dynamicFunc({ kind: 'unary', op }, 1)),
    ...(['str', 'repr', 'hash', 'len', 'truth', 'callable'] as const).map((kind) => dynamicFunc({ kind }, 1)),
    dynamicFunc({ kind: 'contains' }, 2),
    dynamicFunc({ kind: 'getAttr' }, 2),
    dynamicFunc({ kind: 'hasAttr' }, 2),
    dynamicFunc({ kind: 'setAttr' }, 3),
    dynamicFunc({ kind: 'format' }, 2),
  ]
}

/** The operation on these operands, decided at run time. */
export function dynamicImpl(operation: DynamicOperation, operands: readonly MetaArg[]): OpImpl {
  const nameAt = NAME_AT[operation.kind]
  const args = operands.map((operand, index): ArgSpec => {
    const plain: ArgSpec = { kind: 'operand', index }
    if (index === nameAt || (operand.blue === null && isBoxed(operand.type))) return plain
    return { kind: 'convert', conversion: { kind: 'upcast', to: DYNAMIC }, arg: plain, span: operand.span }
  })
  return { kind: 'call', func: dynamicFunc(operation, operands.length), args }
}

export function isDynamic(operand: MetaArg): boolean {
  return operand.type === DYNAMIC
}
