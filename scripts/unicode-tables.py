"""
Writes stdlib/prelude/_unicode.spy: what the methods of `str` know about letters, as Python 3.12 knows it (Unicode 15.0).

    python3.12 scripts/unicode-tables.py

Node's own data would be nearer, but it changes from release to release, and all engines must agree. A table is a text of
runs in order: the first code point, how many there are, and the step between them; maps add a difference. Numbers are
written in digits of six bits, the character 48 + digit each.
"""

import unicodedata
from pathlib import Path

CODES = [code for code in range(0x110000) if not 0xD800 <= code < 0xE000]
TARGET = Path(__file__).parent.parent / "stdlib/prelude/_unicode.spy"


def digits(value, count):
    assert 0 <= value < 64**count, value
    return "".join(chr(48 + (value >> 6 * i) % 64) for i in reversed(range(count)))


def runs(differences):
    """
    Code point -> difference, as runs that do not overlap: (start, count, step, difference).
    """
    result = []
    codes = sorted(differences)
    i = 0
    while i < len(codes):
        start = codes[i]
        difference = differences[start]
        count, step = 1, 1
        if i + 1 < len(codes) and codes[i + 1] - start in (1, 2) and differences[codes[i + 1]] == difference:
            step = codes[i + 1] - start
            while (
                i + count < len(codes)
                and codes[i + count] == start + count * step
                and differences[codes[i + count]] == difference
            ):
                count += 1
        result.append((start, count, step, difference))
        i += count
    return result


def set_table(holds):
    members = {code: 0 for code in CODES if holds(chr(code))}
    return "".join(digits(start, 4) + digits(count, 3) + digits(step, 1) for start, count, step, _ in runs(members))


def map_table(mapped):
    """
    Differences are shifted so that none is negative.
    """
    pairs = {code: ord(mapped(chr(code))) - code for code in CODES if len(mapped(chr(code))) == 1}
    changes = {code: difference for code, difference in pairs.items() if difference != 0}
    return "".join(
        digits(start, 4) + digits(count, 3) + digits(step, 1) + digits(difference + 0x110000, 4)
        for start, count, step, difference in runs(changes)
    )


def exceptions(mapped, usual):
    """
    What is not in the map: a zero, the character, and what it becomes.
    """
    texts = [chr(code) + mapped(chr(code)) for code in CODES if mapped(chr(code)) != usual(chr(code))]
    return "".join("\0" + text for text in texts)


def simply(mapped):
    return lambda c: mapped(c) if len(mapped(c)) == 1 else c


def is_case_ignorable(c):
    """
    Between a letter and a final sigma, which it does not hide.
    """
    return ("A" + c + "\u03a3").lower()[-1] == "\u03c2" and (c + "\u03a3").lower()[-1] == "\u03c3"


SETS = {
    "ALPHA": str.isalpha,
    "DECIMAL": str.isdecimal,
    "DIGIT": str.isdigit,
    "NUMERIC": str.isnumeric,
    "LOWER": str.islower,
    "UPPER": str.isupper,
    "TITLE": lambda c: unicodedata.category(c) == "Lt",
    "PRINTABLE": str.isprintable,
    "IDENTIFIER_START": str.isidentifier,
    "IDENTIFIER": lambda c: ("a" + c).isidentifier(),
    "CASE_IGNORABLE": is_case_ignorable,
}
MAPS = {"TO_UPPER": str.upper, "TO_LOWER": str.lower}
EXCEPTIONS = {
    "UPPER_EXCEPTIONS": (str.upper, simply(str.upper)),
    "LOWER_EXCEPTIONS": (str.lower, simply(str.lower)),
    "TITLE_EXCEPTIONS": (str.title, str.upper),
    "FOLD_EXCEPTIONS": (str.casefold, str.lower),
}


def quoted(text):
    return "".join(
        "\\\\" if c == "\\" else "\\0" if c == "\0" else c if " " <= c < "\x7f" else f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}"
        for c in text
    )


def literal(name, prefix, text, width=100):
    parts = [text[i : i + width] for i in range(0, len(text), width)]
    lines = "\n".join(f'    {prefix}"{quoted(part)}"' for part in parts)
    return f"const {name} = (\n{lines}\n)\n"


def main():
    assert unicodedata.unidata_version == "15.0.0", "this is made for Python 3.12"
    texts = ['"""\nWritten by scripts/unicode-tables.py, which says what the tables are.\n"""\n']
    texts += [literal(name, "b", set_table(holds)) for name, holds in SETS.items()]
    texts += [literal(name, "b", map_table(mapped)) for name, mapped in MAPS.items()]
    texts += [literal(name, "", exceptions(*both), 12) for name, both in EXCEPTIONS.items()]
    TARGET.write_text("\n".join(texts), encoding="utf-8")


main()
