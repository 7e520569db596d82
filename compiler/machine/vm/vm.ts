/**
 * The VM: the state of one program while it is imported and redshifted. Data with few methods; what happens to it is
 * decided by dispatch, rules and interp, which are functions that take a `Vm`.
 */
import type { Fqn } from '../../objects/fqn.ts'
import type { LayoutMode } from '../../objects/layout.ts'
import {
  type FuncColor,
  type FuncKind,
  type FuncParam,
  type FuncType,
  type MemoryKind,
  makeFuncType,
  makePtrType,
  makeRefType,
  mro,
  type PtrType,
  type RefType,
  type SpyType,
  sharedFuncType,
} from '../../objects/types.ts'
import type { BlueValue, Cell, FuncObject, ParamInfo, SourceFunc, Value } from '../../objects/values.ts'
import type { Node } from '../../syntax/ast.ts'
import type { SpyError } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { TypedExpr, TypedFunc } from '../../typed/tree.ts'
import { Aliases } from './aliases.ts'
import { ClassFuncs } from './class-funcs.ts'
import type { GuestMemory } from './guest-memory.ts'
import { MemoryFuncs } from './memory-funcs.ts'
import { type ModuleObject, makeModule, typeValue } from './objects.ts'
import { StructFuncs } from './struct-funcs.ts'

/** What the table of globals holds. */
export type GlobalEntry =
  | { readonly kind: 'func'; readonly func: FuncObject }
  | { readonly kind: 'type'; readonly type: SpyType }
  | { readonly kind: 'cell'; readonly cell: Cell }
  | { readonly kind: 'module'; readonly module: ModuleObject }

/** How rooms below the interpreter get SPy code run. Implemented by machine/interp. */
export interface Evaluator {
  /** Call any function with values of its parameter types; blue calls go through the blue cache. */
  call(func: FuncObject, args: readonly BlueValue[]): BlueValue
  /** A blue call that is not remembered, because the caller remembers it in a better form. */
  callUncached(func: SourceFunc, args: readonly BlueValue[]): BlueValue
  /**
   * Evaluate an expression that reads no locals but its own.
   *
   * @param reached  told the place in the expression that an error leaves
   */
  run(tree: TypedExpr, reached?: (span: Span) => void): Value
  /** A module that code needs without naming it (`_print`, `_str`), imported on first use. */
  importModule(name: string): ModuleObject
}

export interface LibraryMembers {
  readonly module: string
  /** Of all methods with underscores, these. */
  readonly dunders: ReadonlySet<string>
  /** A module that is not worth loading for other methods than these. */
  readonly elsewhere?: { readonly module: string; readonly names: ReadonlySet<string> }
  /** Name of the generic function in the module that gives the struct for a type; default: the struct `methods`. */
  readonly generic?: string
}

export interface VmOptions {
  readonly mode: LayoutMode
  readonly memory: GuestMemory
  /** What `print` writes at import time and in the interp engine. */
  readonly output: (text: string) => void
  /** Steps that blue code may take in all; see `Fuel`. */
  readonly blueSteps: number
  readonly errors: ErrorMode
  /** Told of each static error that became a raise. */
  readonly onPutOff: (error: SpyError) => void
  /** Where redshift notes what it finds out about the source, for those who show it. */
  readonly colors?: Map<Node, NodeColor>
}

/** blue: known at redshift time, or gone because of that. red: left to run. Nodes that were never looked at have none. */
export type NodeColor = 'blue' | 'red'
export type NodeColors = ReadonlyMap<Node, NodeColor>

/** eager: the first static error ends redshift. lazy: it becomes a raise where it stands. */
export type ErrorMode = 'eager' | 'lazy'

