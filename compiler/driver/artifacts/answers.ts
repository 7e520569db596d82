/**
 * Answers about programs, kept. What a program means is decided by the question and by the files that were looked at
 * while answering; as long as they say the same, the answer does, and nothing has to be parsed.
 */
import type { Host } from '../../text/source.ts'
import { artifactKey } from './key.ts'
import type { ArtifactStore } from './store.ts'

/** What the outside said: for each path the hash of the content, or null where there was no file. */
interface Observed {
  readonly contents: readonly (readonly [path: string, hash: string | null])[]
  readonly realPaths: readonly (readonly [path: string, realPath: string])[]
}

interface Kept<T> extends Observed {
  readonly answer: T
}

/** What an answer is made with, and kept in. */
export interface AnswerTools {
  readonly store: ArtifactStore
  readonly host: Host
}

/**
 * The answer to a question: the one that is kept, if all files are as they were, or else what `ask` says, which is then
 * kept in its place. Errors are not kept.
 *
 * @param question  all that decides the answer beside files: the compiler, the request, options
 * @param ask       what it says has to survive JSON; it sees the outside through the host that it is given
 */
export async function answered<T>(
  { store, host }: AnswerTools,
  question: readonly (string | Uint8Array)[],
  ask: (host: Host) => Promise<T>,
): Promise<T> {
  const key = await artifactKey(['answer', ...question])
  const kept = parse<T>(await store.get(key))
  if (kept !== undefined && (await isAsObserved(kept, host))) return kept.answer
  const observer = observe(host)
  const answer = await ask(observer.host)
  const text = JSON.stringify({ ...(await observer.observed()), answer } satisfies Kept<T>)
  await store.put(key, new TextEncoder().encode(text))
  return answer
}

function parse<T>(bytes: Uint8Array | undefined): Kept<T> | undefined {
  return bytes === undefined ? undefined : (JSON.parse(new TextDecoder().decode(bytes)) as Kept<T>)
}

/** Reads every file again, also for whoever notes what is read through this host. */
async function isAsObserved({ contents, realPaths }: Observed, host: Host): Promise<boolean> {
  if (!realPaths.every(([path, real]) => host.realPath(path) === real)) return false
  const hashes = await Promise.all(contents.map(([path]) => hashOf(host.read(path))))
  return hashes.every((hash, i) => hash === contents[i]?.[1])
}

function observe(host: Host): { readonly host: Host; observed(): Promise<Observed> } {
  const contents = new Map<string, string | Uint8Array | undefined>()
  const realPaths = new Map<string, string>()
  return {
    host: {
      read(path) {
        const content = host.read(path)
        contents.set(path, content)
        return content
      },
      realPath(path) {
        const real = host.realPath(path)
        realPaths.set(path, real)
        return real
      },
    },
    async observed() {
      const hashed = [...contents].map(async ([path, content]) => [path, await hashOf(content)] as const)
      return { contents: await Promise.all(hashed), realPaths: [...realPaths] }
    },
  }
}

async function hashOf(content: string | Uint8Array | undefined): Promise<string | null> {
  return content === undefined ? null : artifactKey([content])
}
