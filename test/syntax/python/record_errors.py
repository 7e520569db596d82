"""
What Python says about wrong programs: rewrites `errors.json`, a list of [program, "LINE: MESSAGE"], with the messages of
the Python that runs this. Texts differ between versions: run it with Python 3.12.

Usage: record_errors.py errors.json
"""

import ast
import io
import json
import sys
import tokenize
import warnings


def error_of(text):
    """The error of the tokens, if there is one, else that of the grammar."""
    warnings.simplefilter("ignore")
    try:
        for _ in tokenize.generate_tokens(io.StringIO(text).readline):
            pass
    except tokenize.TokenError as error:
        message, (line, _) = error.args
        # Where the tokens end too early, the parser knows more.
        if "EOF" not in message:
            return f"{line}: {message}"
    except SyntaxError as error:
        return f"{error.lineno}: {error.msg}"
    try:
        ast.parse(text)
    except SyntaxError as error:
        return f"{error.lineno}: {error.msg}"
    except ValueError:
        return None  # a bug of this Python
    return "no error"


def main():
    [path] = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        rows = json.load(file)
    answers = ([text, error_of(text)] for text, _ in rows)
    recorded = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in answers if row[1] is not None)
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"[\n{recorded}\n]\n")


if __name__ == "__main__":
    main()
