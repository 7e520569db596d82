/**
 * Random functions full of branches, loops and assignments inside of expressions, and what they must do: each piece is
 * made twice, as SPy and as JavaScript which checks every read of a variable.
 */

/** A function `f(c1: bool, c2: bool, n: i32) -> i32` in both languages. */
export interface FlowProgram {
  readonly spy: string
  /** Body of a function of `c1`, `c2`, `n`, `tr` (traces and returns its argument) and `unset` (throws). */
  readonly js: string
}

interface Both {
  readonly spy: string
  readonly js: string
}

const VARIABLES = ['a', 'b', 'd', 'e'] as const

/** @param random  a number from 0 to its argument, which is excluded */
export function randomFlow(random: (below: number) => number): FlowProgram {
  const { spy, js } = new FlowMaker(random).body()
  const variables = VARIABLES.join(', ')
  return {
    spy: `def f(c1: bool, c2: bool, n: i32) -> i32:\n${spy}`,
    js: `let ${variables};\nconst rd = (x) => (x === undefined ? unset() : x);\n${js}`,
  }
}

class FlowMaker {
  readonly #random: (below: number) => number
  #loops = 0

  constructor(random: (below: number) => number) {
    this.#random = random
  }

  body(): Both {
    // Few variables are unset at the start, or few programs would get far.
    const set = VARIABLES.filter(() => this.#random(4) > 0).map((name) => ({ name, value: this.#random(5) }))
    const first = this.#block('    ', 3, false)
    const second = this.#block('    ', 2, false)
    // Every variable is assigned somewhere, so that each is a variable of the function.
    const never = VARIABLES.map((name) => `        ${name} = 0\n`).join('')
    const result = this.#value(1)
    return {
      spy: `${set.map(({ name, value }) => `    ${name} = ${value}\n`).join('')}${first.spy}${second.spy}    if n > 1000:\n${never}    return ${result.spy}\n`,
      js: `${set.map(({ name, value }) => `${name} = ${value};\n`).join('')}${first.js}${second.js}return ${result.js};\n`,
    }
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.#random(items.length)] as T
  }

  #atom(): Both {
    switch (this.#random(5)) {
      case 0: {
        const digit = String(this.#random(5))
        return { spy: digit, js: digit }
      }
      case 1:
        return { spy: 'n', js: 'n' }
      default: {
        const name = this.#pick(VARIABLES)
        return { spy: name, js: `rd(${name})` }
      }
    }
  }

  /** An expression of type `i32`. */
  #value(depth: number): Both {
    if (depth === 0) return this.#atom()
    const inner = (): Both => this.#value(depth - 1)
    switch (this.#random(10)) {
      case 0: {
        const name = this.#pick(VARIABLES)
        const { spy, js } = inner()
        return { spy: `(${name} := ${spy})`, js: `(${name} = ${js})` }
      }
      case 1: {
        const [then, test, orElse] = [inner(), this.#condition(depth - 1), inner()]
        return {
          spy: `(${then.spy} if ${test.spy} else ${orElse.spy})`,
          js: `(${test.js} ? ${then.js} : ${orElse.js})`,
        }
      }
      case 2:
      case 3: {
        const [left, right] = [inner(), inner()]
        return { spy: `(${left.spy} + ${right.spy})`, js: `((${left.js} + ${right.js}) | 0)` }
      }
      case 4: {
        const { spy, js } = inner()
        return { spy: `tr(${spy})`, js: `tr(${js})` }
      }
      default:
        return this.#atom()
    }
  }

  #plainCondition(): Both {
    const limit = this.#random(4)
    const text = this.#pick(['c1', 'c2', `n > ${limit}`])
    return { spy: text, js: text }
  }

