/** Facades of development and of releases: the same surface, from the same interface. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printFacade } from '../../compiler/interface/facade.ts'
import type { InterfaceModel } from '../../compiler/interface/model.ts'
import { Fqn } from '../../compiler/objects/fqn.ts'
import type { LayoutMode } from '../../compiler/objects/layout.ts'
import { BOOL, F64, I8, I32, I64, NONE, STR, U32, U64 } from '../../compiler/objects/types.ts'
import { structValue } from '../../compiler/objects/values.ts'
import { bindModule } from '../../src/runtime/dev/bind.ts'
import { HotModule } from '../../src/runtime/hot.ts'
import { moduleObject } from '../../src/runtime/marshal/module-object.ts'
import type { Flat, GuestFunction } from '../../src/runtime/memory/guest.ts'
import { type FakeGuest, fakeGuest } from '../support/fake-guest.ts'
import { type Bound, bindsType, constant, func, interfaceOf, variable } from '../support/interfaces.ts'
import { arrayType, listType, structType, tupleType } from '../support/library-types.ts'

type Facade = Readonly<Record<string, never>> & { readonly default: Record<string, unknown> }
type Call = (...args: unknown[]) => unknown

const folder = mkdtempSync(join(tmpdir(), 'spy-facade-'))
let written = 0

/** Import the text as a module; it finds `program` in a module beside it. */
async function evaluate(text: string, program: unknown): Promise<Facade> {
  const name = join(folder, `facade${written++}.mjs`)
  const key = `program of ${name}`
  Object.assign(globalThis, { [key]: program })
  writeFileSync(`${name}.program.mjs`, `export const program = globalThis[${JSON.stringify(key)}]\n`)
  writeFileSync(name, text.replace('spy:program', pathToFileURL(`${name}.program.mjs`).href))
  return (await import(pathToFileURL(name).href)) as Facade
}

const runtimeId = new URL('../../src/runtime/index.ts', import.meta.url).href

function releaseFacade(model: InterfaceModel, guest: FakeGuest): Promise<Facade> {
  return evaluate(printFacade(model, { kind: 'release', programId: 'spy:program', runtimeId }), guest)
}

async function devFacade(
  model: InterfaceModel,
  guest: FakeGuest,
): Promise<Facade & { update(next: InterfaceModel): void }> {
  const hot = new HotModule(model.module)
  const listeners: (() => void)[] = []
  const install = (next: InterfaceModel) => hot.install(moduleObject(guest, bindModule(guest, next)) as never)
  install(model)
  const program = { module: () => hot.object, onUpdate: (listener: () => void) => listeners.push(listener) }
  const facade = await evaluate(printFacade(model, { kind: 'dev', programId: 'spy:program', runtimeId }), program)
  const update = (next: InterfaceModel) => {
    install(next)
    for (const listener of listeners) listener()
  }
  return new Proxy(facade, { get: (target, key) => (key === 'update' ? update : Reflect.get(target, key)) }) as never
}

const KINDS = { release: releaseFacade, dev: devFacade }

/** Returns its only argument, whatever it is made of. */
function identity(guest: FakeGuest): GuestFunction {
  return (...flat: Flat[]) => {
    if (flat.length === 1) return flat[0] as Flat
    const place = guest.alloc(8 * flat.length)
    const view = new DataView(guest.memory.buffer)
    for (const [i, part] of flat.entries()) view.setUint32(place + 4 * i, Number(part), true)
    return place
  }
}

const SOURCE = `
def f(x: i32) -> i32: pass
`

