/** `spy build --Werror`: what is odd in a program, and right, is no warning of the C that is made of it. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findEmscripten } from '../../compiler/toolchain/emscripten.ts'
import { findNative } from '../../compiler/toolchain/native.ts'
import { findEmbeddedClang } from '../../compiler/toolchain/wasm-clang.ts'
import { folderWith, spy } from '../support/spy-command.ts'

const ODD = `var g: i32 = 3

@struct
class P:
    x: i32

def compares(x: i32, y: f64, b: bool, u: u8, w: u32) -> bool:
    if y != y or (b == b) == (b != b):
        return x < x < x
    return x == x and u >= u8(0) and w <= u32(4294967295) and -x > -2147483648 or b and b or True

def assigns(x: i32) -> i32:
    x = x
    g = g
    p = P(x)
    p = p
    if (x := 4) == 4:
        pass
    while (g := g - 1) > 0:
        pass
    return (x := x)

def drops(n: i32, none: None) -> None:
    n
    n + 1
    n == n
    3
    P(n).x
    unused = [n]
    d, e = (n, "x")
    if n > 3:
        later = 4
    return none

def computes(n: i32, y: f64) -> f64:
    n = (n << 40) + (n >> 33) + (1 << 31) + (2147483647 + n) + (n - n) + (n ^ n)
    return y * 1e300 * 1e300 + 1e-320 + y / y + n / n

def ends(n: i32) -> i32:
    return n
    return n + 1

def recurs(n: i32) -> i32:
    return recurs(n)

def stays(n: i32) -> i32:
    while True:
        n = n + 1

def raises(n: i32) -> i32:
    raise ValueError("no")
`

const strict = suite('strict builds')

async function isAccepted(...args: readonly string[]): Promise<void> {
  using folder = folderWith({ 'odd.spy': ODD })
  const { status, stderr } = await spy(['build', '--Werror', '--no-cache', ...args, folder.file('odd.spy')])
  assert.equal({ status, stderr }, { status: 0, stderr: '' })
}

for (const profile of ['--debug', '--release']) {
  if (findEmbeddedClang() !== undefined) {
    strict(`the embedded clang, ${profile}`, () => isAccepted('--toolchain', 'clang', profile))
  }
  if ((await findEmscripten()) !== undefined) {
    strict(`Emscripten, ${profile}`, () => isAccepted('--toolchain', 'emscripten', profile))
  }
  if ((await findNative()) !== undefined) {
    strict(`the system's compiler, ${profile}`, () => isAccepted('-t', 'native', '-k', 'lib', profile))
  }
}

strict.run()
