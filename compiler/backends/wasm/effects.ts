/**
 * What writes which memory: known by the kinds of places, which are fields of structs, items of types and module
 * variables. A place of one kind is never written through another, unless the program looks at memory with other types;
 * fields of such structs are not followed.
 */
import type { Intrinsic } from '../../objects/intrinsics.ts'
import type { SpyType, StructType } from '../../objects/types.ts'
import type { Cell } from '../../objects/values.ts'
import type { Call, TypedExpr, TypedFunc, TypedProgram, TypedStmt } from '../../typed/tree.ts'
import { forEachChild, forEachExpr, forEachStmt } from '../../typed/walk.ts'

/** Kinds of places; 'all' for what is not known. */
export type Writes = ReadonlySet<string> | 'all'

const NOTHING: ReadonlySet<string> = new Set()

/** Names are made once: the same few fields are asked for at every access. */
const fieldKinds = new WeakMap<StructType, ReadonlyMap<string, string>>()

export function fieldPlaceKind(struct: StructType, field: string): string {
  let kinds = fieldKinds.get(struct)
  if (kinds === undefined) {
    kinds = new Map(struct.fields.map(({ name }) => [name, `${struct.fqn.text}.${name}`]))
    fieldKinds.set(struct, kinds)
  }
  return kinds.get(field) ?? `${struct.fqn.text}.${field}`
}

export const cellPlaceKind = (cell: Cell): string => `&${cell.fqn.text}`

/** Kinds of places that a value of the type covers when it is stored: fields of its struct, and those inside of it. */
export function coveredKinds(type: SpyType): readonly string[] {
  if (type.kind !== 'struct') return []
  return type.fields.flatMap((field) => [fieldPlaceKind(type, field.name), ...coveredKinds(field.type)])
}

export class MemoryEffects {
  readonly #program: TypedProgram
  readonly #builtins = new Map<Intrinsic, Writes>()
  #found: { readonly writes: ReadonlyMap<string, Writes>; readonly disguised: ReadonlySet<string> } | undefined

  constructor(program: TypedProgram) {
    this.#program = program
  }

  /** What a call of the function may write. */
  writes(func: TypedFunc): Writes {
    return this.#all.writes.get(func.fqn.text) ?? 'all'
  }

  /** What a built-in operation writes, its operands aside. */
  builtinWrites({ func }: Call): Writes {
    if (func.origin === 'source') return NOTHING
    let known = this.#builtins.get(func.intrinsic)
    if (known === undefined) {
      known = intrinsicWrites(func.intrinsic)
      this.#builtins.set(func.intrinsic, known)
    }
    return known
  }

  /** Its fields are written as its fields, and in no other way. */
  isFollowed(struct: StructType): boolean {
    return !this.#all.disguised.has(struct.fqn.text)
  }

  get #all() {
    this.#found ??= findEffects(this.#program, (call) => this.builtinWrites(call))
    return this.#found
  }
}

function intrinsicWrites(intrinsic: Intrinsic): Writes {
  switch (intrinsic.kind) {
    case 'ptrSetItem':
      return intrinsic.ptr.memory === 'raw' ? 'all' : new Set(coveredKinds(intrinsic.ptr.item))
    case 'ptrSetField': {
      const { of, field } = intrinsic
      if (of.memory === 'raw' || of.item.kind !== 'struct') return 'all'
      const type = of.item.fields.find(({ name }) => name === field)?.type
      return new Set([fieldPlaceKind(of.item, field), ...(type === undefined ? [] : coveredKinds(type))])
    }
    case 'ptrBulk':
      return intrinsic.dst.memory === 'raw' ? 'all' : new Set(coveredKinds(intrinsic.dst.item))
    // Functions of the runtime write memory of their own. New memory is nobody's yet.
    case 'runtime':
    case 'ptrAlloc':
    case 'primitive':
    case 'structMake':
    case 'structGet':
    case 'ptrGetItem':
    case 'ptrGetField':
    case 'ptrCompare':
    case 'ptrToBool':
    case 'refDeref':
    case 'raise':
    case 'identity':
    case 'isCompiled':
    case 'identical':
    case 'typeOf':
    case 'downcast':
    case 'unbox':
      return NOTHING
    default:
      return 'all'
  }
}

interface Direct {
  writes: Set<string> | 'all'
  readonly calls: Set<string>
}

