/**
 * Where the code of a program can fail. A panic tells file, line and column; what stands there is found again by them.
 */
import { packPosition } from '../../../src/runtime/abi/layout.ts'
import type { Span } from '../../text/source.ts'

/** A node that can fail. */
export interface FailingPlace {
  /** The function that it stands in. */
  readonly fqn: string
  readonly span: Span
}

interface Candidate extends FailingPlace {
  /** Classes of the errors; undefined where it may be any. */
  readonly raises: readonly string[] | undefined
}

export class FailingPlaces {
  /** By name of the file as panics tell it, and packed position: several nodes may begin in one place. */
  readonly #candidates = new Map<string, Map<string, Candidate>>()

  add(file: string, position: number, { fqn, span, raises }: Candidate): void {
    const key = `${file}:${position}`
    let here = this.#candidates.get(key)
    if (here === undefined) {
      here = new Map()
      this.#candidates.set(key, here)
    }
    here.set(`${fqn} ${span.end} ${raises}`, { fqn, span, raises })
  }

  /**
   * What failed. Of several nodes that begin in one place and can fail so, the widest; the function is empty if it may
   * have been one of several instances.
   *
   * @param line    from 1
   * @param column  from 1
   */
  find(file: string, line: number, column: number, etype: string): FailingPlace | undefined {
    const here = [...(this.#candidates.get(`${file}:${packPosition(line, column)}`)?.values() ?? [])]
    const sure = here.filter(({ raises }) => raises?.includes(etype))
    const possible = sure.length > 0 ? sure : here.filter(({ raises }) => raises === undefined)
    const [widest] = possible.sort((a, b) => b.span.end - a.span.end)
    if (widest === undefined) return undefined
    const isOne = possible.every(({ fqn }) => fqn === widest.fqn)
    return { fqn: isOne ? widest.fqn : '', span: widest.span }
  }
}