  #condition(depth: number): Both {
    if (depth === 0) return this.#plainCondition()
    const inner = (): Both => this.#condition(depth - 1)
    switch (this.#random(8)) {
      case 0:
      case 1: {
        const [word, sign] = this.#pick([
          ['and', '&&'],
          ['or', '||'],
        ] as const)
        const [left, right] = [inner(), inner()]
        return { spy: `(${left.spy} ${word} ${right.spy})`, js: `(${left.js} ${sign} ${right.js})` }
      }
      case 2: {
        const { spy, js } = inner()
        return { spy: `(not ${spy})`, js: `!${js.startsWith('n') ? `(${js})` : js}` }
      }
      case 3: {
        const [left, right] = [this.#value(depth - 1), this.#value(depth - 1)]
        return { spy: `(${left.spy} < ${right.spy})`, js: `(${left.js} < ${right.js})` }
      }
      case 4: {
        const [a, b, c] = [this.#value(depth - 1), this.#value(depth - 1), this.#value(depth - 1)]
        return {
          spy: `(${a.spy} < ${b.spy} < ${c.spy})`,
          js: `((x, y) => x < y && y < ${c.js})(${a.js}, ${b.js})`,
        }
      }
      case 5: {
        const word = this.#pick(['True', 'False'])
        return { spy: word, js: word.toLowerCase() }
      }
      default:
        return this.#plainCondition()
    }
  }

  #block(indent: string, depth: number, inLoop: boolean): Both {
    const count = 1 + this.#random(3)
    const stmts = Array.from({ length: count }, () => this.#stmt(indent, depth, inLoop))
    return { spy: stmts.map(({ spy }) => spy).join(''), js: stmts.map(({ js }) => js).join('') }
  }

  #stmt(indent: string, depth: number, inLoop: boolean): Both {
    const inner = `${indent}    `
    switch (this.#random(depth === 0 ? 7 : 13)) {
      case 0:
      case 1:
      case 2: {
        const name = this.#pick(VARIABLES)
        const { spy, js } = this.#value(2)
        return { spy: `${indent}${name} = ${spy}\n`, js: `${name} = ${js};\n` }
      }
      case 3: {
        const name = this.#pick(VARIABLES)
        const { spy, js } = this.#value(1)
        return { spy: `${indent}${name} += ${spy}\n`, js: `${name} = (rd(${name}) + ${js}) | 0;\n` }
      }
      case 4: {
        if (inLoop) {
          const word = this.#pick(['break', 'continue'])
          return { spy: `${indent}${word}\n`, js: `${word};\n` }
        }
        const [x, y] = [this.#pick(VARIABLES), this.#pick(VARIABLES)]
        const [left, right] = [this.#value(1), this.#value(1)]
        return {
          spy: `${indent}${x}, ${y} = ${left.spy}, ${right.spy}\n`,
          js: `[${x}, ${y}] = [${left.js}, ${right.js}];\n`,
        }
      }
      case 5: {
        const { spy, js } = this.#value(2)
        if (this.#random(3) > 0) return { spy: `${indent}tr(${spy})\n`, js: `tr(${js});\n` }
        return { spy: `${indent}return ${spy}\n`, js: `if (true) return ${js};\n` }
      }
      case 6: {
        const [test, message] = [this.#condition(1), this.#value(1)]
        return { spy: `${indent}assert ${test.spy} or True, str(${message.spy})\n`, js: `${test.js};\n` }
      }
      case 7: {
        const name = `w${this.#loops++}`
        const [limit, test] = [1 + this.#random(3), this.#condition(1)]
        const { spy, js } = this.#block(inner, depth - 1, true)
        return {
          spy: `${indent}${name} = 0\n${indent}while ${name} < ${limit} and ${test.spy}:\n${inner}${name} += 1\n${spy}`,
          js: `for (let ${name} = 0; ${name} < ${limit} && ${test.js}; ) {\n${name} += 1;\n${js}}\n`,
        }
      }
      case 8: {
        const [name, limit] = [this.#pick(VARIABLES), this.#pick(['n', '2', '0'])]
        const { spy, js } = this.#block(inner, depth - 1, true)
        const counter = `i${this.#loops++}`
        return {
          spy: `${indent}for ${name} in range(${limit}):\n${spy}`,
          js: `for (let ${counter} = 0, end = ${limit}; ${counter} < end; ${counter}++) {\n${name} = ${counter};\n${js}}\n`,
        }
      }
      case 9: {
        const [first, second] = [this.#condition(2), this.#condition(2)]
        const [then, other] = [this.#block(inner, depth - 1, inLoop), this.#block(inner, depth - 1, inLoop)]
        return {
          spy: `${indent}if ${first.spy}:\n${then.spy}${indent}elif ${second.spy}:\n${other.spy}`,
          js: `if (${first.js}) {\n${then.js}} else if (${second.js}) {\n${other.js}}\n`,
        }
      }
      default: {
        const test = this.#condition(2)
        const [then, orElse] = [this.#block(inner, depth - 1, inLoop), this.#block(inner, depth - 1, inLoop)]
        return {
          spy: `${indent}if ${test.spy}:\n${then.spy}${indent}else:\n${orElse.spy}`,
          js: `if (${test.js}) {\n${then.js}} else {\n${orElse.js}}\n`,
        }
      }
    }
  }
}
