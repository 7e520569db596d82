/** Random programs: functions that call earlier ones, module variables, closures, and a `main` that tells everything. */
import { randomWords } from '../../runtime/numbers/samples.ts'
import { Expressions, type Func, type Variable } from './expressions.ts'
import { NAMES_OF_SHAPES } from './library.ts'
import { type Line, say, type Text, wrapped } from './text.ts'
import { COMMON_TYPES, isFloat, isInt, type Type } from './types.ts'

const GLOBALS: readonly Variable[] = [
  { name: 'g0', type: 'i32' },
  { name: 'g1', type: 'list[str]' },
  { name: 'g2', type: 'str' },
  { name: 'g3', type: 'f64' },
]

const INITIAL: Readonly<Record<string, string>> = { g0: '3', g1: '["k"]', g2: '"g"', g3: '0.5' }

/** `main` of the program takes nothing and returns a str. */
export function randomProgram(seed: number): readonly Line[] {
  return new Programs(seed).program()
}

class Programs {
  readonly #on: Expressions
  #functions: Func[] = []
  #variables: Variable[] = []
  #depth = 0
  /** Loops around the place, so that `break` has one to leave. */
  #loops = 0
  /** For loops: the variables of each are its own. */
  #counters = 0

  constructor(seed: number) {
    const word = randomWords(2 * seed + 1) // it makes seeds odd
    for (let i = 0; i < 8; i++) word() // the first words of small seeds are much alike
    this.#on = new Expressions(word)
  }

