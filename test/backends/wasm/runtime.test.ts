/** Emitted programs beside the C runtime: strings, output, arithmetic that the runtime does, panics with their place. */
import { existsSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { emitWasm } from '../../../compiler/backends/wasm.ts'
import { builtinFunc } from '../../../compiler/objects/builtin-funcs.ts'
import { Fqn } from '../../../compiler/objects/fqn.ts'
import { COMPLEX128, F64, I32, NONE, type SpyType, STR } from '../../../compiler/objects/types.ts'
import { complexValue } from '../../../compiler/objects/values.ts'
import type { TypedExpr, TypedFunc } from '../../../compiler/typed/tree.ts'
import { STR as STR_LAYOUT } from '../../../src/runtime/abi/layout.ts'
import { startJit } from '../../../src/runtime/boot/jit.ts'
import type { SpyError } from '../../../src/runtime/errors.ts'
import { panic } from '../../../src/runtime/host/panic.ts'
import { func } from '../../support/running-trees.ts'
import {
  call,
  constant,
  declare,
  int,
  local,
  onLine,
  op,
  PtrFuncs,
  program,
  raise,
  ret,
  run,
  text,
} from '../../support/typed-trees.ts'

const library = new URL('../../../dist/libspy.wasm', import.meta.url)
assert.ok(existsSync(library), 'dist/libspy.wasm is built by `npm run build:runtime`')
const libspy = new WebAssembly.Module(readFileSync(library))

/** What one program writes. */
function start(functions: readonly TypedFunc[]) {
  const { bytes } = emitWasm(program({ functions }), { exports: functions.map((f) => f.fqn.text), cells: [] })
  let written = ''
  const host = {
    panic,
    fd_write: (guest: { memory: WebAssembly.Memory }) => (_fd: number, address: number, length: number) => {
      written += new TextDecoder().decode(new Uint8Array(guest.memory.buffer, address, length))
      return length
    },
    fd_read: () => () => 0,
    clock_time: () => () => 0,
    clock_sleep: () => () => 0,
  }
  const jit = startJit(libspy, new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>), host)
  const text_ = (address: number): string => {
    const view = new DataView(jit.memory.buffer)
    const length = view.getUint32(address + STR_LAYOUT.length, true)
    return new TextDecoder().decode(
      new Uint8Array(jit.memory.buffer, view.getUint32(address + STR_LAYOUT.utf8, true), length),
    )
  }
  const call_ = (name: string, ...args: readonly number[]): number => Number(jit.exports[name]?.(...(args as never[])))
  const flush = (): string => {
    jit.exports.spy_flush?.()
    return written
  }
  return { call: call_, text: text_, flush }
}

function runtime(name: string, params: readonly SpyType[], result: SpyType, effects = false) {
  const pairs = params.map((type, i) => ['abcd'[i] as string, type] as const)
  return builtinFunc(Fqn.of('test', name), pairs, result, { kind: 'runtime', name, effects, evaluate: () => null })
}

const concat = (a: TypedExpr, b: TypedExpr): TypedExpr => call(runtime('spy_str_concat', [STR, STR], STR), a, b)
const show = (n: TypedExpr): TypedExpr => call(runtime('spy_i32_to_str', [I32], STR), n)

const beside = suite('beside the C runtime')

beside.before.each(() => onLine(1)) // other files of tests may have left it on another

beside('strings are made and written', () => {
  const write = runtime('spy_stdout_write', [STR], NONE, true)
  const f = func(
    'f',
    [['n', I32]],
    STR,
    () => [
      declare('s', STR, concat(text('n = '), show(local('n')))),
      run(call(write, concat(local('s', STR), text(' 🌍\n')))),
      ret(local('s', STR)),
    ],
    { locals: [['s', STR]] },
  )
  const instance = start([f])
  assert.is(instance.text(instance.call('test::f', -12)), 'n = -12')
  assert.is(instance.flush(), 'n = -12 🌍\n')
})

beside('what the runtime computes comes back', () => {
  const power = func(
    'power',
    [
      ['a', I32],
      ['b', I32],
    ],
    I32,
    () => [ret(op('i32_pow', local('a'), local('b')))],
  )
  const z = constant(COMPLEX128, complexValue(3, 4))
  const quotient = func('quotient', [], F64, () => [
    ret(call(runtime('spy_complex128_abs', [COMPLEX128], F64), op('complex128_div', z, z))),
  ])
  const mod = func(
    'mod',
    [
      ['a', F64],
      ['b', F64],
    ],
    F64,
    () => [ret(op('f64_mod', local('a', F64), local('b', F64)))],
  )
  const instance = start([power, quotient, mod])
  assert.is(instance.call('test::power', 3, 40), 689956897)
  assert.is(instance.call('test::quotient'), 1)
  assert.is(instance.call('test::mod', -5, 3), 1)
})

/** `PanicError: message @ file:line:column` */
function failure(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    const { etype, message, frames } = error as SpyError
    const span = frames[0]?.span
    return `${etype}: ${message} @ ${span?.file}:${span?.startLine}:${span?.startCol}`
  }
  return 'no failure'
}

beside('failures have their place', () => {
  const ints = new PtrFuncs('gc', I32)
  const p = local('p', ints.ptr)
  const item = func(
    'item',
    [
      ['n', I32],
      ['i', I32],
    ],
    I32,
    () => [declare('p', ints.ptr, call(ints.alloc, local('n'))), ret(call(ints.getitem, p, local('i')))],
    { locals: [['p', ints.ptr]] },
  )
  const fail = func('fail', [['n', I32]], NONE, () => [
    run(raise('ValueError', concat(text('bad '), show(local('n'))))),
  ])
  const divide = func('divide', [['n', I32]], I32, () => [ret(op('i32_pow', int(0), local('n')))])
  const instance = start([item, fail, divide])
  assert.is(instance.call('test::item', 3, 2), 0)
  assert.match(
    failure(() => instance.call('test::item', 3, 4)),
    /^PanicError: ptr_getitem out of bounds: 0x[0-9a-f]+\[4\] \(upper bound: 3\) @ \/p\/test.spy:1:1$/,
  )
  assert.is(
    failure(() => instance.call('test::item', -1, 0)),
    'PanicError: negative allocation size @ /p/test.spy:1:1',
  )
  assert.is(
    failure(() => instance.call('test::fail', 7)),
    'ValueError: bad 7 @ /p/test.spy:1:1',
  )
  assert.is(
    failure(() => instance.call('test::divide', -1)),
    'ZeroDivisionError: 0 cannot be raised to a negative power @ /p/test.spy:1:1',
  )
})

beside.run()
