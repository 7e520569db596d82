/**
 * Generated C, run on the machine of the test: compiled by gcc with the sanitizers for addresses and undefined behaviour,
 * together with a `main` that the test writes.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { emitC } from '../../../compiler/backends/c.ts'
import { linearize } from '../../../compiler/lowering/linearize.ts'
import type { TypedProgram } from '../../../compiler/typed/tree.ts'

const INCLUDE = fileURLToPath(new URL('../../../runtime-c/include', import.meta.url))
/** The host of native programs. */
const LIBC = fileURLToPath(new URL('../../../runtime-c/src/libc.c', import.meta.url))

const FLAGS = [
  '-std=gnu11',
  '-O1',
  '-g0',
  '-fsanitize=undefined,address',
  '-fno-sanitize-recover=undefined',
  '-ffp-contract=off',
  '-Wall',
  '-Wextra',
  '-Werror',
  '-Wno-attributes',
  '-Wno-unknown-pragmas',
  // A program may keep what it does not use.
  '-Wno-unused-parameter',
  '-Wno-unused-variable',
  '-Wno-unused-but-set-variable',
  '-Wno-unused-but-set-parameter',
  '-Wno-tautological-compare',
  '-Wno-maybe-uninitialized',
]

export interface NativeRun {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The C text of a program with these exports. */
export function cText(program: TypedProgram, functions: readonly string[], lineDirectives = false): string {
  const { main, files } = emitC(linearize(program), 'test', { functions, lineDirectives })
  const text = files.get(main)
  if (text === undefined) throw new Error(`${main} is not among the files`)
  return text
}

/**
 * Compile `text` followed by `main`, and run the result.
 *
 * @throws if the compiler is missing or complains
 */
export function runNatively(text: string, main: string): NativeRun {
  const folder = mkdtempSync(join(tmpdir(), 'spy-native-'))
  try {
    const source = join(folder, 'test.c')
    const program = join(folder, 'test')
    writeFileSync(source, `${text}\n#include <stdio.h>\n#include <stdlib.h>\n${main}\n`)
    const compiled = spawnSync('gcc', [...FLAGS, '-I', INCLUDE, source, LIBC, '-o', program, '-lm'], {
      encoding: 'utf8',
    })
    if (compiled.error !== undefined) throw compiled.error
    if (compiled.status !== 0) throw new Error(`gcc refused the program:\n${compiled.stderr}`)
    const { status, stdout, stderr } = spawnSync(program, [], { encoding: 'utf8', maxBuffer: 1 << 28 })
    return { status, stdout, stderr }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Panics end in `abort`, which jumps back; what they wrote to stderr is printed by `print_panic`. */
const HARNESS = `
#include <setjmp.h>
#include <signal.h>
#include <string.h>

static sigjmp_buf again;
static void back(int signal) { (void)signal; siglongjmp(again, 1); }
static char *panic_text;
static size_t panic_size;
static void print_panic(void) {
    fflush(stderr);
    fwrite(panic_text, 1, (size_t)(strchr(panic_text, '\\n') - panic_text), stdout);
    rewind(stderr);
}
`

/**
 * A `main` that goes on after panics: `if (sigsetjmp(again, 1) == 0) ...; else print_panic();`.
 *
 * @param declarations  what stands before `main`
 */
export function catchPanics(declarations: string, statements: readonly string[]): string {
  const start = ['    signal(SIGABRT, back);', '    stderr = open_memstream(&panic_text, &panic_size);']
  return `${HARNESS}\n${declarations}\nint main(void) {\n${[...start, ...statements].join('\n')}\n    return 0;\n}`
}
