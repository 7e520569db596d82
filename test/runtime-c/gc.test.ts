/** The collector keeps what can be reached and nothing else. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { POINTER_MAP, ROOT_FRAME } from '../../src/runtime/abi.ts'
import { randomWords } from '../runtime/numbers/samples.ts'
import { type Library, loadLibrary } from './library.ts'

const gc = suite('runtime-c collector')

const NEVER = 0
const AUTO = 1
const STRESS = 2

/** A library with objects that each have a number and `pointers` pointers, and one frame of `slots` slots. */
class Heap {
  readonly library: Library
  readonly #pointers: number
  readonly #map: number
  readonly #frame: number
  readonly #itemSize: number

  constructor(mode: number, { pointers = 2, slots = 4 } = {}) {
    this.library = loadLibrary()
    this.#pointers = pointers
    this.#itemSize = 8 + 4 * pointers
    this.call('spy_gc_configure', mode, 1)
    this.#map = this.call('spy_raw_alloc', 2 + pointers, 4, 0, 0)
    this.set(this.#map + POINTER_MAP.itemSize, this.#itemSize)
    this.set(this.#map + POINTER_MAP.count, pointers)
    for (let i = 0; i < pointers; i++) this.set(this.#map + POINTER_MAP.offsets + 4 * i, 8 + 4 * i)
    this.#frame = this.call('spy_raw_alloc', 2 + slots, 4, 0, 0)
    this.set(this.#frame + ROOT_FRAME.count, slots)
    this.enter()
  }

  /** The frame is the innermost. */
  enter(): void {
    this.set(this.call('spy_gc_roots_address'), this.#frame)
  }

  call(name: Parameters<Library['call']>[0], ...args: number[]): number {
    return Number(this.library.call(name, ...args))
  }

  get(address: number): number {
    return this.library.memory.view.getUint32(address, true)
  }

  set(address: number, value: number): void {
    this.library.memory.view.setUint32(address, value, true)
  }

  /** `count` objects side by side; the first has number `n`. */
  make(n: number, count = 1): number {
    const address = this.call('spy_gc_alloc', count, this.#itemSize, this.#map, 0, 0)
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < this.#itemSize; j += 4) assert.is(this.get(address + i * this.#itemSize + j), 0, 'zeroed')
    }
    this.set(address, n)
    return address
  }

  link(from: number, which: number, to: number): void {
    this.set(from + 8 + 4 * (which % this.#pointers), to)
  }

  slot(i: number, value: number): void {
    this.set(this.#frame + ROOT_FRAME.slots + 4 * i, value)
  }

  get map(): number {
    return this.#map
  }
}

gc('frames keep what they hold, and what that leads to', () => {
  const heap = new Heap(NEVER)
  const [a, b, c, d] = [heap.make(1), heap.make(2), heap.make(3), heap.make(4)]
  heap.link(a, 0, b)
  heap.link(b, 1, c)
  heap.link(c, 0, a) // a ring
  heap.slot(0, a)
  heap.call('spy_gc_collect')
  assert.equal(
    [a, b, c].map((object) => heap.get(object)),
    [1, 2, 3],
  )
  assert.is(heap.get(d + 4), 0xdbdbdbdb, 'what nobody holds is freed, and overwritten')
  heap.slot(0, 0)
  heap.call('spy_gc_collect')
  assert.is.not(heap.get(a), 1)
})

gc('a pointer into a block keeps all of it', () => {
  const heap = new Heap(NEVER)
  const small = heap.make(1, 5)
  const large = heap.make(2, 5000)
  heap.slot(0, small + 20)
  heap.slot(1, large + 70000)
  heap.call('spy_gc_collect')
  assert.equal([heap.get(small), heap.get(large)], [1, 2])
})

gc('pointers in every item of a block are seen', () => {
  const heap = new Heap(NEVER)
  const list = heap.make(0, 1000)
  const items = Array.from({ length: 1000 }, (_, i) => {
    const item = heap.make(i + 1)
    heap.link(list + 16 * i, 1, item)
    return item
  })
  heap.slot(0, list)
  heap.call('spy_gc_collect')
  items.forEach((item, i) => {
    assert.is(heap.get(item), i + 1)
  })
})

gc('strings live as long as somebody holds them', () => {
  const heap = new Heap(NEVER)
  const { str, text } = heap.library
  const [kept, lost] = [str('kept'), str('lost')]
  heap.slot(0, kept)
  heap.call('spy_gc_collect')
  assert.is(text(kept), 'kept')
  assert.is.not(heap.get(lost), 4)
})

gc('pins are counted', () => {
  const heap = new Heap(NEVER)
  const objects = Array.from({ length: 100 }, (_, i) => heap.make(i + 1))
  for (const object of objects) heap.call('spy_gc_pin', object)
  for (const object of objects.slice(0, 50)) heap.call('spy_gc_pin', object + 4)
  for (const object of objects) heap.call('spy_gc_unpin', object)
  heap.call('spy_gc_collect')
  objects.forEach((object, i) => {
    assert.is(heap.get(object) === i + 1, i < 50)
  })
  for (const object of objects.slice(0, 50)) heap.call('spy_gc_unpin', object + 4)
  heap.call('spy_gc_collect')
  for (const object of objects) assert.is(heap.get(object + 4) === 0, false)
  heap.call('spy_gc_unpin', 12345)
  heap.call('spy_gc_pin', 0)
})

gc('root ranges and raw blocks with a map are roots', () => {
  const heap = new Heap(NEVER)
  const global = heap.call('spy_raw_alloc', 1, 16, 0, 0)
  const raw = heap.call('spy_raw_alloc_mapped', 3, 16, heap.map, 0, 0)
  const [a, b] = [heap.make(1), heap.make(2)]
  heap.link(global, 0, a)
  heap.link(raw + 32, 1, b)
  heap.call('spy_gc_add_roots', global, 1, heap.map)
  heap.call('spy_gc_collect')
  assert.equal([heap.get(a), heap.get(b)], [1, 2])
  heap.call('spy_gc_remove_roots', global)
  heap.call('spy_raw_free', raw, 0, 0)
  heap.call('spy_gc_collect')
  assert.is.not(heap.get(a), 1)
  assert.is.not(heap.get(b), 2)
})

gc('pointers to what is not on the heap are passed over', () => {
  const heap = new Heap(NEVER)
  const end = heap.library.memory.bytes.length
  for (const pointer of [8, 1000, end - 4, end + 100000, 0xfffffff0]) {
    heap.slot(0, pointer)
    heap.call('spy_gc_collect')
  }
})

/** Random graphs: what a walk from the slots reaches is unharmed, and the rest is freed sooner or later. */
for (const [name, mode] of [
  ['when asked to', NEVER],
  ['at thresholds', AUTO],
  ['at every allocation', STRESS],
] as const) {
  gc(`random graphs, collected ${name}`, () => {
    const slots = 16
    const heap = new Heap(mode, { pointers: 3, slots })
    const word = randomWords(77)
    const numbers = new Map<number, { n: number; size: number }>()
    const links = new Map<number, number[]>()
    const roots: number[] = Array(slots).fill(0)
    const rounds = mode === AUTO ? 60000 : 2000
    const reachable = () => {
      const seen = new Set<number>()
      const todo = roots.filter((root) => root !== 0)
      for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
        if (seen.has(at)) continue
        seen.add(at)
        todo.push(...(links.get(at) ?? []).filter((to) => to !== 0))
      }
      return seen
    }
    for (let n = 1; n <= rounds; n++) {
      const size = word() % 200 === 0 ? 600 + (word() % 3000) : 1 + (word() % 6)
      const object = heap.make(n, size)
      numbers.set(object, { n, size })
      links.set(object, [0, 0, 0])
      const target = roots[word() % slots] as number
      const which = word() % 3
      if (target !== 0 && word() % 3 !== 0) {
        heap.link(target, which, object)
        ;(links.get(target) as number[])[which] = object
      }
      const slot = word() % slots
      const value = word() % 8 === 0 ? 0 : object
      heap.slot(slot, value)
      roots[slot] = value
      if (mode === NEVER && n % 100 === 0) heap.call('spy_gc_collect')
      if (n % (mode === AUTO ? 1000 : 50) !== 0) continue
      const alive = reachable()
      for (const [address, known] of numbers) {
        if (!alive.has(address)) {
          numbers.delete(address)
          links.delete(address)
          continue
        }
        assert.is(heap.get(address), known.n, `object ${known.n} was lost`)
        ;(links.get(address) as number[]).forEach((to, i) => {
          assert.is(heap.get(address + 8 + 4 * i), to)
        })
      }
    }
    assert.ok(heap.library.memory.bytes.length < 16 * 2 ** 20, 'memory is used again')
  })
}

gc('memory stays flat while strings come and go', () => {
  const heap = new Heap(AUTO)
  const { library } = heap
  let kept = 0
  const sizes: number[] = []
  for (let i = 0; i < 300000; i++) {
    const first = heap.call('spy_i32_to_str', i)
    heap.slot(1, first) // the next call may collect
    const second = heap.call('spy_f64_to_str', i / 7)
    heap.slot(2, second)
    const s = heap.call('spy_str_concat', first, second)
    if (i % 1000 === 0) {
      kept = s
      heap.slot(0, kept)
      sizes.push(library.memory.bytes.length)
    }
  }
  assert.is(sizes.at(-1), sizes[Math.floor(sizes.length / 4)])
  assert.ok((sizes.at(-1) as number) < 8 * 2 ** 20)
  assert.match(library.text(kept), /^299000/)
})

gc('blocks larger than a span are freed and used again', () => {
  const heap = new Heap(AUTO)
  for (let i = 0; i < 3000; i++) {
    heap.slot(i % 4, heap.make(i, 2000 + (i % 7) * 3000))
  }
  assert.ok(heap.library.memory.bytes.length < 16 * 2 ** 20)
})

gc('a boundary collects when it is time, and sees frames', () => {
  const heap = new Heap(AUTO)
  const held = heap.make(1)
  heap.slot(0, held)
  for (let i = 0; i < 20000; i++) {
    heap.call('spy_gc_new', 168, heap.map)
    heap.call('spy_gc_boundary')
  }
  assert.ok(heap.library.memory.bytes.length < 8 * 2 ** 20)
  assert.is(heap.get(held), 1)
})

gc('what hosts put together is not collected while they do', () => {
  const heap = new Heap(STRESS)
  const { str, text } = heap.library
  const list = heap.call('spy_gc_new', 16, heap.map)
  const items = Array.from({ length: 100 }, (_, i) => str(`item ${i}`))
  assert.is(heap.get(list + 4), 0)
  items.forEach((item, i) => {
    assert.is(text(item), `item ${i}`)
  })
  heap.call('spy_gc_boundary')
  assert.is.not(text(items[50] as number), 'item 50')
})

gc('functions of the runtime keep their arguments', () => {
  const heap = new Heap(STRESS)
  const { str, text } = heap.library
  const calls: readonly [() => number, string][] = [
    [() => heap.call('spy_str_concat', str('hello '), str('world')), 'hello world'],
    [() => heap.call('spy_str_concat4', str('one '), str('two '), str('three '), str('four')), 'one two three four'],
    [() => heap.call('spy_str_repeat', str('abc'), 3), 'abcabcabc'],
    [() => heap.call('spy_str_getitem', str('aäb'), 1, 0, 0), 'ä'],
    [() => heap.call('spy_str_slice', str('hello'), 3, 1, 4, 1, 0, 0), 'ell'],
    [() => heap.call('spy_str_slice', str('hello'), 0, 0, 0, -1, 0, 0), 'olleh'],
    [() => heap.call('spy_str_slice', str('hällö'), 0, 0, 0, -1, 0, 0), 'ölläh'],
    [() => heap.call('spy_str_replace', str('one two'), str('two'), str('three'), -1), 'one three'],
    [() => heap.call('spy_str_repr', str('it')), "'it'"],
    [() => heap.call('spy_bytes_repr', str('it')), "b'it'"],
  ]
  for (const [call, result] of calls) assert.is(text(call()), result)
})

gc('a long list is marked without recursion', () => {
  const heap = new Heap(NEVER)
  let head = 0
  for (let i = 0; i < 200000; i++) {
    const node = heap.make(i)
    heap.link(node, 0, head)
    head = node
    heap.slot(0, head)
  }
  const alive = heap.call('spy_gc_collect')
  assert.ok(alive >= 200000 * 16)
  heap.slot(0, 0)
  assert.is(heap.call('spy_gc_collect'), 0)
})

gc.run()
