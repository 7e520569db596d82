/** Names of the objects of a program: how they are written, read, shown to people, and spelled in C. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { GlobalNames } from '../../compiler/backends/c/names.ts'
import { Aliases } from '../../compiler/machine/vm/aliases.ts'
import { Fqn, parseFqn } from '../../compiler/objects/fqn.ts'

const spelling = suite('spelling of FQNs')

spelling('the canonical text is what parsing reads', () => {
  for (const text of ['a', 'a.b.c::xxx#1', 'a::b[x, y]::c#2', 'a::list[Ptr[x, y]]::c#3', 'm::f#__bare__', 'm::x:y']) {
    assert.is(parseFqn(text).text, text)
  }
  assert.is(parseFqn(' a :: b [x,\ty] # 1 ').text, 'a::b[x, y]#1')
  assert.is(parseFqn('a::some name').text, 'a::somename')
})

spelling('what is no FQN says why', () => {
  const refuses = (text: string, message: string) => {
    assert.throws(
      () => parseFqn(text),
      (error: Error) => error.message === message,
    )
  }
  refuses('a]', 'Unexpected token: ]')
  refuses('a::b#1::c', 'Unexpected token: ::')
  refuses('list[]', 'Unclosed bracket')
  refuses('list[a', 'Unclosed bracket')
  refuses('a::', 'Expected a name, got the end')
  refuses('a#,', 'Expected a suffix, got ,')
  refuses('', 'Expected a name, got the end')
})

spelling('qualifiers are written as people read them, so builtins go without their module', () => {
  const list = Fqn.of('_list', 'list').withQualifiers([Fqn.of('builtins', 'i32')])
  assert.is(list.text, '_list::list[i32]')
  assert.is(parseFqn('_list::list[i32]').text, list.text)
  assert.is.not(parseFqn('_list::list[i32]').cName, list.cName)
})

spelling('FQNs are made of others', () => {
  const f = Fqn.of('m', 'f')
  assert.is(f.join('g', [Fqn.of('m', 'T')]).text, 'm::f::g[m::T]')
  assert.is(f.join('g').namespace?.text, 'm::f')
  assert.is(Fqn.of('m').namespace, undefined)
  assert.is(f.withSuffix('__bare__').withSuffix('1').text, 'm::f#1')
  assert.is(
    f
      .withSuffix('1')
      .withQualifiers([Fqn.of('x')])
      .withQualifiers([Fqn.of('y')]).text,
    'm::f[x, y]#1',
  )
  assert.is(f.join('g').symbolName, 'g')
})

spelling.run()

const human = suite('human names')

const i32 = Fqn.of('builtins', 'i32')
const none = Fqn.of('types', 'NoneType')
const funcType = (kind: string, ...quals: readonly Fqn[]) => Fqn.of('builtins', kind).withQualifiers(quals)

human('builtins have no module', () => {
  assert.is(i32.debugName, 'i32')
  assert.is(Fqn.of('builtins', 'str', 'upper').debugName, 'str::upper')
  assert.is(Fqn.of('m', 'f').join('g', [i32]).debugName, 'm::f::g[i32]')
})

human('types of functions look like functions', () => {
  assert.is(funcType('def', i32, i32, i32).debugName, 'def(i32, i32) -> i32')
  assert.is(funcType('def', none).debugName, 'def() -> None')
  assert.is(funcType('blue.def', i32, none).debugName, '@blue def(i32) -> None')
  assert.is(funcType('blue.generic.def', i32, i32).debugName, '@blue.generic def(i32) -> i32')
  assert.is(funcType('blue.metafunc.def', i32, i32).debugName, '@blue.metafunc def(i32) -> i32')
  assert.is(funcType('def', funcType('__varargs__', i32), none).debugName, 'def(*i32) -> None')
})

human('aliases replace the longest beginning that has one, and what qualifies it', () => {
  const aliases = new Aliases()
  const shown = (fqn: Fqn) => aliases.resolve(fqn).debugName
  const list = (item: Fqn) => Fqn.of('_list', 'list').withQualifiers([item])
  aliases.add(list(i32).join('_ListImpl'), list(i32))
  assert.is(shown(list(i32).join('_ListImpl')), 'list[i32]')
  assert.is(shown(list(i32).join('_ListImpl').join('append')), 'list[i32]::append')
  assert.is(shown(list(list(i32).join('_ListImpl'))), 'list[list[i32]]')
  assert.is(shown(Fqn.of('_slice', 'Slice', '__new__')), 'slice::__new__')
  assert.is(shown(Fqn.of('m', 'range')), 'm::range')
})

human('aliases in a circle end', () => {
  const aliases = new Aliases()
  aliases.add(Fqn.of('m', 'a'), Fqn.of('m', 'b'))
  aliases.add(Fqn.of('m', 'b'), Fqn.of('m', 'a'))
  assert.is(aliases.resolve(Fqn.of('m', 'a')).text, 'm::a')
})

human.run()

const inC = suite('names in C')

inC('parts are joined by $, qualifiers by _, and keep their modules', () => {
  const spelled = (text: string) => parseFqn(text).cName
  assert.is(spelled('a.b.c::xxx#1'), 'spy_a_b_c$xxx$1')
  assert.is(spelled('a::b[x, y]::c#2'), 'spy_a$b__x_y$c$2')
  assert.is(spelled('a::list[Ptr[x, y]]::c#3'), 'spy_a$list__Ptr__x_y$c$3')
  assert.is(spelled('test::f#__bare__'), 'spy_test$f$__bare__')
  const list = Fqn.of('_list', 'list').withQualifiers([i32]).join('_ListImpl')
  assert.is(list.cName, 'spy__list$list__builtins$i32$_ListImpl')
  assert.is(funcType('def', i32, none).cName, 'spy_builtins$def__builtins$i32_types$NoneType')
})

inC('two that would meet are numbered in the order in which they come', () => {
  const names = new GlobalNames()
  assert.is(names.fqn(Fqn.of('a.b', 'f')), 'spy_a_b$f')
  assert.is(names.fqn(Fqn.of('a_b', 'f')), 'spy_a_b$f$$1')
  assert.is(names.fqn(Fqn.of('a_b', 'f')), 'spy_a_b$f$$2')
  assert.is(names.fqn(Fqn.of('a_b', 'g')), 'spy_a_b$g')
})

inC.run()