  program(): readonly Line[] {
    const globals = this.#globals()
    const closure = this.#closure()
    const functions = Array.from({ length: 2 + this.#on.below(3) }, (_, i) => {
      const params = Array.from({ length: this.#on.below(4) }, () => this.#on.pick(COMMON_TYPES))
      return this.#function({ name: `f${i}`, params, result: this.#on.pick(COMMON_TYPES) })
    })
    const main = this.#function({ name: 'main', params: [], result: 'str' })
    return [
      { text: { spy: 'from math import sqrt', python: '' } },
      { text: { spy: `from shapes import ${NAMES_OF_SHAPES}`, python: '' } },
      ...globals,
      ...closure,
      ...functions,
      main,
    ]
  }

  #globals(): readonly Line[] {
    return GLOBALS.map(({ name, type }) => {
      const value = INITIAL[name] as string
      return { text: { spy: `var ${name}: ${type} = ${value}`, python: `${name} = ${value}` } }
    })
  }

  /** A function that is made at import time and remembers a number. */
  #closure(): readonly Line[] {
    this.#on.scope = {
      variables: [
        { name: 'k', type: 'i32' },
        { name: 'a', type: 'i32' },
        { name: 's', type: 'str' },
      ],
      functions: [],
      dynamics: [],
    }
    const inner: Line = {
      text: say`def inner(a: i32, s: str) -> i32:`,
      body: [{ text: say`return ${this.#on.value('i32', 3)}` }],
    }
    this.#functions = [
      { name: 'c0', params: ['i32', 'str'], result: 'i32' },
      { name: 'c1', params: ['i32', 'str'], result: 'i32' },
    ]
    return [
      { text: say`@blue` },
      { text: say`def make(k: i32):`, body: [inner, { text: say`return inner` }] },
      { text: say`c0 = make(${this.#on.below(9)})` },
      { text: say`c1 = make(${100 + this.#on.below(9)})` },
    ]
  }

  #function(func: Func): Line {
    this.#counters = 0
    this.#variables = [...GLOBALS, ...func.params.map((type, i) => ({ name: `p${i}`, type }))]
    this.#look([])
    const body: Line[] = [{ text: { spy: '', python: 'global g0, g1, g2, g3' } }]
    // Locals are there from the start, so that every statement may use any of them.
    const types: readonly Type[] = ['i32', 'str', this.#on.pick(COMMON_TYPES), this.#on.pick(COMMON_TYPES)]
    for (const [i, type] of types.entries()) {
      const value = this.#on.bounded(type, 2)
      body.push({ text: { spy: `v${i}: ${type} = ${value.spy}`, python: `v${i} = ${value.python}` } })
      this.#variables.push({ name: `v${i}`, type })
      this.#look([])
    }
    if (this.#on.rarely(2)) body.push(...this.#dynamics())
    body.push(...this.#statements(3 + this.#on.below(5)))
    body.push({ text: say`return ${this.#result(func.result)}` })
    this.#functions.push(func)
    const params = func.params.map((type, i) => `p${i}: ${type}`).join(', ')
    return { text: say`def ${func.name}(${params}) -> ${func.result}:`, body }
  }

  #look(dynamics: Expressions['scope']['dynamics']): void {
    this.#on.scope = { variables: this.#variables, functions: this.#functions, dynamics }
  }

  #dynamics(): readonly Line[] {
    const made = (['i32', 'str', 'f64'] as const).map((type, i) => ({ name: `w${i}`, type }))
    const lines = made.map(({ name, type }) => {
      const value = this.#on.bounded(type, 1)
      return { text: { spy: `${name}: dynamic = ${value.spy}`, python: `${name} = ${value.python}` } }
    })
    this.#look(made)
    return lines
  }

  /** Depends on every local, so that none of them is lost unseen. */
  #result(type: Type): Text {
    if (type !== 'str') return this.#on.bounded(type, 2)
    const shown = this.#variables.map(({ name, type: of }) => shownAs(name, of))
    return shown.reduce((text, one) => say`${text} + "/" + ${one}`)
  }

  #statements(count: number): readonly Line[] {
    return Array.from({ length: count }, () => this.#statement()).flat()
  }

  #block(head: Text, count: number): Line {
    this.#depth++
    // Calls in inner loops would run for long.
    const outer = this.#on.scope
    if (this.#depth > 1) this.#on.scope = { ...outer, functions: [] }
    const body = this.#statements(count)
    this.#on.scope = outer
    this.#depth--
    return { text: head, body }
  }

  #statement(): readonly Line[] {
    const on = this.#on
    const kinds = [
      () => this.#assignment(),
      () => this.#assignment(),
      () => this.#assignment(),
      () => this.#inPlace(),
      () => this.#containerStatement(),
      () => this.#containerStatement(),
      () => this.#swap(),
      () => this.#objectStatement(),
      () => [{ text: say`assert ${on.value('bool', 1)} or ${on.value('i32', 1)} != 77, "no"` }],
    ]
    if (this.#depth < 2) {
      kinds.push(
        () => this.#if(),
        () => this.#if(),
        () => this.#for(),
        () => this.#while(),
      )
    }
    if (this.#loops > 0) {
      kinds.push(() => [
        { text: say`if ${on.value('bool', 1)}:`, body: [{ text: say`${on.pick(['break', 'continue'])}` }] },
      ])
    }
    return on.pick(kinds)()
  }

  /** What may be assigned: loop variables belong to their loops. */
  #targets(): readonly Variable[] {
    return this.#variables.filter(({ name }) => /^[vg]/.test(name))
  }

  #assignment(): readonly Line[] {
    const { name, type } = this.#on.pick(this.#targets())
    return [{ text: say`${name} = ${this.#on.bounded(type, 3)}` }]
  }

  #inPlace(): readonly Line[] {
    const numbers = this.#targets().filter(({ type }) => isInt(type) || isFloat(type))
    const { name, type } = this.#on.pick(numbers)
    const operator = this.#on.pick(['+', '-', '*'])
    const value = this.#on.value(type, 2)
    const after = wrapped(type, { spy: '', python: `${name} ${operator} ${value.python}` })
    return [{ text: { spy: `${name} ${operator}= ${value.spy}`, python: `${name} = ${after.python}` } }]
  }

  #containerStatement(): readonly Line[] {
    const on = this.#on
    const containers = this.#variables.filter(({ type }) => /^(list|dict|set)\[/.test(type))
    const { name, type } = on.pick(containers)
    const small = { text: say`if len(${name}) < 6:` }
    if (type === 'set[i32]' || type === 'set[str]') {
      const member = type === 'set[i32]' ? say`${on.value('i32', 2)}` : say`cut(${on.value('str', 2)})`
      return on.pick<() => readonly Line[]>([
        () => [{ ...small, body: [{ text: say`${name}.add(${member})` }] }],
        () => [{ text: say`${name}.discard(${member})` }],
        () => [{ text: say`${name} -= ${on.value(type, 1)}` }],
      ])()
    }
    if (type.startsWith('dict') && on.rarely(3)) return [this.#dictStatement(name, type)]
    // Python evaluates the value before the key, SPy as it is written: only one of them calls anything.
    if (type === 'dict[str, i32]') return [{ text: say`${name}[cut(${on.value('str', 2)})] = ${on.below(100)}` }]
    if (type === 'dict[i32, str]') return [{ text: say`${name}[${on.value('i32', 2)} & 7] = "${on.below(100)}"` }]
    const item: Type = type === 'list[i32]' ? 'i32' : type === 'list[str]' ? 'str' : 'f64'
    return on.pick<() => readonly Line[]>([
      () => [{ ...small, body: [{ text: say`${name}.append(${on.bounded(item, 2)})` }] }],
      () => [{ ...small, body: [{ text: say`${name}.insert(${on.value('i32', 1)}, ${on.bounded(item, 1)})` }] }],
      () => [{ text: say`if len(${name}) > 1:`, body: [{ text: say`${name}.pop(${on.below(2) - 1})` }] }],
      () => [
        // For the same reason the value calls nothing: a call could replace the list.
        { text: say`if len(${name}) > 0:`, body: [{ text: say`${name}[${-on.below(2)}] = ${on.bounded(item, 0)}` }] },
      ],
      () => [{ text: say`${name}.reverse()` }],
      () => [{ text: type === 'list[f64]' ? say`${name}.clear()` : say`${name}.sort()` }],
      () => [{ ...small, body: [{ text: say`${name} += ${on.bounded(type, 1)}` }] }],
      () => [
        {
          ...small,
          body: [
            { text: say`${name}[${on.below(3)}:${on.value('i32', 0)}] = ${parenthesised(on.value(type, 0))}[:3]` },
          ],
        },
      ],
      () => [{ ...small, body: [{ text: say`${name}.extend(${on.bounded(type, 1)})` }] }],
    ])()
  }

  #dictStatement(name: string, type: Type): Line {
    const on = this.#on
    const [key, value] = type === 'dict[str, i32]' ? (['str', 'i32'] as const) : (['i32', 'str'] as const)
    return {
      text: on.pick([
        () => say`${name}.pop(${on.value(key, 1)}, ${on.bounded(value, 1)})`,
        () => say`${name}.setdefault(${on.bounded(key, 0)}, ${on.bounded(value, 1)})`,
        () => say`${name}.update(${on.value(type, 1)})`,
      ])(),
    }
  }

  /** Objects are changed where all that know them see it; errors end the program. */
  #objectStatement(): readonly Line[] {
    const on = this.#on
    const { name } = on.variable('Counter') ?? {}
    const error = on.pick(['ValueError', 'IndexError', 'KeyError', 'TypeError'])
    if (name === undefined || on.rarely(4)) {
      const wanted = say`${on.value('i32', 1)} == ${on.value('i32', 1)} and ${on.value('bool', 1)}`
      return [{ text: say`if ${wanted}:`, body: [{ text: say`raise ${error}(${on.value('str', 1)})` }] }]
    }
    return [
      {
        text: on.pick([
          () => say`${name}.name = ${on.bounded('str', 2)}`,
          () => say`${name}.bump(${on.value('i32', 2)})`,
          () => say`${name}.n = ${on.value('i32', 2)}`,
        ])(),
      },
    ]
  }

  #swap(): readonly Line[] {
    const { type } = this.#on.pick(this.#targets())
    const same = this.#targets().filter((one) => one.type === type)
    const [a, b] = [this.#on.pick(same), this.#on.pick(same)]
    if (a === b) return this.#assignment()
    return [{ text: say`${a.name}, ${b.name} = ${this.#on.bounded(type, 1)}, ${this.#on.bounded(type, 1)}` }]
  }

  #if(): readonly Line[] {
    const lines = [this.#block(say`if ${this.#on.value('bool', 2)}:`, 1 + this.#on.below(2))]
    if (this.#on.rarely(3)) lines.push(this.#block(say`elif ${this.#on.value('bool', 2)}:`, 1))
    if (this.#on.rarely(2)) lines.push(this.#block(say`else:`, 1 + this.#on.below(2)))
    return lines
  }

  #for(): readonly Line[] {
    const on = this.#on
    const small = () => say`${on.value('i32', 1)} & 3`
    const few = (type: Type) => say`${parenthesised(on.value(type, 1))}[:4]`
    const [types, over] = on.pick<() => readonly [readonly Type[], Text]>([
      () => [['i32'], say`range(${small()})`],
      () => [['i32'], say`range(${1 + on.below(3)}, -4, ${on.pick(['-1', '-3'])})`],
      () => [['str'], say`cut(${on.value('str', 1)})[:4]`],
      () => [['i32'], few('list[i32]')],
      () => [['str'], few('list[str]')],
      () => [['i32'], say`sorted(${on.value('set[i32]', 1)})`],
      () => [['u8'], few('bytes')],
      () => [['i32', 'str'], say`enumerate(${few('list[str]')})`],
      () => [['i32', 'str'], say`zip(${few('list[i32]')}, ${few('list[str]')})`],
      () => [['str', 'i32'], say`${parenthesised(on.value('dict[str, i32]', 1))}.copy().items()`],
    ])()
    const names = types.map((type) => ({ name: `i${this.#counters++}`, type }))
    this.#loops++
    this.#variables.push(...names)
    const loop = this.#block(say`for ${names.map(({ name }) => name).join(', ')} in ${over}:`, 1 + on.below(3))
    this.#variables.splice(-names.length)
    this.#loops--
    return [loop]
  }

  /** Ends after a few turns, whatever happens in it. */
  #while(): readonly Line[] {
    const counter = `n${this.#counters++}`
    this.#loops++
    const loop = this.#block(say`while ${counter} < 3 and ${this.#on.value('bool', 1)}:`, 1 + this.#on.below(2))
    this.#loops--
    const step: Line = { text: say`${counter} += 1` }
    return [
      { text: { spy: `${counter}: i32 = 0`, python: `${counter} = 0` } },
      { ...loop, body: [step, ...(loop.body ?? [])] },
    ]
  }
}

function parenthesised(text: Text): Text {
  return say`(${text})`
}

function shownAs(name: string, type: Type): Text {
  if (type === 'str') return say`${name}`
  if (type === 'Point') return say`show_point(${name})`
  if (type === 'Pair') return say`show_pair(${name})`
  if (type === 'bytes') return say`shown_bytes(${name})`
  if (type === 'Counter') return say`${name}.shown()`
  if (type.startsWith('set')) return say`str(sorted(${name}))`
  return type === 'f32' ? say`str(f64(${name}))` : say`str(${name})`
}