for (const [kind, load] of Object.entries(KINDS)) {
  const facades = suite(`facades, ${kind}`)

  const withFunctions = (attributes: Readonly<Record<string, Bound>>, source = SOURCE, mode: LayoutMode = 'debug') => {
    const guest = fakeGuest()
    const model = interfaceOf(source, attributes, mode)
    for (const each of model.functions) guest.exports[each.export] = identity(guest)
    return { guest, model, facade: load(model, guest) }
  }

  facades('scalars come back as they went', async () => {
    const { facade } = withFunctions({
      i32: func([I32], I32),
      i8: func([I8], I8),
      i64: func([I64], I64),
      bool: func([BOOL], BOOL),
      str: func([STR], STR),
    })
    const { i32, i8, i64, bool, str } = (await facade) as unknown as Record<string, Call>
    assert.is(i32?.(-5), -5)
    assert.is(i8?.(-5), -5)
    assert.is(i64?.(-5), -5n)
    assert.is(bool?.(true), true)
    assert.is(str?.('größer 😀'), 'größer 😀')
  })

  facades('results that wasm gives as signed numbers are those of their type', async () => {
    const guest = fakeGuest({ 'demo::a': () => -1, 'demo::b': () => -1n, 'demo::c': () => 0 })
    const model = interfaceOf(SOURCE, { a: func([], U32), b: func([], U64), c: func([], BOOL) })
    const { a, b, c } = (await load(model, guest)) as unknown as Record<string, Call>
    assert.is(a?.(), 0xffff_ffff)
    assert.is(b?.(), 2n ** 64n - 1n)
    assert.is(c?.(), false)
  })

  for (const mode of ['debug', 'release'] as const) {
    facades(`lists, tuples and arrays cross, layout ${mode}`, async () => {
      const { facade } = withFunctions(
        {
          numbers: func([listType(F64)], listType(F64)),
          texts: func([listType(STR)], listType(STR)),
          pair: func([tupleType(I32, STR)], tupleType(I32, STR)),
          line: func([arrayType(F64, 1)], arrayType(F64, 1)),
        },
        SOURCE,
        mode,
      )
      const { numbers, texts, pair, line } = (await facade) as unknown as Record<string, Call>
      assert.equal(numbers?.([1, 2.5]), new Float64Array([1, 2.5]))
      assert.equal(texts?.(['a', 'ö']), ['a', 'ö'])
      assert.equal(pair?.([7, 'x']), [7, 'x'])
      assert.equal(Array.from(line?.([1, 2]) as Iterable<number>), [1, 2])
    })
  }

  const point = structType(Fqn.of('demo', 'Point'), [
    { name: 'x', type: I32 },
    { name: 'y', type: I32 },
  ])
  const single = structType(Fqn.of('demo', 'Single'), [{ name: 'value', type: I32 }])

  facades('structs come back as frozen instances of their class', async () => {
    const { facade } = withFunctions({
      Point: bindsType(point),
      Single: bindsType(single),
      move: func([point], point),
      one: func([single], single),
    })
    const { Point, Single, move, one } = (await facade) as unknown as Record<string, new (...args: unknown[]) => object>
    const call = (f: unknown, value: unknown) => (f as Call)(value) as object
    const back = call(move, { x: 1, y: 2 })
    assert.instance(back, Point)
    assert.equal({ ...back }, { x: 1, y: 2 })
    assert.ok(Object.isFrozen(back))
    const made = new (Point as new (...args: unknown[]) => object)(3, 4)
    assert.equal({ ...call(move, made) }, { x: 3, y: 4 })
    const byName = new (Point as new (...args: unknown[]) => object)({ y: 6, x: 5 })
    assert.equal({ ...byName }, { x: 5, y: 6 })
    assert.instance(call(one, { value: 8 }), Single)
    assert.equal({ ...call(one, new (Single as new (...args: unknown[]) => object)(9)) }, { value: 9 })
  })

  facades('what has a default can be left out', async () => {
    const { facade } = withFunctions({ f: func([I32], I32, [7]) })
    const { f } = (await facade) as unknown as Record<string, Call>
    assert.is(f?.(), 7)
    assert.is(f?.(undefined), 7)
    assert.is(f?.(1), 1)
  })

  facades('names that JavaScript keeps for itself are exported', async () => {
    const { facade } = withFunctions(
      { delete: func([I32], I32), Object: func([I32], I32), const: constant(I32, 5) },
      'def delete(default: i32) -> i32: pass\ndef Object(BigInt: i32) -> i32: pass\n',
    )
    const module = (await facade) as unknown as Record<string, Call>
    assert.is(module.delete?.(3), 3)
    assert.is(module.Object?.(4), 4)
    assert.is(module.const as unknown, 5)
  })

  facades('constants are values', async () => {
    const { facade } = withFunctions({
      LIMIT: constant(I64, 12n),
      ORIGIN: constant(point, structValue(point, [0, -1])),
      NOT: constant(F64, Number.NaN),
      PAIR: constant(tupleType(I32, STR), structValue(tupleType(I32, STR), [1, "it's"])),
    })
    const module: Record<string, unknown> = await facade
    assert.is(module.LIMIT, 12n)
    assert.equal(module.ORIGIN, { x: 0, y: -1 })
    assert.ok(Number.isNaN(module.NOT))
    assert.equal(module.PAIR, [1, "it's"])
  })

  facades('variables are properties of the module object', async () => {
    const guest = fakeGuest()
    const place = guest.alloc(8)
    guest.exports['&demo::count'] = () => place
    const { default: module } = await load(interfaceOf(SOURCE, { count: variable(I64) }), guest)
    assert.is(module.count, 0n)
    module.count = 5
    assert.is(module.count, 5n)
    assert.is(new DataView(guest.memory.buffer).getBigInt64(place, true), 5n)
    assert.is(module.memory, guest.memory)
  })

  facades('an error of the program passes through the program first', async () => {
    const guest = fakeGuest({
      'demo::f': () => {
        throw new Error('inside')
      },
    })
    guest.fail = (error) => new Error(`failed: ${(error as Error).message}`)
    const { f } = (await load(interfaceOf(SOURCE, { f: func([I32], NONE) }), guest)) as unknown as Record<string, Call>
    assert.throws(() => f?.(1), /failed: inside/)
  })

  facades('private names are not exported', async () => {
    const { facade } = withFunctions({ _hidden: func([I32], I32), f: func([I32], I32) })
    assert.equal(Object.keys(await facade).sort(), ['default', 'f'])
  })

  facades.run()
}

const hot = suite('facades after an update')

