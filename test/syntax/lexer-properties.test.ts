import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { T, tokenize } from '../../compiler/syntax/lexer.ts'
import { parseBody, parseTolerantly } from '../../compiler/syntax/parser.ts'
import { SourceFile } from '../../compiler/text/source.ts'

const RUNS = { numRuns: 300 }

const properties = suite('properties of the lexer')

/** Texts with the characters that matter. */
const python = fc.string({
  unit: fc.constantFrom(
    ...'abf_ 01.x(){}[]:,=\'"\\\n\t#+-*/<>!@;rRbB',
    ...['é', '漢', '🐍', '\u00a0', '“', 'def ', 'if ', '    ', '"""', 'f"', 'var '],
  ),
  maxLength: 60,
})

properties('every text ends: tokens are in order, inside the text, and the last one is the end', () => {
  fc.assert(
    fc.property(python, (text) => {
      const { kinds, starts, ends, count } = tokenize(text).tokens
      let before = 0
      for (let at = 0; at < count; at++) {
        const start = starts[at] ?? 0
        const end = ends[at] ?? 0
        assert.ok(start >= before && end >= start && end <= text.length, `token ${at} is at ${start}-${end}`)
        before = start
      }
      assert.is(kinds[count - 1], T.end)
    }),
    RUNS,
  )
})

properties('blocks that open close again', () => {
  fc.assert(
    fc.property(python, (text) => {
      const { kinds, count } = tokenize(text).tokens
      let depth = 0
      for (let at = 0; at < count; at++) {
        if (kinds[at] === T.indent) depth++
        if (kinds[at] === T.dedent) depth--
        assert.ok(depth >= 0)
      }
      assert.is(depth, 0)
    }),
    RUNS,
  )
})

properties('every text parses to a tree or to errors, never to a crash', () => {
  fc.assert(
    fc.property(python, (text) => {
      const { errors } = parseTolerantly(new SourceFile('/test/test.spy', text))
      for (const { annotations } of errors) {
        const span = annotations[0]?.span
        assert.ok(span !== undefined && span.start >= 0 && span.end <= span.file.text.length)
      }
    }),
    { numRuns: 1000 },
  )
})

/** A tree of blocks, as nested lists of names. */
const blocks = fc.letrec<{ block: unknown[] }>((tie) => ({
  block: fc.array(fc.oneof({ depthSize: 'small' }, fc.constantFrom('a', 'b'), tie('block')), {
    minLength: 1,
    maxLength: 4,
  }),
})).block

function print(block: unknown[], indent: string, step: string): string {
  return block
    .map((item) => (Array.isArray(item) ? `${indent}if x:\n${print(item, indent + step, step)}` : `${indent}${item}\n`))
    .join('')
}

properties('indentation of any width has the same meaning', () => {
  fc.assert(
    fc.property(blocks, fc.constantFrom(' ', '   ', '\t', '\t '), (block, step) => {
      const shape = (text: string) => [...tokenize(text).tokens.kinds.subarray(0, tokenize(text).tokens.count)]
      assert.equal(shape(print(block, '', step)), shape(print(block, '', '    ')))
    }),
    RUNS,
  )
})

/** The kinds of all tokens; fails if there is an error. */
function kindsOf(text: string): number[] {
  const { tokens, errors } = tokenize(text)
  assert.equal(errors, [], JSON.stringify(text))
  return [...tokens.kinds.subarray(0, tokens.count)]
}

/** The block with an indentation of its own for each of its blocks: what is added to that of the line around it. */
function printWith(block: unknown[], indent: string, nextStep: () => string): string {
  const lines = block.map((item) => {
    if (!Array.isArray(item)) return `${indent}${item}\n`
    return `${indent}if x:\n${printWith(item, indent + nextStep(), nextStep)}`
  })
  return lines.join('')
}

const steps = fc.infiniteStream(fc.constantFrom(' ', '  ', '\t', '\t\t', '\t ', '      '))

properties('tabs and spaces mix as long as each block begins with the indentation of the one around it', () => {
  fc.assert(
    fc.property(blocks, steps, (block, stream) => {
      const text = printWith(block, '', () => stream.next().value as string)
      assert.equal(kindsOf(text), kindsOf(print(block, '', '  ')))
    }),
    RUNS,
  )
})

properties('spaces that only look like a tab are an error', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), (tabs) => {
      const text = `if x:\n${'\t'.repeat(tabs)}a\n${' '.repeat(8 * tabs)}b\n`
      assert.equal(
        tokenize(text).errors.map(({ message }) => message),
        ['inconsistent use of tabs and spaces in indentation'],
      )
    }),
    RUNS,
  )
})

const nothing = fc.array(fc.constantFrom('\n', '# a comment\n', '   \n', '\t# b\n', '\f\n', '  \f # c\n'), {
  maxLength: 3,
})

properties('blank lines and comments make no difference, whatever their indentation', () => {
  fc.assert(
    fc.property(blocks, fc.infiniteStream(nothing), (block, between) => {
      const lines = print(block, '', '  ').split('\n').slice(0, -1)
      const text = lines.map((line) => `${(between.next().value as string[]).join('')}${line}\n`).join('')
      assert.equal(kindsOf(text), kindsOf(print(block, '', '  ')))
    }),
    RUNS,
  )
})

