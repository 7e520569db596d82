/**
 * Expressions of linear trees in C. Operands have no effects beside each other, so C may evaluate them in any order.
 */
import { RUNTIME_FUNCTIONS, type RuntimeFunction } from '../../../src/runtime/abi/functions.ts'
import { boxStruct } from '../../objects/boxes.ts'
import type { Intrinsic, MemoryIntrinsic, RuntimeIntrinsic } from '../../objects/intrinsics.ts'
import { placeAtPath } from '../../objects/layout.ts'
import {
  BOOL,
  COMPLEX128,
  type FuncType,
  isBoxed,
  isClass,
  NONE,
  type PtrType,
  type SpyType,
  type StructType,
} from '../../objects/types.ts'
import type { Cell, SourceFunc } from '../../objects/values.ts'
import { InternalError, invariant, unreachable } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { LinearCall, LinearExpr, LinearIndirectCall, LinearUpcast, LinearWhile } from '../../typed/linear.ts'
import type { FuncRoots } from '../../typed/roots.ts'
import type { LocalRead } from '../../typed/tree.ts'
import { boolBox, boxMaker, typeReader } from './boxes.ts'
import { bulkFunction } from './bulk.ts'
import { refuse } from './diagnostics.ts'
import {
  argument,
  assignment,
  atom,
  C_PRECEDENCE,
  type CExpr,
  call,
  conditional,
  infix,
  member,
  postfix,
  prefix,
  sequence,
  wrap,
} from './expr.ts'
import { fieldName, localName } from './names.ts'
import { Pointers } from './pointers.ts'
import { defineUnchecked, emitPrimitive } from './primitives.ts'
import { plannedStore } from './roots.ts'
import { hasValue } from './types.ts'
import type { CFunction, Unit } from './unit.ts'

/** The flag that says whether a local has been set. */
export function flagName(local: string): string {
  return `${localName(local)}$set`
}

const PANIC: readonly string[] = ['PanicError']
const ARITHMETIC: readonly string[] = ['ZeroDivisionError', 'ValueError', 'OverflowError', 'PanicError']

/** A struct in memory: a pointer, and the fields that lead from what it points to. */
interface Place {
  readonly pointer: CExpr
  readonly path: readonly string[]
}

export class Expressions {
  readonly #unit: Unit
  readonly #func: CFunction
  readonly #pointers: Pointers
  /** Locals that may be read before they are set. */
  readonly #flagged: ReadonlySet<string>
  readonly #roots: FuncRoots | undefined
  /** Takes what comes before the whole expression; undefined where only a part of it may be evaluated. */
  #before: string[] | undefined

  /** @param func  the function that they stand in */
  constructor(unit: Unit, func: CFunction, flagged: ReadonlySet<string>) {
    this.#unit = unit
    this.#func = func
    this.#pointers = new Pointers(unit)
    this.#flagged = flagged
    this.#roots = unit.rootsOf(func)
  }

  /** @param before  takes statements, without semicolon, for what the collector must see before the expression */
  emitAfter(expr: LinearExpr, before: string[]): CExpr {
    this.#before = before
    const emitted = this.emit(expr)
    this.#before = undefined
    return emitted
  }

