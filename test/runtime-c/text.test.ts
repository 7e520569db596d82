/** Strings and number text of the C runtime: against JavaScript, Python's rules and src/runtime/numbers. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { STR } from '../../src/runtime/abi.ts'
import { newBytes, readBytes } from '../../src/runtime/memory.ts'
import {
  formatComplex,
  formatF32,
  formatF64,
  hashBytes,
  INT_NAMES,
  NumberFault,
  parseComplex,
  parseF32,
  parseF64,
  parseInteger,
  quote,
} from '../../src/runtime/numbers.ts'
import { askPython, hex32, hex64 } from '../runtime/numbers/python.ts'
import { f32Samples, f64Samples, intSamples, randomWords } from '../runtime/numbers/samples.ts'
import { loadLibrary, Panic } from './library.ts'

const { call, memory, str, text, output } = loadLibrary()

function outcome(run: () => string): string {
  try {
    return run()
  } catch (error) {
    if (error instanceof NumberFault || error instanceof Panic) return `${error.etype}: ${error.message}`
    throw error
  }
}

const strings = suite('runtime-c text')

strings('numbers print as defined', () => {
  for (const x of f64Samples(20000)) assert.is(text(call('spy_f64_to_str', x)), formatF64(x))
  for (const x of f32Samples(5000)) assert.is(text(call('spy_f32_to_str', x)), formatF32(x))
  for (let e = -1074; e < 1024; e++) assert.is(text(call('spy_f64_to_str', 2 ** e)), formatF64(2 ** e))
  for (let e = -149; e < 128; e++) assert.is(text(call('spy_f32_to_str', 2 ** e)), formatF32(2 ** e))
  for (let e = -323; e < 309; e++)
    assert.is(text(call('spy_f64_to_str', Number(`1e${e}`))), formatF64(Number(`1e${e}`)))
  const samples = f64Samples(30)
  for (const re of samples) {
    for (const im of samples) assert.is(text(call('spy_complex128_to_str', re, im)), formatComplex(re, im))
  }
  for (const name of INT_NAMES) {
    for (const x of intSamples(name, 100)) assert.is(text(call(`spy_${name}_to_str`, x)), String(x))
  }
  assert.is(text(call('spy_bool_to_str', 1)) + text(call('spy_bool_to_str', 0)), 'TrueFalse')
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
  '1._5',
  '1.5_',
  '1e_5',
  '1e5_',
  '0x10',
  'infi',
  '1 2',
  '--1',
  '1e5.5',
  '\u00a01\u3000',
  '-0',
  '0e999999999',
  '1e-999999999999',
  '2.2250738585072011e-308',
  '2.2250738585072014e-308',
  '4.9e-324',
  '2.4703282292062327e-324',
  '2.4703282292062328e-324',
  '1.7976931348623157e308',
  '1.7976931348623158e308',
  '1.7976931348623159e308',
  '9007199254740993',
  '9007199254740993.0000000000000000000001',
  '1.00000005960464477539062500000000001',
  '1.000000059604644775390625',
  '1.00000017881393432617187499999999999',
  '3.4028235677973366e38',
  '3.4028235677973367e38',
  '7.006492321624085e-46',
  '7.006492321624086e-46',
  '1e-45',
  `1${'0'.repeat(400)}e-400`,
  `0.${'0'.repeat(400)}1e401`,
  `${'9'.repeat(900)}e-880`,
  `9007199254740993.${'0'.repeat(900)}1`,
  `9007199254740992.9${'9'.repeat(900)}`,
  `5e-324`,
  `1e-330`,
  '1e310',
]

strings('floats are read as defined', () => {
  for (const source of FLOAT_TEXTS) {
    const s = str(source)
    assert.is(
      outcome(() => hex64(Number(call('spy_str_to_f64', s, 0, 0)))),
      outcome(() => hex64(parseF64(source))),
      source,
    )
    assert.is(
      outcome(() => hex32(Number(call('spy_str_to_f32', s, 0, 0)))),
      outcome(() => hex32(parseF32(source))),
      source,
    )
  }
})

strings('what is printed is read back, and random digits are rounded once', () => {
  for (const x of f64Samples(5000)) {
    assert.is(hex64(Number(call('spy_str_to_f64', call('spy_f64_to_str', x), 0, 0))), hex64(x))
  }
  for (const x of f32Samples(3000)) {
    assert.is(hex32(Number(call('spy_str_to_f32', call('spy_f32_to_str', x), 0, 0))), hex32(x))
  }
  const word = randomWords(8)
  for (let i = 0; i < 20000; i++) {
    const digits = Array.from({ length: 1 + (word() % 3) }, () => word()).join('')
    const source = `${digits}e${(word() % 700) - 370}`
    const s = str(source)
    assert.is(hex64(Number(call('spy_str_to_f64', s, 0, 0))), hex64(Number(source)), source)
  }
})

strings('middles between doubles go to the even one, and a hair decides', () => {
  const word = randomWords(11)
  for (let i = 0; i < 2000; i++) {
    // A middle between two neighbours, written out exactly.
    const m = (BigInt(word() % 2 ** 21) << 32n) | BigInt(word()) | (1n << 52n)
    const e = (word() % 600) - 300
    const middle = 2n * m + 1n
    const exact = e >= 0 ? `${middle << BigInt(e)}e0` : `${middle * 5n ** BigInt(-e)}e${e}`
    for (const source of [exact, exact.replace('e', '.0000000000001e'), exact.replace('e', '00e')]) {
      const s = str(source)
      assert.is(hex64(Number(call('spy_str_to_f64', s, 0, 0))), hex64(Number(source)), source)
    }
  }
})

strings('integers and complex numbers are read as defined', () => {
  const integers = [
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
    '--1',
    '300',
    '-1',
    '128',
    '-129',
    '4294967296',
    '18446744073709551616',
    '-9223372036854775809',
    '9'.repeat(80),
    "a'b",
    'é\n',
    'ff',
    'FF',
    '0b11',
    '0o17',
    '010',
    '0_0',
    '0x_ff',
    'zz',
  ]
  for (const source of integers) {
    const s = str(source)
    for (const type of INT_NAMES) {
      for (const base of [10, 16, 0, 36, 2, 1]) {
        assert.is(
          outcome(() =>
            String(
              BigInt(
                type === 'u32'
                  ? Number(call('spy_str_to_u32', s, base, 0, 0)) >>> 0
                  : type === 'u64'
                    ? BigInt.asUintN(64, BigInt(call('spy_str_to_u64', s, base, 0, 0)))
                    : call(`spy_str_to_${type}`, s, base, 0, 0),
              ),
            ),
          ),
          outcome(() => String(parseInteger(type, source, base))),
          `${type}(${source}, ${base})`,
        )
      }
    }
  }
  const out = memory.alloc(16)
  for (const source of [
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
    '+j',
    '1e5+1e-5j',
    '(',
    '()',
  ]) {
    assert.is(
      outcome(() => {
        call('spy_wasm_str_to_complex128', out, str(source), 0, 0)
        return `${hex64(memory.view.getFloat64(out, true))} ${hex64(memory.view.getFloat64(out + 8, true))}`
      }),
      outcome(() => {
        const { re, im } = parseComplex(source)
        return `${hex64(re)} ${hex64(im)}`
      }),
      source,
    )
  }
})

const TEXTS = [
  '',
  'a',
  'abc',
  'hello world',
  'àb',
  'naïve café',
  '日本語テキスト',
  '🙂🙃x',
  "it's",
  'aXbXc',
  'aaaa',
  'ab'.repeat(40),
  'é'.repeat(30),
  '\u0000\u007f\u00a0\u2028\u{e0001}',
]

/** Every function on the texts above, as Python computes it. */
strings('strings behave like Python ones', () => {
  const program = `
def attempt(f):
    try: return f()
    except Exception as e: return type(e).__name__
def all_of(s):
    n = range(-4, 5)
    return {
        'len': len(s), 'repr': repr(s), 'isascii': s.isascii(),
        'items': [attempt(lambda: s[i]) for i in n],
        'slices': [s[a:b:c] for a in [None, *n] for b in [None, *n] for c in (1, 2, -1, -3)],
        'with': [[s + t, s == t, (s > t) - (s < t), t in s, s.find(t), s.rfind(t), s.count(t), s.replace(t, '<é>'), s.replace(t, '', 1),
                  [s.find(t, a, b) for a in n for b in n], [s.rfind(t, a, b) for a in n for b in n], [s.count(t, a, b) for a in n for b in n]] for t in data[1]],
        'times': [s * i for i in n],
        'ord': attempt(lambda: ord(s)),
    }
result = [all_of(s) for s in data[0]]`
  const subs = ['', 'a', 'X', 'é', 'b', 'aa', '本', '🙃', 'abc', 'zz']
  const expected = askPython(program, [TEXTS, subs])
  if (expected === undefined) return
  const n = [-4, -3, -2, -1, 0, 1, 2, 3, 4]
  const bounds = [undefined, ...n]
  const END = 2 ** 31 - 1
  const attempt = <T>(run: () => T): T | string => {
    try {
      return run()
    } catch (error) {
      if (error instanceof Panic) return error.etype
      throw error
    }
  }
  const ours = TEXTS.map((source) => {
    const s = str(source)
    return {
      len: call('spy_str_length', s),
      repr: text(call('spy_str_repr', s)),
      isascii: call('spy_str_isascii', s) === 1,
      items: n.map((i) => attempt(() => text(call('spy_str_getitem', s, i, 0, 0)))),
      slices: bounds.flatMap((a) =>
        bounds.flatMap((b) =>
          [1, 2, -1, -3].map((c) => {
            const given = (a === undefined ? 0 : 1) | (b === undefined ? 0 : 2)
            return text(call('spy_str_slice', s, given, a ?? 0, b ?? 0, c, 0, 0))
          }),
        ),
      ),
      with: subs.map((sub) => {
        const t = str(sub)
        const ranges = (f: 'spy_str_find' | 'spy_str_rfind' | 'spy_str_count') =>
          n.flatMap((a) => n.map((b) => call(f, s, t, a, b)))
        return [
          text(call('spy_str_concat', s, t)),
          call('spy_str_eq', s, t) === 1,
          call('spy_str_compare', s, t),
          call('spy_str_contains', s, t) === 1,
          call('spy_str_find', s, t, 0, END),
          call('spy_str_rfind', s, t, 0, END),
          call('spy_str_count', s, t, 0, END),
          text(call('spy_str_replace', s, t, str('<é>'), -1)),
          text(call('spy_str_replace', s, t, str(''), 1)),
          ranges('spy_str_find'),
          ranges('spy_str_rfind'),
          ranges('spy_str_count'),
        ]
      }),
      times: n.map((i) => text(call('spy_str_repeat', s, i))),
      ord: attempt(() => call('spy_str_ord', s, 0, 0)),
    }
  })
  assert.equal(ours, expected)
})

