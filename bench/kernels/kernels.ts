/** What is run: small programs that each lean on one thing, in four languages. */

export interface Kernel {
  /** Of its folder; its files are called the same, with underscores. */
  readonly name: string
  /** What `run` is given: some milliseconds of work in C. */
  readonly size: number
  /** For the interpreter, which is slower by two orders of magnitude. */
  readonly small: number
  /** Whether SPy checks indices there, so that C which checks them is the fair rival. */
  readonly checked: boolean
}

export const KERNELS: readonly Kernel[] = [
  { name: 'n-body', size: 60_000, small: 300, checked: false },
  { name: 'mandelbrot', size: 400, small: 30, checked: false },
  { name: 'spectral-norm', size: 500, small: 30, checked: true },
  { name: 'matrix', size: 220, small: 15, checked: true },
  { name: 'sieve', size: 2_000_000, small: 4000, checked: true },
  { name: 'text', size: 40_000, small: 1000, checked: true },
  { name: 'count-numbers', size: 500_000, small: 2000, checked: true },
  { name: 'count-words', size: 100_000, small: 1000, checked: true },
  { name: 'sort', size: 100_000, small: 500, checked: true },
  { name: 'strings', size: 30_000, small: 500, checked: true },
]