  /** Statements, without semicolon: what the collector must see before the node. */
  stores(node: LinearExpr | LinearWhile): readonly string[] {
    const planned = this.#roots?.stores.get(node) ?? []
    return planned.map((store) => plannedStore(this.#unit, store, node.span))
  }

  emit(expr: LinearExpr): CExpr {
    const stores = this.stores(expr)
    if (stores.length === 0) return this.#emit(expr)
    if (this.#before === undefined) return sequence(...stores.map(atom), this.#emit(expr))
    this.#before.push(...stores)
    return this.#emit(expr)
  }

  /** What may be evaluated or not, so that it brings its own stores along. */
  #emitApart(expr: LinearExpr): CExpr {
    const before = this.#before
    this.#before = undefined
    const emitted = this.emit(expr)
    this.#before = before
    return emitted
  }

  #emit(expr: LinearExpr): CExpr {
    switch (expr.kind) {
      case 'Constant':
        return this.#unit.data.expression(expr.value, expr.type, expr.span)
      case 'LocalRead':
        return this.#localRead(expr)
      case 'CellRead':
        return this.#cell(expr.cell, expr.span)
      case 'Call':
        return this.#call(expr)
      case 'IndirectCall':
        return this.#indirectCall(expr)
      case 'And':
        return this.#shortCircuit(expr.left, '&&', expr.right, C_PRECEDENCE.and)
      case 'Or':
        return this.#shortCircuit(expr.left, '||', expr.right, C_PRECEDENCE.or)
      case 'IfExp':
        return conditional(this.emit(expr.test), this.#emitApart(expr.then), this.#emitApart(expr.orElse))
      case 'AssignExpr': {
        const value = this.emit(expr.value)
        if (!hasValue(expr.type)) return value
        const flag = this.#flagged.has(expr.name) ? [atom(`${flagName(expr.name)} = true`)] : []
        // Not `x = v` alone: what stands around may assign x, too, and must come later.
        return sequence(assignment(localName(expr.name), value), ...flag, atom(localName(expr.name)))
      }
      case 'AssignCellExpr': {
        const value = this.emit(expr.value)
        if (!hasValue(expr.type)) return value
        const cell = this.#unit.cell(expr.cell, expr.span)
        return sequence(assignment(cell, value), atom(cell))
      }
      case 'Upcast':
        return this.#upcast(expr)
      default:
        return unreachable(expr)
    }
  }

  #place(span: Span, raises?: readonly string[]): string {
    return this.#unit.place(span, this.#func, raises)
  }

  /** Arguments behind the operands of an access that debug builds check. */
  #checkedPlace(span: Span): readonly string[] {
    return this.#unit.types.mode === 'debug' ? [this.#place(span, PANIC)] : []
  }

