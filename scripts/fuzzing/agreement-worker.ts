/** Compares engines on mutants, in a process that can be killed: mutants may run for ever. */
import { Agreement, type Disagreement } from '../../test/fuzz/agreement.ts'
import { corpus } from '../../test/fuzz/corpus.ts'
import { mutantOf } from '../../test/fuzz/mutants.ts'
import { fewestLines } from '../../test/fuzz/shrink.ts'

/** First seed, the seed behind the last, kinds of differences that are known. */
export interface Order {
  readonly from: number
  readonly to: number
  readonly known: readonly string[]
}

/** Sent for each seed, and while a difference is being made small. */
export interface Progress {
  readonly seed: number
  readonly found?: { readonly kind: string; readonly difference: Disagreement; readonly text: string }
  readonly done?: boolean
}

const tell = (progress: Progress) => process.send?.(progress)

process.once('message', async ({ from, to, known }: Order) => {
  const kinds = new Set(known)
  const agreement = new Agreement()
  const programs = corpus()
  for (let seed = from; seed < to; seed++) {
    tell({ seed })
    const text = mutantOf(seed, programs)
    const difference = await agreement.check(text)
    if (difference === undefined || kinds.has(kindOf(difference))) continue
    const kind = kindOf(difference)
    kinds.add(kind)
    const small = await fewestLines(text, async (candidate) => {
      tell({ seed })
      const found = await agreement.check(candidate)
      return found !== undefined && kindOf(found) === kind
    })
    tell({ seed, found: { kind, difference: (await agreement.check(small)) ?? difference, text: small } })
  }
  tell({ seed: to, done: true })
  process.disconnect()
})

/** Differences that are alike but for names and numbers. */
function kindOf({ errors, interp, jit }: Disagreement): string {
  return `${errors} ${interp} ${jit}`
    .replace(/`[^`]*`|'[^']*'|"[^"]*"|^\w+\(\)/g, '_')
    .replace(/\d+/g, '0')
    .slice(0, 300)
}