const ADD = { 'demo::f': (x: Flat) => Number(x) + 1 }

hot('a function that was taken before calls the new code, with the new types', async () => {
  const guest = fakeGuest(ADD)
  const facade = await devFacade(interfaceOf(SOURCE, { f: func([I32], I32) }), guest)
  const taken = facade.f as unknown as Call
  assert.is(taken(1), 2)
  guest.exports['demo::f'] = identity(guest)
  assert.is(taken(1), 1)
  facade.update(interfaceOf(SOURCE, { f: func([STR], STR) }))
  assert.is(taken('text'), 'text')
  facade.update(interfaceOf(SOURCE, {}))
  assert.throws(() => taken('text'), /demo\.f is no longer exported/)
})

hot('constants are what they are now', async () => {
  const facade = await devFacade(interfaceOf(SOURCE, { SIZE: constant(I32, 1) }), fakeGuest())
  assert.is(facade.SIZE as unknown, 1)
  facade.update(interfaceOf(SOURCE, { SIZE: constant(I32, 2) }))
  assert.is(facade.SIZE as unknown, 2)
})

hot.run()

const checks = suite('arguments in development')

async function complaint(attributes: Readonly<Record<string, Bound>>, ...args: readonly unknown[]): Promise<string> {
  const guest = fakeGuest({ 'demo::f': identity(fakeGuest()) })
  const { f } = (await devFacade(interfaceOf('def f(a: i32, b: i32) -> None: pass\n', attributes), guest)) as never as {
    f: Call
  }
  try {
    f(...args)
  } catch (error) {
    return String(error)
  }
  return 'nothing'
}

const point = structType(Fqn.of('demo', 'P'), [{ name: 'x', type: F64 }])

checks('wrong kinds are TypeErrors, numbers that do not fit are RangeErrors', async () => {
  const one = (type: Parameters<typeof func>[1]) => ({ f: func([type], NONE) })
  assert.is(await complaint(one(F64), 'x'), "TypeError: demo.f: argument 'a' must be a number, got string")
  assert.is(await complaint(one(I32), 1.5), "TypeError: demo.f: argument 'a' must be an integer, got 1.5")
  assert.is(await complaint(one(I8), 128), "RangeError: demo.f: argument 'a' (128) does not fit in i8")
  assert.is(await complaint(one(U64), -1n), "RangeError: demo.f: argument 'a' (-1) does not fit in u64")
  assert.is(
    await complaint(one(I64), 2 ** 60),
    "TypeError: demo.f: argument 'a' must be a bigint or safe integer, got 1152921504606847000",
  )
  assert.is(await complaint(one(BOOL), 1), "TypeError: demo.f: argument 'a' must be a boolean, got number")
  assert.is(await complaint(one(STR), null), "TypeError: demo.f: argument 'a' must be a string, got null")
  assert.is(await complaint(one(listType(STR)), 'abc'), "TypeError: demo.f: argument 'a' must be a list, got string")
  assert.is(
    await complaint(one(listType(I32)), [1, '2']),
    "TypeError: demo.f: argument 'a'[1] must be a number, got string",
  )
  assert.is(
    await complaint(one(tupleType(I32, I32)), [1]),
    "TypeError: demo.f: argument 'a' must be an array of length 2, got an array of length 1",
  )
  assert.is(await complaint(one(point), { y: 1 }), "TypeError: demo.f: argument 'a'.x must be a number, got undefined")
  assert.is(
    await complaint(one(arrayType(F64, 2)), [[1, 2], [3]]),
    "TypeError: demo.f: argument 'a'[1] must be as long as the first row",
  )
})

checks('a missing argument is named, one too many is ignored', async () => {
  const two = { f: func([I32, I32], NONE) }
  assert.is(await complaint(two, 1), "TypeError: demo.f: missing argument 'b'")
  assert.is(await complaint(two, 1, 2, 3), 'nothing')
})

checks.run()

const texts = suite('text of facades')

texts('a release facade names only the codecs that it needs', () => {
  const model = interfaceOf('def area(r: f64, on: bool = True) -> u32: pass\n', {
    area: func([F64, BOOL], U32, [true]),
  })
  assert.fixture(
    printFacade(model, { kind: 'release', programId: './program.js' }),
    `import { program as $ } from "./program.js"
import { moduleObject as $moduleObject } from "unplugin-spy/runtime"

export function area(r, on = true) {
  try { return $.exports['demo::area'](r, on ? 1 : 0) >>> 0 } catch (error) { throw $.fail(error) }
}
export default /*#__PURE__*/ $moduleObject($, { area }, {})
`,
  )
})

texts('a dev facade depends on names alone', () => {
  const options = { kind: 'dev', programId: './program.js' } as const
  const one = printFacade(interfaceOf(SOURCE, { f: func([F64], U32), SIZE: constant(I32, 1) }), options)
  const other = printFacade(interfaceOf(`\n\n${SOURCE}`, { f: func([STR], STR), SIZE: constant(I32, 2) }), options)
  assert.is(one, other)
})

texts.after(() => rmSync(folder, { recursive: true }))

texts.run()
