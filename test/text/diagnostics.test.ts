import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { blame, type Diagnostic, HostError, note, SpyError, wip } from '../../compiler/text/diagnostics.ts'
import { BUILTINS_SPAN, SourceFile, type Span } from '../../compiler/text/source.ts'

function at(file: SourceFile, text: string): Span {
  const start = file.text.indexOf(text)
  return file.span(start, start + text.length)
}

const file = new SourceFile('/p/type-error1.spy', 'def main() -> None:\n    x: int = "hello"\n    print(x)\n')
const mismatch: Diagnostic = {
  class: 'TypeError',
  message: 'mismatched types',
  annotations: [
    blame('expected `i32`, got `str`', at(file, '"hello"')),
    note('expected `i32` because of type declaration', at(file, 'int')),
  ],
}

const rendering = suite('rendering')

rendering('counts frames that repeat, after the third', () => {
  const frame = { kind: 'astframe', fqn: 'm::f', span: at(file, 'print(x)') } as const
  const error = new SpyError(
    { class: 'PanicError', message: 'stack overflow', annotations: [] },
    Array(100).fill(frame),
  )
  const lines = error.format().split('\n')
  assert.is(lines.filter((line) => line.includes('m::f')).length, 3)
  assert.ok(lines.includes('  * [the frame above repeated 97 more times]'))
})

rendering('shows frames, then the error, then what it points at', () => {
  const error = new SpyError(mismatch, [{ kind: 'astframe', fqn: 'type-error1::main', span: at(file, '"hello"') }])
  assert.is(
    error.format(),
    [
      'Traceback (most recent call last):',
      '  * type-error1::main at /p/type-error1.spy:2',
      '  |     x: int = "hello"',
      '  |              |_____|',
      '',
      'TypeError: mismatched types',
      '  | /p/type-error1.spy:2',
      '  |     x: int = "hello"',
      '  |              |_____| expected `i32`, got `str`',
      '',
      '  | /p/type-error1.spy:2',
      '  |     x: int = "hello"',
      '  |        |_| expected `i32` because of type declaration',
      '',
      '',
    ].join('\n'),
  )
})

rendering('says first that an error was found by redshift', () => {
  const error = new SpyError(mismatch, [{ kind: 'dopplerframe', fqn: 'm::main', span: at(file, 'print(x)') }])
  const [first, second, third] = error.format().split('\n')
  assert.is(first, 'Static error during redshift:')
  assert.is(second, 'Traceback (most recent call last):')
  assert.is(third, '  * [redshift] m::main at /p/type-error1.spy:3')
})

rendering('names modules and classes as such, and shows a place alone where nothing else is known', () => {
  const span = at(file, 'print(x)')
  const error = new SpyError({ class: 'ValueError', message: 'no', annotations: [] }, [
    { kind: 'modframe', fqn: 'm', span },
    { kind: 'classframe', fqn: 'm::C', span },
    { kind: 'astframe', fqn: '', span },
  ])
  const heads = error
    .format()
    .split('\n')
    .filter((line) => line.startsWith('  *'))
  const place = 'at /p/type-error1.spy:3'
  assert.equal(heads, [`  * [module] m ${place}`, `  * [classdef] m::C ${place}`, `  * ${place}`])
})

rendering('paints classes and errors red, notes green, frames purple', () => {
  const error = new SpyError(mismatch, [{ kind: 'astframe', fqn: 'm::f', span: at(file, 'print(x)') }])
  const text = error.format({ color: true })
  assert.ok(text.includes('  * \x1b[35mm::f\x1b[00m at '))
  assert.ok(text.includes('  | \x1b[31;01m    |______|\x1b[00m\n'))
  assert.ok(text.includes('\x1b[31;01mTypeError\x1b[00m: mismatched types\n'))
  assert.ok(text.includes('  | \x1b[31;01m             |_____| expected `i32`, got `str`\x1b[00m\n\n'))
  assert.ok(text.includes('  | \x1b[32;01m       |_| expected'))
})

rendering('draws one and two columns as carets', () => {
  const source = new SourceFile('/a', 'ab = c')
  const draw = (text: string) =>
    new SpyError({ class: 'E', message: '', annotations: [blame('', at(source, text))] }).format().split('\n')[5]
  assert.is(draw('c'), '  |      ^')
  assert.is(draw('ab'), '  | ^^')
  assert.is(draw('= c'), '  |    |_|')
})

rendering('draws at display width, tabs as tabs, several lines as their first one', () => {
  const draw = (text: string, part: string) => {
    const source = new SourceFile('/a', text)
    const error = new SpyError({ class: 'E', message: '', annotations: [blame('here', at(source, part))] })
    return error.format().split('\n').slice(4, 6)
  }
  assert.equal(draw('"漢字" + bad', 'bad'), ['  | "漢字" + bad', '  |          |_| here'])
  assert.equal(draw('"🐍" + bad', 'bad'), ['  | "🐍" + bad', '  |        |_| here'])
  assert.equal(draw('"e\u0301" + bad', 'bad'), ['  | "e\u0301" + bad', '  |       |_| here'])
  assert.equal(draw('\tx\tbad', 'bad'), ['  | \tx\tbad', '  | \t \t|_| here'])
  assert.equal(draw('f(a,\n  b) + c', 'f(a,\n  b)'), ['  | f(a,', '  | |__| here'])
})

rendering('leaves out places inside the compiler', () => {
  const error = new SpyError({ class: 'E', message: 'm', annotations: [blame('here', BUILTINS_SPAN)] })
  assert.is(error.format(), 'Traceback (most recent call last):\n\nE: m\n')
})

rendering('lists further errors behind the first', () => {
  const error = new SpyError({ class: 'ParseError', message: 'one', annotations: [] }, [], [mismatch])
  assert.match(error.format(), /ParseError: one\nTypeError: mismatched types\n {2}\| /)
})

rendering.run()

const errors = suite('SpyError')

errors('has places that count from 1, with real ends, and their text', () => {
  const error = new SpyError(mismatch, [{ kind: 'astframe', fqn: 'm::f', span: at(file, 'print(x)') }])
  assert.instance(error, Error)
  assert.is(String(error), 'TypeError: mismatched types')
  assert.is(error.etype, 'TypeError')
  const span = { file: '/p/type-error1.spy', startLine: 2, startCol: 14, endLine: 2, endCol: 21 }
  assert.equal(error.annotations[0], {
    level: 'error',
    message: 'expected `i32`, got `str`',
    span,
    source: '"hello"',
  })
  assert.is(error.frames[0]?.source, 'print(x)')
  assert.equal(JSON.parse(JSON.stringify(error)).annotations[1].source, 'int')
})

errors('collects frames while they are left, and shows the outermost first', () => {
  const error = new SpyError(mismatch)
  for (const fqn of ['inner', 'outer']) error.addOuterFrame({ kind: 'astframe', fqn, span: at(file, 'print(x)') })
  assert.equal(
    error.frames.map(({ fqn }) => fqn),
    ['outer', 'inner'],
  )
})

errors('of class WIP says that something is not there yet', () => {
  assert.throws(
    () => wip('generators are not implemented yet', at(file, 'print(x)')),
    (error: unknown) => error instanceof SpyError && error.etype === 'WIP' && error.annotations.length === 1,
  )
})

errors.run()

const host = suite('HostError')

host('says what was tried and what to do', () => {
  const error = new HostError('emcc was not found', { tried: ['emcc', '$EMSDK'], fix: 'install Emscripten' })
  assert.is(error.format(), 'emcc was not found\n  tried: emcc, $EMSDK\n  to fix it: install Emscripten\n')
})

host.run()
