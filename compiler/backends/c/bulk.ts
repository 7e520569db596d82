/**
 * Copying, filling and comparing items: a function per operation and pair of pointer types.
 */
import type { BulkOp } from '../../objects/intrinsics.ts'
import type { PtrType, SpyType } from '../../objects/types.ts'
import type { Span } from '../../text/source.ts'
import type { Unit } from './unit.ts'

interface BulkShape {
  /** As it is called in SPy and in messages. */
  readonly name: string
  readonly slice: boolean
  readonly action: 'copy' | 'move' | 'setbytes' | 'cmp'
}

const SHAPES: Readonly<Record<BulkOp, BulkShape>> = {
  copy: { name: 'ptr_copy', slice: false, action: 'copy' },
  copySlice: { name: 'ptr_copy_slice', slice: true, action: 'copy' },
  move: { name: 'ptr_move', slice: false, action: 'move' },
  moveSlice: { name: 'ptr_move_slice', slice: true, action: 'move' },
  setbytes: { name: 'ptr_setbytes', slice: false, action: 'setbytes' },
  setbytesSlice: { name: 'ptr_setbytes_slice', slice: true, action: 'setbytes' },
  cmp: { name: 'ptr_cmp', slice: false, action: 'cmp' },
  cmpSlice: { name: 'ptr_cmp_slice', slice: true, action: 'cmp' },
}

/** A function that takes the operands of the operation, and the place where it stands. */
export function bulkFunction(unit: Unit, op: BulkOp, item: SpyType, dst: PtrType, src: PtrType, at: Span): string {
  const shape = SHAPES[op]
  const first = unit.types.spell(dst, at)
  const second = unit.types.spell(src, at)
  const name = `spy_unsafe$${shape.name}__${first}${shape.action === 'setbytes' ? '' : `_${second}`}`
  return unit.helper(name, () => define(unit, shape, name, unit.types.spell(item, at), first, second))
}

function define(
  unit: Unit,
  { name: text, slice, action }: BulkShape,
  name: string,
  item: string,
  first: string,
  second: string,
): readonly string[] {
  const two = action !== 'setbytes'
  const [a, b] = action === 'cmp' ? ['a', 'b'] : ['dst', 'src']
  const params = [`${first} ${a}`]
  if (slice) params.push(`int32_t ${a}_start, int32_t ${a}_end`)
  if (two) params.push(`${second} ${b}`)
  if (slice && two) params.push(`int32_t ${b}_start, int32_t ${b}_end`)
  if (action === 'setbytes') params.push('uint8_t value')
  if (!slice) params.push('int32_t n')

  const checks: string[] = []
  const fails = (condition: string, what: string): void => {
    checks.push(`    if (SPY_UNLIKELY(${condition})) spy_panic("PanicError", "${text} ${what}", file, at);`)
  }
  const [aStart, aEnd] = slice ? [`${a}_start`, `${a}_end`] : ['0', 'n']
  const [bStart, bEnd] = slice ? [`${b}_start`, `${b}_end`] : ['0', 'n']
  const outOf = (pointer: string, start: string, end: string): string =>
    slice
      ? `${start} < 0 || ${end} < ${start} || ${end} > ${pointer}.length`
      : `(uint32_t)${end} > (uint32_t)${pointer}.length`
  if (slice && two) fails(`(int64_t)${aEnd} - ${aStart} != (int64_t)${bEnd} - ${bStart}`, 'length mismatch')
  fails(outOf(a, aStart, aEnd), two ? `${a} out of bounds` : 'out of bounds')
  if (two) fails(outOf(b, bStart, bEnd), `${b} out of bounds`)

  const body = [
    `    uint32_t size = (uint32_t)(${slice ? `${aEnd} - ${aStart}` : 'n'}) * (uint32_t)sizeof(${item});`,
    `    char *to = (char *)(${a}.p + ${aStart});`,
    ...(two ? [`    char *from = (char *)(${b}.p + ${bStart});`] : []),
  ]
  const overlap = 'size > 0 && (uintptr_t)to < (uintptr_t)from + size && (uintptr_t)from < (uintptr_t)to + size'
  const checked = unit.types.mode === 'debug'
  const result = action === 'cmp' ? 'int32_t' : 'void'
  return [
    `SPY_INLINE ${result} ${name}(${[...params, 'spy_file file, spy_at at'].join(', ')}) {`,
    ...(checked ? checks : ['    (void)file, (void)at;']),
    ...body,
    ...(checked && action === 'copy'
      ? [`    if (SPY_UNLIKELY(${overlap})) spy_panic("PanicError", "${text} regions overlap", file, at);`]
      : []),
    `    ${ACTIONS[action]};`,
    '}',
  ]
}

const ACTIONS: Readonly<Record<BulkShape['action'], string>> = {
  copy: 'spy_memcpy(to, from, size)',
  move: 'spy_memmove(to, from, size)',
  setbytes: 'spy_memset(to, value, size)',
  cmp: 'return spy_memcmp(to, from, size)',
}