function findEffects(program: TypedProgram, builtinWrites: (call: Call) => Writes) {
  const { direct, disguised } = examine(program, builtinWrites)
  const callers = new Map<string, string[]>()
  for (const [fqn, { calls }] of direct) {
    for (const callee of calls) {
      const known = callers.get(callee)
      if (known === undefined) callers.set(callee, [fqn])
      else known.push(fqn)
    }
  }
  const waiting: string[] = []
  for (const [fqn, { writes }] of direct) if (writes === 'all' || writes.size > 0) waiting.push(fqn)
  for (let fqn = waiting.pop(); fqn !== undefined; fqn = waiting.pop()) {
    const of = direct.get(fqn)?.writes ?? 'all'
    for (const caller of callers.get(fqn) ?? []) {
      const known = direct.get(caller)
      if (known !== undefined && include(known, of)) waiting.push(caller)
    }
  }
  const writes = new Map([...direct].map(([fqn, found]) => [fqn, found.writes]))
  return { writes, disguised }
}

/** @returns whether that was news */
function include(direct: Direct, more: Writes): boolean {
  if (direct.writes === 'all') return false
  if (more === 'all') {
    direct.writes = 'all'
    return true
  }
  if (more.size === 0) return false
  const { size } = direct.writes
  for (const kind of more) direct.writes.add(kind)
  return direct.writes.size > size
}

interface Examined {
  readonly direct: ReadonlyMap<string, Direct>
  /** Structs that some function looks at as something else. */
  readonly disguised: ReadonlySet<string>
}

function examine(program: TypedProgram, builtinWrites: (call: Call) => Writes): Examined {
  const disguised = new Set<string>()
  let here: Direct = { writes: 'all', calls: new Set() }
  const visitExpr = (expr: TypedExpr): void => {
    if (expr.kind === 'IndirectCall') here.writes = 'all'
    else if (expr.kind === 'AssignCellExpr') include(here, new Set([cellPlaceKind(expr.cell)]))
    else if (expr.kind === 'Call') {
      if (expr.func.origin === 'source') here.calls.add(expr.func.fqn.text)
      else include(here, builtinWrites(expr))
      if (mayDisguise(expr)) for (const type of [expr.type, ...expr.args.map((arg) => arg.type)]) addPointee(type)
    } else if (expr.kind === 'Block') expr.body.forEach(visitStmt)
    forEachChild(expr, visitExpr)
  }
  const addPointee = (type: SpyType): void => {
    if (type.kind === 'ptr' || type.kind === 'ref') addStruct(type.item)
  }
  const addStruct = (type: SpyType): void => {
    if (type.kind !== 'struct' || disguised.has(type.fqn.text)) return
    disguised.add(type.fqn.text)
    for (const field of type.fields) addStruct(field.type)
  }
  const visitStmt = (stmt: TypedStmt): void => {
    if (stmt.kind === 'AssignCell') include(here, new Set([cellPlaceKind(stmt.cell)]))
    if (stmt.kind === 'Unpack') {
      for (const { target } of stmt.targets) {
        if (target !== null && typeof target !== 'string') include(here, new Set([cellPlaceKind(target)]))
      }
    }
    forEachExpr(stmt, visitExpr)
    forEachStmt(stmt, visitStmt)
  }
  const direct = new Map<string, Direct>()
  for (const [fqn, func] of program.functions) {
    here = { writes: new Set(), calls: new Set() }
    func.body.forEach(visitStmt)
    direct.set(fqn, here)
  }
  return { direct, disguised }
}

/** Operations that have a pointer on one side and something else, or a pointer to something else, on the other. */
function mayDisguise({ func, args, type }: Call): boolean {
  if (func.origin === 'source') return false
  switch (func.intrinsic.kind) {
    case 'identity':
      return args.some((arg) => arg.type !== type)
    case 'ptrBulk':
      return func.intrinsic.dst.item !== func.intrinsic.src.item
    case 'primitive':
    case 'structMake':
    case 'structGet':
    case 'ptrAlloc':
    case 'ptrGetItem':
    case 'ptrSetItem':
    case 'ptrGetField':
    case 'ptrSetField':
    case 'ptrCompare':
    case 'ptrToBool':
    case 'refDeref':
    case 'raise':
    case 'isCompiled':
    case 'identical':
    case 'typeOf':
    case 'unbox':
      return false
    default:
      return true
  }
}
