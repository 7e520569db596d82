/** Compares engines on mutants, in a process that can be killed: mutants may run for ever. */
import { Agreement, type Disagreement } from '../../test/fuzz/agreement.ts'
import { corpus } from '../../test/fuzz/corpus.ts'
import { mutantOf } from '../../test/fuzz/mutants.ts'

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
    const small = await shrunk(text, async (candidate) => {
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

/** The fewest lines that still show it. */
async function shrunk(text: string, shows: (candidate: string) => Promise<boolean>): Promise<string> {
  let lines = text.split('\n')
  for (let size = lines.length >> 1; size > 0; size >>= 1) {
    for (let at = 0; at < lines.length; ) {
      const fewer = [...lines.slice(0, at), ...lines.slice(at + size)]
      if (await shows(fewer.join('\n'))) lines = fewer
      else at += size
    }
  }
  return lines.join('\n')
}
