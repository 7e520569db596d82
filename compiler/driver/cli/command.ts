/** What a command is: how it is called, and what it does with what it was called with. */
import type { Warning } from '../../text/diagnostics.ts'
import type { ArtifactStore } from '../artifacts.ts'
import type { ProgramRequest, World } from '../pipelines/front-end.ts'
import type { Terminal } from './terminal.ts'

export interface Option {
  /** All spellings, with their dashes: `-o`, `--out-dir`. The last long one names the option. */
  readonly names: readonly string[]
  /** What the value is called in the help; options without one are switches. */
  readonly value?: string
  /** The values that there are. */
  readonly choices?: readonly string[]
  /** May be given several times; of other options the last one counts. */
  readonly many?: true
  readonly help: string
  /** Why it cannot be used. Who uses it is told; the help says nothing of it. */
  readonly refused?: string
}

export interface CommandSpec {
  /** What follows the name of the command and its options: `FILE [ARGV]...`. */
  readonly operands: string
  /** A sentence for the help. */
  readonly about: string
  readonly options: readonly Option[]
  /** Options stand before FILE, and all that follows it belongs to the program. */
  readonly optionsFirst: boolean
  /** Whether there must be a FILE. */
  readonly file: 'required' | 'optional'
}

export interface Command extends CommandSpec {
  /** @returns the exit status */
  run(call: Call, shell: Shell): Promise<number>
}

/** A command line, taken apart. */
export interface Call {
  /** FILE as it was typed; empty if there is none. */
  readonly file: string
  /** What follows FILE. */
  readonly argv: readonly string[]
  readonly options: OptionValues
  readonly terminal: Terminal
}

export interface OptionValues {
  has(name: string): boolean
  text(name: string): string | undefined
  /** All values of an option that may be given several times, in order. */
  all(name: string): readonly string[]
  /** One of the choices of the option, or `otherwise`. */
  choice<C extends string>(name: string, choices: readonly C[], otherwise: C): C
}

/** What the command line needs from around the compiler. Things that take long to load are loaded when asked for. */
export interface Shell {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Output
  readonly stderr: Output
  readonly version: () => string
  world(): World
  /** Where results of builds are kept for the project around this folder. */
  artifacts(folder: string): Promise<ArtifactStore>
  /** Declarations of the `.spy` files under a folder. */
  declarations(root: string): Promise<DeclarationsProject>
  /** The script of pages that show trees. */
  viewer(): Promise<string>
  /** Absolute path of something in the package. */
  packageFile(...parts: readonly string[]): string
  /** Absolute path with `/` of a path as it was typed. */
  resolve(path: string): string
  /** Compile a program and run its `main`: the result, and how many milliseconds it took. */
  runCompiled(run: CompiledRun): Promise<{ readonly result: number; readonly time: number }>
}

export interface DeclarationsProject {
  /** Where declarations are, as people write it. */
  readonly folder: string
  /** Bring all of them up to date. Returns why sources were left out. */
  write(): Promise<readonly Error[]>
  /** What `write` would change. */
  check(): Promise<{
    readonly stale: readonly { readonly path: string; readonly problem: string }[]
    readonly broken: readonly Error[]
  }>
}

export interface CompiledRun {
  readonly engine: 'jit' | 'c'
  readonly request: ProgramRequest
  /** What `main` gets, if it has a parameter. */
  readonly argv: readonly string[]
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  /** Where results of a C compiler are kept; without one every run compiles. */
  readonly store?: ArtifactStore
  /** Told before `main` runs. */
  readonly onWarning: (warning: Warning) => void
}

/** A stream of the process. */
export interface Output {
  readonly isTTY: boolean
  readonly columns: number | undefined
  write(text: string): void
}
