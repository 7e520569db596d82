/** A new version takes over in the memory of the running one. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { FunctionBinding, ModuleBinding } from '../../src/runtime/abi/descriptors.ts'
import { startDevProgram } from '../../src/runtime/dev/dev-program.ts'
import { op, tinyWasm } from '../support/tiny-wasm.ts'

const RUNTIME = 'spy_runtime'

/** Memory, and an allocator that hands out one region after the other. */
const libspy = tinyWasm({
  globals: [{ name: 'top', value: 1024 }],
  functions: [
    {
      name: 'spy_raw_alloc',
      params: 4,
      results: 1,
      // The old top is what is left on the stack.
      code: [...op.globalGet(0), ...op.globalGet(0), ...op.local(1), op.add, ...op.globalSet(0)],
    },
    { name: 'spy_gc_roots_address', results: 1, code: op.i32(8) },
    { name: 'trap', code: [op.unreachable] },
  ],
})

/** Two variables at the start of the image; `read` gives the first plus `extra`. */
function version({ first, extra }: { readonly first: number; readonly extra: number }): WebAssembly.Module {
  return tinyWasm({
    memoryImport: [RUNTIME, 'memory'],
    globalImport: ['spy', 'image'],
    functions: [
      { name: 'spy:init', code: [...op.globalGet(0), ...op.i32(first), ...op.store] },
      { name: '&m::a', results: 1, code: op.globalGet(0) },
      { name: '&m::b', results: 1, code: [...op.globalGet(0), ...op.i32(4), op.add] },
      { name: 'm::read', results: 1, code: [...op.globalGet(0), ...op.load, ...op.i32(extra), op.add] },
    ],
    custom: [{ name: 'spy.image', bytes: [8, 0, 0, 0] }],
  })
}

const I32 = { kind: 'scalar', name: 'i32', text: 'i32', size: 4 } as const
const read: FunctionBinding = { name: 'read', export: 'm::read', params: [], result: I32 }
const bindings: ModuleBinding[] = [
  {
    module: 'm',
    functions: [read],
    variables: [
      { name: 'a', export: '&m::a', type: I32 },
      { name: 'b', export: '&m::b', type: I32 },
    ],
    constants: [],
    classes: [],
  },
]

function variables(a: string, b: string) {
  return [
    { name: 'm::a', type: a, size: 4 },
    { name: 'm::b', type: b, size: 4 },
  ]
}

const start = () =>
  startDevProgram(
    libspy,
    version({ first: 10, extra: 1 }),
    { variables: variables('i32', 'i32'), modules: bindings },
    {},
  )

/** Run and return the lines that the console showed. */
function told(run: () => void): string[] {
  const lines: string[] = []
  const { info } = console
  console.info = (line: string) => lines.push(line)
  try {
    run()
  } finally {
    console.info = info
  }
  return lines
}

const hot = suite('hot updates')

hot('variables keep their value, code is new, and functions taken before call it', () => {
  const program = start()
  const module = program.module('m') as { a: number; b: number; readonly read: () => number }
  const { read } = module
  assert.is(read(), 11)
  module.a = 20
  module.b = 5
  const next = { variables: variables('i32', 'i32'), modules: bindings }
  assert.equal(
    told(() => program.install(version({ first: 0, extra: 2 }), next)),
    [],
  )
  assert.is(read(), 22)
  assert.is(module.b, 5)
  assert.is(program.module('m').read, read)
})

hot('a variable of another type starts anew, and the console says so', () => {
  const program = start()
  const module = program.module('m') as { a: number; b: number }
  module.a = 20
  module.b = 5
  const next = { variables: variables('u32', 'i32'), modules: bindings }
  const lines = told(() => program.install(version({ first: 7, extra: 0 }), next))
  assert.equal(lines, ['[spy] m::a starts anew: its value could not be kept'])
  assert.is(module.a, 7)
  assert.is(module.b, 5)
})

hot('after a trap an update starts with fresh memory', () => {
  const program = start()
  const module = program.module('m') as { a: number; readonly read: () => number }
  module.a = 20
  try {
    program.exports.trap?.()
  } catch (error) {
    program.fail(error)
  }
  assert.throws(() => module.read(), /undefined state/)
  const next = { variables: variables('i32', 'i32'), modules: bindings }
  const lines = told(() => program.install(version({ first: 7, extra: 0 }), next))
  assert.is(lines.length, 2)
  assert.is(module.read(), 7)
})

hot('a reset starts the newest version', () => {
  const program = start()
  const module = program.module('m') as { readonly read: () => number }
  told(() =>
    program.install(version({ first: 3, extra: 3 }), { variables: variables('i32', 'i32'), modules: bindings }),
  )
  assert.is(module.read(), 13)
  program.reset()
  assert.is(module.read(), 6)
})

hot('listeners are told', () => {
  const program = start()
  let updates = 0
  program.onUpdate(() => updates++)
  told(() =>
    program.install(version({ first: 3, extra: 3 }), { variables: variables('i32', 'i32'), modules: bindings }),
  )
  assert.is(updates, 1)
})

hot.run()