export class Vm {
  readonly options: VmOptions
  readonly memory: GuestMemory
  /** Everything with an FQN, in the order in which it was made: the order of redshift, printing and emission. */
  readonly globals = new Map<string, GlobalEntry>()
  readonly modules = new Map<string, ModuleObject>()
  readonly aliases = new Aliases()
  /** Members of types that all VMs share (`str`, `i32`, ...); other types keep their own. */
  readonly builtinMembers = new Map<SpyType, Map<string, BlueValue>>()
  /** Results of blue calls, by function and key of the arguments. */
  readonly blueCache = new Map<FuncObject, Map<string, BlueValue>>()
  /** Which `@force_inline` functions each of them calls, as far as these calls have been reached without inlining. */
  readonly inlineCalls = new Map<SourceFunc, Set<SourceFunc>>()
  /** How many module bodies are running. While there are any, it is import time. */
  importing = 0
  /** Frame of the module whose `__INIT__` is running; machine/rules says what a frame is. */
  initialising: unknown = null
  /** Functions that the compiler writes itself: how each gets its body. */
  readonly synthetic = new Map<SourceFunc, () => TypedFunc>()
  readonly #ptrTypes = { raw: new Map<SpyType, PtrType>(), gc: new Map<SpyType, PtrType>() }
  readonly #refTypes = { raw: new Map<SpyType, RefType>(), gc: new Map<SpyType, RefType>() }
  readonly #funcTypes = new Map<string, FuncType>()
  /** Functions behind pointers and references. */
  readonly memoryFuncs: MemoryFuncs
  /** Constructors and field readers of structs. */
  readonly structFuncs: StructFuncs
  /** What heap classes do. */
  readonly classFuncs: ClassFuncs
  #evaluator: Evaluator | null = null

  constructor(options: VmOptions) {
    this.options = options
    this.memory = options.memory
    this.memoryFuncs = new MemoryFuncs(this)
    this.structFuncs = new StructFuncs(this)
    this.classFuncs = new ClassFuncs(this)
  }

