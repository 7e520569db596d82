/** Numbers to text and back, as Python does it. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  formatComplex,
  formatF32,
  formatF64,
  hashBytes,
  hashInt,
  type IntName,
  NumberFault,
  parseComplex,
  parseF32,
  parseF64,
  parseInteger,
  quote,
} from '../../../src/runtime/numbers.ts'
import { askPython, hex64 } from './python.ts'
import { f32Samples, f64Samples, randomWords } from './samples.ts'

const text = suite('numbers as text')

const bits = (x: number) => hex64(x).replace('nan', '7ff8000000000000')

text('f64 and complex128 read like Python prints them', () => {
  const samples = f64Samples(3000)
  const pairs = samples.map((x, i) => [x, samples[samples.length - 1 - i] as number] as const)
  const expected = askPython(
    'result = [[repr(f64(x)), repr(complex(f64(x), f64(y)))] for x, y in data]',
    pairs.map(([x, y]) => [bits(x), bits(y)]),
  ) as string[][] | undefined
  if (expected === undefined) return
  pairs.forEach(([x, y], i) => {
    assert.equal([formatF64(x), formatComplex(x, y)], expected[i])
  })
})

text('f32 has the shortest digits that single precision needs', () => {
  assert.is(formatF32(Math.fround(0.1)), '0.1')
  assert.is(formatF32(16777216), '16777216.0')
  assert.is(formatF32(Math.fround(3.4028234663852886e38)), '3.4028235e+38')
  assert.is(formatF32(Math.fround(1e-45)), '1e-45')
  for (const x of f32Samples(3000)) {
    const shown = formatF32(x)
    if (!Number.isFinite(x)) continue
    assert.ok(Object.is(parseF32(shown), x), shown)
    const digits = significant(shown)
    if (digits.length > 1)
      assert.is.not(Math.fround(Number(x.toPrecision(digits.length - 1))), x, `${shown} is too long`)
  }
})

function significant(shown: string): string {
  const [mantissa = ''] = shown.replace('-', '').split('e')
  return mantissa.replace('.', '').replace(/^0+/, '').replace(/0+$/, '')
}

text('f32 texts are rounded once', () => {
  // Just above the middle between two singles, by less than a double can tell.
  assert.is(parseF32('1.00000005960464477539062500000000001'), 1 + 2 ** -23)
  assert.is(parseF32('1.000000059604644775390625'), 1)
  assert.is(parseF32('1.00000017881393432617187499999999999'), 1 + 2 ** -23)
  assert.is(parseF32('-1.00000005960464477539062500000000001'), -1 - 2 ** -23)
})

const INTEGER_TEXTS = [
  '7',
  ' -7 ',
  '+7',
  '1_000',
  '00012',
  '\u00a012\u3000',
  '',
  ' ',
  '-',
  '1__2',
  '_1',
  '1_',
  '1 2',
  '0x1f',
  '1.0',
  '٣x',
  '--1',
  '+ 1',
]

text('int() accepts and refuses what Python does', () => {
  const expected = askPython(
    `
def attempt(s):
    try: return [int(s, 10), None]
    except ValueError as e: return [None, str(e)]
result = [attempt(s) for s in data]`,
    INTEGER_TEXTS,
  ) as [number | null, string | null][] | undefined
  if (expected === undefined) return
  INTEGER_TEXTS.forEach((s, i) => {
    assert.equal(
      attempt(() => Number(parseInteger('i64', s))),
      expected[i],
      JSON.stringify(s),
    )
  })
})

text('int() with a base', () => {
  assert.is(parseInteger('i32', 'ff', 16), 255)
  assert.is(parseInteger('i32', '0xff', 16), 255)
  assert.is(parseInteger('i32', '-0b101', 0), -5)
  assert.is(parseInteger('i32', 'zz', 36), 1295)
  assert.throws(() => parseInteger('i32', '12', 1), 'int() base must be >= 2 and <= 36, or 0')
  assert.throws(() => parseInteger('i32', '12', 2), "invalid literal for int() with base 2: '12'")
  assert.throws(() => parseInteger('i32', '010', 0), "invalid literal for int() with base 0: '010'")
})

text('integers out of range say so', () => {
  const cases: readonly [IntName, string, string][] = [
    ['u8', '300', 'u8 value 300 out of range [0, 255]'],
    ['u64', '-1', 'u64 value -1 out of range [0, 18446744073709551615]'],
    [
      'i64',
      '1_000_000_000_000_000_000_000',
      'i64 value 1000000000000000000000 out of range [-9223372036854775808, 9223372036854775807]',
    ],
  ]
  for (const [type, source, message] of cases) {
    assert.throws(
      () => parseInteger(type, source),
      (e: unknown) => e instanceof NumberFault && e.etype === 'OverflowError' && e.message === message,
    )
  }
})

const FLOAT_TEXTS = [
  '1',
  '1.5',
  '.5',
  '5.',
  '1e5',
  '1E-5',
  '1_0.2_5e1_0',
  ' inf ',
  '-Infinity',
  'nan',
  '+NaN',
  '1e400',
  '1e-400',
  '',
  '.',
  'e5',
  '1e',
  '1__0',
  '_1',
  '1_',
  '1_.5',
  '0x10',
  'infi',
  '1 2',
  '--1',
  '1e5.5',
]
const COMPLEX_TEXTS = [
  '5',
  'j',
  '-j',
  '1+j',
  '1-2j',
  '(1+2J)',
  ' ( -1.5e2-4.5j ) ',
  'infj',
  'nan+nanj',
  '1e5j',
  ' ',
  '(',
  '  )',
  ' (   ) ',
  ' ( -1.23+4.5j  } ',
  '-4.5j+1.23',
  '1 + 2j',
  '-1.23*4.5j',
  '1+2',
  '1+2jj',
  '((1))',
  '1_0+2j',
]

text('float() and complex() accept and refuse what Python does', () => {
  const expected = askPython(
    `
def attempt(make, s):
    try: v = make(s)
    except ValueError as e: return [None, str(e)]
    return [hex64(v) if make is float else hex64(v.real) + hex64(v.imag), None]
result = [[attempt(float, s) for s in data[0]], [attempt(complex, s) for s in data[1]]]`,
    [FLOAT_TEXTS, COMPLEX_TEXTS],
  ) as [unknown[], unknown[]] | undefined
  if (expected === undefined) return
  FLOAT_TEXTS.forEach((s, i) => {
    assert.equal(
      attempt(() => hex64(parseF64(s))),
      expected[0][i],
      JSON.stringify(s),
    )
  })
  COMPLEX_TEXTS.forEach((s, i) => {
    const parse = () => {
      const { re, im } = parseComplex(s)
      return hex64(re) + hex64(im)
    }
    assert.equal(attempt(parse), expected[1][i], JSON.stringify(s))
  })
})

function attempt<T>(run: () => T): [T | null, string | null] {
  try {
    return [run(), null]
  } catch (error) {
    if (error instanceof NumberFault) return [null, error.message]
    throw error
  }
}

text('quote is Python repr', () => {
  const word = randomWords(3)
  const samples = [
    "it's",
    '"',
    `'"`,
    'café',
    '\u0000\n\t\r\\',
    '\u007f\u0085\u00a0\u00ad',
    '\u200b\u2028',
    '\u{e0001}\u{1f600}',
  ]
  for (let i = 0; i < 300; i++) {
    samples.push(String.fromCodePoint(...Array.from({ length: 5 }, () => word() % (i % 2 ? 0x80 : 0x300))))
  }
  const expected = askPython('result = [repr(s) for s in data]', samples)
  if (expected !== undefined) assert.equal(samples.map(quote), expected)
})

text('hashes are those of the language', () => {
  const bytes = (s: string) => new TextEncoder().encode(s)
  assert.is(hashBytes(bytes('abc')), 440920331)
  assert.is(hashBytes(bytes('')), -2128831035)
  assert.is(hashBytes(bytes('a')), -468965076)
  assert.is(hashBytes(bytes('spy')), -717135331)
  assert.is(hashInt('i32', -1), 2)
  assert.is(hashInt('u32', 4294967295), -1)
  assert.is(hashInt('i64', 2n ** 33n), 0)
  assert.is(hashInt('i64', 4294967295n), -1)
})

text.run()
