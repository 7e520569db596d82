/** Source text in terminal colours: rough, line by line, for dumps. */
import { type Color, type Paint, painter } from '../text/diagnostics.ts'

export type HighlightedLanguage = 'spy' | 'c'

interface Rule {
  readonly pattern: RegExp
  readonly color: Color
}

function words(text: string): RegExp {
  return new RegExp(`\\b(?:${text.split(' ').join('|')})\\b`, 'g')
}

const NUMBER = /\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b/g
const CALLED = /\b[A-Za-z_]\w*(?=\()/g

/** Where two match at one place, the earlier rule wins. */
const RULES: Record<HighlightedLanguage, readonly Rule[]> = {
  spy: [
    { pattern: /#.*/g, color: 'darkgray' },
    { pattern: /"""(?:[^\\]|\\.)*?"""|'''(?:[^\\]|\\.)*?'''|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, color: 'green' },
    { pattern: /`[^`]*`/g, color: 'fuchsia' },
    {
      pattern: words(
        'def class if elif else for while return import from as pass break continue try except finally raise with ' +
          'assert lambda yield global nonlocal True False None and or not in is',
      ),
      color: 'blue',
    },
    { pattern: words('int str float bool list dict tuple set i32 i64 f64 dynamic void'), color: 'fuchsia' },
    { pattern: NUMBER, color: 'yellow' },
    { pattern: CALLED, color: 'default' },
  ],
  c: [
    { pattern: /\/\/.*|\/\*.*?\*\//g, color: 'darkgray' },
    { pattern: /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, color: 'green' },
    { pattern: /^\s*#.*/g, color: 'turquoise' },
    {
      pattern: words(
        'auto break case char const continue default do double else enum extern float for goto if inline int long ' +
          'register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while',
      ),
      color: 'blue',
    },
    {
      pattern: /\b(?:u?int(?:8|16|32|64)_t|size_t|ptrdiff_t|intptr_t|uintptr_t|bool|true|false|NULL)\b/g,
      color: 'fuchsia',
    },
    { pattern: NUMBER, color: 'yellow' },
    { pattern: CALLED, color: 'default' },
  ],
}

export function highlight(text: string, language: HighlightedLanguage): string {
  const paint = painter(true)
  return text
    .split('\n')
    .map((line) => highlightLine(line, RULES[language], paint))
    .join('\n')
}

function highlightLine(line: string, rules: readonly Rule[], paint: Paint): string {
  const matches = rules
    .flatMap(({ pattern, color }, rank) =>
      [...line.matchAll(pattern)].map(({ index, 0: text }) => ({ index, text, color, rank })),
    )
    .sort((a, b) => a.index - b.index || a.rank - b.rank)
  let out = ''
  let end = 0
  for (const { index, text, color } of matches) {
    if (index < end) continue // inside of one that has been taken
    out += line.slice(end, index) + paint(color, text)
    end = index + text.length
  }
  return out + line.slice(end)
}
