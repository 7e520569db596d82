/** Random expressions of a wanted type, made of the names that are in scope. */
import { FORMS, partsOf } from './forms.ts'
import { joined, say, type Text, wrapped } from './text.ts'
import { constant, FLOATS, type Float, INTS, type Int, isFloat, isInt, type Type } from './types.ts'

export interface Variable {
  readonly name: string
  readonly type: Type
}

export interface Func {
  readonly name: string
  readonly params: readonly Type[]
  readonly result: Type
}

/** What expressions may mention. */
export interface Scope {
  readonly variables: readonly Variable[]
  readonly functions: readonly Func[]
  /** Values of type `dynamic`, by what they really are. */
  readonly dynamics: readonly { readonly name: string; readonly type: 'i32' | 'str' | 'f64' }[]
}

const COMPARABLE: readonly Type[] = [...INTS, ...FLOATS, 'str', 'bool']
const EQUATABLE: readonly Type[] = [...COMPARABLE, 'list[i32]', 'list[str]', 'dict[str, i32]']
const COMPARISONS = ['==', '!=', '<', '<=', '>', '>=']

export class Expressions {
  readonly #word: () => number
  scope: Scope = { variables: [], functions: [], dynamics: [] }

  constructor(word: () => number) {
    this.#word = word
  }

  below(n: number): number {
    return this.#word() % n
  }

  pick = <Item>(items: readonly Item[]): Item => items[this.below(items.length)] as Item

  /** One time in `n`. */
  rarely(n: number): boolean {
    return this.below(n) === 0
  }

  variable(type: Type): Variable | undefined {
    const found = this.scope.variables.filter((one) => one.type === type)
    return found.length === 0 ? undefined : this.pick(found)
  }

  /** What stays in a variable: it must not grow from turn to turn. */
  bounded(type: Type, depth: number): Text {
    const value = this.value(type, depth)
    if (type === 'str') return say`cut(${value})`
    if (type === 'bytes') return say`${inParentheses(value)}[:16]`
    return type.startsWith('list') ? say`${inParentheses(value)}[:5]` : value
  }

  /** @param depth  0 gives what needs no call */
  value(type: Type, depth: number): Text {
    if (depth <= 0 || this.rarely(5)) return this.#leaf(type)
    if (this.rarely(8)) {
      return say`(${this.value(type, depth - 1)} if ${this.value('bool', depth - 1)} else ${this.value(type, depth - 1)})`
    }
    if (this.rarely(5)) return this.#call(type, depth) ?? this.#compound(type, depth - 1)
    return this.#compound(type, depth - 1)
  }

