/** The binary format: numbers, instructions that look back one step, modules that link. */
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ByteWriter, FunctionBody, ModuleWriter, type Signature } from '../../../compiler/backends/wasm/encode.ts'

function written(write: (to: ByteWriter) => void): number[] {
  const to = new ByteWriter(1)
  write(to)
  return [...to.finish()]
}

/** LEB128 read back, as its definition says. */
function readLeb(bytes: readonly number[], signed: boolean): bigint {
  let value = 0n
  bytes.forEach((byte, i) => {
    value |= BigInt(byte & 0x7f) << BigInt(7 * i)
  })
  const last = bytes[bytes.length - 1] ?? 0
  return signed && (last & 0x40) !== 0 ? value - (1n << BigInt(7 * bytes.length)) : value
}

const numbers = suite('numbers of the binary format')

numbers('have the examples of the LEB128 definition', () => {
  const unsigned = (value: number): number[] => written((to) => to.unsigned(value))
  const signed = (value: number): number[] => written((to) => to.signed(value))
  assert.equal(unsigned(624485), [0xe5, 0x8e, 0x26])
  assert.equal(signed(-123456), [0xc0, 0xbb, 0x78])
  assert.equal(signed(63), [0x3f])
  assert.equal(signed(64), [0xc0, 0x00])
  assert.equal(signed(-64), [0x40])
  assert.equal(unsigned(2 ** 32 - 1), [0xff, 0xff, 0xff, 0xff, 0x0f])
})

numbers('come back as they were', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      fc.integer(),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      (u, s, w) => {
        assert.is(
          readLeb(
            written((to) => to.unsigned(u)),
            false,
          ),
          BigInt(u),
        )
        assert.is(
          readLeb(
            written((to) => to.signed(s)),
            true,
          ),
          BigInt(s),
        )
        assert.is(
          readLeb(
            written((to) => to.signedWide(w)),
            true,
          ),
          w,
        )
      },
    ),
  )
})

numbers('names are UTF-8 with their length', () => {
  assert.equal(
    written((to) => to.name('é')),
    [2, 0xc3, 0xa9],
  )
})

numbers.run()

const I32_TO_I32: Signature = { params: ['i32'], results: ['i32'] }

/** The code of a function of one i32 parameter, as bytes. */
function code(write: (body: FunctionBody<string>) => unknown): number[] {
  const body = new FunctionBody<string>(new ModuleWriter<string>(), I32_TO_I32, ['x'])
  body.local('i32', 'y')
  write(body)
  return [...body.code]
}

const looking = suite('instructions that look back')

looking('set and get become tee', () => {
  assert.equal(
    code((b) => [b.i32(1), b.set(1), b.get(1)]),
    [0x41, 1, 0x22, 1],
  )
})

looking('a local that is set to itself is left alone', () => {
  assert.equal(
    code((b) => [b.get(1), b.set(1)]),
    [],
  )
  assert.equal(
    code((b) => [b.get(0), b.set(1)]),
    [0x20, 0, 0x21, 1],
  )
})

looking('what is dropped at once is not computed', () => {
  assert.equal(
    code((b) => [b.get(0), b.drop()]),
    [],
  )
  assert.equal(
    code((b) => [b.i32(1), b.tee(1), b.drop()]),
    [0x41, 1, 0x21, 1],
  )
})

looking('a comparison is negated in place, but not one of floats', () => {
  assert.equal(
    code((b) => [b.op('i32.lt_s'), b.op('i32.eqz')]),
    [0x4e],
  )
  assert.equal(
    code((b) => [b.op('f64.lt'), b.op('i32.eqz')]),
    [0x63, 0x45],
  )
})

looking('a condition needs no comparison with zero', () => {
  assert.equal(
    code((b) => [b.get(0), b.i32(0), b.op('i32.ne'), b.if(), b.end()]),
    [0x20, 0, 0x04, 0x40, 0x0b],
  )
  assert.equal(
    code((b) => [b.block(), b.get(0), b.op('i32.eqz'), b.brUnless(1), b.end()]),
    [0x02, 0x40, 0x20, 0, 0x0d, 0, 0x0b],
  )
})