properties('a form feed at the start of a line makes no difference', () => {
  fc.assert(
    fc.property(blocks, fc.infiniteStream(fc.constantFrom('', '\f', '  \f', '\t\f\f')), (block, feeds) => {
      const text = print(block, '', '  ').replace(/^/gm, () => feeds.next().value as string)
      assert.equal(kindsOf(text.replace(/\f+$|[ \t]+\f+$/, '')), kindsOf(print(block, '', '  ')))
    }),
    RUNS,
  )
})

const pieces = fc.array(
  fc.constantFrom('a', '1', '+', '==', '"s"', 'not', '.', ',', 'f(x)', '[y]', 'b"t"', '0x1F', 'é'),
  {
    minLength: 1,
    maxLength: 8,
  },
)

properties('a line goes on behind a backslash, wherever tokens meet', () => {
  fc.assert(
    fc.property(pieces, fc.infiniteStream(fc.constantFrom(' ', ' \\\n', '\\\n', ' \\\n  \\\n\t')), (tokens, joints) => {
      const text = tokens.map((token, index) => (index === 0 ? token : `${joints.next().value} ${token}`)).join('')
      assert.equal(kindsOf(`${text}\n`), kindsOf(`${tokens.join(' ')}\n`))
    }),
    RUNS,
  )
})

properties('inside brackets, line ends and comments are blanks', () => {
  fc.assert(
    fc.property(pieces, fc.infiniteStream(fc.constantFrom(' ', '\n', ' # c)\n', '\n\n\t\f ')), (tokens, joints) => {
      const text = tokens.map((token) => `${joints.next().value}${token} `).join('')
      assert.equal(kindsOf(`(${text})\n`), kindsOf(`(${tokens.join(' ')})\n`))
    }),
    RUNS,
  )
})

properties('between two tokens there are blanks, comments and continued lines only', () => {
  fc.assert(
    fc.property(python, (text) => {
      const { tokens, errors } = tokenize(text)
      if (errors.length > 0) return
      let end = 0
      for (let at = 0; at < tokens.count; at++) {
        assert.match(text.slice(end, tokens.starts[at]), /^(?:[ \t\f\n]|\\\n|#[^\n]*)*$/)
        end = tokens.ends[at] ?? end
      }
    }),
    RUNS,
  )
})

properties('line ends and a byte order mark make no difference', () => {
  fc.assert(
    fc.property(blocks, fc.constantFrom('\r\n', '\r'), (block, lineEnd) => {
      const text = print(block, '', '  ')
      const other = `\ufeff${text.replaceAll('\n', lineEnd)}`
      assert.is(new SourceFile('/a', other).text, text)
    }),
    RUNS,
  )
})

function literalOf(text: string): unknown {
  const { body, errors } = parseBody(new SourceFile('/test/test.spy', text))
  assert.equal(errors, [])
  const [statement] = body
  if (statement?.kind !== 'StmtExpr') return undefined
  const { value } = statement
  if (value.kind === 'StrLiteral' || value.kind === 'BytesLiteral') return value.value
  return value.kind === 'Literal' && 'value' in value.value ? value.value.value : undefined
}

properties('a string means what its escapes say', () => {
  const escaped = (text: string) =>
    [...text]
      .map((character) => {
        const code = character.codePointAt(0) ?? 0
        if (code > 0xffff) return `\\U${code.toString(16).padStart(8, '0')}`
        return code > 126 || code < 32 || character === '"' || character === '\\'
          ? `\\u${code.toString(16).padStart(4, '0')}`
          : character
      })
      .join('')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.is(literalOf(`"${escaped(text)}"`), text)
    }),
    RUNS,
  )
})

properties('a string without special characters means itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('"', "'", '"""', 'r"', "R'''"), (text, open) => {
      const plain = text.replace(/["'\\\n\r]/g, '')
      assert.is(literalOf(`${open}${plain}${open.replace(/[rR]/, '')}`), plain)
    }),
    RUNS,
  )
})

properties('bytes mean what their escapes say', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
      const escaped = [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
      assert.equal(literalOf(`b'${escaped}'`), bytes)
    }),
    RUNS,
  )
})

properties('integers are exact in every base, with underscores', () => {
  const separate = (digits: string) => digits.replace(/(?<=[0-9a-f])(?=(?:[0-9a-f]{3})+$)/g, '_')
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 200n }), (value) => {
      assert.is(literalOf(separate(value.toString())), value)
      assert.is(literalOf(`0x${separate(value.toString(16))}`), value)
      assert.is(literalOf(`0O${value.toString(8)}`), value)
      assert.is(literalOf(`0b${value.toString(2)}`), value)
    }),
    RUNS,
  )
})

properties('floats are the nearest ones', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), (value) => {
      assert.is(literalOf(value.toExponential()), value)
    }),
    RUNS,
  )
})

properties('names are the same if they look the same under compatibility', () => {
  const name = (text: string) => {
    const [statement] = parseBody(new SourceFile('/a', text)).body
    return statement?.kind === 'StmtExpr' && statement.value.kind === 'Name' ? statement.value.id : undefined
  }
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      if (!/^[_\p{XID_Start}]\p{XID_Continue}*$/u.test(text)) return
      const id = name(`x${text}`)
      assert.is(id, `x${text}`.normalize('NFKC'))
    }),
    RUNS,
  )
  assert.is(name('ﬁ'), 'fi')
})

properties.run()
