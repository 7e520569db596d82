/**
 * Random programs, compared on the three engines and with CPython.
 *
 * They use functions, closures, module variables, loops, all number types, strings, lists, dicts, tuples, structs and
 * `dynamic`. A program is given by its seed; whoever finds a difference gets a smaller program that shows it, too.
 */
import { SHAPES } from './random-programs/library.ts'
import { randomProgram } from './random-programs/programs.ts'
import { agreesWithPython, ENGINES, runInPython, runOn, type Settings } from './random-programs/run.ts'
import { shrink } from './random-programs/shrink.ts'
import { type Line, printed } from './random-programs/text.ts'

/** One program in one file. */
export function randomProgramText(seed: number): string {
  return (
    SHAPES +
    printed(
      randomProgram(seed).filter(({ text }) => !text.spy.startsWith('from shapes')),
      'spy',
    )
  )
}

export interface Difference {
  readonly seed: number
  /** Who says what. */
  readonly outcomes: Readonly<Record<string, string>>
  readonly program: string
}

export interface Comparison {
  /** Undefined if nobody could be asked. */
  readonly withPython: boolean
  readonly differences: readonly Difference[]
}

/** Programs of the seeds `first` up to `first + count`, compiled together. */
export async function comparePrograms(first: number, count: number, settings: Settings): Promise<Comparison> {
  const programs = Array.from({ length: count }, (_, i) => randomProgram(first + i))
  const { all, withPython } = await outcomesOf(programs, settings)
  const differences: Difference[] = []
  for (const [i, outcomes] of all.entries()) {
    if (agree(outcomes)) continue
    const smallest = await shrink(programs[i] as readonly Line[], async (candidate) => {
      const [found] = (await outcomesOf([candidate], settings, disagreeing(outcomes))).all
      return found !== undefined && sameTrouble(found, outcomes)
    })
    const [found] = (await outcomesOf([smallest], settings)).all
    differences.push({ seed: first + i, outcomes: found ?? outcomes, program: printed(smallest, 'spy') })
  }
  return { withPython, differences }
}

type Outcomes = Readonly<Record<string, string>>

async function outcomesOf(
  programs: readonly (readonly Line[])[],
  settings: Settings,
  wanted: readonly string[] = [...ENGINES, 'python'],
): Promise<{ readonly all: readonly Outcomes[]; readonly withPython: boolean }> {
  const by = new Map<string, readonly string[]>()
  const interpreted = await runOn('interp', programs, settings)
  by.set('interp', interpreted)
  // One that is refused would take those with it that are compiled together.
  const accepted = programs.filter((_, i) => !interpreted[i]?.startsWith('refused'))
  for (const engine of ENGINES) {
    if (engine === 'interp' || !wanted.includes(engine) || accepted.length === 0) continue
    const outcomes = [...(await runOn(engine, accepted, settings))]
    by.set(
      engine,
      interpreted.map((text) => (text.startsWith('refused') ? text : (outcomes.shift() as string))),
    )
  }
  const python = wanted.includes('python') ? runInPython(programs) : undefined
  if (python !== undefined) by.set('python', python)
  const all = programs.map((_, i) => Object.fromEntries([...by].map(([who, outcomes]) => [who, outcomes[i] as string])))
  return { all, withPython: python !== undefined }
}

function agree({ python, ...engines }: Outcomes): boolean {
  const [first, ...others] = Object.values(engines) as [string, ...string[]]
  if (first.startsWith('refused') || first.startsWith('crash')) return false
  return others.every((other) => other === first) && (python === undefined || agreesWithPython(first, python))
}

/** The cheapest of those whose difference is to be seen. */
function disagreeing({ interp = '', jit, c, python = '' }: Outcomes): readonly string[] {
  if (jit !== interp) return ['interp', 'jit']
  if (c !== interp) return ['interp', 'c']
  return agreesWithPython(interp, python) ? ['interp'] : ['interp', 'python']
}

/** Not just any difference: a program that is refused where the other was not is another matter. */
function sameTrouble(found: Outcomes, outcomes: Outcomes): boolean {
  if (agree(found)) return false
  return Object.keys(found).every((who) => kindOf(found[who] ?? '') === kindOf(outcomes[who] ?? ''))
}

function kindOf(outcome: string): string {
  const error = /^(refused: |crash: )?(\w+(Error|Exception|Fault)):/.exec(outcome)
  if (error === null) return 'value'
  return `${error[1] ?? ''}${error[2]}`
}
