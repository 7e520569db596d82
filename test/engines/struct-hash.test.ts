/** Structs that are compared field by field are hashed field by field. */
import { language } from '../support/engines.ts'
import { evaluates, fails } from '../support/expressions.ts'

const hashing = language('hashes of structs')

const declared = `
@struct
class P:
    x: i32
    y: i32

@struct
class Named:
    at: P
    name: str

@struct
class Nothing:
    pass

@struct
class Loose:
    n: i32
    def __eq__(self, other: Loose) -> bool:
        return True

@struct
class Own:
    n: i32
    def __hash__(self) -> i32:
        return 7

@struct
class Listed:
    items: list[i32]

@struct
class Deep:
    loose: Loose

def combined(x: i32, y: i32) -> i32:
    start = u32(2166136261)
    factor = u32(16777619)
    return i32((((start ^ u32(hash(x))) * factor) ^ u32(hash(y))) * factor)
`

evaluates(
  hashing,
  'what is equal has one hash',
  '',
  {
    'hash(P(1, 2)) == hash(P(1, 2))': 'True',
    'hash(P(1, 2)) == hash(P(2, 1))': 'False',
    'hash(P(1, 2)) == combined(1, 2)': 'True',
    'hash(P(-5, 123456)) == combined(-5, 123456)': 'True',
    'hash(Named(P(1, 2), "a")) == hash(Named(P(1, 2), "a"))': 'True',
    'hash(Named(P(1, 2), "a")) == hash(Named(P(1, 2), "b"))': 'False',
    'hash(Nothing()) == i32(u32(2166136261))': 'True',
    'hash(Own(3))': '7',
  },
  { declared },
)

evaluates(
  hashing,
  'they are keys of dicts and items of sets',
  'd = {P(1, 2): "a", P(3, 4): "b"}',
  {
    'd[P(3, 4)]': 'b',
    'P(1, 2) in d': 'True',
    'P(9, 9) in d': 'False',
    'len({Named(P(1, 2), "x"), Named(P(1, 2), "x"), Named(P(1, 2), "y")})': '2',
  },
  { declared },
)

// One that compares in a way of its own, or has a field without a hash, has none.
fails(
  hashing,
  '',
  {
    'hash(Loose(1))': "TypeError: unhashable type 'test::Loose'",
    'hash(Listed([1]))': "TypeError: unhashable type 'test::Listed'",
    'hash(Deep(Loose(1)))': "TypeError: unhashable type 'test::Deep'",
  },
  { declared },
)

hashing.run()
