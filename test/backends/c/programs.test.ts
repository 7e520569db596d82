/** Structs, memory, constants and failures, in C that runs under the sanitizers. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { GuestMemory } from '../../../compiler/machine/vm/guest-memory.ts'
import { builtinFunc } from '../../../compiler/objects/builtin-funcs.ts'
import { Fqn } from '../../../compiler/objects/fqn.ts'
import type { BulkOp } from '../../../compiler/objects/intrinsics.ts'
import type { LayoutMode } from '../../../compiler/objects/layout.ts'
import {
  BOOL,
  BYTES,
  COMPLEX128,
  F32,
  F64,
  I8,
  I32,
  I64,
  makeFuncType,
  NONE,
  type PtrType,
  type SpyType,
  STR,
  U8,
  U64,
} from '../../../compiler/objects/types.ts'
import { bytesValue, complexValue, NULL_PTR, ptrValue, structValue } from '../../../compiler/objects/values.ts'
import type { TypedExpr, TypedFunc, TypedLocal, TypedStmt } from '../../../compiler/typed/tree.ts'
import {
  assign,
  bool,
  call,
  cell,
  cellRead,
  choose,
  constant,
  declare,
  define,
  float,
  getterOf,
  int,
  local,
  loop,
  makeOf,
  none,
  onLine,
  op,
  type ProgramParts,
  PtrFuncs,
  params,
  program,
  raise,
  ret,
  run,
  sourceFunc,
  struct,
  text,
  unpack,
  walrus,
  when,
} from '../../support/typed-trees.ts'
import { catchPanics, cText, runNatively } from './native.ts'

interface Tried {
  readonly func: TypedFunc
  /** Arguments of the C call. */
  readonly args?: string
  /** How to print the result `r`; nothing for functions that return None. */
  readonly print?: string
  readonly expected: string
}

/** Call the functions one after the other; each prints a line: its result, or the error. */
function check(tried: readonly Tried[], parts: ProgramParts = {}): void {
  const functions = [...tried.map(({ func }) => func), ...(parts.functions ?? [])]
  const exported = tried.map(({ func }) => func.fqn.text)
  const c = cText(program({ ...parts, functions }), exported)
  const statements = tried.map(({ func, args = '', print }) => {
    const call = `spy_test$${func.fqn.last.name}(${args})`
    const body = print === undefined ? `${call}; printf("done");` : `__auto_type r = ${call}; printf(${print});`
    return `    if (sigsetjmp(again, 1) == 0) { ${body} } else print_panic();\n    putchar('\\n'); fflush(stdout);`
  })
  const { stdout, stderr, status } = runNatively(c, catchPanics('', statements))
  assert.is(status, 0, `${stderr}\n${c}`)
  assert.equal(
    stdout.trimEnd().split('\n'),
    tried.map(({ expected }) => expected),
  )
}

function func(
  name: string,
  parameters: readonly TypedLocal[],
  result: SpyType,
  body: readonly TypedStmt[],
  locals: Readonly<Record<string, SpyType>> = {},
): TypedFunc {
  return define(sourceFunc(`test::${name}`, parameters, result), params(...Object.entries(locals)), body)
}

const I32_PRINT = '"%d", r'
const F64_PRINT = '"%g", r'
const STR_PRINT = '"%s", (const char *)r->utf8'

onLine(3)

const VEC = struct('test::Vec', ['x', I32], ['y', F64])
const SEG = struct('test::Seg', ['tag', U8], ['a', VEC], ['register', I32], ['nothing', NONE])

const programs = suite('programs in C')

programs('make structs and read their fields', () => {
  const vec = call(makeOf(VEC), int(4), float(2.5))
  const seg = call(makeOf(SEG), constant(U8, 7), vec, local('n'), none())
  const inner = call(getterOf(SEG, 'a'), local('s', SEG))
  check([
    {
      func: func('make', params(['n', I32]), SEG, [ret(seg)]),
      args: '9',
      print: '"%d %d %g %d", r.tag, r.a.x, r.a.y, r.register$',
      expected: '7 4 2.5 9',
    },
    {
      func: func(
        'get',
        [],
        F64,
        [
          assign('s', call(sourceFunc('test::make', params(['n', I32]), SEG), int(1))),
          ret(call(getterOf(VEC, 'y'), inner)),
        ],
        { s: SEG },
      ),
      print: F64_PRINT,
      expected: '2.5',
    },
  ])
})

