/**
 * Functions of a SPy program, called one after the other in a process of their own: C that gcc has compiled with checks
 * for undefined behaviour and for addresses, where memory is collected at every allocation.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { emitProgramC } from '../../../compiler/driver/pipelines/release.ts'
import type { World } from '../../../compiler/node.ts'

const RUNTIME = fileURLToPath(new URL('../../../runtime-c', import.meta.url))

const FLAGS = [
  '-std=gnu11',
  '-O0',
  '-g1',
  '-fsanitize=undefined,address',
  '-fno-sanitize-recover=undefined',
  '-ffp-contract=off',
  '-fno-strict-aliasing',
  '-w',
]

/** Panics end in `abort`, which jumps back; the first line of what they tell is the result of the call. */
const HARNESS = `
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sigjmp_buf harness_again;
static char *harness_panic;
static size_t harness_size;
static void harness_back(int signal) { (void)signal; siglongjmp(harness_again, 1); }
static void harness_try(int index, void (*function)(void)) {
    if (sigsetjmp(harness_again, 1) == 0) {
        function();
        spy_flush();
    } else {
        spy_gc_unwind();
        fflush(stderr);
        fwrite(harness_panic, 1, (size_t)(strchr(harness_panic, '\\n') - harness_panic + 1), stdout);
        rewind(stderr);
    }
    printf("\\n==== %d\\n", index);
    fflush(stdout);
}
`

/**
 * What each exported function of the entries prints, and behind it the error it ends with, as `class: message` on a line;
 * by the name that the program exports it as.
 *
 * @param left  exports that are not called
 * @throws with what the compiler or the checks say
 */
export async function runChecked(
  entries: readonly string[],
  world: World,
  mode: 'debug' | 'release',
  left: ReadonlySet<string> = new Set(),
): Promise<ReadonlyMap<string, string>> {
  const { c, exports } = emitProgramC({ entries, errors: 'lazy', gc: 'stress' }, world, {
    mode,
    audience: 'embedders',
    caller: 'c',
  })
  const called = exports.functions.flatMap((name, i) => (left.has(name) ? [] : [{ name, function: c.offered[i] }]))
  const calls = called.map((each, i) => `    harness_try(${i}, ${each.function});`)
  const start = [
    '    setvbuf(stdout, NULL, _IOFBF, 1 << 16);',
    '    signal(SIGABRT, harness_back);',
    '    FILE *real = stderr;',
    '    stderr = open_memstream(&harness_panic, &harness_size);',
  ]
  const main = `int main(void) {\n${[...start, ...calls, '    stderr = real;'].join('\n')}\n    return 0;\n}\n`
  const output = await compileAndRun(`${c.files.get(c.main)}\n${HARNESS}\n${main}`)
  const parts = output.split(/\n==== \d+\n/)
  return new Map(called.map(({ name }, i) => [name, parts[i] ?? 'was not reached']))
}

async function compileAndRun(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'spy-checked-'))
  try {
    const source = join(folder, 'calls.c')
    await writeFile(source, text)
    const program = join(folder, 'calls')
    const inputs = [source, join(RUNTIME, 'src', 'libc.c'), '-o', program, '-lm']
    const compiled = await run('gcc', [...FLAGS, '-I', join(RUNTIME, 'include'), ...inputs])
    if (compiled.status !== 0) throw new Error(`gcc refused the program:\n${compiled.stderr}`)
    const ended = await run(program, [])
    if (ended.status !== 0)
      throw new Error(`the checks found something:\n${ended.stderr}\nafter:\n${ended.stdout.slice(-500)}`)
    return ended.stdout
  } finally {
    await rm(folder, { recursive: true })
  }
}

interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Milliseconds for one process. */
const PATIENCE = 240_000

function run(program: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ASAN_OPTIONS: 'detect_leaks=0:detect_stack_use_after_return=0', LC_ALL: 'C' }
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: PATIENCE })
    const texts = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      texts.stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      texts.stderr += text
    })
    child.on('error', reject)
    child.on('close', (status, signal) => {
      if (signal !== null) texts.stderr += `\nended by ${signal}`
      resolve({ status, ...texts })
    })
  })
}
