/**
 * Our tree against Python's, node by node, span by span. Where we refuse a construct, Python must have one that is
 * refused; what is inside it is not compared.
 */
import type { Expr, FuncArg, JoinedStr, Keyword, Stmt, StrLiteral } from '../../../compiler/syntax/ast.ts'

/** A node as `dump_ast.py` prints it. */
export interface PyNode {
  readonly _: string
  readonly s: number
  readonly e: number
  readonly [field: string]: unknown
}

interface PyConstant {
  readonly $: string
  readonly v: string
}

export class Mismatch extends Error {}

export class TreeComparison {
  readonly #text: string
  /** How many nodes were found equal. */
  compared = 0

  constructor(text: string) {
    this.#text = text
  }

  body(ours: readonly Stmt[], theirs: readonly PyNode[]): void {
    const rest = [...ours]
    for (const py of theirs) {
      if (isImport(py)) continue
      const mine = rest.shift()
      if (mine === undefined) this.#fail(py, 'a statement is missing')
      this.#stmt(mine, py)
    }
    if (rest[0] !== undefined) throw new Mismatch(`one statement too many: ${rest[0].kind}`)
  }

  /** A body whose docstring has been taken away. */
  #documented(docstring: string | null, ours: readonly Stmt[], theirs: unknown): void {
    const py = nodes(theirs)
    const [first] = py
    if (docstring === null || first === undefined) return this.body(ours, py)
    const value = node(first.value)
    if (first._ !== 'Expr' || value.value !== docstring) this.#fail(first, 'docstring')
    this.body(ours, py.slice(1))
  }

  #fail(py: PyNode, what: string): never {
    const line = this.#text.slice(0, py.s).split('\n').length
    throw new Mismatch(`line ${line}: ${what}, Python has ${py._}: ${this.#text.slice(py.s, py.e).slice(0, 200)}`)
  }

  #same(ours: { readonly kind: string; readonly span: { start: number; end: number } }, py: PyNode): void {
    this.compared++
    if (ours.span.start === py.s && ours.span.end === py.e) return
    this.#fail(py, `${ours.kind} covers ${JSON.stringify(this.#text.slice(ours.span.start, ours.span.end))}`)
  }

  #is(ours: { readonly kind: string }, py: PyNode, ...classes: string[]): void {
    if (!classes.includes(py._)) this.#fail(py, `ours is ${ours.kind}`)
  }

  #stmt(ours: Stmt, py: PyNode): void {
    if (isRefusedStatement(py)) {
      this.#is(ours, { ...py, _: ours.kind }, 'Pass')
      return
    }
    if (ours.kind !== 'ClassDef') this.#same(ours, py)
    switch (ours.kind) {
      case 'Pass':
      case 'Break':
      case 'Continue':
        return this.#is(ours, py, ours.kind)
      case 'Return':
        this.#is(ours, py, 'Return')
        if (py.value !== null) this.#expr(ours.value, node(py.value))
        return
      case 'StmtExpr':
        this.#is(ours, py, 'Expr')
        return this.#expr(ours.value, node(py.value))
      case 'Raise':
        this.#is(ours, py, 'Raise')
        return this.#expr(ours.exc, node(py.exc))
      case 'Assert':
        this.#is(ours, py, 'Assert')
        this.#expr(ours.test, node(py.test))
        if (ours.msg !== null) this.#expr(ours.msg, node(py.msg))
        return
      case 'VarDef':
        this.#is(ours, py, 'AnnAssign')
        this.#name(ours.name, node(py.target))
        this.#expr(ours.type, node(py.annotation))
        if (ours.value !== null) this.#expr(ours.value, node(py.value))
        return
      case 'Assign':
        this.#is(ours, py, 'Assign')
        if (ours.target.kind === 'SingleTarget') this.#name(ours.target.name, nodes(py.targets)[0])
        else this.#unpack(ours.target, nodes(py.targets)[0])
        return this.#expr(ours.value, node(py.value))
      case 'SetAttr':
      case 'AugSetAttr': {
        this.#is(ours, py, ours.kind === 'SetAttr' ? 'Assign' : 'AugAssign')
        const target = ours.kind === 'SetAttr' ? nodes(py.targets)[0] : node(py.target)
        if (target?._ !== 'Attribute' || target.attr !== ours.attr.value) this.#fail(py, 'attribute')
        this.#same(ours.attr, target)
        this.#expr(ours.target, node(target.value))
        return this.#expr(ours.value, node(py.value))
      }
      case 'SetItem':
      case 'AugSetItem': {
        this.#is(ours, py, ours.kind === 'SetItem' ? 'Assign' : 'AugAssign')
        const target = ours.kind === 'SetItem' ? nodes(py.targets)[0] : node(py.target)
        if (target?._ !== 'Subscript') this.#fail(py, 'item')
        this.#expr(ours.target, node(target.value))
        this.#subscript(ours.args, node(target.slice))
        return this.#expr(ours.value, node(py.value))
      }
      case 'AugAssign':
        this.#is(ours, py, 'AugAssign')
        this.#name(ours.target, node(py.target))
        if (BIN_OPS[node(py.op)._] !== ours.op) this.#fail(py, ours.op)
        return this.#expr(ours.value, node(py.value))
      case 'If':
        this.#is(ours, py, 'If')
        this.#expr(ours.test, node(py.test))
        this.body(ours.thenBody, nodes(py.body))
        return this.body(ours.elseBody, nodes(py.orelse))
      case 'While':
        this.#is(ours, py, 'While')
        this.#expr(ours.test, node(py.test))
        return this.body(ours.body, nodes(py.body))
      case 'For':
        this.#is(ours, py, 'For')
        this.#loopTarget(ours.target, node(py.target))
        this.#expr(ours.iter, node(py.iter))
        return this.body(ours.body, nodes(py.body))
      case 'With': {
        this.#is(ours, py, 'With')
        const items = nodes(py.items)
        if (items.length !== ours.items.length) this.#fail(py, 'number of with items')
        ours.items.forEach((item, index) => {
          const theirs = items[index]
          this.#expr(item.context, node(theirs?.context_expr))
          const target = theirs?.optional_vars as PyNode | null
          if (item.target !== null && target?._ === 'Name') this.#name(item.target, target)
        })
        return this.body(ours.body, nodes(py.body))
      }
      case 'FuncDef':
        return this.#function(ours, py)
      case 'ClassDef':
        this.#is(ours, py, 'ClassDef')
        this.#same({ kind: 'ClassDef', span: ours.bodySpan }, py)
        if (ours.name !== py.name) this.#fail(py, ours.name)
        return this.#documented(ours.docstring, ours.body, py.body)
      case 'GenericFuncDef':
        return this.#function({ ...ours.inner, name: ours.name }, py)
      case 'GenericClassDef':
        this.#is(ours, py, 'ClassDef')
        return this.#documented(ours.inner.docstring, ours.inner.body, py.body)
    }
  }

  #function(ours: Extract<Stmt, { kind: 'FuncDef' }>, py: PyNode): void {
    this.#is(ours, py, 'FunctionDef')
    if (ours.name !== py.name) this.#fail(py, ours.name)
    const args = node(py.args)
    const plain = nodes(args.args)
    const star = args.vararg as PyNode | null
    const theirs = star === null ? plain : [...plain, star]
    if (theirs.length !== ours.args.length) this.#fail(py, 'number of parameters')
    ours.args.forEach((arg, index) => {
      this.#parameter(arg, theirs[index])
    })
    if (nodes(args.posonlyargs).length === 0) this.#exprs(ours.defaults, nodes(args.defaults), py)
    if (py.returns !== null) this.#expr(ours.returnType, node(py.returns))
    this.#documented(ours.docstring, ours.body, py.body)
  }

  #parameter(ours: FuncArg, py: PyNode | undefined): void {
    if (py === undefined) throw new Mismatch(`no parameter ${ours.name}`)
    this.#same(ours, py)
    if (ours.name !== py.arg) this.#fail(py, ours.name)
    if (py.annotation !== null) this.#expr(ours.type, node(py.annotation))
  }

  #name(ours: StrLiteral, py: PyNode | undefined): void {
    if (py === undefined) throw new Mismatch(`no target ${ours.value}`)
    this.#same(ours, py)
    if (py._ !== 'Name' || py.id !== ours.value) this.#fail(py, ours.value)
  }

  #loopTarget(ours: Extract<Stmt, { kind: 'For' }>['target'], py: PyNode): void {
    if (py._ !== 'Name' && !isFlatTuple(py)) return
    if (ours.kind === 'StrLiteral') this.#name(ours, py)
    else this.#unpack(ours, py)
  }

  #unpack(
    ours: Extract<Extract<Stmt, { kind: 'For' }>['target'], { kind: 'UnpackTarget' }>,
    py: PyNode | undefined,
  ): void {
    if (py?._ !== 'Tuple') throw new Mismatch('no tuple to unpack into')
    this.#same(ours, py)
    const names = nodes(py.elts).filter((item) => item._ === 'Name')
    ours.targets.forEach((target, index) => {
      this.#name(target.name, names[index])
    })
  }

  #exprs(ours: readonly Expr[], theirs: readonly PyNode[], py: PyNode): void {
    if (ours.length !== theirs.length) this.#fail(py, `${ours.length} parts instead of ${theirs.length}`)
    ours.forEach((expr, index) => {
      this.#expr(expr, theirs[index])
    })
  }

  #expr(ours: Expr, py: PyNode | undefined): void {
    if (py === undefined) throw new Mismatch(`no expression for ${ours.kind}`)
    if (isRefusedExpression(py)) return this.#is(ours, { ...py, _: ours.kind }, 'Auto')
    if (this.#literalMadeOfMore(ours, py)) return
    if (ours.kind !== 'And' && ours.kind !== 'Or') this.#same(ours, py)
    switch (ours.kind) {
      case 'Name':
        if (py._ !== 'Name' || py.id !== ours.id) this.#fail(py, ours.id)
        return
      case 'Literal':
        return this.#literal(ours, py)
      case 'StrLiteral':
        if (py._ !== 'Constant' || py.value !== ours.value) this.#fail(py, JSON.stringify(ours.value))
        return
      case 'BytesLiteral': {
        const value = constant(py.value)
        const hex = [...ours.value].map((byte) => byte.toString(16).padStart(2, '0')).join('')
        if (value?.$ !== 'bytes' || value.v !== hex) this.#fail(py, hex)
        return
      }
      case 'JoinedStr':
        return this.#fstring(ours, py)
      case 'GetItem':
        this.#is(ours, py, 'Subscript')
        this.#expr(ours.value, node(py.value))
        return this.#subscript(ours.args, node(py.slice))
      case 'Slice':
        this.#is(ours, py, 'Slice')
        for (const [mine, theirs] of [
          [ours.start, py.lower],
          [ours.stop, py.upper],
          [ours.step, py.step],
        ] as const) {
          if (theirs !== null) this.#expr(mine, node(theirs))
        }
        return
      case 'List':
      case 'Tuple':
      case 'Set':
        this.#is(ours, py, ours.kind)
        return this.#exprs(ours.items, nodes(py.elts), py)
      case 'Dict': {
        this.#is(ours, py, 'Dict')
        const keys = (py.keys as readonly (PyNode | null)[]).filter((key) => key !== null)
        if (keys.length !== nodes(py.values).length) return
        this.#exprs(
          ours.items.map(({ key }) => key),
          keys,
          py,
        )
        return this.#exprs(
          ours.items.map(({ value }) => value),
          nodes(py.values),
          py,
        )
      }
      case 'ListComp':
      case 'SetComp':
        this.#is(ours, py, ours.kind)
        this.#expr(ours.element, node(py.elt))
        return this.#generators(ours.generators, py)
      case 'DictComp':
        this.#is(ours, py, 'DictComp')
        this.#expr(ours.key, node(py.key))
        this.#expr(ours.value, node(py.value))
        return this.#generators(ours.generators, py)
      case 'Call':
        this.#is(ours, py, 'Call')
        this.#expr(ours.func, node(py.func))
        return this.#arguments(ours, py)
      case 'CallMethod': {
        this.#is(ours, py, 'Call')
        const func = node(py.func)
        if (func._ !== 'Attribute' || func.attr !== ours.method.value) this.#fail(py, ours.method.value)
        this.#expr(ours.target, node(func.value))
        return this.#arguments(ours, py)
      }
      case 'GetAttr':
        if (py._ !== 'Attribute' || py.attr !== ours.attr.value) this.#fail(py, ours.attr.value)
        return this.#expr(ours.value, node(py.value))
      case 'BinOp':
        if (py._ !== 'BinOp' || BIN_OPS[node(py.op)._] !== ours.op) this.#fail(py, ours.op)
        this.#expr(ours.left, node(py.left))
        return this.#expr(ours.right, node(py.right))
      case 'UnaryOp':
        if (py._ !== 'UnaryOp' || UNARY_OPS[node(py.op)._] !== ours.op) this.#fail(py, ours.op)
        return this.#expr(ours.value, node(py.operand))
      case 'CmpOp':
      case 'CmpChain': {
        this.#is(ours, py, 'Compare')
        const ops = ours.kind === 'CmpOp' ? [ours.op] : ours.ops
        const comparators = ours.kind === 'CmpOp' ? [ours.right] : ours.comparators
        if (
          nodes(py.ops)
            .map(({ _ }) => CMP_OPS[_])
            .join() !== ops.join()
        )
          this.#fail(py, ops.join())
        this.#expr(ours.left, node(py.left))
        return this.#exprs(comparators, nodes(py.comparators), py)
      }
      case 'And':
      case 'Or': {
        if (py._ !== 'BoolOp' || node(py.op)._ !== ours.kind) this.#fail(py, ours.kind)
        const operands: Expr[] = []
        let left: Expr = ours
        for (const _ of nodes(py.values).slice(1)) {
          if (left.kind !== ours.kind) this.#fail(py, 'nesting')
          operands.unshift(left.right)
          left = left.left
        }
        return this.#exprs([left, ...operands], nodes(py.values), py)
      }
      case 'IfExp':
        this.#is(ours, py, 'IfExp')
        this.#expr(ours.test, node(py.test))
        this.#expr(ours.body, node(py.body))
        return this.#expr(ours.orelse, node(py.orelse))
      case 'AssignExpr':
        this.#is(ours, py, 'NamedExpr')
        this.#name(ours.target, node(py.target))
        return this.#expr(ours.value, node(py.value))
      case 'Auto':
      case 'BlockExpr':
        this.#fail(py, ours.kind)
    }
  }

  /** `-5` and `i8(5)` are one literal of ours; Python has an operation and a call. */
  #literalMadeOfMore(ours: Expr, py: PyNode): boolean {
    return ours.kind === 'Literal' && (py._ === 'UnaryOp' || py._ === 'Call')
  }

  #arguments(ours: { args: readonly Expr[]; keywords: readonly Keyword[] }, py: PyNode): void {
    const keywords = nodes(py.keywords).filter(({ arg }) => arg !== null)
    // Python lists starred arguments behind keywords with the others.
    this.#exprs(ours.args, nodes(py.args), py)
    if (keywords.length !== ours.keywords.length) this.#fail(py, 'number of keywords')
    ours.keywords.forEach((keyword, index) => {
      const theirs = keywords[index]
      if (theirs?.arg !== keyword.name.value) this.#fail(py, keyword.name.value)
      this.#same(keyword, theirs)
      this.#expr(keyword.value, node(theirs.value))
    })
  }

  #subscript(args: readonly Expr[], py: PyNode): void {
    if (py._ === 'Tuple') this.#exprs(args, nodes(py.elts), py)
    else this.#exprs(args, [py], py)
  }

  #generators(ours: Extract<Expr, { kind: 'ListComp' }>['generators'], py: PyNode): void {
    const theirs = nodes(py.generators)
    if (theirs.length !== ours.length) this.#fail(py, 'number of loops')
    ours.forEach((generator, index) => {
      const other = node(theirs[index])
      this.#loopTarget(generator.target, node(other.target))
      this.#expr(generator.iter, node(other.iter))
      this.#exprs(generator.conditions, nodes(other.ifs), py)
    })
  }

  #literal(ours: Extract<Expr, { kind: 'Literal' }>, py: PyNode): void {
    const { value } = ours
    const theirs = py.value
    const other = constant(theirs)
    switch (value.type) {
      case 'NoneType':
        if (theirs !== null) this.#fail(py, 'None')
        return
      case 'bool':
        if (theirs !== value.value) this.#fail(py, String(value.value))
        return
      case 'complex128':
        if (other?.$ !== 'complex' || !sameFloat(other.v, value.imag)) this.#fail(py, String(value.imag))
        return
      case 'f64':
        if (other?.$ !== 'float' || !sameFloat(other.v, value.value)) this.#fail(py, String(value.value))
        return
      case 'int':
        if (other?.$ !== 'int' || BigInt(other.v) !== value.value) this.#fail(py, String(value.value))
        return
      default:
        this.#fail(py, value.type)
    }
  }

  /** Parts only: before version 3.12, Python did not know where inside an f-string they are. */
  #fstring(ours: JoinedStr, py: PyNode): void {
    this.#is(ours, py, 'JoinedStr')
    const theirs = nodes(py.values).filter(({ value }) => value !== '')
    if (theirs.length !== ours.parts.length) this.#fail(py, 'number of parts')
    ours.parts.forEach((part, index) => {
      const other = node(theirs[index])
      if (part.kind === 'StrLiteral') {
        if (other.value !== part.value) this.#fail(py, JSON.stringify(part.value))
        return
      }
      const conversion = constant(other.conversion)
      const shown = conversion === undefined || conversion.v === '-0x1' ? null : Number(conversion.v)
      if (shown !== (part.conversion?.charCodeAt(0) ?? null)) this.#fail(py, `conversion ${part.conversion}`)
      if ((part.spec === null) !== (other.format_spec === null)) this.#fail(py, 'format')
      if (part.spec !== null) this.#fstring(part.spec, node(other.format_spec))
    })
  }
}

