import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  decodeSource,
  formatLoc,
  LineMap,
  SourceFile,
  spanText,
  toEndOfLine,
  wholeLine,
} from '../../compiler/text/source.ts'

const lines = suite('lines and columns')

lines('count lines from 1 and columns in code points', () => {
  const map = new LineMap('ab\n🐍é=x\n')
  assert.equal(map.position(0), { line: 1, column: 0 })
  assert.equal(map.position(2), { line: 1, column: 2 })
  assert.equal(map.position(3), { line: 2, column: 0 })
  assert.equal(map.position(6), { line: 2, column: 2 }, 'the snake is two UTF-16 units and one column')
  assert.equal(map.position(9), { line: 3, column: 0 })
})

lines('a text that ends with a line break has an empty last line', () => {
  assert.is(new LineMap('a\n').lineCount, 2)
  assert.is(new LineMap('').lineCount, 1)
  assert.is(new LineMap('a\nb').lineText(2), 'b')
  assert.is(new LineMap('a\nb').lineText(7), '')
})

lines.run()

const files = suite('source files')

files('have LF line ends and no byte order mark, whatever was read', () => {
  assert.is(new SourceFile('x', '\ufeffa\r\nb\rc\n').text, 'a\nb\nc\n')
})

files('are decoded from UTF-8, and the first byte that is not is named', () => {
  const good = decodeSource('x', new TextEncoder().encode('é = 1'))
  assert.ok(good instanceof SourceFile && good.text === 'é = 1')
  assert.equal(decodeSource('x', Uint8Array.of(0x61, 0xc3, 0xa9, 0xff, 0x62)), { badByteAt: 3 })
  assert.equal(decodeSource('x', Uint8Array.of(0x61, 0xc3)), { badByteAt: 1 }, 'a character that is cut off')
})

files.run()

const spans = suite('spans')
const file = new SourceFile('/p/a.spy', 'def f():\n    return (1 +\n        2)\n')

spans('over several lines keep the indentation of their first line', () => {
  const start = file.text.indexOf('(1')
  const end = file.text.indexOf('2)') + 2
  assert.is(spanText(file.span(start, end)), `${' '.repeat(11)}(1 +\n        2)`)
})

spans('of whole lines leave out the line break', () => {
  assert.is(spanText(wholeLine(file, 12)), '    return (1 +')
  assert.is(spanText(toEndOfLine(file.span(4, 5))), 'f():')
})

spans('are shown with lines from 1 and columns from 0', () => {
  assert.is(formatLoc(file.span(4, 5)), "<Loc: '/p/a.spy 1:4 1:5'>")
})

spans.run()
