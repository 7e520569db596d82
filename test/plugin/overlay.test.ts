/** Errors as hosts show them. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { HostError, internalError, SourceFile, SpyError } from '../../compiler/node.ts'
import {
  esbuildMessage,
  overlayPayload,
  overlayText,
  reportError,
  rollupError,
  viteError,
  webpackError,
} from '../../plugin/overlay.ts'

const overlay = suite('errors in hosts')

const TEXT = 'def half(x: i32) -> str:\n\treturn x\n'
const OTHER = '# 山\nvar x: i32 = "äöü山" + nothing\n'

function file(path: string, text: string): SourceFile {
  return new SourceFile(path, text)
}

function span(source: SourceFile, marked: string) {
  const start = source.text.indexOf(marked)
  return { file: source, start, end: start + marked.length }
}

const half = file('/p/half.spy', TEXT)
const other = file('/p/other.spy', OTHER)
const readText = (path: string) => ({ '/p/half.spy': TEXT, '/p/other.spy': OTHER })[path]

const MISMATCH = new SpyError({
  class: 'TypeError',
  message: 'mismatched types',
  annotations: [
    {
      level: 'error',
      text: 'expected `str`, got `i32`',
      span: { ...span(half, 'return x'), start: TEXT.indexOf('x\n') },
    },
    { level: 'note', text: 'expected `str` because of return type', span: span(half, 'str') },
  ],
})

overlay('have a frame in which every place of the file is marked', () => {
  const report = reportError(MISMATCH, readText)
  assert.is(report?.headline, 'TypeError: mismatched types')
  assert.equal(report?.place, { file: '/p/half.spy', line: 2, column: 8, length: 1, text: 'expected `str`, got `i32`' })
  assert.is(
    report?.frame,
    [
      '1 | def half(x: i32) -> str:',
      '  |                     ^^^ note: expected `str` because of return type',
      '2 |     return x',
      '  |            ^ expected `str`, got `i32`',
    ].join('\n'),
  )
})

overlay('are marked at display width', () => {
  const error = new SpyError({
    class: 'NameError',
    message: 'name `nothing` is not defined',
    annotations: [{ level: 'error', text: 'not found', span: span(other, 'nothing') }],
  })
  assert.is(
    reportError(error, readText)?.frame,
    ['1 | # 山', '2 | var x: i32 = "äöü山" + nothing', '  |                        ^^^^^^^ not found'].join('\n'),
  )
})

overlay('have frames of other files behind', () => {
  const error = new SpyError({
    class: 'TypeError',
    message: 'no',
    annotations: [
      { level: 'error', text: 'this', span: span(half, 'half') },
      { level: 'note', text: 'that', span: span(other, 'x') },
    ],
  })
  assert.is(
    reportError(error, readText)?.details,
    '/p/other.spy:2\n1 | # 山\n2 | var x: i32 = "äöü山" + nothing\n  |     ^ note: that',
  )
})

overlay('have further errors of the same run behind', () => {
  const error = new SpyError(
    { class: 'ParseError', message: 'one', annotations: [{ level: 'error', text: '', span: span(half, 'half') }] },
    [],
    [
      { class: 'ParseError', message: 'two', annotations: [{ level: 'error', text: 'here', span: span(other, 'x') }] },
      { class: 'ImportError', message: 'three', annotations: [] },
    ],
  )
  const report = reportError(error, readText)
  assert.is(report?.headline, 'ParseError: one')
  assert.is(
    report?.details,
    'ParseError: two\n/p/other.spy:2\n1 | # 山\n2 | var x: i32 = "äöü山" + nothing\n  |     ^ here\n\nImportError: three',
  )
  for (const convert of [rollupError, webpackError]) {
    assert.match(
      String((convert(error) as Error).message),
      /ParseError: one[\s\S]*ParseError: two[\s\S]*ImportError: three/,
    )
  }
  assert.match(overlayPayload(error).err.frame ?? '', /ParseError: two[\s\S]*ImportError: three/)
})

overlay('say once what is noted twice', () => {
  const note = { level: 'error', text: 'this', span: span(half, 'half') } as const
  const error = new SpyError({ class: 'TypeError', message: 'no', annotations: [note, note] })
  assert.is(reportError(error, readText)?.frame.match(/this/g)?.length, 1)
})

overlay('may have no place', () => {
  const error = new SpyError({ class: 'ImportError', message: 'file `/p/a.spy` does not exist', annotations: [] })
  assert.is((rollupError(error) as Error).message, 'ImportError: file `/p/a.spy` does not exist')
})

overlay('of the outside world say what was tried and what to do', () => {
  const error = new HostError('no C toolchain was found', { tried: ['emcc'], fix: 'npm install x' })
  const text = 'no C toolchain was found\n  tried: emcc\n  to fix it: npm install x'
  assert.is((rollupError(error) as Error).message, text)
  assert.is((webpackError(error) as Error).message, text)
  assert.is((viteError(error) as Error).message, text)
  assert.equal(esbuildMessage(error, readText), {
    text: 'no C toolchain was found',
    notes: [{ text: '  tried: emcc\n  to fix it: npm install x' }],
  })
})

overlay('of ours stay what they are', () => {
  const bug = new Error('internal')
  for (const convert of [rollupError, webpackError, viteError]) assert.is(convert(bug), bug)
  assert.is(esbuildMessage(bug, readText), undefined)
})

overlay('in Vite have the place beside the message', () => {
  const { err } = overlayPayload(MISMATCH)
  assert.is(err.message, 'TypeError: mismatched types')
  assert.equal(err.loc, { file: '/p/half.spy', line: 2, column: 8 })
  assert.is(err.id, '/p/half.spy')
  assert.is(err.stack, '')
  assert.match(overlayText(MISMATCH), 'TypeError: mismatched types\n  File: /p/half.spy:2:9')
})

overlay('of code that raises are where it was running, and say how it came there', () => {
  const frame = (kind: 'modframe' | 'astframe', fqn: string, source: SourceFile, marked: string) => {
    return { kind, fqn, span: span(source, marked) }
  }
  const raised = new SpyError({ class: 'ValueError', message: 'no such row', annotations: [] }, [
    frame('modframe', 'other', other, 'nothing'),
    frame('astframe', 'half::half', half, 'return x'),
  ])
  const report = reportError(raised, readText)
  assert.equal(report?.place, { file: '/p/half.spy', line: 2, column: 1, length: 8, text: '' })
  assert.is(report?.frame, '1 | def half(x: i32) -> str:\n2 |     return x\n  |     ^^^^^^^^')
  assert.is(
    report?.details,
    'Traceback (most recent call last):\n  * [module] other at /p/other.spy:2\n  * half::half at /p/half.spy:2',
  )
})

overlay('of the compiler itself say so, and what to do', () => {
  const error = internalError(new RangeError('Invalid array length'))
  const report = reportError(error)
  assert.is(report?.headline, 'internal error: RangeError: Invalid array length')
  const [advice, where] = report?.details.split('\n') ?? []
  assert.is(advice, 'This is a bug in unplugin-spy. Please report it, with this text and the program that causes it.')
  assert.match(where ?? '', /overlay\.test\.ts/)
  for (const told of [rollupError(error), viteError(error), webpackError(error)]) {
    assert.match((told as Error).message, /^internal error: (.|\n)*Please report it/)
  }
  assert.match(esbuildMessage(error, readText)?.notes?.[0]?.text ?? '', /Please report it/)
})

overlay('show the words of the command line', () => {
  const lines = MISMATCH.format().split('\n')
  const marks = lines.flatMap((line) => /^ {2}\| +\S+ (.+)$/.exec(line)?.[1] ?? [])
  assert.is(marks.length, 2)
  const { headline, frame } = reportError(MISMATCH, readText) ?? { headline: '', frame: '' }
  assert.is(headline, String(MISMATCH))
  assert.ok(lines.includes(headline))
  for (const mark of marks) assert.ok(frame.includes(mark), mark)
})

overlay('in esbuild count bytes', () => {
  const error = new SpyError({
    class: 'NameError',
    message: 'name `nothing` is not defined',
    annotations: [{ level: 'error', text: '', span: span(other, 'nothing') }],
  })
  const { text, location } = esbuildMessage(error, readText) ?? { text: '' }
  assert.is(text, 'NameError: name `nothing` is not defined')
  assert.equal(location, {
    file: '/p/other.spy',
    line: 2,
    column: 27,
    length: 7,
    lineText: 'var x: i32 = "äöü山" + nothing',
  })
})

overlay.run()
