/**
 * What a person does in the browser's debugger, through the protocol that its front end speaks: the browser knows bytes
 * of WebAssembly, the source map leads from them to lines of `.spy` files and back.
 */
import {
  type EncodedSourceMap,
  generatedPositionFor,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  TraceMap,
} from '@jridgewell/trace-mapping'
import type { CDPSession, Page } from 'playwright-core'

const PATIENCE = 30_000

/** Protocol types, as far as they matter here. */
interface Location {
  readonly scriptId: string
  readonly columnNumber?: number
}
interface RemoteValue {
  readonly type: string
  readonly value?: unknown
  readonly objectId?: string
  readonly description?: string
}
interface Property {
  readonly name: string
  readonly value?: RemoteValue
}
interface CallFrame {
  readonly functionName: string
  readonly location: Location
  readonly scopeChain: readonly { readonly type: string; readonly object: RemoteValue }[]
}

/** Where a program stands still. */
export interface Stop {
  /** The wasm function, as its name section calls it. */
  readonly func: string
  /** `src/topo.spy:12`; undefined where there is no SPy code. */
  readonly place: string | undefined
  /** Parameters and local variables. */
  locals(): Promise<ReadonlyMap<string, number>>
}

interface Program {
  readonly scriptId: string
  readonly map: TraceMap
  /** Sources as URLs, in the order of the map. */
  readonly urls: readonly string[]
}

export class SpyDebugger {
  readonly #session: CDPSession
  readonly #programs: Promise<Program>[] = []
  #stopped: ((frames: readonly CallFrame[]) => void) | undefined
  /** A stop that came before anybody asked for it. */
  #early: readonly CallFrame[] | undefined

  private constructor(session: CDPSession) {
    this.#session = session
    session.on('Debugger.scriptParsed', ({ scriptId, url, scriptLanguage, sourceMapURL }) => {
      if (scriptLanguage === 'WebAssembly' && sourceMapURL) this.#programs.push(loadMap(scriptId, url, sourceMapURL))
    })
    session.on('Debugger.paused', ({ callFrames }) => {
      const frames = callFrames as readonly CallFrame[]
      if (this.#stopped === undefined) this.#early = frames
      else this.#stopped(frames)
      this.#stopped = undefined
    })
  }

  static async attach(page: Page): Promise<SpyDebugger> {
    const session = await page.context().newCDPSession(page)
    const attached = new SpyDebugger(session)
    await session.send('Debugger.enable')
    return attached
  }

  /** URLs of all `.spy` files that can be opened. */
  async sources(): Promise<readonly string[]> {
    const programs = await Promise.all(this.#programs)
    return programs.flatMap(({ urls }) => urls)
  }

  /** Stop where the line begins to be executed, in the newest program that has it. */
  async breakAt(url: string, line: number): Promise<void> {
    for (const { scriptId, map, urls } of (await Promise.all(this.#programs)).reverse()) {
      const source = map.sources[urls.indexOf(url)]
      if (source == null) continue
      const { column } = generatedPositionFor(map, { source, line, column: 0, bias: LEAST_UPPER_BOUND })
      if (column === null) throw new Error(`there is no code for ${url}:${line}`)
      const location = { scriptId, lineNumber: 0, columnNumber: column }
      await this.#session.send('Debugger.setBreakpoint', { location })
      return
    }
    throw new Error(`no program has ${url}`)
  }

  /** Do something, and wait until it makes the program stand still. */
  async #until(act: () => Promise<unknown>): Promise<Stop> {
    const stopped = new Promise<readonly CallFrame[]>((resolve, reject) => {
      if (this.#early === undefined) this.#stopped = resolve
      else resolve(this.#early)
      this.#early = undefined
      setTimeout(() => reject(new Error('the program did not stop')), PATIENCE).unref()
    })
    const [frames] = await Promise.all([stopped, act()])
    const [frame] = frames
    if (frame === undefined) throw new Error('a program that stands still stands somewhere')
    return this.#describe(frame)
  }

  nextStop(): Promise<Stop> {
    return this.#until(async () => {})
  }

  /** On to where the program stops again. */
  resume(): Promise<Stop> {
    return this.#until(() => this.#session.send('Debugger.resume'))
  }

  /** One statement on, as "step over" does: instruction by instruction, until another line of a `.spy` file is reached. */
  async stepOver(from: Stop): Promise<Stop> {
    for (;;) {
      const stop = await this.#until(() => this.#session.send('Debugger.stepOver'))
      if (stop.place !== undefined && stop.place !== from.place) return stop
    }
  }

  async detach(): Promise<void> {
    await this.#session.send('Debugger.disable')
    await this.#session.detach()
  }

  async #describe({ functionName, location, scopeChain }: CallFrame): Promise<Stop> {
    const programs = await Promise.all(this.#programs)
    const map = programs.find(({ scriptId }) => scriptId === location.scriptId)?.map
    const found = map && originalPositionFor(map, { line: 1, column: location.columnNumber ?? 0 })
    return {
      func: functionName,
      place: found?.source == null ? undefined : `${found.source.replace(/^\//, '')}:${found.line}`,
      locals: async () => {
        const scope = scopeChain.find(({ type }) => type === 'local')
        const locals = await this.#properties(scope?.object)
        const values = await Promise.all(
          locals.map(async ({ name, value }) => [name, await this.#number(value)] as const),
        )
        return new Map(values)
      },
    }
  }

  async #properties(object: RemoteValue | undefined): Promise<readonly Property[]> {
    if (object?.objectId === undefined) return []
    const { result } = await this.#session.send('Runtime.getProperties', {
      objectId: object.objectId,
      ownProperties: true,
    })
    return result
  }

  /** A wasm value is an object with its type and its value. */
  async #number(value: RemoteValue | undefined): Promise<number> {
    if (value?.objectId === undefined) return Number(value?.value)
    const parts = await this.#properties(value)
    return Number(parts.find(({ name }) => name === 'value')?.value?.description)
  }
}

async function loadMap(scriptId: string, scriptUrl: string, mapUrl: string): Promise<Program> {
  const response = await fetch(new URL(mapUrl, scriptUrl.startsWith('http') ? scriptUrl : undefined))
  const map = new TraceMap((await response.json()) as EncodedSourceMap)
  const urls = map.resolvedSources.map((source) => new URL(source, response.url).href)
  return { scriptId, map, urls }
}