looking('nothing is changed across the end of a block', () => {
  const expected = [0x02, 0x40, 0x41, 1, 0x21, 1, 0x0b, 0x20, 1]
  assert.equal(
    code((b) => [b.block(), b.i32(1), b.set(1), b.end(), b.get(1)]),
    expected,
  )
})

looking.run()

const modules = suite('modules')

/** `first` calls the import through `second`; imports take the first indices although they come last. */
function linkedModule(): { bytes: Uint8Array; marks: readonly { offset: number; place: string }[] } {
  const module = new ModuleWriter<string>()
  const first = module.declareFunction('first', I32_TO_I32)
  const second = module.declareFunction('second', I32_TO_I32)
  const body = new FunctionBody<string>(module, I32_TO_I32, ['x'])
  body.mark('first: call')
  body.get(0)
  body.call(second)
  body.mark('first: add')
  body.i32(1)
  body.op('i32.add')
  module.setBody(first, body)
  const imported = module.importFunction('host', 'triple', I32_TO_I32)
  const inner = new FunctionBody<string>(module, I32_TO_I32, ['y'])
  inner.local('i32', 'twice')
  inner.mark('second: call')
  inner.get(0)
  inner.call(imported)
  module.setBody(second, inner)
  module.exportFunction('first', first)
  module.addCustomSection('note', Uint8Array.of(1, 2, 3))
  return module.finish()
}

modules('a place that begins by reading what the one before it has set keeps the rest of its code', () => {
  const module = new ModuleWriter<string>()
  const body = new FunctionBody<string>(module, I32_TO_I32, ['x'])
  body.mark('x = 7')
  body.i32(7)
  body.set(0)
  body.mark('return x + 1')
  body.get(0)
  body.i32(1)
  body.op('i32.add')
  assert.equal(body.marks, [
    { at: 0, place: 'x = 7' },
    { at: 4, place: 'return x + 1' },
  ])
})

modules('name locals, but not those without a name', () => {
  const module = new ModuleWriter<string>()
  const ref = module.declareFunction('f', I32_TO_I32)
  const body = new FunctionBody<string>(module, I32_TO_I32, ['seen'])
  body.temporary('i32')
  body.local('i32', 'shown')
  body.get(0)
  module.setBody(ref, body)
  const [names] = WebAssembly.Module.customSections(
    new WebAssembly.Module(module.finish().bytes as Uint8Array<ArrayBuffer>),
    'name',
  )
  const text = [...new Uint8Array(names as ArrayBuffer)]
  const locals = [2, 16, 1, 0, 2, 0, 4, ...Buffer.from('seen'), 2, 5, ...Buffer.from('shown')]
  assert.equal(text.slice(-locals.length), locals)
})

modules('call what they mean to call', () => {
  const module = new WebAssembly.Module(linkedModule().bytes as Uint8Array<ArrayBuffer>)
  const instance = new WebAssembly.Instance(module, { host: { triple: (x: number) => 3 * x } })
  assert.is((instance.exports.first as (x: number) => number)(5), 16)
  assert.equal(
    WebAssembly.Module.customSections(module, 'note').map((data) => [...new Uint8Array(data)]),
    [[1, 2, 3]],
  )
})

modules('know where the code of each place begins', () => {
  const { bytes, marks } = linkedModule()
  assert.equal(
    marks.map(({ offset, place }) => [place, bytes[offset]]),
    [
      ['first: call', 0x20],
      ['first: add', 0x41],
      ['second: call', 0x20],
    ],
  )
})

modules('name functions and locals', () => {
  const module = new WebAssembly.Module(linkedModule().bytes as Uint8Array<ArrayBuffer>)
  const names = new TextDecoder().decode(WebAssembly.Module.customSections(module, 'name')[0])
  for (const name of ['triple', 'first', 'second', 'twice']) assert.ok(names.includes(name), name)
  const failing = new WebAssembly.Instance(module, {
    host: {
      triple: () => {
        throw new Error('here')
      },
    },
  })
  try {
    ;(failing.exports.first as (x: number) => number)(1)
    assert.unreachable()
  } catch (error) {
    assert.match((error as Error).stack ?? '', /at second .*\n.*at first /)
  }
})

modules.run()
