/** Conversions between numbers. */
import type { NumberName } from '../../../objects/primitives.ts'
import type { FloatName } from '../../../objects/types.ts'
import { unreachable } from '../../../text/diagnostics.ts'
import type { Call } from '../../../typed/tree.ts'
import type { FunctionContext } from '../context.ts'
import { argument, bind, push, release } from '../sources.ts'
import { pushFloat } from './floats.ts'
import { intOps, pushInt, wrap } from './integers.ts'
import { emitScalar } from './operands.ts'

export function emitConvert(on: FunctionContext, call: Call, from: NumberName, to: NumberName): void {
  const value = argument(call, 0)
  if (from === 'complex128') {
    const taken: number[] = []
    for (const part of bind(on, value, [], taken)) {
      push(on, part)
      on.code.f64(0)
      on.code.op('f64.ne')
    }
    on.code.op('i32.or')
    return release(on, taken)
  }
  emitScalar(on, value)
  convertScalar(on, from, to)
}

/** Convert the value on the stack. A bool is an integer of one bit. */
function convertScalar(on: FunctionContext, from: Exclude<NumberName, 'complex128'>, to: NumberName): void {
  const { code } = on
  if (to === 'complex128') {
    convertScalar(on, from, 'f64')
    return code.f64(0)
  }
  if (from === to) return
  if (from === 'f32' || from === 'f64') return convertFloat(on, from, to)
  const source = intOps(from === 'bool' ? 'u8' : from)
  if (to === 'f32' || to === 'f64') return code.op(`${to}.convert_${source.wasm}_${source.suffix}`)
  if (to === 'bool') {
    pushInt(on, source, 0)
    return code.op(`${source.wasm}.ne`)
  }
  const target = intOps(to)
  if (source.wasm === 'i64' && target.wasm === 'i32') code.op('i32.wrap_i64')
  if (source.wasm === 'i32' && target.wasm === 'i64') return code.op(`i64.extend_i32_${source.suffix}`)
  if (from !== 'bool') wrap(on, to)
}

/** To integers: truncate and saturate; nan gives 0. */
function convertFloat(on: FunctionContext, from: FloatName, to: Exclude<NumberName, 'complex128'>): void {
  const { code } = on
  switch (to) {
    case 'f32':
      return code.op('f32.demote_f64')
    case 'f64':
      return code.op('f64.promote_f32')
    case 'bool':
      pushFloat(on, from, 0)
      return code.op(`${from}.ne`)
    case 'i32':
    case 'u32':
    case 'i64':
    case 'u64': {
      const { wasm, suffix } = intOps(to)
      return code.saturate(`${wasm}.trunc_sat_${from}_${suffix}`)
    }
    case 'i8':
    case 'u8':
      code.saturate(`i32.trunc_sat_${from}_s`)
      clamp(on, to === 'i8' ? -128 : 0, to === 'i8' ? 127 : 255)
      return
    default:
      return unreachable(to)
  }
}

/** Move the i32 on the stack into [min, max]. */
function clamp(on: FunctionContext, min: number, max: number): void {
  const { code } = on
  const value = code.temporary('i32')
  code.tee(value)
  code.i32(min)
  code.get(value)
  code.i32(min)
  code.op('i32.gt_s')
  code.op('select')
  code.tee(value)
  code.i32(max)
  code.get(value)
  code.i32(max)
  code.op('i32.lt_s')
  code.op('select')
  code.release(value)
}
