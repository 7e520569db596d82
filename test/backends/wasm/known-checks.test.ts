/** Which checks code need not make again, followed through what is written. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Source } from '../../../compiler/backends/wasm/context.ts'
import { FunctionBody, ModuleWriter } from '../../../compiler/backends/wasm/encode.ts'
import { KnownChecks } from '../../../compiler/backends/wasm/known-checks.ts'

const local = (index: number): Source => ({ kind: 'local', index })
const constant = (value: number): Source => ({ kind: 'i32', value })
const [I, LENGTH, OTHER] = [local(0), local(1), local(2)]

/** Code of a function of three variables, and what is known there. */
function begin() {
  const code = new FunctionBody<string>(new ModuleWriter<string>(), { params: [], results: [] }, [])
  for (const name of ['i', 'length', 'other']) code.local('i32', name)
  const checks = new KnownChecks(code.localCount)
  code.watchers.push(checks)
  const assign = (index: number): void => {
    code.i32(7)
    code.set(index)
  }
  return { code, checks, assign }
}

const known = suite('known checks')

known('an index that was below a length is, until one of them is assigned', () => {
  const { checks, assign } = begin()
  checks.passed(I, LENGTH)
  assert.ok(checks.isKnown(I, LENGTH))
  assert.not.ok(checks.isKnown(I, OTHER))
  assign(2)
  assert.ok(checks.isKnown(I, LENGTH))
  assign(0)
  assert.not.ok(checks.isKnown(I, LENGTH))
})

known('what is longer than some index is not empty', () => {
  const { checks, assign } = begin()
  checks.passed(I, LENGTH)
  assert.ok(checks.isKnown(constant(0), LENGTH))
  assert.not.ok(checks.isKnown(constant(1), LENGTH))
  assign(1)
  assert.not.ok(checks.isKnown(constant(0), LENGTH))
})

known('behind branches, what all of them know', () => {
  const { code, checks, assign } = begin()
  checks.passed(constant(0), LENGTH)
  code.if()
  checks.passed(I, LENGTH)
  assert.ok(checks.isKnown(I, LENGTH))
  code.else()
  assert.not.ok(checks.isKnown(I, LENGTH))
  code.end()
  assert.not.ok(checks.isKnown(I, LENGTH))
  assert.ok(checks.isKnown(constant(0), LENGTH))
  code.if()
  assign(1)
  code.end()
  assert.not.ok(checks.isKnown(constant(0), LENGTH))
})

known('a way that is never taken takes nothing from what the other one knows', () => {
  const { code, checks, assign } = begin()
  checks.passed(I, LENGTH)
  code.if()
  assign(1)
  code.op('unreachable')
  code.end()
  assert.ok(checks.isKnown(I, LENGTH))
})

known('at the end of a block, also what those know who jump there', () => {
  const { code, checks } = begin()
  const label = code.block()
  code.brIf(label)
  checks.passed(I, LENGTH)
  code.end()
  assert.not.ok(checks.isKnown(I, LENGTH))
})

known('in a loop, what no turn changes', () => {
  const { code, checks } = begin()
  const temporary = local(code.temporary('i32'))
  for (const length of [LENGTH, OTHER, temporary]) checks.passed(constant(0), length)
  checks.enterLoop(new Set([2]))
  code.loop()
  assert.ok(checks.isKnown(constant(0), LENGTH))
  assert.not.ok(checks.isKnown(constant(0), OTHER), 'a variable that the loop assigns')
  assert.not.ok(checks.isKnown(constant(0), temporary), 'temporaries serve many')
})

known('copies are as good as what they are made of', () => {
  const { checks, assign } = begin()
  checks.passed(I, LENGTH)
  assign(2)
  checks.copied(1, 2)
  assert.ok(checks.isKnown(I, OTHER))
  assign(1)
  assert.ok(checks.isKnown(I, OTHER))
})

known.run()