const BIN_OPS: Readonly<Record<string, string>> = {
  Add: '+',
  Sub: '-',
  Mult: '*',
  Div: '/',
  FloorDiv: '//',
  Mod: '%',
  Pow: '**',
  LShift: '<<',
  RShift: '>>',
  BitOr: '|',
  BitXor: '^',
  BitAnd: '&',
  MatMult: '@',
}
const UNARY_OPS: Readonly<Record<string, string>> = { USub: '-', UAdd: '+', Invert: '~', Not: 'not' }
const CMP_OPS: Readonly<Record<string, string>> = {
  Eq: '==',
  NotEq: '!=',
  Lt: '<',
  LtE: '<=',
  Gt: '>',
  GtE: '>=',
  Is: 'is',
  IsNot: 'is not',
  In: 'in',
  NotIn: 'not in',
}

function node(value: unknown): PyNode {
  return value as PyNode
}

function nodes(value: unknown): readonly PyNode[] {
  return value as readonly PyNode[]
}

function constant(value: unknown): PyConstant | undefined {
  return typeof value === 'object' && value !== null && '$' in value ? (value as PyConstant) : undefined
}

function sameFloat(python: string, ours: number): boolean {
  if (python === 'inf') return ours === Number.POSITIVE_INFINITY
  return Object.is(Number(python), ours)
}

