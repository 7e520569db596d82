/** `str`: a sequence of code points, with Python's methods. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'
import { evaluates, fails } from '../support/expressions.ts'

const text = language('text')

evaluates(text, 'positions are those of code points', 'var s: str = "héllo wörld 😀"', {
  'len(s)': '13',
  's[0]': 'h',
  's[-1]': '😀',
  's[1]': 'é',
  's[1:4]': 'éll',
  's[:-1]': 'héllo wörld ',
  's[-3:]': 'd 😀',
  's[::-1]': '😀 dlröw olléh',
  's[::3]': 'hlwl😀',
  's[10:2:-2]': 'drwo',
  's[5:2]': '',
  's[-100:100]': 'héllo wörld 😀',
  's.find("l")': '2',
  's.find("l", 3)': '3',
  's.find("l", 4, 9)': '-1',
  's.find("")': '0',
  's.find("", 99)': '-1',
  's.find("zzz")': '-1',
  's.rfind("l")': '9',
  's.index("w")': '6',
  's.count("l")': '3',
  's.count("")': '14',
  's.count("l", -6)': '1',
  's.replace("l", "LL")': 'héLLLLo wörLLd 😀',
  's.replace("", ".", 3)': '.h.é.llo wörld 😀',
  's.replace("o", "0", 1)': 'héll0 wörld 😀',
  's + "!" * 3': 'héllo wörld 😀!!!',
  '3 * "ab"': 'ababab',
  '"ab" * -1 == ""': 'True',
  '"rld" in s': 'True',
  's.startswith("hé")': 'True',
  's.endswith("😀")': 'True',
  's.isascii()': 'False',
  'ord(s[1])': '233',
  'chr(128512) + chr(65)': '😀A',
})

evaluates(text, 'methods do what those of Python do', '', {
  '"a,b,".split(",")': "['a', 'b', '']",
  '"".split(",")': "['']",
  '"".split()': '[]',
  '"  a  b c ".split()': "['a', 'b', 'c']",
  '"a b c".split(None, 1)': "['a', 'b c']",
  '"a,b,c".split(",", 1)': "['a', 'b,c']",
  '"a--b--c".rsplit("--", 1)': "['a--b', 'c']",
  '" a b c ".split(None, 1)': "['a', 'b c ']",
  '" a b c ".rsplit(None, 1)': "[' a b', 'c']",
  '"a\\nb\\r\\nc\\n".splitlines()': "['a', 'b', 'c']",
  '"a\\nb\\r\\nc".splitlines(True)': "['a\\n', 'b\\r\\n', 'c']",
  '"k=v=w".partition("=")': "('k', '=', 'v=w')",
  '"k=v=w".rpartition("=")': "('k=v', '=', 'w')",
  '"none".partition("=")': "('none', '', '')",
  '", ".join(["a", "b", "c"])': 'a, b, c',
  '"".join(["x"])': 'x',
  '"-".join("ab".split()) == "ab"': 'True',
  'repr("  x\\t".strip())': "'x'",
  'repr("  x  ".lstrip())': "'x  '",
  'repr("  x  ".rstrip())': "'  x'",
  '"xyabyx".strip("xy")': 'ab',
  '"ab".center(7, "*")': '***ab**',
  '"abc".center(6, "*")': '*abc**',
  '"abc".center(2)': 'abc',
  '"ab".ljust(4, ".")': 'ab..',
  '"ab".rjust(4, ".")': '..ab',
  '"-5".zfill(4)': '-005',
  '"abc".zfill(2)': 'abc',
  '"a\\tbc\\td".expandtabs(4)': 'a   bc  d',
  '"Hello World".upper()': 'HELLO WORLD',
  '"Hello World".lower()': 'hello world',
  '"Hello World".swapcase()': 'hELLO wORLD',
  '"hello WORLD".capitalize()': 'Hello world',
  '"hello wORLD\'s".title()': "Hello World'S",
  '"abc".isalpha()': 'True',
  '"ab1".isalnum()': 'True',
  '"12".isdigit()': 'True',
  '"".isdigit()': 'False',
  '"ABC".isupper()': 'True',
  '"abc 1".islower()': 'True',
  '"Ab Cd".istitle()': 'True',
  '" \\t".isspace()': 'True',
  '"".isspace()': 'False',
  '"abcabc".removeprefix("abc")': 'abc',
  '"abcabc".removesuffix("bc")': 'abca',
  '"abc".removeprefix("x")': 'abc',
  '"tea".replace("", ".")': '.t.e.a.',
  'repr("it\'s")': '"it\'s"',
  'repr("\\x00\\n\\\\")': "'\\x00\\n\\\\'",
  'repr("café")': "'café'",
  'str("abc")': 'abc',
  'hash("abc") == 440920331': 'True',
  'hash("") == -2128831035': 'True',
  '"a" "b" r"\\n"': 'ab\\n',
})

text(
  'a loop gives one character after the other',
  `
  def f(s: str) -> str:
      var result = ""
      for c in s:
          result = c + result
      return result
  `,
  ({ f }) => assert.equal([f?.('aé😀'), f?.('')], ['😀éa', '']),
)

text(
  'a comprehension and a membership test walk over text, too',
  `
  def f(s: str) -> i32:
      return len([c for c in s if c in "aeiou"])
  `,
  ({ f }) => assert.is(f?.('hello wörld'), 2),
)

fails(text, 'var s: str = "abc"', {
  's[3]': 'IndexError: string index out of bound',
  's[-4]': 'IndexError: string index out of bound',
  's[::0]': 'ValueError: slice step cannot be zero',
  's.index("z")': 'ValueError: substring not found',
  's.split("")': 'ValueError: empty separator',
  's.center(9, "ab")': 'TypeError: The fill character must be exactly one character long',
  'ord(s)': 'TypeError: ord() expected a character, but string of length 3 found',
  'ord("")': 'TypeError: ord() expected a character, but string of length 0 found',
  'chr(1114112)': 'ValueError: chr() arg not in range(0x)',
  's + 1': 'TypeError: mismatched types',
  '1 + s': 'TypeError: cannot do `i32` + `str`',
  's.nothing()': 'TypeError: method `str::nothing` does not exist',
  's.split(1, 2, 3)': 'TypeError: this function takes from 1 to 3 arguments but 4 arguments were supplied',
  's["a"]': 'TypeError: cannot do `str`[...]',
})

text.error(
  'text is immutable',
  `
  def main() -> None:
      s = "abc"
      ^ note: \`s\` defined here
      s[0] = "x"
      ^ error: this is \`str\`
      ^^^^^^^^^^ note: operator::SETITEM called here
  `,
  'TypeError: cannot do `str[`i32`] = ...',
)

text.error(
  'methods count the receiver among their arguments',
  `
  def main() -> None:
      "abc".removeprefix()
      ^^^^^ error: 1 argument missing
      ^^^^^^^^^^^^^^^^^^^^ note: operator::CALL_METHOD called here
  `,
  'TypeError: this function takes 2 arguments but 1 argument was supplied',
)

evaluates(text, 'prefixes and suffixes are looked for in a part of the text, several at once', 's = "abc"', {
  's.startswith("b", 1)': 'True',
  's.startswith("c", -1)': 'True',
  's.startswith("abc", 0, 2)': 'False',
  's.startswith("", 3)': 'True',
  's.startswith("", 4)': 'False',
  's.startswith(("x", "a"))': 'True',
  's.startswith(("x", "b"), 1)': 'True',
  's.endswith("b", 0, 2)': 'True',
  's.endswith(("x", "c"))': 'True',
  's.endswith("bc", 2)': 'False',
  's.endswith((), 0)': 'False',
})

evaluates(text, 'anything that gives texts is joined', '', {
  '",".join("ab")': 'a,b',
  '",".join(("a", "b"))': 'a,b',
  '",".join({"a": 1, "b": 2})': 'a,b',
  '",".join([c for c in "xy"])': 'x,y',
  '"".join([])': '',
})

evaluates(text, 'letters of all alphabets have their case', '', {
  '"ß".upper()': 'SS',
  '"ŉǰΐ".upper()': 'ʼNJ̌Ϊ́',
  '"É".lower()': 'é',
  '"İ".lower()': 'i̇',
  '"ΑΣ ΑΣΑ Σ".lower()': 'ας ασα σ',
  '"ΑΣ\'Β".lower()': "ασ'β",
  '"ǆ ǅ ﬁx ßa".title()': 'ǅ ǅ Fix Ssa',
  '"ǆa".capitalize()': 'ǅa',
  '"straße Σς ŉ".casefold()': 'strasse σσ ʼn',
  '"ÀÉ ßǅ ΑΣ".swapcase()': 'àé SSǅ ας',
  '"they\'re bill\'s".title()': "They'Re Bill'S",
  '"éa b".title()': 'Éa B',
  '"ÉA".capitalize()': 'Éa',
  '"éß中".isalpha()': 'True',
  '"é1½".isalnum()': 'True',
  '"é-".isalnum()': 'False',
  '"٣".isdigit()': 'True',
  '"٣".isdecimal()': 'True',
  '"²".isdigit()': 'True',
  '"²".isdecimal()': 'False',
  '"½".isnumeric()': 'True',
  '"三".isnumeric()': 'True',
  '"ÉA1".isupper()': 'True',
  '"Éa".isupper()': 'False',
  '"ªé".islower()': 'True',
  '"ǅa".istitle()': 'True',
  '"É Él".istitle()': 'True',
  '"ÉL".istitle()': 'False',
  '"中".isupper()': 'False',
  '"naïve_1".isidentifier()': 'True',
  '"1a".isidentifier()': 'False',
  '"ำ".isidentifier()': 'False',
  '"".isidentifier()': 'False',
  '"a b".isidentifier()': 'False',
  '"中 é".isprintable()': 'True',
  '"\\u200b".isprintable()': 'False',
  '"\\u0378".isprintable()': 'False',
  '"".isprintable()': 'True',
  '"\\n".isprintable()': 'False',
  '"\\u3000\\x85".isspace()': 'True',
  '"𐐨".upper()': '𐐀',
  '"𝐀".isupper()': 'True',
})

evaluates(text, 'characters are translated by a dict', 's = "abcé"', {
  's.translate({97: 98})': 'bbcé',
  's.translate({97: "xyz", 233: ""})': 'xyzbc',
  's.translate(str.maketrans("ab", "xy"))': 'xycé',
  's.translate(str.maketrans("ab", "xy", "cé"))': 'xy',
  's.translate(str.maketrans({"a": "1", "é": "e"}))': '1bce',
})

fails(text, '', {
  'str.maketrans("ab", "x")': 'ValueError: the first two maketrans arguments must have equal length',
  'str.maketrans({"ab": "x"})': 'ValueError: string keys in translate table must be of length 1',
})

text.run()
