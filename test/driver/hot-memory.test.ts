/** State survives hot updates while everything that is not held is collected. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { buildDev, type Gc, libspyModule } from '../../compiler/node.ts'
import { type DevVersion, devHost, startDevProgram } from '../../src/runtime/index.ts'
import { memoryWorld, placeProgram } from '../support/memory-world.ts'

const hot = suite('memory over hot updates')

const version = (mark: string) => `
  var log: list[str] = []
  var last: str = ""

  def add(n: i32) -> str:
      last = "${mark}" + str(n)
      log.append(last)
      junk = str(n) * 20
      return last + str(len(junk))

  def all() -> str:
      result = ""
      for i in range(len(log)):
          result = result + log[i] + " "
      return result
`

function build(text: string, gc: Gc = 'stress') {
  const { entry, files } = placeProgram(text)
  const built = buildDev({ entries: [entry], gc }, memoryWorld(files), { audience: 'facades' })
  return {
    module: new WebAssembly.Module(built.wasm.slice()),
    version: JSON.parse(built.version) as DevVersion,
  }
}

hot('variables of the old version are taken over with all that they hold', () => {
  const first = build(version('a'))
  const program = startDevProgram(libspyModule(), first.module, first.version, devHost)
  const test = program.module('test') as unknown as { add(n: number): string; all(): string; last: string }
  assert.is(test.add(1), 'a120')
  test.add(2)
  for (const mark of ['b', 'c', 'd']) {
    const next = build(version(mark))
    program.install(next.module, next.version)
    test.add(3)
    test.add(44)
  }
  assert.is(test.all(), 'a1 a2 b3 b44 c3 c44 d3 d44 ')
  test.last = 'set from outside'
  test.add(5)
  assert.is(test.last, 'd5')
})

/** 40 kB of import time, some of which the state of the program keeps: a text, a list, and what is in the list. */
const large = (mark: string) => `
  from array import array

  def ramp() -> array[f64, 1]:
      a = array[f64, 1](5000)
      for i in range(5000):
          a[i] = f64(i)
      return a

  RAMP = ramp()
  var name: str = "name ${mark}"
  var log: list[str] = ["first ${mark}"]
  var junk: str = ""

  def turn(n: i32) -> f64:
      log.append("${mark}" if n % 100 == 0 else str(n))
      if n % 100 == 50:
          name = "renamed by ${mark}"
      junk = "text that another version drops, ${mark}"
      while len(log) > 4:
          log.pop(0)
      return RAMP[n]

  def texts() -> str:
      return name + ": " + " ".join(log)
`

const still = (mark: string) => `
  from array import array

  def ramp(first: f64) -> array[f64, 1]:
      a = array[f64, 1](5000)
      a[0] = first
      return a

  RAMP = ramp(${mark}.0)
  var kept: array[f64, 1] = ramp(-1.0)
  var count: i32 = 0

  def turn() -> f64:
      count = count + 1
      kept[count] = RAMP[0]
      return kept[count - 1]
`

function installing(versions: readonly ReturnType<typeof build>[]) {
  const [first] = versions as [ReturnType<typeof build>]
  const program = startDevProgram(libspyModule(), first.module, first.version, devHost)
  return {
    program,
    pages: () => program.memory.buffer.byteLength / 65536,
    install(n: number): void {
      const next = versions[n % versions.length] as ReturnType<typeof build>
      program.install(next.module, next.version)
    },
  }
}

for (const gc of ['auto', 'stress'] as const) {
  hot(`500 updates need no more memory than 50, and what the state holds of old versions stays (gc: ${gc})`, () => {
    const { program, pages, install } = installing(['a', 'b', 'c'].map((mark) => build(large(mark), gc)))
    const test = program.module('test') as unknown as { turn(n: number): number; texts(): string }
    let warm = 0
    for (let n = 1; n <= 500; n++) {
      install(n)
      assert.is(test.turn(n), n)
      if (n === 50) {
        warm = pages()
        assert.is(test.texts(), 'renamed by c: 47 48 49 50')
      }
    }
    assert.is(test.texts(), 'renamed by a: 497 498 499 c')
    assert.ok(pages() <= warm + 8, `${warm} pages, then ${pages()}`)
  })
}

hot('updates of a program that never allocates need no more memory either', () => {
  const { program, pages, install } = installing(['1', '2'].map((mark) => build(still(mark), 'auto')))
  const test = program.module('test') as unknown as { turn(): number }
  assert.is(test.turn(), -1)
  for (let n = 1; n <= 500; n++) {
    install(n)
    assert.is(test.turn(), 2 - (n % 2 === 1 ? 1 : 0))
  }
  assert.ok(pages() < 64, `${pages()} pages`)
})

const zoo = (mark: string, further: string, field: string) => `
  ${further}
  class Animal:
      name: str
      def __init__(self, name: str) -> None:
          self.name = name
      def says(self) -> str:
          return "${mark}"
  class Dog(Animal):
      age: ${field}
      def __init__(self, name: str) -> None:
          self.name = name
          self.age = 7
      def says(self) -> str:
          return "${mark} wuff " + str(self.age)

  var best: Animal = Animal("nobody")
  var all: list[Animal] = []

  def meet(name: str) -> None:
      best = Dog(name)
      all.append(best)

  def talk() -> str:
      return best.name + ": " + best.says() + " " + str(isinstance(best, Dog)) + " " + str(len(all))
`

hot('objects of classes stay what they are, and have the methods of the new version', () => {
  const first = build(zoo('old', '', 'i32'))
  const program = startDevProgram(libspyModule(), first.module, first.version, devHost)
  const test = program.module('test') as unknown as { meet(name: string): void; talk(): string }
  assert.is(test.talk(), 'nobody: old False 0')
  test.meet('Rex')
  assert.is(test.talk(), 'Rex: old wuff 7 True 1')
  // Classes that come before do not change what an object is.
  const next = build(zoo('new', 'class Cat:\n      lives: i32', 'i32'))
  program.install(next.module, next.version)
  assert.is(test.talk(), 'Rex: new wuff 7 True 1')
  test.meet('Bello')
  assert.is(test.talk(), 'Bello: new wuff 7 True 2')
  const other = build(zoo('other', '', 'f64'))
  // A field of another type does.
  program.install(other.module, other.version)
  assert.is(test.talk(), 'nobody: other False 0')
})

hot('memory that raw pointers lead to stays', () => {
  const raw = (mark: string) => `
    from unsafe import raw_alloc, raw_ptr

    def make() -> raw_ptr[i32]:
        p = raw_alloc[i32](5000)
        p[4999] = 1
        return p

    var p: raw_ptr[i32] = make()

    def turn() -> i32:
        p[4999] = p[4999] + ${mark}
        return p[4999]
  `
  const { program, install } = installing(['1', '2'].map((mark) => build(raw(mark), 'stress')))
  const test = program.module('test') as unknown as { turn(): number }
  assert.is(test.turn(), 2)
  for (let n = 1; n <= 100; n++) install(n)
  assert.is(test.turn(), 3)
})

hot.run()