  #leaf(type: Type): Text {
    const variable = this.variable(type)
    if (variable !== undefined && !this.rarely(4)) return say`${variable.name}`
    switch (type) {
      case 'list[i32]':
        return say`[${constant('i32', this.pick)}, ${constant('i32', this.pick)}]`
      case 'list[str]':
        return say`[${constant('str', this.pick)}]`
      case 'list[f64]':
        return say`[${constant('f64', this.pick)}, 2.0]`
      case 'dict[str, i32]':
        return say`{${constant('str', this.pick)}: ${constant('i32', this.pick)}}`
      case 'dict[i32, str]':
        return say`{${constant('i32', this.pick)}: ${constant('str', this.pick)}, 1: "one"}`
      case 'tuple[i32, str]':
        return say`(${constant('i32', this.pick)}, ${constant('str', this.pick)})`
      case 'Point':
        return say`Point(${constant('f64', this.pick)}, ${constant('i64', this.pick)}, ${constant('str', this.pick)})`
      case 'set[i32]':
        return say`{${constant('i32', this.pick)}, 2}`
      case 'set[str]':
        return say`{${constant('str', this.pick)}, "s"}`
      case 'Counter':
        return say`Counter(${constant('i32', this.pick)}, ${constant('str', this.pick)})`
      case 'Pair':
        return say`Pair(${constant('i32', this.pick)}, ${constant('str', this.pick)}, [${constant('str', this.pick)}])`
      default:
        return constant(type, this.pick)
    }
  }

  #call(type: Type, depth: number): Text | undefined {
    const found = this.scope.functions.filter(({ result }) => result === type)
    if (found.length === 0) return undefined
    const { name, params } = this.pick(found)
    const args = params.map((param) => this.value(param, Math.min(depth - 1, 1)))
    return say`${name}(${joined(args)})`
  }

  /** What the library makes of the type; undefined if it has nothing. */
  #form(type: Type, depth: number): Text | undefined {
    const forms = FORMS[type]
    if (forms === undefined) return undefined
    const parts = partsOf(this.pick(forms)).map((part) => {
      if (typeof part === 'string') return say`${part}`
      const value = this.value(part.type, depth)
      return part.isFollowed ? inParentheses(value) : value
    })
    return say`(${joined(parts, '')})`
  }

  #compound(type: Type, depth: number): Text {
    const form = this.rarely(2) ? this.#form(type, depth) : undefined
    if (form !== undefined) return form
    if (isInt(type)) return this.#int(type, depth)
    if (isFloat(type)) return this.#float(type, depth)
    switch (type) {
      case 'bool':
        return this.#bool(depth)
      case 'str':
        return this.#str(depth)
      case 'list[i32]':
      case 'list[str]':
      case 'list[f64]':
        return this.#list(type, depth)
      case 'dict[str, i32]':
        return say`{${this.value('str', depth)}: ${this.value('i32', depth)}, ${this.value('str', depth)}: 5}`
      case 'dict[i32, str]':
        return say`{${this.value('i32', depth)}: ${this.bounded('str', depth)}}`
      case 'tuple[i32, str]':
        return say`(${this.value('i32', depth)}, ${this.bounded('str', depth)})`
      case 'Point': {
        const point = () => inParentheses(this.value('Point', depth))
        return this.pick([
          () => say`Point(${this.value('f64', depth)}, ${this.value('i64', depth)}, ${this.bounded('str', depth)})`,
          () => say`${point()}.moved(${this.value('f64', depth)})`,
          () => say`(${point()} + ${point()})`,
        ])()
      }
      case 'bytes':
      case 'set[i32]':
      case 'set[str]':
      case 'Counter':
        return this.#form(type, depth) ?? this.#leaf(type)
      case 'Pair':
        return say`Pair(${this.value('i32', depth)}, ${this.bounded('str', depth)}, ${this.bounded('list[str]', depth)})`
    }
  }

  #int(type: Int, depth: number): Text {
    const value = () => this.value(type, depth)
    const forms: (() => Text)[] = [
      () => wrapped(type, say`${value()} ${this.pick(['+', '-', '*'])} ${value()}`),
      () => wrapped(type, say`${value()} ${this.pick(['+', '-', '*'])} ${value()}`),
      () => wrapped(type, say`${value()} ${this.pick(['&', '|', '^'])} ${value()}`),
      () => wrapped(type, say`${value()} ${this.pick(['//', '%'])} ${this.#divisor(type, depth)}`),
      () => wrapped(type, say`${value()} ${this.pick(['<<', '>>'])} ${this.#shift(type, depth)}`),
      () => wrapped(type, say`${type.startsWith('u') ? '~' : this.pick(['-', '~'])}${inParentheses(value())}`),
      () => this.#converted(type, depth),
      () => say`${this.pick(['min', 'max'])}(${value()}, ${value()})`,
      () => wrapped(type, say`abs(${value()})`),
    ]
    if (type === 'i32') forms.push(...this.#i32Forms(depth))
    if (type === 'i64') forms.push(() => say`${inParentheses(this.value('Point', depth))}.n`)
    return this.pick(forms)()
  }

  #i32Forms(depth: number): (() => Text)[] {
    const str = () => inParentheses(this.value('str', depth))
    const list = () => this.value('list[i32]', depth)
    return [
      () => say`len(${this.value(this.pick(['str', 'list[str]', 'list[i32]', 'dict[str, i32]'] as const), depth)})`,
      () => this.#item('list[i32]', depth),
      () => wrapped('i32', say`sum(${list()})`),
      () => say`${str()}.find(${str()})`,
      () => say`${str()}.count("a")`,
      () => say`${inParentheses(list())}.count(${this.value('i32', 0)})`,
      () => say`${inParentheses(this.value('dict[str, i32]', depth))}.get(${str()}, ${this.value('i32', 0)})`,
      () => say`${inParentheses(this.value('tuple[i32, str]', depth))}[0]`,
      () => say`${inParentheses(this.value('Pair', depth))}.n`,
      () => say`i32(${this.value('bool', depth)})`,
      () => {
        const [a, b] = [this.#dynamic('i32', depth), this.#dynamic('i32', depth)]
        return { spy: `i32_of(${a.spy} + ${b.spy})`, python: `i32(${a.python} + ${b.python})` }
      },
    ]
  }

  /** Zero now and then. What can fail is not made of constants alone: it would be computed while it is compiled. */
  #divisor(type: Int, depth: number): Text {
    if (this.rarely(12)) return wrapped(type, say`${this.value(type, depth)} & ${type}(g0)`)
    return wrapped(type, say`${this.value(type, depth)} | ${constantOne(type)}`)
  }

  /** Counts beyond the width are allowed, negative ones are not. */
  #shift(type: Int, depth: number): Text {
    const most = { spy: type === 'i32' ? '71' : `${type}(71)`, python: '71' }
    return wrapped(type, say`${this.value(type, depth)} & ${most}`)
  }

  /** What looks like a literal is one of the type, and has to be in its range. */
  #converted(type: Int, depth: number): Text {
    const value = this.value(this.#otherNumber(type), depth)
    return /^\(?[-\d]/.test(value.spy) ? wrapped(type, say`${type}(g0) + ${type}(2)`) : say`${type}(${value})`
  }

  #otherNumber(type: Type): Type {
    const others: readonly Type[] = [...INTS, ...FLOATS, 'i32', 'f64']
    return this.pick(others.filter((one) => one !== type))
  }

  #float(type: Float, depth: number): Text {
    const value = () => this.value(type, depth)
    const divisor = () => wrapped(type, say`${value()} ${this.pick(['+', '*'])} ${type}(g3)`)
    const forms: (() => Text)[] = [
      () => wrapped(type, say`${value()} ${this.pick(['+', '-', '*'])} ${value()}`),
      () => wrapped(type, say`${value()} ${this.pick(['+', '-', '*'])} ${value()}`),
      () => wrapped(type, say`${value()} / ${divisor()}`),
      () => wrapped(type, say`${value()} ${this.pick(['//', '%'])} ${divisor()}`),
      () => say`(-${value()})`,
      () => say`${type}(${this.value(this.#otherNumber(type), depth)})`,
      () => say`abs(${value()})`,
    ]
    if (type === 'f64') {
      forms.push(
        () => wrapped('f64', say`${this.value('i32', depth)} / ${this.#divisor('i32', depth)}`),
        () => this.#item('list[f64]', depth),
        () => say`${inParentheses(this.value('Point', depth))}.x`,
        () => say`sqrt(abs(${value()}))`,
        () => say`f64_of(${this.#dynamic('f64', depth)} * ${this.#dynamic('f64', depth)})`,
      )
    }
    return this.pick(forms)()
  }

  #bool(depth: number): Text {
    const bool = () => this.value('bool', depth)
    const compared = (types: readonly Type[], operators: readonly string[]) => {
      const type = this.pick(types)
      return say`(${this.value(type, depth)} ${this.pick(operators)} ${this.value(type, depth)})`
    }
    return this.pick([
      () => compared(COMPARABLE, COMPARISONS),
      () => compared(COMPARABLE, COMPARISONS),
      () => compared(EQUATABLE, ['==', '!=']),
      () => say`(${bool()} ${this.pick(['and', 'or'])} ${bool()})`,
      () => say`(not ${bool()})`,
      () => say`(${this.value('i32', depth)} < ${this.value('i32', depth)} <= ${this.value('i32', depth)})`,
      () => say`(${this.value('str', depth)} in ${this.value('str', depth)})`,
      () => say`(${this.value('i32', depth)} ${this.pick(['in', 'not in'])} ${this.value('list[i32]', depth)})`,
      () => say`(${this.value('str', depth)} in ${this.value('dict[str, i32]', depth)})`,
      () => say`bool(${this.value(this.pick(['i32', 'str', 'list[str]', 'f64'] as const), depth)})`,
      () => say`bool_of(${this.#dynamic('i32', depth)} < ${this.#dynamic('i32', depth)})`,
    ])()
  }

  #str(depth: number): Text {
    const str = () => inParentheses(this.value('str', depth))
    const i32 = () => this.value('i32', depth)
    const shown: readonly Type[] = [
      ...[...INTS, 'f64', 'bool', 'list[i32]', 'list[str]', 'list[f64]', 'dict[str, i32]', 'tuple[i32, str]'],
    ] as readonly Type[]
    return this.pick([
      () => say`(${str()} + ${str()})`,
      () => say`(${str()} + ${str()})`,
      () => say`(cut(${str()}) * (${i32()} & 3))`,
      () => say`${str()}[${i32()}:${i32()}]`,
      () => say`${str()}[::${this.pick(['-1', '2', '-2'])}]`,
      () => this.#item('str', depth),
      () => this.#item('list[str]', depth),
      () => say`str(${this.value(this.pick(shown), depth)})`,
      () => say`str(${this.value(this.pick(shown), depth)})`,
      () => say`repr(${str()})`,
      () => say`${str()}.replace(${str()}, ${this.value('str', 0)})`,
      () => say`${str()}.strip()`,
      () => say`${this.value('str', 0)}.join(${this.value('list[str]', depth)})`,
      () => say`f"{${this.variable('i32')?.name ?? '7'}}:{${this.variable('f64')?.name ?? '1.5'}:.2f}"`,
      () => say`chr(${i32()} & 127)`,
      () => say`${inParentheses(this.value('tuple[i32, str]', depth))}[1]`,
      () => say`${inParentheses(this.value('Pair', depth))}.text`,
      () => say`show_point(${this.value('Point', depth)})`,
      () => say`str_of(${this.#dynamic('str', depth)} + ${this.#dynamic('str', depth)})`,
    ])()
  }

  #list(type: 'list[i32]' | 'list[str]' | 'list[f64]', depth: number): Text {
    const item = type === 'list[i32]' ? 'i32' : type === 'list[str]' ? 'str' : 'f64'
    const list = () => inParentheses(this.value(type, depth))
    const forms: (() => Text)[] = [
      () => say`[${joined(Array.from({ length: 1 + this.below(3) }, () => this.bounded(item, depth)))}]`,
      () => say`(${list()}[:5] + ${list()}[:5])`,
      () => say`(${list()}[:4] * (${this.value('i32', depth)} & 3))`,
      () => say`${list()}[${this.value('i32', depth)}:${this.value('i32', depth)}]`,
      () => say`${list()}[::${this.pick(['-1', '2', '-3'])}]`,
      () => say`[${this.#element(item, depth)} for e in ${list()}]`,
    ]
    if (type !== 'list[f64]') forms.push(() => say`sorted(${list()})`)
    if (type === 'list[i32]') {
      forms.push(() => say`[e for e in range(${this.value('i32', 0)} & 7) if e != ${this.value('i32', 0)}]`)
    }
    if (type === 'list[str]') {
      forms.push(
        () => say`cut(${this.value('str', depth)}).split()`,
        () => say`${inParentheses(this.value('Pair', depth))}.items`,
        () => say`[e for e in cut(${this.value('str', depth)})]`,
      )
    }
    return this.pick(forms)()
  }

  /** What a comprehension makes of `e`. */
  #element(item: 'i32' | 'str' | 'f64', depth: number): Text {
    if (item === 'str') return say`cut(e + ${this.value('str', Math.min(depth, 1))})`
    return wrapped(item, say`e ${this.pick(['+', '*', '-'])} ${this.value(item, Math.min(depth, 1))}`)
  }

  /** Of a list or a str; an index out of range now and then. */
  #item(type: 'list[i32]' | 'list[str]' | 'list[f64]' | 'str', depth: number): Text {
    const variable = this.variable(type)
    if (variable === undefined)
      return this.#leaf(type === 'str' ? 'str' : type === 'list[i32]' ? 'i32' : type === 'list[str]' ? 'str' : 'f64')
    const index = this.value('i32', depth)
    if (/^[gp]/.test(variable.name) && this.rarely(9)) return say`${variable.name}[${index}]`
    const empty = this.#leaf(type === 'list[i32]' ? 'i32' : type === 'list[f64]' ? 'f64' : 'str')
    return say`(${variable.name}[mod(${index}, len(${variable.name}))] if len(${variable.name}) > 0 else ${empty})`
  }

  #dynamic(type: 'i32' | 'str' | 'f64', depth: number): Text {
    const found = this.scope.dynamics.filter((one) => one.type === type)
    return found.length === 0 ? this.value(type, depth) : say`${this.pick(found).name}`
  }
}

const constantOne = (type: Int): Text => ({ spy: type === 'i32' ? '1' : `${type}(1)`, python: '1' })

/** For what stands before a dot or a bracket. */
function inParentheses(text: Text): Text {
  return /^[a-z]\w*$/.test(text.spy) ? text : say`(${text})`
}
