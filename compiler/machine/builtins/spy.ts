/**
 * Modules `__spy__` and `time`.
 */
import { formatF32, formatF64 } from '../../../src/runtime/numbers.ts'
import { builtinFunc } from '../../objects/builtin-funcs.ts'
import { complex, constant, type MetaArg } from '../../objects/dispatch.ts'
import { Fault } from '../../objects/fault.ts'
import { Fqn } from '../../objects/fqn.ts'
import {
  BOOL,
  DYNAMIC,
  F32,
  F64,
  I32,
  I64,
  isClass,
  NONE,
  type PrimitiveType,
  type SpyType,
  STR,
  TYPE,
  U64,
} from '../../objects/types.ts'
import type { BlueValue, SourceFunc } from '../../objects/values.ts'
import type * as ast from '../../syntax/ast.ts'
import { blame } from '../../text/diagnostics.ts'
import { BUILTINS_SPAN } from '../../text/source.ts'
import { blueArg } from '../dispatch/attributes.ts'
import { dispatchCall } from '../dispatch/calls.ts'
import { typeError } from '../dispatch/diagnostics.ts'
import { askFunc } from '../dispatch/metafuncs.ts'
import { blueType } from '../dispatch/types.ts'
import { BYTES_AND_TEXT, BYTES_HELPERS, STR_ENCODE } from '../vm/bytes-funcs.ts'
import { EMPTY_DICT, EMPTY_DICT_TYPE, EMPTY_LIST, EMPTY_LIST_TYPE, type ModuleObject } from '../vm/objects.ts'
import { STR_HELPERS } from '../vm/string-funcs.ts'
import { asFunc, asType, type Vm } from '../vm/vm.ts'
import { addBlueContainers } from './blue-containers.ts'
import { addFunc, addType, metafunc, plainBlue } from './define.ts'
import { redIdentityOf } from './identity.ts'

/** How numbers are written, by type. Smaller integers become i64 before. */
const NUMBER_WRITERS: readonly (readonly [PrimitiveType, (x: never) => string])[] = [
  [I64, String],
  [U64, String],
  [F64, formatF64],
  [F32, formatF32],
]

/** What the methods of an iterable, one after the other, give. */
const ITERATION_TYPES = [
  ['_iterator_type', ['__fastiter__']],
  ['_item_type', ['__fastiter__', '__item__']],
] as const

function resultOf(vm: Vm, iterable: SpyType, methods: readonly string[]): SpyType {
  if (iterable === DYNAMIC) return DYNAMIC
  let type = iterable
  for (const method of methods) {
    const func = vm.lookupFunc(type, method)
    const self: MetaArg = { color: 'red', type, blue: null, span: BUILTINS_SPAN, symbol: null }
    const spec = func === undefined ? null : askFunc(vm, func, [self])
    if (spec === null || spec.kind === 'const') {
      throw typeError(`method \`${vm.human(type)}::${method}\` does not exist`, [])
    }
    type = spec.func.type.result
  }
  return type
}

/** What a call with one red argument of the type gives. */
function resultOfCall(vm: Vm, callee: BlueValue, type: SpyType): SpyType {
  const arg: MetaArg = { color: 'red', type, blue: null, span: BUILTINS_SPAN, symbol: null }
  const impl = dispatchCall(vm, blueArg(callee, BUILTINS_SPAN), [arg], [], BUILTINS_SPAN)
  switch (impl.kind) {
    case 'const':
      return impl.value.type
    case 'call':
      return impl.func.type.result
    case 'indirect':
      return impl.result
  }
}