programs('hold constants of every kind', () => {
  const memory = new GuestMemory('debug')
  const ptr = new PtrFuncs('gc', VEC).ptr
  const all = struct(
    'test::All',
    ['b', BOOL],
    ['i', I8],
    ['l', I64],
    ['u', U64],
    ['f', F32],
    ['d', F64],
    ['c', COMPLEX128],
    ['s', STR],
    ['p', ptr],
    ['v', VEC],
  )
  const value = structValue(all, [
    true,
    -5,
    -(2n ** 63n),
    2n ** 64n - 1n,
    Math.fround(0.1),
    Number.NEGATIVE_INFINITY,
    complexValue(-0, Number.NaN),
    'a "q" ??/\n\u00e9\0z',
    NULL_PTR,
    structValue(VEC, [-(2 ** 31), 1e300]),
  ])
  const raw = constant(BYTES, bytesValue(new Uint8Array([0, 255, 65])))
  check(
    [
      {
        func: func('all', [], all, [ret(constant(all, value))]),
        print:
          '"%d %d %lld %llu %.9g %g %g %d ", r.b, r.i, (long long)r.l, (unsigned long long)r.u, (double)r.f, r.d, ' +
          'r.c.re, r.c.im != r.c.im); printf("%u %u %d %d %d %g", r.s->length, r.s->chars, ' +
          'spy_memcmp(r.s->utf8, "a \\"q\\" \\?\\?/\\n\\xc3\\xa9\\0z", 15), r.p.p == NULL, r.v.x, r.v.y',
        expected: '1 -5 -9223372036854775808 18446744073709551615 0.100000001 -inf -0 1 14 13 0 1 -2147483648 1e+300',
      },
      { func: func('word', [], STR, [ret(text('a*/b'))]), print: STR_PRINT, expected: 'a*/b' },
      {
        func: func('raw', [], BYTES, [ret(raw)]),
        print: '"%u %d %d %c", r->length, r->utf8[0], r->utf8[1], r->utf8[2]',
        expected: '3 0 255 A',
      },
    ],
    { image: memory },
  )
})

programs('keep variables', () => {
  const count = cell('test::count', I32, 40)
  const name = cell('test::name', STR, 'spy')
  const place = cell('test::place', VEC, structValue(VEC, [1, 2]))
  const nothing = cell('test::nothing', NONE, null)
  check(
    [
      {
        func: func('step', [], I32, [
          assign(count, op('i32_add', cellRead(count), int(2))),
          assign(nothing, none()),
          ret(cellRead(count)),
        ]),
        print: I32_PRINT,
        expected: '42',
      },
      { func: func('called', [], STR, [ret(cellRead(name))]), print: STR_PRINT, expected: 'spy' },
      {
        func: func('moved', [], F64, [
          assign(place, call(makeOf(VEC), int(5), float(6))),
          ret(call(getterOf(VEC, 'y'), cellRead(place))),
        ]),
        print: F64_PRINT,
        expected: '6',
      },
    ],
    { cells: [count, name, place, nothing] },
  )
})

/** `p = alloc(n); p[i].a.x = v; return p[j].a.x` in one function. */
function memoryFunction(name: string): TypedFunc {
  const segs = new PtrFuncs('gc', SEG)
  const vecs = new PtrFuncs('gc', VEC)
  const p = local('p', segs.ptr)
  const field = (index: string) =>
    call(segs.getfield(segs.ref, 'a', SEG, vecs.ref), call(segs.getitem, p, local(index)), text('a'), int(8))
  return func(
    name,
    params(['n', I32], ['i', I32], ['j', I32], ['v', I32]),
    I32,
    [
      assign('p', call(segs.alloc, local('n'))),
      run(call(vecs.setfield(vecs.ref, 'x', I32), field('i'), text('x'), int(0), local('v'))),
      ret(call(vecs.getfield(vecs.ref, 'x', I32), field('j'), text('x'), int(0))),
    ],
    { p: segs.ptr },
  )
}

