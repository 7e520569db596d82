/**
 * Random programs that make, keep and drop strings and lists of them, for tests of what compiled code holds. Results are
 * short texts, and every engine gives the same.
 */
import { randomWords } from '../runtime/numbers/samples.ts'

type Type = 'str' | 'list' | 'pair'

const TYPES: Readonly<Record<Type, string>> = { str: 'str', list: 'list[str]', pair: 'Pair' }

const HEAD = `
@struct
class Pair:
    n: i32
    text: str
    items: list[str]

var last: str = "start"
var kept: list[str] = ["k"]

def cut(s: str) -> str:
    return s[:12]

def short(l: list[str]) -> list[str]:
    result: list[str] = []
    var i = 0
    while i < len(l) and i < 4:
        result.append(l[i])
        i = i + 1
    return result

def at(l: list[str], i: i32) -> str:
    if len(l) == 0:
        return "none"
    return l[i % len(l)]

def keep(s: str) -> str:
    last = cut(s)
    kept = short([cut(s)] + kept)
    return s

def show(l: list[str]) -> str:
    result = "["
    for i in range(len(l)):
        result = result + l[i] + ","
    return result + "]"
`

interface Func {
  readonly name: string
  readonly params: readonly Type[]
  readonly result: Type
}

/** The text of a program; its function `main(n: i32) -> str` can be called with small numbers. */
export function randomTextProgram(seed: number): string {
  return new Generator(seed).program()
}

class Generator {
  readonly #word: () => number
  readonly #functions: Func[] = []
  #lines: string[] = []
  #locals: { readonly name: string; readonly type: Type }[] = []
  #depth = 0

  constructor(seed: number) {
    this.#word = randomWords(seed)
  }

  program(): string {
    const bodies = Array.from({ length: 4 }, (_, i) => {
      const params = Array.from({ length: this.#below(4) }, () => this.#type())
      return this.#function({ name: `f${i}`, params, result: this.#type() })
    })
    const main = this.#function({ name: 'main', params: [], result: 'str' })
    return `${HEAD}\n${[...bodies, main].join('\n')}`
  }

  #below(n: number): number {
    return this.#word() % n
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.#below(items.length)] as T
  }

  #type(): Type {
    return this.#pick(['str', 'str', 'list', 'pair'])
  }

  #function(func: Func): string {
    this.#lines = []
    this.#locals = func.params.map((type, i) => ({ name: `p${i}`, type }))
    // Locals are there from the start, so that every statement may use any of them.
    for (const [i, type] of (['str', 'str', 'list', 'pair', this.#type()] as const).entries()) {
      this.#line(`v${i}: ${TYPES[type]} = ${this.#value(type, 1)}`)
      this.#locals.push({ name: `v${i}`, type })
    }
    this.#statements(3 + this.#below(6))
    this.#line(`return ${this.#result(func.result)}`)
    this.#functions.push(func)
    const params = ['n: i32', ...func.params.map((type, i) => `p${i}: ${TYPES[type]}`)]
    return `def ${func.name}(${params.join(', ')}) -> ${TYPES[func.result]}:\n${this.#lines.join('\n')}\n`
  }

  /** Depends on every local, so that none of them is lost unseen. */
  #result(type: Type): string {
    if (type !== 'str') return this.#bounded(type, 2)
    return this.#locals.map(({ name, type }) => this.#shown(name, type)).join(' + "/" + ')
  }