const LIMITS = [0x80, 0x300, 0xd800, 0x110000]

strings('repr is quote', () => {
  const word = randomWords(21)
  for (let i = 0; i < 500; i++) {
    const codes = Array.from({ length: 6 }, () => word() % (LIMITS[i % 4] as number))
    const source = String.fromCodePoint(...codes.filter((c) => c < 0xd800 || c > 0xdfff))
    assert.is(text(call('spy_str_repr', str(source))), quote(source))
  }
})

strings('positions in long texts that are not ASCII are found from anywhere', () => {
  const source = 'añb日c🙂'.repeat(200)
  const characters = [...source]
  const s = str(source)
  const word = randomWords(5)
  for (let i = 0; i < characters.length; i++) assert.is(text(call('spy_str_getitem', s, i, 0, 0)), characters[i])
  for (let i = 0; i < 2000; i++) {
    const at = word() % characters.length
    assert.is(text(call('spy_str_getitem', s, at, 0, 0)), characters[at])
  }
})

strings('hash, chr, bytes', () => {
  for (const source of TEXTS) {
    const bytes = new TextEncoder().encode(source)
    assert.is(call('spy_str_hash', str(source)), hashBytes(bytes))
    const b = newBytes(memory, bytes)
    assert.equal(readBytes(memory, b), bytes)
    assert.is(memory.bytes[memory.view.getUint32(b + STR.utf8, true) + bytes.length], 0)
  }
  for (const code of [0, 65, 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff]) {
    const s = call('spy_str_chr', code, 0, 0)
    assert.is(text(s), String.fromCodePoint(code))
    assert.is(call('spy_str_ord', s, 0, 0), code)
  }
  for (const code of [-1, 0x110000, 0xd800]) {
    assert.is(
      outcome(() => String(call('spy_str_chr', code, 0, 0))),
      'ValueError: chr() arg not in range(0x110000)',
    )
  }
  assert.is(
    outcome(() => String(call('spy_str_ord', str('ab'), 0, 0))),
    'TypeError: ord() expected a character, but string of length 2 found',
  )
  assert.is(
    text(call('spy_bytes_repr', newBytes(memory, Uint8Array.of(0, 39, 34, 92, 10, 200, 65)))),
    `b'\\x00\\'"\\\\\\n\\xc8A'`,
  )
})

