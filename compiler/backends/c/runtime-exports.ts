/**
 * Functions of the runtime that hosts call, as exports of the program.
 */
import { invariant } from '../../text/diagnostics.ts'
import { stringLiteral } from './literals.ts'

interface RuntimeExport {
  readonly result: string
  readonly params: readonly string[]
  /** A call of the C function with the parameters `a`, `b`, `c`, ... */
  readonly call: string
}

const RUNTIME_EXPORTS: Readonly<Record<string, RuntimeExport>> = {
  spy_str_alloc: { result: 'spy_str *', params: ['uint32_t'], call: 'spy_str_alloc(a)' },
  spy_bytes_alloc: { result: 'spy_bytes *', params: ['uint32_t'], call: 'spy_bytes_alloc(a)' },
  spy_raw_alloc: { result: 'void *', params: ['int32_t', 'uint32_t'], call: 'spy_raw_alloc(a, b, SPY_NOWHERE)' },
  spy_raw_free: { result: 'void', params: ['void *'], call: 'spy_raw_free(a, SPY_NOWHERE)' },
  spy_gc_new: { result: 'void *', params: ['uint32_t', 'const spy_pointer_map *'], call: 'spy_gc_new(a, b)' },
  spy_gc_pin: { result: 'void', params: ['const void *'], call: 'spy_gc_pin(a)' },
  spy_gc_unpin: { result: 'void', params: ['const void *'], call: 'spy_gc_unpin(a)' },
  spy_gc_unwind: { result: 'void', params: [], call: 'spy_gc_unwind()' },
  spy_gc_collect: { result: 'uint32_t', params: [], call: 'spy_gc_collect()' },
  spy_flush: { result: 'void', params: [], call: 'spy_flush()' },
}

const PARAMETERS = ['a', 'b', 'c'] as const

export function emitRuntimeExport(name: string): readonly string[] {
  const found = RUNTIME_EXPORTS[name]
  invariant(found !== undefined, `${name} is among the runtime functions that programs export`)
  const { result, params, call } = found
  const list = params.map((type, index) => `${type}${type.endsWith('*') ? '' : ' '}${PARAMETERS[index]}`)
  const head = `${result}${result.endsWith('*') ? '' : ' '}${name}$export(${list.length === 0 ? 'void' : list.join(', ')})`
  return [`SPY_EXPORT(${stringLiteral(name)}) ${head} { ${result === 'void' ? '' : 'return '}${call}; }`]
}
