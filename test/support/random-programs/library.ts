/** What all random programs share: a module of SPy, and the same for Python together with SPy's numbers. */

export const SHAPES = `
@struct
class Point:
    x: f64
    n: i64
    label: str

    def moved(self, dx: f64) -> Point:
        return Point(self.x + dx, self.n, self.label)

    def __add__(self, other: Point) -> Point:
        return Point(self.x + other.x, self.n + other.n, self.label)

@struct
class Pair:
    n: i32
    text: str
    items: list[str]

class Counter:
    n: i32
    name: str

    def __init__(self, n: i32, name: str) -> None:
        self.n = n
        self.name = name

    def bump(self, by: i32) -> i32:
        self.n = self.n + by
        return self.n

    def shown(self) -> str:
        return self.name + "#" + str(self.n)

class Loud(Counter):
    def bump(self, by: i32) -> i32:
        self.name = self.name[:4] + "!"
        return -Counter.bump(self, by * 2)

def loud(n: i32, name: str) -> Counter:
    return Loud(n, name)

def counted(counter: Counter, by: i32) -> Counter:
    counter.bump(by)
    return counter

def opposite(n: i32) -> i32:
    return -n

def same(n: i32) -> i32:
    return n

def divided(n: i32, text: str) -> tuple[i32, str]:
    return n // 3, text[:n % 5]

def shown_bytes(b: bytes) -> str:
    return str(b)

def show_point(p: Point) -> str:
    return str(p.x) + "," + str(p.n) + "," + p.label

def show_pair(p: Pair) -> str:
    return str(p.n) + "," + p.text + "," + str(p.items)

def cut(s: str) -> str:
    return s[:16]

def mod(i: i32, n: i32) -> i32:
    return i % n if n > 0 else 0

def i32_of(x: dynamic) -> i32:
    return x

def str_of(x: dynamic) -> str:
    return x

def f64_of(x: dynamic) -> f64:
    return x

def bool_of(x: dynamic) -> bool:
    return x
`

const NAMES = [
  ...['Point', 'Pair', 'Counter', 'Loud', 'loud', 'counted', 'opposite', 'same', 'divided', 'shown_bytes'],
  ...['show_point', 'show_pair', 'cut', 'mod', 'i32_of', 'str_of', 'f64_of', 'bool_of'],
]

export const NAMES_OF_SHAPES = NAMES.join(', ')

export const PYTHON_LIBRARY = `
from __future__ import annotations
import math, struct
from math import sqrt, floor
from typing import NamedTuple

def _int(bits, signed):
    top = 1 << bits
    low, high = (-(top >> 1), (top >> 1) - 1) if signed else (0, top - 1)
    def convert(x):
        if isinstance(x, float):
            if x != x:
                return 0
            return low if x <= low else high if x >= high else int(x)
        x = int(x) & (top - 1)
        return x - top if x > high else x
    return convert

i8, u8, i32, u32, i64, u64 = (_int(b, s) for b in (8, 32, 64) for s in (True, False))
def f64(x): return float(x)
def f32(x):
    try:
        return struct.unpack('f', struct.pack('f', x))[0]
    except OverflowError:
        return math.copysign(math.inf, x)

def blue(f): return f

class Point(NamedTuple):
    x: float
    n: int
    label: str
    def moved(self, dx): return Point(self.x + dx, self.n, self.label)
    def __add__(self, other): return Point(self.x + other.x, i64(self.n + other.n), self.label)

class Pair(NamedTuple):
    n: int
    text: str
    items: list

class Counter:
    def __init__(self, n, name):
        self.n = n
        self.name = name
    def bump(self, by):
        self.n = i32(self.n + by)
        return self.n
    def shown(self): return self.name + "#" + str(self.n)

class Loud(Counter):
    def bump(self, by):
        self.name = self.name[:4] + "!"
        return i32(-Counter.bump(self, i32(by * 2)))

loud = Loud
def counted(counter, by):
    counter.bump(by)
    return counter
def opposite(n): return i32(-n)
def same(n): return n
def divided(n, text): return n // 3, text[:n % 5]
# SPy writes bytes between single quotes always.
def shown_bytes(b): return "b'" + repr(b'"' + b)[3:]
def show_point(p): return str(p.x) + "," + str(p.n) + "," + p.label
def show_pair(p): return str(p.n) + "," + p.text + "," + str(p.items)
def cut(s): return s[:16]
def mod(i, n): return i % n if n > 0 else 0
def i32_of(x): return x
def str_of(x): return x
def f64_of(x): return x
def bool_of(x): return x
`
