/**
 * The closed world: which dynamic types the values of static type `object` and `dynamic` can have. A compiled program
 * has no others than those that its code makes boxes of, and those in its constants, variables and memory.
 */
import { metatypeOf } from '../../machine/dispatch/types.ts'
import { isIdentity } from '../../objects/boxes.ts'
import { isBoxed, isSubtype, NONE, type SpyType, TYPE } from '../../objects/types.ts'
import type { BlueValue, FuncObject, StructValue, Value } from '../../objects/values.ts'
import type { Call, TypedExpr, TypedStmt } from '../../typed/tree.ts'
import { forEachChild, forEachExpr, forEachStmt } from '../../typed/walk.ts'
import { siteOf } from './sites.ts'

export class BoxedWorld {
  /** None is always there: memory that nobody has written holds it. */
  readonly #types = new Set<SpyType>([NONE])
  /** The values of types that compiled code can only tell apart. */
  readonly #objects = new Map<SpyType, Set<Value>>()
  /** Functions that are values somewhere, by type. */
  readonly #functions = new Map<SpyType, Set<FuncObject>>()
  /** Types whose values are types, and may be any. */
  readonly #metatypes = new Set<SpyType>()

  /** In the order in which they were found. */
  get types(): readonly SpyType[] {
    return [...this.#types]
  }

  /** Grows with everything that is found. */
  get size(): number {
    let size = this.#types.size
    for (const objects of this.#objects.values()) size += objects.size
    for (const functions of this.#functions.values()) size += functions.size
    return size
  }

  /** The values that a boxed value of this type can be, as far as only blue code can make them. */
  objectsOf(type: SpyType): readonly BlueValue[] {
    const known = [...(this.#objects.get(type) ?? [])].map((value) => ({ type, value }))
    if (!this.#metatypes.has(type)) return known
    const values = [...this.#objects].flatMap(([of, objects]) => (isSubtype(of, TYPE) ? [...objects] : []))
    const types = [...new Set([...this.#types, ...(values as SpyType[])])]
    const possible = types.filter((each) => isSubtype(metatypeOf(each), type))
    const further = possible.filter((each) => !known.some(({ value }) => value === each))
    return [...known, ...further.map((value) => ({ type: metatypeOf(value), value }))]
  }

  /** The red functions that a value of this type can be. */
  functionsOf(type: SpyType): readonly FuncObject[] {
    return [...(this.#functions.get(type) ?? [])]
  }

  addCode(body: readonly TypedStmt[]): void {
    const addExpr = (expr: TypedExpr): void => {
      if (expr.kind === 'Call' && callsKnown(expr)) return expr.args.slice(1).forEach(addExpr)
      if (expr.kind === 'Upcast') this.#addUpcast(expr.value)
      if (expr.kind === 'Constant') this.addValue(expr.type, expr.value)
      if (expr.kind === 'Block') expr.body.forEach(addStmt)
      forEachChild(expr, addExpr)
    }
    const addStmt = (stmt: TypedStmt): void => {
      forEachExpr(stmt, addExpr)
      forEachStmt(stmt, addStmt)
    }
    body.forEach(addStmt)
  }

  #addUpcast(value: TypedExpr): void {
    const { type } = value
    if (isBoxed(type)) return
    this.#types.add(type)
    if (value.kind === 'Constant') this.#addObject(type, value.value)
    else if (isSubtype(type, TYPE)) this.#metatypes.add(type)
  }

  /** Boxed values that a value holds, and itself if it is seen as boxed. */
  addValue(type: SpyType, value: Value): void {
    if (isBoxed(type)) {
      if (value === null) return
      const boxed = value as BlueValue
      this.#types.add(boxed.type)
      this.#addObject(boxed.type, boxed.value)
      this.addValue(boxed.type, boxed.value)
    } else if (type.kind === 'struct') {
      for (const [i, field] of type.fields.entries()) {
        this.addValue(field.type, (value as StructValue).fields[i] as Value)
      }
    } else if (isIdentity(type)) {
      this.#addObject(type, value)
    } else if (type.kind === 'func') {
      this.#addFunction(type, value as FuncObject)
    }
  }

  #addFunction(type: SpyType, func: FuncObject): void {
    const functions = this.#functions.get(type)
    if (functions === undefined) this.#functions.set(type, new Set([func]))
    else functions.add(func)
  }

  #addObject(type: SpyType, value: Value): void {
    if (!isIdentity(type)) return
    const objects = this.#objects.get(type)
    if (objects === undefined) this.#objects.set(type, new Set([value]))
    else objects.add(value)
  }
}

/** A call of a known function with `dynamic` arguments: the function does not become a boxed value. */
function callsKnown(expr: Call): boolean {
  const site = siteOf(expr)
  return site?.operation.kind === 'call' && site.shapes[0]?.kind === 'constant'
}