  #localRead({ name, type, checked, span }: LocalRead): CExpr {
    const read = hasValue(type) ? atom(localName(name)) : atom('(void)0')
    if (!checked) return read
    const unset = `spy_panic("Exception", "read from uninitialized local", ${this.#place(span, ['Exception'])})`
    return sequence(conditional(atom(`SPY_LIKELY(${flagName(name)})`), atom('(void)0'), postfix(unset)), read)
  }

  #cell(cell: Cell, at: Span): CExpr {
    return hasValue(cell.valueType) ? atom(this.#unit.cell(cell, at)) : atom('(void)0')
  }

  /** `a || b && c` is clear to C, but compilers ask for parentheses, and so may people. */
  #shortCircuit(left: LinearExpr, symbol: string, right: LinearExpr, precedence: number): CExpr {
    const side = (emitted: CExpr): CExpr => {
      const other = emitted.precedence <= C_PRECEDENCE.and && emitted.precedence !== precedence
      return other ? atom(`(${emitted.text})`) : emitted
    }
    return infix(side(this.emit(left)), symbol, side(this.#emitApart(right)), precedence)
  }

  // ----------------------------------------------------------------------------------------------------- calls

  #call(expr: LinearCall): CExpr {
    const { func, args } = expr
    if (func.origin === 'builtin') {
      const emitted = this.#intrinsic(func.intrinsic, expr)
      return /^[A-Za-z_][\w$]*\(/.test(emitted.text) ? this.#marked(emitted, expr.span) : emitted
    }
    return this.#marked(this.#sourceCall(func, args, expr.span), expr.span)
  }

  #sourceCall(func: SourceFunc, args: readonly LinearExpr[], span: Span): CExpr {
    const { name, tree, isTracked } = this.#unit.use(func)
    const place = isTracked ? [this.#place(span)] : []
    const last = tree.type.params.length - 1
    if (tree.type.params[last]?.kind !== 'var_positional') return call(name, ...this.#args(args), ...place)
    // The function receives the further arguments as one tuple.
    const tuple = tree.params[last]
    invariant(tuple !== undefined, `${func.fqn} has a local for its variadic parameter`)
    const further = `(${this.#unit.types.spell(tuple.type, tree.span)}){ ${this.#args(args.slice(last)).join(', ')} }`
    return call(name, ...this.#args(args.slice(0, last)), further, ...place)
  }

  #args(args: readonly LinearExpr[]): readonly string[] {
    return args.filter((arg) => hasValue(arg.type)).map((arg) => argument(this.emit(arg)))
  }

  #indirectCall({ callee, funcType, args, span }: LinearIndirectCall): CExpr {
    const target = call(this.#callable(funcType, span), argument(this.emit(callee)), this.#place(callee.span, PANIC))
    return this.#marked(postfix(`${target.text}(${this.#args(args).join(', ')})`), span)
  }

  /** The text of a call that stacks may show. */
  #marked({ text, precedence }: CExpr, span: Span): CExpr {
    return { text: this.#unit.calls.mark(this.#func.name, span) + text, precedence }
  }

  /** A function that returns the function value it is given, unless there is none. */
  #callable(type: FuncType, at: Span): string {
    const spelling = this.#unit.types.spell(type, at)
    const message = 'call of an uninitialized function value'
    return this.#unit.helper(`${spelling}$callable`, () => [
      `SPY_INLINE ${spelling} ${spelling}$callable(${spelling} f, spy_file file, spy_at at) {`,
      `    if (SPY_UNLIKELY(f == NULL)) spy_panic("PanicError", "${message}", file, at);`,
      '    return f;',
      '}',
    ])
  }

  #intrinsic(intrinsic: Intrinsic, expr: LinearCall): CExpr {
    const { args, span } = expr
    switch (intrinsic.kind) {
      case 'primitive':
        return emitPrimitive(
          intrinsic.op,
          args.map((arg) => this.emit(arg)),
          {
            place: () => this.#place(span, ARITHMETIC),
            unchecked: (op) => {
              const name = `spy_unsafe$${op.name}`
              return this.#unit.helper(name, () => defineUnchecked(name, op, this.#unit.types.mode))
            },
          },
        )
      case 'runtime':
        return this.#runtimeCall(intrinsic, args, span)
      case 'structMake':
        return postfix(`(${this.#unit.types.spell(intrinsic.struct, span)}){ ${this.#args(args).join(', ')} }`)
      case 'structGet':
        if (!hasValue(expr.type)) return atom('(void)0')
        return member(this.#arg(args, 0), fieldName(intrinsic.field))
      case 'raise': {
        const [etype, message] = [this.#arg(args, 0), this.#arg(args, 1)]
        const known = this.#node(args, 0)
        const raises = known.kind === 'Constant' ? [String(known.value)] : undefined
        return call('spy_raise', argument(etype), argument(message), this.#place(span, raises))
      }
      case 'identity':
        return this.#arg(args, 0)
      case 'identical':
        return this.#identical(this.#node(args, 0), this.#node(args, 1), intrinsic.negated)
      case 'isCompiled':
        return atom('true')
      case 'typeOf':
        return call(typeReader(this.#unit), argument(this.#arg(args, 0)))
      case 'unbox':
        return this.#unbox(this.#arg(args, 0), intrinsic.to, span)
      case 'downcast':
      case 'dynamic':
      case 'class':
        throw new InternalError('redshift has made functions of what depends on dynamic types')
      case 'blue':
        return refuse(`\`${expr.func.fqn.debugName}\` at run time`, span)
      default:
        return this.#memory(intrinsic, args, expr.type, span)
    }
  }

  #upcast({ type, value, span }: LinearUpcast): CExpr {
    if (isBoxed(value.type)) return this.emit(value)
    if (value.kind === 'Constant') {
      return this.#unit.data.expression({ type: value.type, value: value.value }, type, value.span)
    }
    if (value.type === NONE) return sequence(this.emit(value), atom('NULL'))
    if (value.type === BOOL) return call(boolBox(this.#unit, span), argument(this.emit(value)))
    const make = boxMaker(this.#unit, this.#pointers, value.type, span)
    return call(make, argument(this.emit(value)), this.#place(span, PANIC))
  }

  /** The value in a box of a type that is known. */
  #unbox(box: CExpr, type: SpyType, at: Span): CExpr {
    if (!hasValue(type)) return prefix('(void)', box)
    const struct = this.#unit.types.spell(boxStruct(type), at)
    return postfix(`((const ${struct} *)${wrap(box, C_PRECEDENCE.unary)})->value`)
  }

  #node(args: readonly LinearExpr[], index: number): LinearExpr {
    const arg = args[index]
    invariant(arg !== undefined, `the call has an argument ${index}`)
    return arg
  }

  #arg(args: readonly LinearExpr[], index: number): CExpr {
    return this.emit(this.#node(args, index))
  }

  /** Complex numbers are passed as two, because structs do not cross the borders of wasm modules. */
  #runtimeCall(intrinsic: RuntimeIntrinsic, args: readonly LinearExpr[], span: Span): CExpr {
    const known: RuntimeFunction | undefined = RUNTIME_FUNCTIONS[intrinsic.name as keyof typeof RUNTIME_FUNCTIONS]
    const values = args
      .filter((arg) => hasValue(arg.type))
      .flatMap((arg) => {
        const value = this.emit(arg)
        if (arg.type !== COMPLEX128) return [argument(value)]
        return [member(value, 're').text, member(value, 'im').text]
      })
    // Functions that return a struct have a form of their own for callers in wasm.
    const name = intrinsic.name.replace(/^spy_wasm_/, 'spy_')
    const result = call(name, ...values, ...(known?.place === true ? [this.#place(span)] : []))
    switch (intrinsic.compareWithZero) {
      case undefined:
        return result
      case 'ne':
        return result
      case 'eq':
        return prefix('!', result)
      case 'lt':
        return infix(result, '<', atom('0'), C_PRECEDENCE.relation)
      case 'le':
        return infix(result, '<=', atom('0'), C_PRECEDENCE.relation)
      case 'gt':
        return infix(result, '>', atom('0'), C_PRECEDENCE.relation)
      case 'ge':
        return infix(result, '>=', atom('0'), C_PRECEDENCE.relation)
    }
  }

  /** Values have no identity; references are one when they refer to the same place. */
  #identical(left: LinearExpr, right: LinearExpr, negated: boolean): CExpr {
    const areObjects = left.type.kind === 'opaque' && right.type.kind === 'opaque'
    const same =
      areObjects ||
      (left.type.storage === 'reference' && left.type === right.type) ||
      (isClass(left.type) && isClass(right.type))
    if (!same || !hasValue(left.type)) return atom(same !== negated ? 'true' : 'false')
    const address = (expr: LinearExpr): CExpr =>
      expr.type.kind === 'ref' ? member(this.emit(expr), 'p') : this.emit(expr)
    const [a, b] = [address(left), address(right)]
    // Pointers to different structs are not compared in C.
    const first = left.type === right.type ? a : prefix('(void *)', a)
    return infix(first, negated ? '!=' : '==', b, C_PRECEDENCE.equality)
  }

  // ---------------------------------------------------------------------------------------------------- memory

  #memory(intrinsic: MemoryIntrinsic, args: readonly LinearExpr[], type: SpyType, span: Span): CExpr {
    const pointers = this.#pointers
    switch (intrinsic.kind) {
      case 'ptrAlloc':
        return call(pointers.alloc(intrinsic.ptr, span), argument(this.#arg(args, 0)), this.#place(span, PANIC))
      case 'ptrGetItem': {
        if (!hasValue(intrinsic.ptr.item)) return this.#accessNone(intrinsic.ptr, 'SPY_GETITEM', args, span)
        const name = intrinsic.byRef ? pointers.getItemRef(intrinsic.ptr, span) : pointers.getItem(intrinsic.ptr, span)
        return call(name, ...this.#operands(args, 2), ...this.#checkedPlace(this.#node(args, 0).span))
      }
      case 'ptrSetItem': {
        if (!hasValue(intrinsic.ptr.item)) return this.#accessNone(intrinsic.ptr, 'SPY_STORE', args, span)
        const name = pointers.setItem(intrinsic.ptr, span)
        return call(name, ...this.#operands(args, 3), ...this.#checkedPlace(this.#node(args, 0).span))
      }
      case 'ptrGetField': {
        const place = this.#fieldOf(this.#node(args, 0), intrinsic.field)
        if (intrinsic.byRef) return this.#reference(place, type, span)
        return hasValue(type) ? read(place) : prefix('(void)', place.pointer)
      }
      case 'ptrSetField': {
        const place = this.#fieldOf(this.#node(args, 0), intrinsic.field)
        const value = this.#node(args, args.length - 1) // behind the name and the offset of the field
        return hasValue(value.type) ? assignment(read(place).text, this.emit(value)) : prefix('(void)', place.pointer)
      }
      case 'fieldIsSet': {
        const { pointer, path } = this.#placeOf(this.#node(args, 0))
        const { type: last } = placeAtPath(intrinsic.of.item as StructType, intrinsic.path, this.#unit.types.mode)
        const place = read({ pointer, path: [...path, ...intrinsic.path.map(fieldName)] })
        const value = last.kind === 'ptr' || last.kind === 'ref' ? member(place, 'p') : place
        return infix(value, '!=', atom('0'), C_PRECEDENCE.equality)
      }
      case 'addressOf':
        return prefix('(int32_t)(intptr_t)', member(this.#arg(args, 0), 'p'))
      case 'reinterpret': {
        const spelling = this.#unit.types.spell(intrinsic.to, span)
        const pointer = prefix(
          `(${this.#unit.types.itemPointer(intrinsic.to.item, span)})`,
          member(this.#arg(args, 0), 'p'),
        )
        const length = this.#unit.types.mode === 'debug' ? ', 1' : ''
        return postfix(`(${spelling}){ ${pointer.text}${length} }`)
      }
      case 'ptrCompare': {
        const [p, q] = [member(this.#arg(args, 0), 'p'), member(this.#arg(args, 1), 'p')]
        return infix(p, intrinsic.op === 'eq' ? '==' : '!=', q, C_PRECEDENCE.equality)
      }
      case 'ptrToBool':
        return infix(member(this.#arg(args, 0), 'p'), '!=', atom('NULL'), C_PRECEDENCE.equality)
      case 'refDeref':
        return read(this.#placeOf(this.#node(args, 0)))
      case 'ptrBulk': {
        const { op, item, dst, src } = intrinsic
        const name = bulkFunction(this.#unit, op, item, dst, src, span)
        return call(name, ...this.#operands(args, args.length), this.#place(span, PANIC))
      }
      default:
        return unreachable(intrinsic)
    }
  }

  /** Nothing is stored where there is None: the operands are evaluated and checked, and that is all. */
  #accessNone(ptr: PtrType, access: 'SPY_GETITEM' | 'SPY_STORE', args: readonly LinearExpr[], span: Span): CExpr {
    const ignored = (arg: LinearExpr): CExpr => prefix('(void)', this.emit(arg))
    const place = this.#checkedPlace(this.#node(args, 0).span)
    if (place.length === 0) return sequence(...args.map(ignored))
    const check = call(this.#pointers.checkItem(ptr, access, span), ...this.#operands(args, 2), ...place)
    return sequence(...args.slice(2).map(ignored), check)
  }

  #operands(args: readonly LinearExpr[], count: number): readonly string[] {
    return args.slice(0, count).map((arg) => argument(this.emit(arg)))
  }

  #fieldOf(owner: LinearExpr, field: string): Place {
    const { pointer, path } = this.#placeOf(owner)
    return { pointer, path: [...path, fieldName(field)] }
  }

  /** What a reference or a pointer leads to. Fields of fields are one path: `p.p->a.b`. */
  #placeOf(expr: LinearExpr): Place {
    if (expr.type.kind === 'ptr' && this.#unit.types.mode === 'debug') {
      const checked = this.#pointers.fieldsOf(expr.type, expr.span)
      return { pointer: call(checked, argument(this.emit(expr)), this.#place(expr.span, PANIC)), path: [] }
    }
    if (expr.kind === 'Call' && expr.func.origin === 'builtin') {
      const { intrinsic } = expr.func
      if (intrinsic.kind === 'ptrGetField' && intrinsic.byRef) {
        return this.#fieldOf(this.#node(expr.args, 0), intrinsic.field)
      }
    }
    return { pointer: member(this.emit(expr), 'p'), path: [] }
  }

  #reference(place: Place, type: SpyType, at: Span): CExpr {
    const length = this.#unit.types.mode === 'debug' ? ', 1' : ''
    return postfix(`(${this.#unit.types.spell(type, at)}){ &${read(place).text}${length} }`)
  }
}

function read({ pointer, path }: Place): CExpr {
  if (path.length === 0) return prefix('*', pointer)
  return postfix(`${wrap(pointer, C_PRECEDENCE.postfix)}->${path.join('.')}`)
}
