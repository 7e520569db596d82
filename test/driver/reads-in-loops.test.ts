/** Programs of the jit read before a loop what the loop does not change. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { buildDev, libspyModule } from '../../compiler/node.ts'
import { type DevVersion, startDevProgram } from '../../src/runtime/index.ts'
import { memoryWorld, placeProgram } from '../support/memory-world.ts'

const reads = suite('reads before loops')

function build(text: string) {
  const { entry, files } = placeProgram(text)
  return buildDev({ entries: [entry] }, memoryWorld(files), { audience: 'facades' })
}

/** Names of locals that hold what has been read early. */
function early(text: string): readonly string[] {
  const names = Buffer.from(build(text).wasm).toString('latin1')
  return ['$length', '$items', '$total'].filter((name) => names.includes(name))
}

reads('the length and the items of a list that the loop does not change', () => {
  const found = early(`
    def f(numbers: list[i32]) -> i32:
        var sum = 0
        for i in range(10):
            sum = sum + numbers[i]
        return sum
  `)
  assert.equal(found, ['$length', '$items'])
})

reads('not of a list that grows in the loop', () => {
  // The library looks at the length in a loop of its own.
  const found = early(`
    def f(numbers: list[i32]) -> i32:
        for i in range(10):
            numbers.append(numbers[i])
        return numbers[19]
  `)
  assert.not.ok(found.includes('$items'))
})

reads('module variables, unless something that the loop calls assigns them', () => {
  const text = (body: string) => `
    var total: i32 = 0

    def add(n: i32) -> None:
        while total < n:
            total = total + 1

    def f(n: i32) -> i32:
        var sum = 0
        for i in range(n):
            sum = sum + total
            ${body}
        return sum
  `
  assert.equal(early(text('pass')), ['$total'])
  assert.equal(early(text('add(i)')), [])
})

const NODE = `
    from unsafe import gc_alloc, gc_ptr

    @struct
    class Node:
        value: i32
        next: gc_ptr[Node]
`

/** Run `f(0, false)` while something stands where NULL points. */
function runWithFullNull(text: string): unknown {
  const { wasm, version } = build(text)
  const program = startDevProgram(
    libspyModule(),
    new WebAssembly.Module(wasm.slice()),
    JSON.parse(version) as DevVersion,
  )
  new Uint8Array(program.memory.buffer, 0, 64).fill(0xff)
  const { f } = program.module('test') as unknown as { f(n: number, follow: boolean): number }
  return f(0, false)
}

reads('nothing is read through what stands at NULL', () => {
  const sum = runWithFullNull(`${NODE}
    def f(n: i32, follow: bool) -> i32:
        var at: gc_ptr[Node] = gc_ptr[Node].NULL
        for i in range(n):
            at = gc_alloc[Node](1)
        var sum = 0
        for i in range(3):
            if follow:
                sum = sum + at.next.next.value
            sum = sum + 1
        return sum
  `)
  assert.is(sum, 3)
})

reads('nor before a loop in a loop, which reads through what the outer one keeps', () => {
  const sum = runWithFullNull(`${NODE}
    def f(n: i32, follow: bool) -> i32:
        var at: gc_ptr[Node] = gc_ptr[Node].NULL
        for i in range(n):
            at = gc_alloc[Node](1)
        other = gc_alloc[Node](1)
        var sum = 0
        for i in range(3):
            for j in range(n):
                sum = sum + at.next.value
            other.value = i
            sum = sum + other.value
        return sum
  `)
  assert.is(sum, 3)
})

reads.run()