/** Places are passed over eight at a time, so what matters is where a text lies among them, and what is like it. */
strings('texts are found wherever they are, and not behind the end', () => {
  for (const part of ['x', 'xy', 'xaxy', 'xaaaaaaaaay']) {
    for (let before = 0; before < 20; before++) {
      for (let after = 0; after < 20; after++) {
        const source = `${'aoxaxb'.repeat(4).slice(0, before)}${part}${'yxaxo'.repeat(4).slice(0, after)}`
        const s = str(source)
        const t = str(part)
        for (const end of [source.length, source.length - 1, before + part.length, before + part.length - 1]) {
          const wanted = source.slice(0, end).indexOf(part)
          assert.is(call('spy_str_find', s, t, 0, end), wanted, `${part} in ${source} up to ${end}`)
        }
        const count = source.split(part).length - 1
        assert.is(call('spy_str_count', s, t, 0, 2 ** 31 - 1), count)
      }
    }
  }
})

strings('four texts are joined in order, and characters are counted if all parts know theirs', () => {
  const parts = ['', 'naïve ', '日本', '🙂']
  for (let i = 0; i < 256; i++) {
    const four = [0, 2, 4, 6].map((shift) => parts[(i >> shift) & 3] as string)
    const [a, b, c, d] = four.map((part) => str(part)) as [number, number, number, number]
    if (i % 3 === 0) call('spy_str_length', b)
    const joined = call('spy_str_concat4', a, b, c, d)
    assert.is(text(joined), four.join(''))
    assert.is(call('spy_str_length', joined), [...four.join('')].length)
  }
})

strings('output is passed on in lines', () => {
  output.length = 0
  call('spy_stdout_write', str('a'))
  call('spy_stdout_write', str(' b'))
  assert.equal(output, [])
  call('spy_stdout_write', str('\n'))
  assert.equal(output, ['a b\n'])
  call('spy_stdout_write', str('rest'))
  call('spy_flush')
  call('spy_flush')
  assert.equal(output, ['a b\n', 'rest'])
  call('spy_stdout_write', str('x'.repeat(2000)))
  assert.is(output.slice(2).join(''), 'x'.repeat(2000))
  call('spy_stdout_write', str('before the end'))
  assert.throws(() => call('spy_raise', str('ValueError'), str('nö'), str('dir/a.spy'), 0x5003), 'nö')
  assert.is(output.at(-1), 'before the end')
})

strings.run()