programs('read and write memory through pointers and references', () => {
  check([
    { func: memoryFunction('found'), args: '3, 1, 1, 8', print: I32_PRINT, expected: '8' },
    { func: memoryFunction('zeroed'), args: '3, 1, 2, 8', print: I32_PRINT, expected: '0' },
    {
      func: memoryFunction('negative'),
      args: '-1, 0, 0, 8',
      print: I32_PRINT,
      expected: 'PanicError: negative allocation size',
    },
  ])
  check([{ func: memoryFunction('found'), args: '3, 1, 1, 8', print: I32_PRINT, expected: '8' }], { mode: 'release' })
})

programs('tell the collector where pointers are', () => {
  const vecs = new PtrFuncs('gc', VEC)
  const named = struct(
    'test::Named',
    ['id', I32],
    ['name', STR],
    ['at', struct('test::At', ['n', U8], ['p', vecs.ptr])],
  )
  const all = new PtrFuncs('gc', named)
  const c = cText(program({ functions: [func('make', [], all.ptr, [ret(call(all.alloc, int(2)))])] }), ['test::make'])
  assert.match(
    c,
    'sizeof(spy_test$Named), 2, { SPY_OFFSETOF(spy_test$Named, name), SPY_OFFSETOF(spy_test$Named, at.p) }',
  )
  const { stdout, stderr } = runNatively(
    c,
    'int main(void) { __auto_type r = spy_test$make(); printf("%d %d", r.length, r.p[1].at.p.p == NULL); }',
  )
  assert.is(stdout, '2 1', stderr)
})

programs('check accesses in debug builds', () => {
  const ints = new PtrFuncs('raw', I32)
  const p = local('p', ints.ptr)
  const at = (name: string, address: TypedExpr, body: readonly TypedStmt[]) =>
    func(name, params(['i', I32]), I32, [assign('p', address), ...body, ret(call(ints.getitem, p, local('i')))], {
      p: ints.ptr,
    })
  const three = call(ints.alloc, int(3))
  const vecs = new PtrFuncs('gc', VEC)
  const field = call(vecs.getfield(vecs.ptr, 'x', I32), local('q', vecs.ptr), text('x'), int(0))
  const nothing = constant(ints.ptr, NULL_PTR)
  check([
    { func: at('inside', three, []), args: '2', print: I32_PRINT, expected: '0' },
    {
      func: at('null', nothing, []),
      args: '0',
      print: I32_PRINT,
      expected: 'PanicError: cannot dereference NULL pointer',
    },
    {
      func: func('fields', [], I32, [assign('q', constant(vecs.ptr, NULL_PTR)), ret(field)], { q: vecs.ptr }),
      print: I32_PRINT,
      expected: 'PanicError: cannot dereference NULL pointer',
    },
    {
      func: func('truth', [], BOOL, [
        ret(
          call(
            builtinFunc(ints.ptr.fqn.join('to_bool'), [['p', ints.ptr]], BOOL, { kind: 'ptrToBool', ptr: ints.ptr }),
            nothing,
          ),
        ),
      ]),
      print: I32_PRINT,
      expected: '0',
    },
  ])
  const text_ = cText(program({ functions: [at('store', three, [run(call(ints.store, p, local('i'), int(1)))])] }), [
    'test::store',
  ])
  const { stdout } = runNatively(
    text_,
    catchPanics('', ['if (sigsetjmp(again, 1) == 0) spy_test$store(3); else print_panic();']),
  )
  assert.match(stdout, /^PanicError: ptr_store out of bounds: 0x[0-9a-f]+\[3\] \(upper bound: 3\)$/)
})