  #shown(name: string, type: Type): string {
    if (type === 'list') return `show(${name})`
    return type === 'pair' ? `${name}.text + show(${name}.items)` : name
  }

  #line(text: string): void {
    this.#lines.push(`${'    '.repeat(this.#depth + 1)}${text}`)
  }

  #block(head: string, count: number): void {
    this.#line(head)
    this.#depth++
    this.#statements(count)
    this.#depth--
  }

  #statements(count: number): void {
    for (let i = 0; i < count; i++) this.#statement()
  }

  #statement(): void {
    const kind = this.#below(this.#depth < 2 ? 12 : 8)
    const target = this.#pick(this.#locals)
    switch (kind) {
      case 0:
      case 1:
      case 2:
        return this.#line(`${target.name} = ${this.#bounded(target.type, 3)}`)
      case 3: {
        const list = this.#local('list')
        return this.#line(list === undefined ? 'pass' : `${list}.append(${this.#bounded('str', 2)})`)
      }
      case 4: {
        const [a, b] = [this.#local('str'), this.#local('str')]
        if (a === undefined || b === undefined || a === b) return this.#line('pass')
        return this.#line(`${a}, ${b} = ${this.#bounded('str', 2)}, ${this.#bounded('str', 2)}`)
      }
      case 5:
        return this.#line(`last = ${this.#bounded('str', 2)}`)
      case 6:
        return this.#line(`kept = ${this.#bounded('list', 2)}`)
      case 7:
        return this.#line(`keep(${this.#value('str', 2)})`)
      case 8:
      case 9:
        this.#block(`if ${this.#test()}:`, 1 + this.#below(2))
        if (this.#below(2) === 0) this.#block('else:', 1 + this.#below(2))
        return
      default: {
        const counter = `i${this.#depth}`
        this.#block(`for ${counter} in range(${1 + this.#below(3)}):`, 1 + this.#below(3))
        return
      }
    }
  }

  /** What stays: it must not grow from turn to turn. */
  #bounded(type: Type, depth: number): string {
    const value = this.#value(type, depth)
    if (type === 'str') return `cut(${value})`
    return type === 'list' ? `short(${value})` : value
  }

  #local(type: Type): string | undefined {
    const found = this.#locals.filter((local) => local.type === type)
    return found.length === 0 ? undefined : this.#pick(found).name
  }

  #number(): string {
    return this.#pick(['n', '3', '7', `len(${this.#value('str', 0)})`, `len(${this.#value('list', 0)})`])
  }

  #test(): string {
    const side = () => `len(${this.#value('str', 2)}) > ${this.#below(9)}`
    return this.#pick([side, () => `${side()} and ${side()}`, () => `not (${side()} or ${side()})`])()
  }

  /** An expression of the type; `depth` 0 gives what needs no call. */
  #value(type: Type, depth: number): string {
    const local = this.#local(type)
    const isLeaf = depth <= 0 || this.#below(5) === 0
    switch (type) {
      case 'str':
        if (isLeaf) return this.#pick([local ?? '"s"', local ?? '"t"', '"c"', 'last'])
        return this.#text(depth - 1)
      case 'list':
        if (isLeaf) return this.#pick([local ?? 'kept', 'kept'])
        return this.#list(depth - 1)
      case 'pair':
        if (isLeaf) return local ?? 'Pair(n, last, kept)'
        return (
          this.#call('pair', depth) ??
          `Pair(n, ${this.#bounded('str', depth - 1)}, ${this.#bounded('list', depth - 1)})`
        )
    }
  }

  #text(depth: number): string {
    const str = () => this.#value('str', depth)
    switch (this.#below(9)) {
      case 0:
      case 1:
        return `cut(${str()} + ${str()})`
      case 2:
        return `str(${this.#number()})`
      case 3:
        return `cut(${str()} * 2)`
      case 4:
        return `at(${this.#value('list', depth)}, ${this.#number()})`
      case 5:
        return `keep(${str()})`
      case 6:
        return `(${str()} if ${this.#test()} else ${str()})`
      case 7: {
        const pair = this.#local('pair')
        return pair === undefined ? str() : `${pair}.text`
      }
      default:
        return this.#call('str', depth) ?? `cut(str(n) + ${str()} + ${str()})`
    }
  }

  #list(depth: number): string {
    const list = () => this.#value('list', depth)
    switch (this.#below(4)) {
      case 0:
        return `short(${list()} + ${list()})`
      case 1: {
        const items = Array.from({ length: 1 + this.#below(3) }, () => this.#value('str', depth))
        return `[${items.join(', ')}]`
      }
      case 2: {
        const pair = this.#local('pair')
        return pair === undefined ? list() : `${pair}.items`
      }
      default:
        return this.#call('list', depth) ?? `short(${list()})`
    }
  }

  #call(result: Type, depth: number): string | undefined {
    const found = this.#functions.filter((func) => func.result === result)
    if (found.length === 0 || this.#depth > 1) return undefined
    const func = this.#pick(found)
    const args = func.params.map((type) => this.#value(type, Math.min(depth - 1, 1)))
    return `${func.name}(${['n', ...args].join(', ')})`
  }
}