function isImport(py: PyNode): boolean {
  return py._ === 'Import' || py._ === 'ImportFrom'
}

function isFlatTuple(py: PyNode): boolean {
  return py._ === 'Tuple' && nodes(py.elts).every(({ _ }) => _ === 'Name')
}

const REFUSED_STATEMENTS: ReadonlySet<string> = new Set([
  'Delete',
  'Global',
  'Nonlocal',
  'Try',
  'TryStar',
  'AsyncWith',
  'AsyncFor',
  'AsyncFunctionDef',
  'Match',
  'TypeAlias',
])

function isRefusedStatement(py: PyNode): boolean {
  switch (py._) {
    case 'Raise':
      return py.exc === null || py.cause !== null
    case 'While':
    case 'For':
      return nodes(py.orelse).length > 0
    case 'Assign': {
      const [target, second] = nodes(py.targets)
      return second !== undefined || target?._ === 'List' || target?._ === 'Starred'
    }
    case 'AnnAssign':
      return py.simple === false || constant(py.simple)?.v === '0x0'
    default:
      return REFUSED_STATEMENTS.has(py._)
  }
}

const REFUSED_EXPRESSIONS: ReadonlySet<string> = new Set([
  'Lambda',
  'GeneratorExp',
  'Await',
  'Yield',
  'YieldFrom',
  'Starred',
])

function isRefusedExpression(py: PyNode): boolean {
  if (py._ === 'Constant') return constant(py.value)?.$ === 'Ellipsis'
  if (py._ === 'ListComp' || py._ === 'SetComp' || py._ === 'DictComp') {
    return nodes(py.generators).some(({ is_async: flag }) => constant(flag)?.v === '0x1')
  }
  return REFUSED_EXPRESSIONS.has(py._)
}