programs('carry the memory that import time has filled', () => {
  const memory = new GuestMemory('debug')
  const vecs = new PtrFuncs('gc', VEC)
  const node = struct('test::Node', ['name', STR], ['vecs', vecs.ptr], ['inner', VEC])
  const nodes = new PtrFuncs('gc', node)
  const items = memory.alloc('gc', VEC, 4)
  for (let i = 0; i < 4; i++) memory.write(VEC, items.address + i * 16, structValue(VEC, [i, i / 2]))
  const block = memory.alloc('gc', node, 2)
  const size = memory.sizeOf(node)
  memory.write(node, block.address, structValue(node, ['first', items, structValue(VEC, [7, 0])]))
  const second = ptrValue(items.address + 32, 2)
  memory.write(node, block.address + size, structValue(node, ['second', second, structValue(VEC, [8, 0])]))
  const zeros = memory.alloc('raw', F64, 1_000_000)

  const read = (name: string, ptr: PtrType, ...fields: readonly [string, SpyType]) =>
    call(new PtrFuncs('gc', ptr.item).getfield(ptr, ...fields), local(name, ptr))
  const doubles = new PtrFuncs('raw', F64)
  check(
    [
      {
        func: func(
          'name',
          [],
          STR,
          [assign('p', constant(nodes.ptr, ptrValue(block.address + size, 1))), ret(read('p', nodes.ptr, 'name', STR))],
          { p: nodes.ptr },
        ),
        print: STR_PRINT,
        expected: 'second',
      },
      {
        func: func(
          'item',
          [],
          F64,
          [
            assign('p', constant(nodes.ptr, ptrValue(block.address + size, 1))),
            assign('q', read('p', nodes.ptr, 'vecs', vecs.ptr)),
            ret(call(vecs.getfield(vecs.ref, 'y', F64), call(vecs.getitem, local('q', vecs.ptr), int(1)))),
          ],
          { p: nodes.ptr, q: vecs.ptr },
        ),
        print: F64_PRINT,
        expected: '1.5',
      },
      {
        func: func('inside', [], I32, [
          ret(
            call(
              vecs.getfield(vecs.ref, 'x', I32),
              constant(vecs.ref, ptrValue(block.address + size + memory.sizeOf(vecs.ptr) + 4 + 4, 1)),
            ),
          ),
        ]),
        print: I32_PRINT,
        expected: '8',
      },
      {
        func: func(
          'zero',
          [],
          F64,
          [
            assign('p', constant(doubles.ptr, zeros)),
            ret(call(doubles.getitem, local('p', doubles.ptr), int(999_999))),
          ],
          { p: doubles.ptr },
        ),
        print: F64_PRINT,
        expected: '0',
      },
    ],
    { image: memory },
  )
})

programs('leave what is not reached out of the text', () => {
  const memory = new GuestMemory('debug')
  const doubles = new PtrFuncs('raw', F64)
  const zeros = memory.alloc('raw', F64, 1_000_000)
  const used = func(
    'used',
    [],
    F64,
    [assign('p', constant(doubles.ptr, zeros)), ret(call(doubles.getitem, local('p', doubles.ptr), int(1)))],
    { p: doubles.ptr },
  )
  const unused = func('unused', [], STR, [ret(text('nobody asks for this'))])
  const c = cText(program({ functions: [used, unused], cells: [cell('test::idle', I32, 1)], image: memory }), [
    'test::used',
  ])
  assert.not.match(c, 'nobody asks')
  assert.not.match(c, 'unused')
  assert.not.match(c, 'idle')
  assert.match(c, 'static double SPY_g_block0[1000000];')
  assert.ok(c.length < 3000, `${c.length} characters`)
})

programs('fail as the program says', () => {
  const message = call(sourceFunc('test::why', [], STR))
  onLine(12)
  const tried: readonly Tried[] = [
    {
      func: func('raises', [], I32, [when(bool(true), [run(raise('ValueError', text('no such row')))])]),
      print: I32_PRINT,
      expected: 'ValueError: no such row',
    },
    {
      func: func('lazy', [], NONE, [
        {
          kind: 'Fail',
          error: { class: 'TypeError', message: 'mismatched "types"', annotations: [] },
          span: none().span,
        },
      ]),
      expected: 'TypeError: mismatched "types"',
    },
    {
      func: func('falls', params(['n', I32]), I32, [when(op('i32_lt', local('n'), int(0)), [ret(int(1))])]),
      args: '1',
      print: I32_PRINT,
      expected: 'TypeError: reached the end of the function without a `return`',
    },
    {
      func: func('computed', [], NONE, [run(raise('KeyError', message))]),
      expected: 'KeyError: because',
    },
  ]
  check(tried, { functions: [func('why', [], STR, [ret(text('because'))])] })
  onLine(3)
})

