/** Names that C, compilers and the runtime have taken are free in SPy: for functions, variables, fields and modules. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { buildRelease, chooseToolchain, readRuntimeSources } from '../../compiler/node.ts'
import { findEmbeddedClang } from '../../compiler/toolchain/wasm-clang.ts'
import { language } from '../support/engines.ts'
import { dedent, memoryWorld } from '../support/memory-world.ts'

const names = language('names that C has taken')

const WORDS = [
  ...'auto char const default double enum extern float goto inline long register restrict short signed'.split(' '),
  ...'sizeof static struct switch typedef union unsigned void volatile asm typeof linux unix i386'.split(' '),
  ...'alignas alignof constexpr nullptr static_assert thread_local true_ false_ NULL EOF INFINITY NAN'.split(' '),
  ...'errno stdin stdout stderr memcpy memset memcmp malloc free abort exit printf strlen write main_ environ'.split(
    ' ',
  ),
  ...'signal raise_ sqrt floor time_ clock y0 y1 j0 gamma_ index_ int8_t uint32_t size_t intptr_t'.split(' '),
  ...'spy_str spy_flush spy_gc_alloc spy_panic spy_heap spy_i32_add SPY_STR SPY_EXPORT SPY_g_str0 AT_test'.split(' '),
  ...'EMSCRIPTEN wasm memory result arg_0 args argc argv status call p i n data self_ _start __heap_base _Bool _Exit'.split(
    ' ',
  ),
]

const LOCALS = `
  ${WORDS.map(
    (word, i) => `
  def f${i}(${word}: i32) -> i32:
      ${word}2 = ${word} + 1
      return ${word}2 * 2`,
  ).join('')}

  def locals(start: i32) -> i32:
      ${WORDS.map((word) => `var ${word}: i32 = start`).join('\n      ')}
      return ${WORDS.join(' + ')}
`

names('locals and parameters', LOCALS, (exports) => {
  for (const [i] of WORDS.entries()) assert.is(exports[`f${i}`]?.(i), (i + 1) * 2)
  assert.is(exports.locals?.(2), WORDS.length * 2)
})

const FUNCTIONS = `
  ${WORDS.map(
    (word, i) => `
  def ${word}(x: i32) -> i32:
      return x + ${i}`,
  ).join('')}

  def all(x: i32) -> i32:
      return ${WORDS.map((word) => `${word}(x)`).join(' + ')}
`

names('functions', FUNCTIONS, (exports) => {
  for (const [i, word] of WORDS.entries()) assert.is(exports[word]?.(1), i + 1)
  assert.is(exports.all?.(0), (WORDS.length * (WORDS.length - 1)) / 2)
})

const VARIABLES = `
  ${WORDS.map((word, i) => `var ${word}: i32 = ${i}`).join('\n  ')}

  def all() -> i32:
      ${WORDS.map((word) => `${word} = ${word} + 1`).join('\n      ')}
      return ${WORDS.join(' + ')}
`

names('module variables', VARIABLES, (exports) => assert.is(exports.all?.(), (WORDS.length * (WORDS.length + 1)) / 2))

names(
  'fields, and structs',
  `
  @struct
  class Words:
      ${WORDS.map((word) => `${word}: i32`).join('\n      ')}

  ${['int_', 'FILE', 'main_t', 'spy_str', 'NULL', 'union']
    .map(
      (word) => `
  @struct
  class ${word}:
      ${word}: i32

  def make_${word}(x: i32) -> i32:
      return ${word}(x).${word}`,
    )
    .join('\n')}

  def make(x: i32) -> Words:
      return Words(${WORDS.map((_, i) => `x + ${i}`).join(', ')})

  def sum(w: Words) -> i32:
      return ${WORDS.map((word) => `w.${word}`).join(' + ')}

  def both(x: i32) -> i32:
      return sum(make(x))
`,
  ({ make, sum, both, make_NULL, make_FILE }) => {
    const words = make?.(3) as Readonly<Record<string, number>>
    assert.equal(Object.keys(words), WORDS)
    assert.is(words.errno, 3 + WORDS.indexOf('errno'))
    assert.is(sum?.(words), both?.(3))
    assert.equal([make_NULL?.(1), make_FILE?.(2)], [1, 2])
  },
)

names(
  'parts of parameters that would share a name',
  `
  @struct
  class Inner:
      b: i32

  @struct
  class Outer:
      a: Inner
      a_b: i32

  def sum(o: Outer, arg_0_a_b: i32) -> i32:
      return o.a.b * 100 + o.a_b * 10 + arg_0_a_b
`,
  ({ sum }) => assert.is(sum?.({ a: { b: 1 }, a_b: 2 }, 3), 123),
)

names(
  'names with letters that C does not have',
  `
  def größe(é: i32, éa: i32) -> i32:
      ບ = é * 10
      return ບ + éa

  var ähm: i32 = 4

  def ähnlich() -> i32:
      return ähm
`,
  ({ größe, ähnlich }) => assert.equal([größe?.(2, 3), ähnlich?.()], [23, 4]),
)

names(
  'modules',
  {
    'main.spy': `
    import int8
    import errno
    import spy_str
    import memcpy
    import default

    def all() -> i32:
        return int8.f() + errno.f() + spy_str.f() + memcpy.f() + default.f()
  `,
    'int8.spy': 'def f() -> i32:\n    return 1\n',
    'errno.spy': 'def f() -> i32:\n    return 20\n',
    'spy_str.spy': 'def f() -> i32:\n    return 300\n',
    'memcpy.spy': 'def f() -> i32:\n    return 4000\n',
    'default.spy': 'def f() -> i32:\n    return 50000\n',
  },
  ({ all }) => assert.is(all?.(), 54321),
)

names.run()

const clang = suite('names that C has taken, with the embedded clang')

clang('all of them at once', async () => {
  const files = new Map<string, string>()
  for (const [name, text] of Object.entries({ locals: LOCALS, functions: FUNCTIONS, variables: VARIABLES })) {
    files.set(`/app/${name}.spy`, dedent(text))
  }
  const toolchain = await chooseToolchain('clang')
  const tools = { toolchain, runtime: readRuntimeSources() }
  const { wasm } = await buildRelease({ entries: [...files.keys()] }, memoryWorld(files), tools, {
    mode: 'release',
    audience: 'embedders',
    build: { profile: 'release' },
  })
  toolchain.dispose()
  assert.ok(WebAssembly.validate(wasm as BufferSource))
})

if (findEmbeddedClang() !== undefined) clang.run()
