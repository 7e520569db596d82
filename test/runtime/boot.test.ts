/** Programs start, fail, go on, and start again. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Instance, startProgram } from '../../src/runtime/boot/instance.ts'
import { compileFrom, compileText } from '../../src/runtime/boot/module.ts'
import { SpyError } from '../../src/runtime/errors.ts'
import { byLine, writesTo } from '../../src/runtime/host/output.ts'
import { panic } from '../../src/runtime/host/panic.ts'
import { fakeGuest } from '../support/fake-guest.ts'
import { op, tinyWasm, tinyWasmBytes } from '../support/tiny-wasm.ts'

const TEXTS = 'ValueErrorno such row/app/my topo.spy'

/** Its functions move the stack pointer before they fail, as functions with a frame do. */
const FAILING = {
  imports: [{ module: 'spy', name: 'panic', params: 8 }],
  globals: [
    { name: '__stack_pointer', value: 1000 },
    { name: 'calls', value: 0 },
  ],
  functions: [
    {
      name: 'count',
      results: 1,
      code: [...op.globalGet(1), ...op.i32(1), op.add, ...op.globalSet(1), ...op.globalGet(1)],
    },
    {
      name: 'raise',
      code: [
        ...[...op.i32(500), ...op.globalSet(0)],
        ...[op.i32(0), op.i32(10), op.i32(10), op.i32(11), op.i32(21), op.i32(16), op.i32(12), op.i32(5)].flat(),
        ...op.call(0),
        op.unreachable,
      ],
    },
    { name: 'trap', code: [op.unreachable] },
    { name: 'deep', code: op.call(4) },
  ],
  data: TEXTS,
} as const

function failing(): Instance {
  const module = tinyWasm(FAILING)
  return startProgram((guest) => new WebAssembly.Instance(module, { spy: { panic: panic(guest) } }).exports)
}

/** As facades call. */
function call(program: Instance, name: string): unknown {
  try {
    return program.exports[name]?.()
  } catch (error) {
    throw program.fail(error)
  }
}

function errorOf(run: () => unknown): SpyError {
  try {
    run()
  } catch (error) {
    return error as SpyError
  }
  throw new Error('nothing was thrown')
}

const instances = suite('instances')

instances('a panic is a SpyError that names its place', () => {
  const error = errorOf(() => call(failing(), 'raise'))
  assert.instance(error, SpyError)
  assert.instance(error, Error)
  assert.is(error.etype, 'ValueError')
  assert.is(String(error), 'ValueError: no such row')
  const span = { file: '/app/my topo.spy', startLine: 12, startCol: 5, endLine: 12, endCol: 5 }
  assert.equal(error.frames, [{ kind: 'astframe', fqn: '', span, source: '' }])
  assert.is(
    error.format(),
    'Traceback (most recent call last):\n  * at /app/my topo.spy:12\n\nValueError: no such row\n',
  )
})

instances('a panic leaves the program usable, its stack where it was', () => {
  const program = failing()
  assert.is(call(program, 'count'), 1)
  errorOf(() => call(program, 'raise'))
  assert.is((program.exports.__stack_pointer as unknown as WebAssembly.Global).value, 1000)
  assert.is(call(program, 'count'), 2)
})

instances('after a trap every call fails until the program is reset', () => {
  const program = failing()
  call(program, 'count')
  assert.instance(
    errorOf(() => call(program, 'trap')),
    WebAssembly.RuntimeError,
  )
  const error = errorOf(() => call(program, 'count'))
  assert.instance(error, SpyError)
  assert.is(error.message, 'instance is in an undefined state after a trap')
  program.reset()
  assert.is(call(program, 'count'), 1)
})

instances('an exhausted stack is a PanicError, and the program is in no known state', () => {
  const program = failing()
  const error = errorOf(() => call(program, 'deep'))
  assert.is(`${error.etype}: ${error.message}`, 'PanicError: stack overflow')
  assert.match(errorOf(() => call(program, 'count')).message, 'undefined state')
})

instances('errors of JavaScript pass through', () => {
  const error = new RangeError('not ours')
  assert.is(failing().fail(error), error)
})

instances('a reset gives fresh memory', () => {
  const program = failing()
  const before = program.memory
  program.reset()
  assert.is.not(program.memory, before)
})

instances('a disposed program throws', () => {
  const program = failing()
  program.dispose()
  assert.match(errorOf(() => call(program, 'count')).message, 'instance is disposed')
  assert.is(program.memory.buffer.byteLength, 0)
})

instances('any copy of the class knows the errors of any other', () => {
  class Other extends Error {
    get [Symbol.for('unplugin-spy.SpyError')](): boolean {
      return true
    }
  }
  assert.ok(new Other() instanceof SpyError)
  assert.not(new Error('x') instanceof SpyError)
  assert.not((null as unknown) instanceof SpyError)
})

instances.run()

const modules = suite('modules')

for (const type of ['application/wasm', 'text/plain']) {
  modules(`are compiled from what a server sends as ${type}`, async () => {
    const module = await serve(200, type, (url) => compileFrom(url))
    assert.is(WebAssembly.Module.exports(module).length, 7)
  })
}

modules('that are not there are told with their URL', async () => {
  const error = await serve(404, 'text/html', (url) => compileFrom(url).catch((error: Error) => error))
  assert.match((error as Error).message, /^http:.*\/topo\.wasm: 404 Not Found$/)
})

modules('are compiled from text', () => {
  const module = compileText(Buffer.from(tinyWasmBytes(FAILING)).toString('base64'))
  assert.is(WebAssembly.Module.exports(module).length, 7)
})

async function serve<T>(status: number, type: string, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': type })
    response.end(tinyWasmBytes(FAILING))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/topo.wasm`)
  } finally {
    server.close()
  }
}

modules.run()

const output = suite('output')

output('is told to each stream as it comes, characters whole', () => {
  const said: string[] = []
  const guest = fakeGuest()
  const write = writesTo({ stdout: (text) => said.push(`1 ${text}`), stderr: (text) => said.push(`2 ${text}`) })(guest)
  const bytes = new TextEncoder().encode('ä')
  const place = guest.alloc(8)
  new Uint8Array(guest.memory.buffer).set(bytes, place)
  assert.is(write(1, place, 1), 1)
  assert.is(write(2, place, 2), 2)
  assert.is(write(1, place + 1, 1), 1)
  assert.is(write(3, place, 1), -8)
  assert.equal(said, ['2 ä', '1 ä'])
})

output('is shown line by line on a console', () => {
  const lines: string[] = []
  const write = byLine((line) => lines.push(line))
  for (const text of ['a', 'b\nc', '\n\nd']) write(text)
  assert.equal(lines, ['ab', 'c', ''])
})

output.run()
