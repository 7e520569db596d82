"""
Print Python's own trees, one JSON document per line, for the differential test of the parser.

Usage: dump_ast.py < LIST, one path a line

Each line is {"path", "body"} or {"path", "error": [message, line]}. A node is {"_": class, "s": start, "e": end, fields...};
positions are UTF-16 offsets into the text with LF line ends and without byte order mark.
"""

import ast
import json
import sys
import warnings


class Offsets:
    """UTF-16 offsets of (line, UTF-8 column)."""

    def __init__(self, text):
        self.starts = [0]
        self.lines = text.split("\n")
        for line in self.lines:
            self.starts.append(self.starts[-1] + utf16_length(line) + 1)

    def at(self, line, column):
        text = self.lines[line - 1]
        if not text.isascii():
            column = utf16_length(text.encode()[:column].decode())
        return self.starts[line - 1] + column


def utf16_length(text):
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(value, offsets):
    if isinstance(value, ast.AST):
        fields = {"_": type(value).__name__}
        if hasattr(value, "lineno"):
            fields["s"] = offsets.at(value.lineno, value.col_offset)
            fields["e"] = offsets.at(value.end_lineno, value.end_col_offset)
        for name in value._fields:
            if name not in ("ctx", "type_comment", "type_ignores"):
                fields[name] = plain(getattr(value, name), offsets)
        return fields
    if isinstance(value, list):
        return [plain(item, offsets) for item in value]
    if isinstance(value, bool) or value is None:
        return value
    if value is Ellipsis:
        return {"$": "Ellipsis"}
    if isinstance(value, int):
        return {"$": "int", "v": hex(value)}
    if isinstance(value, float):
        return {"$": "float", "v": repr(value)}
    if isinstance(value, complex):
        return {"$": "complex", "v": repr(value.imag)}
    if isinstance(value, bytes):
        return {"$": "bytes", "v": value.hex()}
    return value


def document(path):
    with open(path, "rb") as file:
        data = file.read()
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return {"path": path, "error": ["not UTF-8", 0]}
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        return {"path": path, "error": [getattr(error, "msg", str(error)), getattr(error, "lineno", 0)]}
    offsets = Offsets(text)
    return {"path": path, "body": plain(tree.body, offsets)}


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(10000)
    sys.set_int_max_str_digits(0)
    for line in sys.stdin:
        print(json.dumps(document(line.rstrip("\n"))))


main()