programs('pass functions around', () => {
  const twice = sourceFunc('test::twice', params(['n', I32]), I32)
  const type = makeFuncType('red', 'plain', [{ type: I32, kind: 'simple' }], I32)
  const through = (callee: TypedExpr): TypedExpr => ({
    kind: 'IndirectCall',
    callee,
    funcType: type,
    args: [int(21)],
    type: I32,
    span: callee.span,
  })
  const table = new PtrFuncs('raw', type)
  const slot = call(table.getitem, local('p', table.ptr), int(0))
  check(
    [
      { func: func('direct', [], I32, [ret(through(constant(type, twice)))]), print: I32_PRINT, expected: '42' },
      {
        func: func('unset', [], I32, [assign('p', call(table.alloc, int(1))), ret(through(slot))], { p: table.ptr }),
        print: I32_PRINT,
        expected: 'PanicError: call of an uninitialized function value',
      },
    ],
    { functions: [define(twice, [], [ret(op('i32_mul', local('n'), int(2)))])] },
  )
})

programs('unpack tuples, converting as asked', () => {
  const pair = struct('_tuple::tuple[i32, i32]', ['_item0', I32], ['_item1', I32])
  const total = cell('test::total', F64, 0)
  const make = call(makeOf(pair), local('n'), op('i32_add', local('n'), int(1)))
  const body = [
    unpack(make, [
      ['n', 'item0', local('item0')],
      [total, 'item1', op('i32_to_f64', local('item1'))],
    ]),
    ret(op('f64_add', cellRead(total), op('i32_to_f64', local('n')))),
  ]
  check(
    [
      {
        func: func('sum', params(['n', I32]), F64, body, { item0: I32, item1: I32 }),
        args: '20',
        print: F64_PRINT,
        expected: '41',
      },
    ],
    { cells: [total] },
  )
})

programs('copy, fill and compare items', () => {
  const ints = new PtrFuncs('raw', I32)
  const bulk = (which: BulkOp, result: SpyType, ...args: readonly TypedExpr[]) => {
    const names = args.map((arg, index) => [`a${index}`, arg.type] as const)
    const intrinsic = { kind: 'ptrBulk', op: which, item: I32, dst: ints.ptr, src: ints.ptr } as const
    return call(builtinFunc(Fqn.of('unsafe', `ptr_${which}`, 'impl'), names, result, intrinsic), ...args)
  }
  const [p, q] = [local('p', ints.ptr), local('q', ints.ptr)]
  const tried = (name: string, expected: string, ...body: readonly TypedStmt[]): Tried => ({
    func: func(
      name,
      [],
      I32,
      [
        assign('p', call(ints.alloc, int(4))),
        assign('q', call(ints.alloc, int(4))),
        run(call(ints.store, q, int(2), int(77))),
        ...body,
        ret(call(ints.getitem, p, int(2))),
      ],
      { p: ints.ptr, q: ints.ptr },
    ),
    print: I32_PRINT,
    expected,
  })
  check([
    tried('copied', '77', run(bulk('copy', NONE, p, q, int(3)))),
    tried('sliced', '77', run(bulk('copySlice', NONE, p, int(2), int(3), q, int(2), int(3)))),
    tried('filled', '16843009', run(bulk('setbytes', NONE, p, constant(U8, 1), int(4)))),
    tried('compared', '-1', ret(bulk('cmp', I32, p, q, int(4)))),
    tried('moved', '77', run(bulk('move', NONE, p, q, int(4)))),
    tried('tooMany', 'PanicError: ptr_copy dst out of bounds', run(bulk('copy', NONE, p, q, int(5)))),
    tried('negative', 'PanicError: ptr_copy dst out of bounds', run(bulk('copy', NONE, p, q, int(-1)))),
    tried(
      'lengths',
      'PanicError: ptr_copy_slice length mismatch',
      run(bulk('copySlice', NONE, p, int(0), int(1), q, int(0), int(2))),
    ),
    tried(
      'source',
      'PanicError: ptr_copy_slice src out of bounds',
      run(bulk('copySlice', NONE, p, int(0), int(2), q, int(3), int(5))),
    ),
    tried('overlap', 'PanicError: ptr_copy regions overlap', run(bulk('copy', NONE, p, p, int(1)))),
    tried(
      'second',
      'PanicError: ptr_cmp_slice b out of bounds',
      run(bulk('cmpSlice', I32, p, int(0), int(1), q, int(4), int(5))),
    ),
  ])
})

