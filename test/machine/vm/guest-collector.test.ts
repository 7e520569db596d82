/** The collector of the interpreter keeps what can be reached, and uses the rest again. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { GuestCollector } from '../../../compiler/machine/vm/guest-collector.ts'
import { GuestMemory } from '../../../compiler/machine/vm/guest-memory.ts'
import { I32, makePtrType, STR } from '../../../compiler/objects/types.ts'
import { ptrValue } from '../../../compiler/objects/values.ts'
import { struct } from '../../support/typed-trees.ts'

const NODE = struct('test::Node', ['n', I32], ['name', STR], ['next', makePtrType('gc', I32)])

function world() {
  const memory = new GuestMemory('debug')
  const early = memory.allocCollected(NODE, 1)
  const collector = new GuestCollector(memory, 'stress')
  /** A node with a number; `next` is the address of another. */
  const make = (n: number, name: string, next = 0): number => {
    const { address } = memory.allocCollected(NODE, 1)
    memory.view.setInt32(address, n, true)
    memory.write(STR, address + 4, name)
    memory.view.setUint32(address + 8, next, true)
    return address
  }
  const number = (address: number): number => memory.view.getInt32(address, true)
  return { memory, collector, early, make, number }
}

const collecting = suite('collector of the interpreter')

collecting('roots keep what they lead to, the rest is overwritten and used again', () => {
  const { memory, collector, make, number } = world()
  const last = make(1, 'last')
  const lost = make(2, 'lost')
  const first = make(3, 'first', last)
  collector.collect([ptrValue(first, 1)])
  assert.equal([number(first), number(last)], [3, 1])
  assert.is(memory.read(STR, last + 4), 'last')
  assert.is(number(lost) >>> 0, 0xdbdbdbdb)
  assert.is(make(4, 'new'), lost, 'the gap is filled')
  assert.equal([...memory.bytes.subarray(lost + 12, lost + 16)], [0, 0, 0, 0])
})

collecting('what was there before the program ran stays, and so does what it points to', () => {
  const { memory, collector, early, make, number } = world()
  const node = make(5, 'held')
  memory.view.setUint32(early.address + 8, node, true)
  collector.collect([])
  assert.is(number(node), 5)
  memory.view.setUint32(early.address + 8, 0, true)
  collector.collect([])
  assert.is.not(number(node), 5)
})

collecting('pins are counted', () => {
  const { collector, make, number } = world()
  const node = make(6, 'pinned')
  collector.pin(node)
  collector.pin(node + 4)
  collector.unpin(node)
  collector.collect([])
  assert.is(number(node), 6)
  collector.unpin(node + 4)
  collector.collect([])
  assert.is.not(number(node), 6)
})

collecting('a text that was freed is stored anew', () => {
  const { memory, collector, make } = world()
  const before = memory.strAddress('gone')
  collector.collect([])
  const node = make(7, 'gone')
  assert.is(memory.read(STR, node + 4), 'gone')
  assert.is(memory.strAt(memory.strAddress('gone')), 'gone')
  assert.ok(before > 0)
})

collecting('random graphs: what is reached is unharmed', () => {
  const { memory, collector, make, number } = world()
  let random = 12345
  const below = (n: number): number => {
    random = (Math.imul(random, 1103515245) + 12345) & 0x7fffffff
    return (random >> 8) % n
  }
  const roots: number[] = []
  for (let n = 1; n <= 3000; n++) {
    const node = make(n, `node ${n}`, roots[below(roots.length + 1)] ?? 0)
    if (below(3) === 0) roots[below(8)] = node
    if (n % 20 !== 0) continue
    const held = roots.filter((root) => root !== undefined)
    const known = held.map((root) => [number(root), memory.read(STR, root + 4)])
    collector.collect(held.map((root) => ptrValue(root, 1)))
    assert.equal(
      held.map((root) => [number(root), memory.read(STR, root + 4)]),
      known,
    )
    for (const root of held) assert.is(memory.read(STR, root + 4), `node ${number(root)}`)
  }
})

collecting.run()
