/**
 * The coding line of PEP 263. Sources are UTF-8 whatever it says; it is only checked that it names an encoding.
 */

const CODING = /^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)/
const BLANK = /^[ \t\f]*(?:#.*)?$/

/** Encodings that Python knows by names which are not those of the web. */
const PYTHON_NAMES = new Set([
  'utf-8-sig',
  'utf-7',
  'utf-16',
  'utf-32',
  'latin',
  'raw-unicode-escape',
  'mac-roman',
  'mac-cyrillic',
  'mac-latin2',
  'mac-greek',
  'mac-turkish',
  'mbcs',
  'koi8-t',
  'big5hkscs',
  'euc-jis-2004',
  'hz',
  'johab',
])
const NUMBERED = /^(?:cp|ibm)-?\d{3,4}$|^iso-?8859-?\d{1,2}$|^utf-?(?:8|16|32)(?:-?[bl]e)?$|^u8$|^latin-?\d{1,2}$/

/** The encoding that one of the first two lines names, if there is no such encoding. */
export function unknownEncoding(text: string): string | undefined {
  if (!text.startsWith('#') && !BLANK.test(lineAt(text, 0))) return undefined
  const first = lineAt(text, 0)
  const second = lineAt(text, first.length + 1)
  const name = (CODING.exec(first) ?? (BLANK.test(first) ? CODING.exec(second) : null))?.[1]
  return name === undefined || isEncoding(name) ? undefined : name
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start)
  return text.slice(start, end === -1 ? text.length : end)
}

function isEncoding(name: string): boolean {
  const plain = name.toLowerCase().replaceAll('_', '-')
  return PYTHON_NAMES.has(plain) || NUMBERED.test(plain) || isWebEncoding(plain)
}

function isWebEncoding(label: string): boolean {
  try {
    new TextDecoder(label)
    return true
  } catch {
    return false
  }
}
