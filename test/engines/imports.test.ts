/** Importing: what a name is bound to, in which order modules run, and what cannot be imported. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const imports = language('imports')

imports(
  'binds modules and their attributes, under other names if asked to',
  {
    'main.spy': `
      import tools
      import tools as t
      from tools import twice, LIMIT as K, Box
      import deep.inner as inner

      def f() -> i32:
          return tools.twice(1) * 1000 + t.LIMIT * 100 + twice(K) * 10 + Box(3).item + inner.one()
    `,
    'tools.spy': `
      LIMIT = 2

      def twice(x: i32) -> i32:
          return x * LIMIT

      @struct
      class Box:
          item: i32
    `,
    'deep/inner.spy': `
      def one() -> i32:
          return 1
    `,
  },
  ({ f }) => assert.is(f?.(), 2244),
)

imports(
  'with dots names a file from where the importing one stands',
  {
    'main.spy': `
      from .util import name
      from . import util
      from .sub.leaf import path

      def f() -> str:
          return f"{name()} {util.name()} {path()}"
    `,
    'util.spy': `
      def name() -> str:
          return "util"
    `,
    'sub/leaf.spy': `
      from ..util import name
      from . import util
      from .util import name as other

      def path() -> str:
          return f"{name()}/{util.name()}/{other()}"
    `,
    'sub/util.spy': `
      def name() -> str:
          return "sub"
    `,
  },
  ({ f }) => assert.is(f?.(), 'util util util/sub/sub'),
)

imports(
  'runs every module once, dependencies first, in the order of the text',
  {
    'main.spy': `
      import log
      import ui
      import net

      order = log.note("main")

      def f() -> str:
          return log.notes
    `,
    'log.spy': `
      var notes: str = ""

      @blue
      def note(name):
          notes = notes + name + " "
          return name
    `,
    'ui.spy': `
      import log
      import colors
      import fonts

      order = log.note("ui")
    `,
    'net.spy': `
      import ui
      import log
      import http

      order = log.note("net")
    `,
    'colors.spy': `
      import log
      order = log.note("colors")
    `,
    'fonts.spy': `
      import log
      order = log.note("fonts")
    `,
    'http.spy': `
      import log
      order = log.note("http")
    `,
  },
  ({ f }) => assert.is(f?.(), 'colors fonts ui http net main '),
)

imports(
  'of a name that a function uses first does not run its module first',
  {
    'main.spy': `
      import log
      import aaa
      import bbb

      def f() -> str:
          return bbb.name() + log.notes
    `,
    'log.spy': `
      var notes: str = ""

      @blue
      def note(name):
          notes = notes + " " + name
          return name
    `,
    'aaa.spy': `
      import log
      order = log.note("aaa")
    `,
    'bbb.spy': `
      import log
      order = log.note("bbb")

      def name() -> str:
          return order
    `,
  },
  ({ f }) => assert.is(f?.(), 'bbb aaa bbb'),
)

imports(
  'can be passed on, and functions keep the names of their own module',
  {
    'main.spy': `
      from middle import number, LIMIT as K

      LIMIT = 7

      def f() -> i32:
          return number() * 100 + K * 10 + LIMIT
    `,
    'middle.spy': `
      from source import number, LIMIT
    `,
    'source.spy': `
      LIMIT = 5

      def number() -> i32:
          return LIMIT
    `,
  },
  ({ f }) => assert.is(f?.(), 557),
)

imports(
  'one file is one module, however it is reached: its variables are shared',
  {
    'main.spy': `
      import state
      from .state import bump
      import sub.user as user

      def f() -> i32:
          bump()
          user.bump()
          return state.count
    `,
    'state.spy': `
      var count: i32 = 0

      def bump() -> None:
          count += 1
    `,
    'sub/user.spy': `
      from ..state import bump
    `,
  },
  ({ f }) => assert.is(f?.(), 2),
)

imports(
  'of modules with the same file name keeps them apart',
  {
    'main.spy': `
      import util
      import a.util as b

      def f() -> i32:
          return util.number() * 10 + b.number()
    `,
    'util.spy': `
      var n: i32 = 1

      def number() -> i32:
          return n
    `,
    'a/util.spy': `
      var n: i32 = 2

      def number() -> i32:
          return n
    `,
  },
  ({ f }) => assert.is(f?.(), 12),
)

imports(
  'of itself gives a module as much of itself as there is',
  {
    'main.spy': `
      import main as me
      first = 1
      from main import first as again

      def f() -> i32:
          return me.first * 100 + again * 10 + me.last

      last = 3
    `,
  },
  ({ f }) => assert.is(f?.(), 113),
)

imports.error(
  'of a name of its own that is not there yet fails',
  {
    'main.spy': `
      from main import later
                       ^^^^^ error: attribute \`later\` does not exist in module \`main\`
      later = 1

      def main() -> None:
          pass
    `,
  },
  'ImportError: cannot import `main.later`',
)

imports.error(
  'in a circle fails where a module is needed that has not started',
  {
    'main.spy': `
      import a

      def main() -> None:
          pass
    `,
    'a.spy': `
      from b import y
      x = 3
    `,
    'b.spy': `
      from a import x
      ^^^^^^^^^^^^^^^ error: module \`a\` does not exist
      ^^^^^^^^^^^^^^^ note: this is likely a circular import (WIP)
      y = 4
    `,
  },
  'ImportError: cannot import `a.x`',
)

imports.error(
  'of what a module does not have blames the item',
  {
    'main.spy': `
      from a import x, missing as m
                       ^^^^^^^^^^^^ error: attribute \`missing\` does not exist in module \`a\`

      def main() -> None:
          pass
    `,
    'a.spy': `
      x = 3
    `,
  },
  'ImportError: cannot import `a.missing`',
)

imports.error(
  'of everything is the import of a name that no module has',
  {
    'main.spy': `
      from a import *
                    ^ error: attribute \`*\` does not exist in module \`a\`

      def main() -> None:
          pass
    `,
    'a.spy': `
      x = 3
    `,
  },
  'ImportError: cannot import `a.*`',
)

imports.error(
  'of a file that has a syntax error says so before anything runs',
  {
    'main.spy': `
      import a
      import nowhere

      def main() -> None:
          pass
    `,
    'a.spy': `
      x = = 3
      ^^^^^^^ error:
    `,
  },
  'ParseError: invalid syntax',
)

imports.refuses(
  'with dots does not search',
  {
    'main.spy': `
      from .math import sqrt

      def main() -> None:
          pass
    `,
  },
  'ImportError: cannot import `(.math).sqrt`',
)

imports.run()