  get evaluator(): Evaluator {
    if (this.#evaluator === null) throw new Error('the evaluator is connected before anything runs')
    return this.#evaluator
  }

  connect(evaluator: Evaluator): void {
    this.#evaluator = evaluator
  }

  // -------------------------------------------------------------------------------------------------- globals

  addGlobal(fqn: Fqn, entry: GlobalEntry): void {
    this.globals.set(fqn.text, entry)
  }

  /** The FQN itself, or with the first free numeric suffix in place of its own. */
  uniqueFqn(fqn: Fqn): Fqn {
    if (!this.globals.has(fqn.text)) return fqn
    for (let n = 1; ; n++) {
      const candidate = fqn.withSuffix(String(n))
      if (!this.globals.has(candidate.text)) return candidate
    }
  }

  addModule(name: string, file: string, isLibrary: boolean): ModuleObject {
    const module = makeModule(name, file, isLibrary)
    this.modules.set(name, module)
    return module
  }

  /** What a name of the builtins stands for. */
  builtin(name: string): BlueValue {
    const value = this.modules.get('builtins')?.attributes.get(name)
    if (value === undefined) throw new Error(`there is no builtin ${name}`)
    return value
  }

  readonly #variadic = new Map<SourceFunc, Map<SpyType, SourceFunc>>()

  /** A function with `*args`, made for calls whose extra arguments form this tuple: `args` is an ordinary parameter. */
  variadicInstance(func: SourceFunc, tuple: SpyType): SourceFunc {
    const instances = intern(this.#variadic, func, () => new Map<SpyType, SourceFunc>())
    return intern(instances, tuple, () => {
      const params = func.params.map(
        (param): ParamInfo => (param.kind === 'simple' ? param : { ...param, type: tuple, kind: 'simple' }),
      )
      const type = this.funcType('red', 'plain', params, func.type.result)
      const fqn = this.uniqueFqn(func.fqn)
      const instance: SourceFunc = { ...func, fqn, params, type, defaults: [] }
      this.addGlobal(fqn, { kind: 'func', func: instance })
      return instance
    })
  }

  readonly #tuples = new Set<SpyType>()

  /** Remember that a struct is a `tuple[...]`, which can be unpacked. */
  addTuple(type: SpyType): void {
    this.#tuples.add(type)
  }

  isTuple(type: SpyType): boolean {
    return this.#tuples.has(type)
  }

  *functions(): Iterable<SourceFunc> {
    for (const entry of this.globals.values()) {
      if (entry.kind === 'func' && entry.func.origin === 'source') yield entry.func
    }
  }

  // ---------------------------------------------------------------------------------------------------- types

  ptrType(memory: MemoryKind, item: SpyType): PtrType {
    return intern(this.#ptrTypes[memory], item, () => makePtrType(memory, item))
  }

  refType(memory: MemoryKind, item: SpyType): RefType {
    return intern(this.#refTypes[memory], item, () => makeRefType(memory, item))
  }

  funcType(color: FuncColor, kind: FuncKind, params: readonly FuncParam[], result: SpyType): FuncType {
    const shared = sharedFuncType(color, kind, params, result)
    if (shared !== undefined) return shared
    // Two different types can share an FQN text (qualifiers print in human form): their identity counts.
    const ids = params.map((param) => `${param.kind === 'simple' ? '' : '*'}${this.typeId(param.type)}`)
    const key = `${color} ${kind} ${ids.join(' ')} ${this.typeId(result)}`
    return intern(this.#funcTypes, key, () => makeFuncType(color, kind, params, result))
  }

  readonly #typeIds = new Map<SpyType, number>()

  /** A number that tells types apart, for cache keys. */
  typeId(type: SpyType): number {
    return intern(this.#typeIds, type, () => this.#typeIds.size)
  }

  readonly #objectIds = new Map<object, number>()

  /** A number that tells objects with identity apart, for cache keys. */
  objectId(object: object): number {
    return intern(this.#objectIds, object, () => this.#objectIds.size)
  }

  /** Members of the type itself, without its bases. */
  membersOf(type: SpyType): ReadonlyMap<string, BlueValue> {
    return this.builtinMembers.get(type) ?? type.members
  }

  /** The member `name` of the type or the nearest base that has it. A reference has the members of what it refers to. */
  lookup(type: SpyType, name: string): BlueValue | undefined {
    if (type.kind === 'ref' && !type.isClass) return this.lookup(type.item, name)
    for (const t of mro(type)) {
      const found = this.membersOf(t).get(name) ?? this.#libraryMember(t, name)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** Built-in types whose further methods are those of a struct `methods` in modules of the library. */
  readonly libraryMembers = new Map<SpyType, LibraryMembers>()

  /** The module is imported when a method of it is first looked for. Dispatch asks for dunders all the time. */
  #libraryMember(type: SpyType, name: string): BlueValue | undefined {
    const library = this.libraryMembers.get(type)
    if (library === undefined || (name.startsWith('__') && !library.dunders.has(name))) return undefined
    const module = library.elsewhere?.names.has(name) === true ? library.elsewhere.module : library.module
    const { attributes } = this.evaluator.importModule(module)
    const generic = asFunc(attributes.get(library.generic ?? ''))
    const found = generic === undefined ? attributes.get('methods') : this.evaluator.call(generic, [typeValue(type)])
    return asType(found)?.members.get(name)
  }

  /** The function `name` among the members of the type. */
  lookupFunc(type: SpyType, name: string): FuncObject | undefined {
    return asFunc(this.lookup(type, name))
  }

  // ---------------------------------------------------------------------------------------------------- names

  /** The name that messages show: aliases applied (`_list::list[i32]::_ListImpl` is `list[i32]`). */
  humanFqn(fqn: Fqn): string {
    return this.aliases.resolve(fqn).debugName
  }

  human(type: SpyType): string {
    return this.humanFqn(type.fqn)
  }
}

function intern<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** The function that a blue value is. */
export function asFunc(blue: BlueValue | undefined | null): FuncObject | undefined {
  const value: Value | undefined = blue?.value
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'func' && 'origin' in value
    ? isFuncObject(value)
      ? value
      : undefined
    : undefined
}

function isFuncObject(value: object): value is FuncObject {
  return 'intrinsic' in value || 'closure' in value
}

/** The type that a blue value is. */
export function asType(blue: BlueValue | undefined | null): SpyType | undefined {
  const value = blue?.value
  return typeof value === 'object' && value !== null && 'members' in value ? (value as SpyType) : undefined
}
