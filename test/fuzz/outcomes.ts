/**
 * What becomes of a program at each stage: a result, or an error of the program that can be told. Anything else is a
 * mistake of ours.
 */
import { printSource } from '../../compiler/backends/spy-source.ts'
import { importProgram, type ProgramRequest, type World } from '../../compiler/driver/pipelines/front-end.ts'
import { ParsedFiles } from '../../compiler/modules/graph.ts'
import { buildDev, check, emitProgramC, SpyError } from '../../compiler/node.ts'
import { memoryWorld } from '../support/memory-world.ts'
import { fewestLines } from './shrink.ts'

const ENTRY = '/fuzz/a.spy'

/** An endless loop of the program ends here. */
const STEPS = 100_000

type Stage = (request: ProgramRequest, world: World) => void

function redshift(request: ProgramRequest, world: World): void {
  const { program, interfaces } = check(request, world)
  for (const { module } of interfaces.values()) printSource(program, module)
}

function jit(request: ProgramRequest, world: World): void {
  const { wasm } = buildDev(request, world, { audience: 'embedders' })
  new WebAssembly.Module(wasm as BufferSource)
}

function c(request: ProgramRequest, world: World): void {
  emitProgramC(request, world, { mode: 'release', audience: 'embedders' })
}

function lazy(request: ProgramRequest, world: World): void {
  jit({ ...request, errors: 'lazy' }, world)
}

/** As blue code, which has a limit. */
function interp(request: ProgramRequest, world: World): void {
  const { graph, machine } = importProgram(request, 'debug', world)
  const own = graph.entries.map(({ name }) => name)
  for (const func of [...machine.vm.functions()]) {
    const isOwn = own.some((name) => func.fqn.text.startsWith(`${name}::`))
    if (isOwn && func.type.color === 'red' && func.params.length === 0) machine.call(func, [])
  }
}

/** A mistake of ours, and the stage that made it. */
export interface Mistake {
  readonly stage: string
  readonly error: unknown
}

/** Remembers what does not change from one program to the next. */
export class Outcomes {
  readonly #parsed = new ParsedFiles()

  /** @returns undefined if all is well */
  of(text: string): Mistake | undefined {
    const world = { ...memoryWorld(new Map([[ENTRY, text]])), parsed: this.#parsed }
    const request = { entries: [ENTRY], blueSteps: STEPS }
    const attempt = (stage: Stage): SpyError | undefined => {
      try {
        stage(request, world)
        return undefined
      } catch (error) {
        if (isTold(error)) return error
        throw { stage: stage.name, error } satisfies Mistake
      }
    }
    try {
      const refused = attempt(redshift)
      // What redshift refuses never reaches the others.
      const stages = refused === undefined ? [jit, c, interp] : refused.etype === 'ParseError' ? [] : [lazy, interp]
      for (const stage of stages) attempt(stage)
      return undefined
    } catch (mistake) {
      return mistake as Mistake
    }
  }
}

function isTold(error: unknown): error is SpyError {
  if (!(error instanceof SpyError)) return false
  error.format({ color: true })
  return JSON.stringify(error).length > 0
}

/** The fewest lines that still show the mistake. */
export function shrink(text: string, outcomes: Outcomes, { stage, error }: Mistake): Promise<string> {
  return fewestLines(text, (candidate) => {
    const mistake = outcomes.of(candidate)
    return mistake?.stage === stage && headline(mistake.error) === headline(error)
  })
}

/** Message and innermost place, which tell mistakes apart. */
export function headline(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const place = /\n\s+at (.*)/.exec(error.stack ?? '')?.[1] ?? ''
  return `${error.name}: ${error.message} (${place.replace(/\S*\/(?=\w)/g, '')})`
}
