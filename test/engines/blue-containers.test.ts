/** Containers of blue time, which hold what memory cannot. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const containers = language('containers of blue time')

containers(
  'an interp_list is indexed, changed, added, compared and printed',
  `
  from __spy__ import interp_list

  @blue
  def made():
      l = interp_list[type](i32, str)
      l[-1] = f64
      m = l + [bool]
      return str(len(m)) + str(m[1] == f64) + str(m == interp_list[type](i32, f64, bool)) + str(l != l)

  @blue
  def texts():
      return str(interp_list[str]("a", "it's")) + repr(interp_list[i32](1, 2)) + str(interp_list[type]())

  @blue
  def names():
      return interp_list[i32].__name__ + " " + interp_list[i32].__full_fqn__

  def main() -> str:
      return made()

  def show() -> str:
      return texts()

  def called() -> str:
      return names()
  `,
  ({ main, show, called }) => {
    assert.is(main?.(), '3TrueTrueFalse')
    assert.is(show?.(), `['a', "it's"][1, 2][]`)
    assert.is(called?.(), 'interp_list[i32] __spy__::interp_list[i32]')
  },
)

containers(
  'an interp_dict keeps the order in which keys were added',
  `
  from __spy__ import interp_dict

  @blue
  def made():
      d: interp_dict[str, type] = {}
      d["b"] = i32
      d["a"] = str
      d["b"] = f64
      return str(len(d)) + str(d["b"]) + str(d)

  @blue
  def compared():
      d = interp_dict[type, i32]()
      e = interp_dict[type, i32]()
      d[i32] = 1
      e[i32] = 1
      same = d == e
      e[str] = 2
      return str(same) + str(d != e)

  def main() -> str:
      return made()

  def show() -> str:
      return compared()
  `,
  ({ main, show }) => {
    assert.is(main?.(), "2<spy type 'f64'>{'b': <spy type 'f64'>, 'a': <spy type 'str'>}")
    assert.is(show?.(), 'TrueTrue')
  },
)

containers(
  'an interp_tuple holds anything',
  `
  from __spy__ import interp_tuple

  @blue
  def made():
      t = interp_tuple(i32, "a", 3)
      a, b, c = t
      return str(len(t)) + b + str(t[2] + c) + str(t == interp_tuple(i32, "a", 3)) + str(t != t)

  def main() -> str:
      return made()
  `,
  ({ main }) => assert.is(main?.(), '3a6TrueFalse'),
)

for (const [expression, headline] of [
  ['interp_list[type]()[0]', 'IndexError: list index out of range'],
  ['interp_dict[str, i32]()["a"]', 'KeyError: key not found'],
  ['interp_list[i32]("a")', 'TypeError: mismatched types'],
  ['interp_list[i32](1) == interp_list[str]("a")', 'TypeError: mismatched types'],
] as const) {
  containers.refuses(
    `${expression} is ${headline}`,
    `
    from __spy__ import interp_dict, interp_list

    def main() -> None:
        print(${expression})
    `,
    headline,
  )
}

containers(
  'comprehensions go over them, item by item',
  `
  @blue
  def names(*types):
      return [T.__name__ for T in types if T != str]

  def f(n: i32) -> str:
      shown = [T.__name__ + str(T(n)) for T in (i32, f64)]
      sizes = {T.__name__: len(T.__name__) for T in [i32, str]}
      pairs = [T.__name__ + c for T in (i32, f64) if n > 2 for c in "ab"]
      none: list[i32] = [1 for T in (i32, str) if T == f64]
      return f"{shown} {sizes} {pairs} {none} {names(i32, str, f64)}"
  `,
  ({ f }) => {
    const end = "['i32', 'f64']"
    assert.is(f?.(3), `['i323', 'f643.0'] {'i32': 3, 'str': 3} ['i32a', 'i32b', 'f64a', 'f64b'] [] ${end}`)
    assert.is(f?.(2), `['i322', 'f642.0'] {'i32': 3, 'str': 3} [] [] ${end}`)
  },
)

containers(
  'the text of a tuple of blue time is that of its items',
  `
  @blue
  def parts(types):
      return (i32 in types, len(types), "a", types, f64)

  def f() -> str:
      return str(parts([i32, str])) + str((i32,))
  `,
  ({ f }) => {
    const list = "[<spy type 'i32'>, <spy type 'str'>]"
    assert.is(f?.(), `(True, 2, 'a', ${list}, <spy type 'f64'>)(<spy type 'i32'>,)`)
  },
)

containers.run()
