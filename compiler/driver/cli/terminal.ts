/** The two streams of a command, and whether they show colours. */
import type { Output, Shell } from './command.ts'

export type ColorChoice = 'auto' | 'always' | 'never'

export const COLOR_CHOICES: readonly ColorChoice[] = ['auto', 'always', 'never']

export class Terminal {
  readonly #stdout: Output
  readonly #stderr: Output
  /** What has been printed and not written yet: programs print in small pieces, and each write costs a system call. */
  #pending = ''
  /** For dumps. */
  readonly colorOut: boolean
  /** For errors. */
  readonly colorErr: boolean

  constructor({ stdout, stderr, env }: Pick<Shell, 'stdout' | 'stderr' | 'env'>, choice: ColorChoice) {
    this.#stdout = stdout
    this.#stderr = stderr
    this.colorOut = showsColor(stdout, choice, env)
    this.colorErr = showsColor(stderr, choice, env)
  }

  /** What was asked for: output of the program, dumps. */
  readonly out = (text: string): void => {
    this.#pending += text
    // A person sees each line at once.
    if (this.#pending.length > 0x4000 || (this.#stdout.isTTY && text.includes('\n'))) this.flush()
  }

  /** Everything else. */
  readonly err = (text: string): void => {
    this.flush()
    this.#stderr.write(text)
  }

  /** What stands on the terminal is in the order in which it was printed. */
  flush(): void {
    if (this.#pending === '') return
    const text = this.#pending
    this.#pending = ''
    this.#stdout.write(text)
  }

  get columns(): number {
    return this.#stderr.columns ?? 80
  }
}

function showsColor({ isTTY }: Output, choice: ColorChoice, env: Shell['env']): boolean {
  if (choice !== 'auto') return choice === 'always'
  if (env.FORCE_COLOR && env.FORCE_COLOR !== '0') return true
  return isTTY && !env.NO_COLOR
}