programs('evaluate assignment expressions and conditional expressions', () => {
  check([
    {
      func: func(
        'choose',
        params(['n', I32]),
        I32,
        [
          declare('x', I32, int(1)),
          loop(op('i32_lt', walrus('x', op('i32_mul', local('x'), int(2))), local('n')), [run(none())]),
          ret(choose(op('i32_eq', local('x'), int(64)), local('x'), int(0))),
        ],
        { x: I32 },
      ),
      args: '50',
      print: I32_PRINT,
      expected: '64',
    },
  ])
})

programs('name locals, fields and functions as C allows', () => {
  const odd = struct('test::Odd', ['int', I32], ['NULL', I32], ['größe', I32])
  const body = [
    assign('static', call(makeOf(odd), local('for'), int(2), int(3))),
    assign('spy_panic', call(getterOf(odd, 'größe'), local('static', odd))),
    ret(op('i32_add', local('spy_panic'), call(getterOf(odd, 'int'), local('static', odd)))),
  ]
  const names = { static: odd, spy_panic: I32 }
  check([{ func: func('int', params(['for', I32]), I32, body, names), args: '4', print: I32_PRINT, expected: '7' }])
  // `a.b::c` and `a_b::c` share a C name.
  const [first, second] = [sourceFunc('a.b::c', [], I32), sourceFunc('a_b::c', [], I32)]
  check(
    [
      {
        func: func('both', [], I32, [ret(op('i32_sub', call(first), call(second)))]),
        print: I32_PRINT,
        expected: '2',
      },
    ],
    { functions: [define(first, [], [ret(int(5))]), define(second, [], [ret(int(3))])] },
  )
})

programs('export functions with flat parameters and results', () => {
  const vecs = new PtrFuncs('gc', VEC)
  const body = [ret(call(makeOf(SEG), constant(U8, 1), local('v', VEC), local('n'), none()))]
  const one = struct('test::One', ['only', struct('test::Inner', ['x', I8])])
  const functions = [
    func('seg', params(['v', VEC], ['n', I32], ['c', COMPLEX128], ['b', BOOL], ['p', vecs.ptr]), SEG, body),
    func('same', params(['o', one]), one, [ret(local('o', one))]),
    func('nothing', params(['x', NONE]), NONE, []),
  ]
  const c = (mode: LayoutMode) =>
    cText(
      program({ functions, mode }),
      functions.map(({ fqn }) => fqn.text),
    )
  assert.match(
    c('debug'),
    'uintptr_t spy_test$seg$export(int32_t arg_0_x, double arg_0_y, int32_t arg_1, double arg_2_re,',
  )
  assert.match(c('debug'), 'int32_t arg_3, uintptr_t arg_4_address, int32_t arg_4_length) {')
  assert.match(c('release'), 'int32_t arg_3, uintptr_t arg_4_address) {')
  assert.match(c('debug'), 'SPY_EXPORT("test::same") int32_t spy_test$same$export(int32_t arg_0_only_x)')
  assert.match(c('debug'), 'SPY_EXPORT("test::nothing") void spy_test$nothing$export(void) { spy_test$nothing(); }')
  const { stdout } = runNatively(
    c('debug'),
    `int main(void) {
      spy_test$Seg *r = (spy_test$Seg *)spy_test$seg$export(3, 4.5, 6, 0, 0, 1, 0, 0);
      printf("%d %g %d %d", r->a.x, r->a.y, r->register$, spy_test$same$export(300));
    }`,
  )
  assert.is(stdout, '3 4.5 6 44')
})

programs.run()