export function addSpy(vm: Vm): void {
  const module = vm.addModule('__spy__', '', true)
  const named = (name: string): Fqn => Fqn.of('__spy__', name)
  for (const type of [EMPTY_LIST_TYPE, EMPTY_DICT_TYPE]) addType(vm, module, type)
  addBlueContainers(vm, module)
  module.attributes.set('empty_list', { type: EMPTY_LIST_TYPE, value: EMPTY_LIST })
  module.attributes.set('empty_dict', { type: EMPTY_DICT_TYPE, value: EMPTY_DICT })
  addFunc(
    vm,
    module,
    metafunc(vm, named('COLOR'), { min: 1, max: 1 }, ([x]) => constant({ type: STR, value: (x as MetaArg).color })),
  )
  addFunc(
    vm,
    module,
    metafunc(vm, named('as_red'), { min: 1, max: 1 }, ([x]) =>
      complex(redIdentityOf(vm, (x as MetaArg).type), [x as MetaArg]),
    ),
  )
  addFunc(vm, module, builtinFunc(named('is_compiled'), [], BOOL, { kind: 'isCompiled' }))
  for (const func of [...STR_HELPERS, ...BYTES_HELPERS, ...BYTES_AND_TEXT, STR_ENCODE]) addFunc(vm, module, func)
  const write = {
    kind: 'runtime',
    name: 'spy_stdout_write',
    effects: true,
    evaluate: (text: string) => vm.options.output(text),
  } as const
  for (const [name, steps] of ITERATION_TYPES) {
    const find = plainBlue(vm, named(name), 'plain', [['T', TYPE]], TYPE, ([arg]) => {
      const type = asType(arg) as SpyType
      return blueType(resultOf(vm, type, steps))
    })
    addFunc(vm, module, find)
  }
  const tupleItem = plainBlue(
    vm,
    named('_tuple_item'),
    'plain',
    [
      ['T', TYPE],
      ['i', I32],
    ],
    TYPE,
    ([arg, index]) => {
      const type = asType(arg)
      const field = type?.kind === 'struct' && vm.isTuple(type) ? type.fields[index?.value as number] : undefined
      if (field === undefined) throw typeError('there is no such item', [])
      return blueType(field.type)
    },
  )
  addFunc(vm, module, tupleItem)
  const callType = plainBlue(
    vm,
    named('_call_type'),
    'plain',
    [
      ['callee', DYNAMIC],
      ['T', TYPE],
    ],
    TYPE,
    ([callee, arg]) => blueType(resultOfCall(vm, callee as BlueValue, asType(arg) as SpyType)),
  )
  addFunc(vm, module, callType)
  const addressOf = metafunc(vm, named('_address'), { min: 1, max: 1 }, ([x]) =>
    x !== undefined && isClass(x.type) ? complex(vm.classFuncs.addressOf(x.type), [x]) : null,
  )
  addFunc(vm, module, addressOf)
  const resultType = plainBlue(vm, named('_result_type'), 'plain', [['F', TYPE]], TYPE, ([arg]) => {
    const type = asType(arg)
    if (type?.kind !== 'func') throw typeError('only functions have a result', [])
    return blueType(type.result)
  })
  addFunc(vm, module, resultType)
  addFunc(
    vm,
    module,
    metafunc(vm, named('_move_items'), { min: 6, max: 6 }, (args) => {
      const type = args[0]?.type
      if (type?.kind !== 'ptr') throw typeError('only items behind pointers can be moved', [])
      return complex(vm.memoryFuncs.moveSlice(type), args)
    }),
  )
  const flush = { kind: 'runtime', name: 'spy_flush', effects: true, evaluate: () => undefined } as const
  addFunc(vm, module, builtinFunc(named('_stdout_flush'), [], NONE, flush))
  addFunc(vm, module, builtinFunc(named('_stdout_write'), [['s', STR]], NONE, write))
  for (const [type, format] of NUMBER_WRITERS) {
    const name = `stdout_write_${type.name}`
    const evaluate = (x: never) => vm.options.output(format(x))
    const intrinsic = { kind: 'runtime', name: `spy_${name}`, effects: true, evaluate } as const
    addFunc(vm, module, builtinFunc(named(`_${name}`), [['x', type]], NONE, intrinsic))
  }
  addMark(vm, module, 'force_inline', (func) => {
    checkInlinable(func.type.color, func.type.result === NONE, func.node as ast.FuncDef)
    func.forceInline = true
  })
  addMark(vm, module, '_rarely_called', (func) => {
    func.rarelyCalled = true
  })
  addMark(vm, module, '_pure', (func) => {
    func.pure = true
  })
}

/** A decorator that notes something about a function and gives it back. */
function addMark(vm: Vm, module: ModuleObject, name: string, mark: (func: SourceFunc) => void): void {
  addFunc(
    vm,
    module,
    plainBlue(vm, Fqn.of('__spy__', name), 'plain', [['f', DYNAMIC]], DYNAMIC, ([value]) => {
      const func = asFunc(value)
      if (func?.origin !== 'source') throw typeError(`@${name} can only be applied to def'd functions`, [])
      mark(func)
      return { type: func.type, value: func }
    }),
  )
}

/** An inlined function has one `return` at most, as its last statement. */
function checkInlinable(color: 'red' | 'blue', returnsNone: boolean, node: ast.FuncDef): void {
  const prototype = node.prototypeSpan
  if (color === 'blue') {
    throw typeError('@force_inline cannot be applied to @blue functions', [
      blame('this is not a red function', prototype),
    ])
  }
  const message = '@force_inline requires a single tail return'
  const last = node.body[node.body.length - 1]
  if (!returnsNone && last?.kind !== 'Return') {
    throw typeError(message, [blame('missing `return` at the end of the body', prototype)])
  }
  for (const stmt of returnsOf(node.body)) {
    if (stmt !== last) throw typeError(message, [blame('`return` must be the last statement of the body', stmt.span)])
  }
}

function* returnsOf(stmts: readonly ast.Stmt[]): Iterable<ast.Return> {
  for (const stmt of stmts) {
    switch (stmt.kind) {
      case 'Return':
        yield stmt
        break
      case 'If':
        yield* returnsOf(stmt.thenBody)
        yield* returnsOf(stmt.elseBody)
        break
      case 'While':
      case 'For':
      case 'With':
        yield* returnsOf(stmt.body)
        break
      default:
        break
    }
  }
}

export function addTime(vm: Vm): void {
  const module = vm.addModule('time', '', true)
  const now = { kind: 'runtime', name: 'spy_time_time', effects: true, evaluate: () => Date.now() / 1000 } as const
  addFunc(vm, module, builtinFunc(Fqn.of('time', 'time'), [], F64, now))
  const sleep = { kind: 'runtime', name: 'spy_time_sleep', effects: true, evaluate: sleepFor } as const
  addFunc(vm, module, builtinFunc(Fqn.of('time', 'sleep'), [['seconds', F64]], NONE, sleep))
}

/** Waiting without giving up the thread: SPy calls are synchronous. */
function sleepFor(seconds: number): void {
  if (seconds < 0) throw new Fault('ValueError', 'sleep length must be non-negative')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000)
}
