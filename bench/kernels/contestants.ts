/** Who takes part, as data: Node and pages load the same files, each in its way. */

/** By its work a double, the same for all who do the same. */
export type Run = (size: number) => number

export interface Entry {
  readonly name: string
  readonly form: 'wasm' | 'module'
  readonly file: string
}

/** How files of the prepared folder are reached. */
export interface Access {
  bytes(file: string): Promise<BufferSource>
  module(file: string): Promise<{ readonly run: Run }>
}

export interface Loaded {
  readonly name: string
  readonly run: Run
}

export async function loadEntries(entries: readonly Entry[], access: Access): Promise<Loaded[]> {
  const loaded: Loaded[] = []
  for (const { name, form, file } of entries) {
    const run = form === 'wasm' ? await runOfWasm(await access.bytes(file)) : (await access.module(file)).run
    loaded.push({ name, run })
  }
  return loaded
}

/** What C libraries and AssemblyScript want from outside is not called by any kernel. */
async function runOfWasm(bytes: BufferSource): Promise<Run> {
  const module = await WebAssembly.compile(bytes)
  const imports: Record<string, Record<string, () => number>> = {}
  for (const wanted of WebAssembly.Module.imports(module)) {
    const functions = imports[wanted.module] ?? {}
    functions[wanted.name] = () => 0
    imports[wanted.module] = functions
  }
  const { exports } = await WebAssembly.instantiate(module, imports)
  if (typeof exports._initialize === 'function') exports._initialize()
  return exports.run as Run
}

/** All are to give the same number, to the last bit. */
export function verify(loaded: readonly Loaded[], size: number): void {
  const results = loaded.map(({ run }) => run(size))
  const odd = loaded.filter((_, at) => results[at] !== results[0]).map(({ name }, at) => `${name}: ${results[at]}`)
  if (odd.length > 0) throw new Error(`another result than ${loaded[0]?.name} (${results[0]}): ${odd.join(', ')}`)
}
