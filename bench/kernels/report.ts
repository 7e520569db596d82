/** The tables of the measurement: everybody against C, and ours against each rival. */
import type { Rounds } from '../harness/rounds.ts'
import { geometricMean, type Standing, standings } from '../harness/statistics.ts'
import { printTable } from '../harness/table.ts'
import type { Entry } from './contestants.ts'
import type { Kernel } from './kernels.ts'
import { NAMES } from './prepare.ts'

/** A release against what it is to keep up with. */
interface Match {
  readonly ours: string
  readonly rival: string
  /** Only where SPy checks indices, or only where it does not. */
  readonly checked?: boolean
}

const MATCHES: readonly Match[] = [
  { ours: NAMES.releaseEmcc, rival: NAMES.emcc, checked: false },
  { ours: NAMES.releaseClang, rival: NAMES.clang, checked: false },
  { ours: NAMES.releaseEmcc, rival: NAMES.emccChecked, checked: true },
  { ours: NAMES.releaseClang, rival: NAMES.clangChecked, checked: true },
  { ours: NAMES.releaseClang, rival: NAMES.javascript },
  { ours: NAMES.releaseClang, rival: NAMES.assemblyScript },
  { ours: NAMES.releaseClang, rival: NAMES.assemblyScriptUnchecked },
  { ours: NAMES.jit, rival: NAMES.releaseClang },
]

interface Measured {
  readonly kernel: Kernel
  readonly names: readonly string[]
  readonly rounds: Rounds
}

export class Report {
  readonly #title: string
  readonly #measured: Measured[] = []

  constructor(title: string) {
    this.#title = title
  }

  add(kernel: Kernel, entries: readonly Entry[], rounds: Rounds): void {
    this.#measured.push({ kernel, names: entries.map(({ name }) => name), rounds })
  }

  print(): void {
    const names = this.#measured[0]?.names ?? []
    const rows = this.#measured.map(({ kernel, rounds }) => {
      const all = standings(rounds)
      return [kernel.name, all[0]?.milliseconds ?? Number.NaN, ...all.map(cell)]
    })
    printTable(`${this.#title}: ratio to the first, median/least`, ['', 'ms', ...names], rows)

    const matches = MATCHES.filter(({ ours, rival }) => names.includes(ours) && names.includes(rival))
    const standing = matches.map((match) => this.#measured.map((measured) => standingOf(match, measured)))
    printTable(
      `${this.#title}: ours against one rival, median/least`,
      ['', ...this.#measured.map(({ kernel }) => kernel.name), 'geometric mean'],
      matches.map(({ ours, rival }, at) => {
        const found = standing[at] ?? []
        const there = found.filter((one) => one !== undefined)
        const mean = there.length === 0 ? '-' : cell({ ratio: meanOf(there, 'ratio'), least: meanOf(there, 'least') })
        return [`${ours} : ${rival}`, ...found.map((one) => (one === undefined ? '' : cell(one))), mean]
      }),
    )
  }
}

function standingOf({ ours, rival, checked }: Match, { kernel, names, rounds }: Measured): Standing | undefined {
  if (checked !== undefined && checked !== kernel.checked) return undefined
  const [theirs, mine] = [names.indexOf(rival), names.indexOf(ours)]
  return standings(rounds.map((times) => [times[theirs] ?? Number.NaN, times[mine] ?? Number.NaN]))[1]
}

const meanOf = (all: readonly Standing[], what: 'ratio' | 'least') => geometricMean(all.map((one) => one[what]))

const cell = ({ ratio, least }: Pick<Standing, 'ratio' | 'least'>) => `${ratio.toFixed(2)}/${least.toFixed(2)}`
