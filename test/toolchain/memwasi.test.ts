/** The host in memory for command-line programs: files in, files and text out. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { tidyModule } from '../../compiler/toolchain/tidy.ts'
import { runCommand } from '../../compiler/toolchain/wasm-clang/memwasi.ts'
import { findEmbeddedClang } from '../../compiler/toolchain/wasm-clang.ts'

const memwasi = suite('memwasi')

const WASI = `
#define IMPORT(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(#name))) int name
struct part { const char *at; unsigned length; };
IMPORT(path_open)(int, int, const char *, unsigned, int, long long, long long, int, int *);
IMPORT(fd_read)(int, struct part *, unsigned, unsigned *);
IMPORT(fd_write)(int, struct part *, unsigned, unsigned *);
IMPORT(fd_seek)(int, long long, int, long long *);
IMPORT(fd_close)(int);
IMPORT(path_rename)(int, const char *, unsigned, int, const char *, unsigned);
IMPORT(path_unlink_file)(int, const char *, unsigned);
IMPORT(args_sizes_get)(unsigned *, unsigned *);
IMPORT(args_get)(char **, char *);
IMPORT(proc_exit)(int);
static unsigned length(const char *s) { unsigned n = 0; while (s[n]) n++; return n; }
static void say(int fd, const char *s, unsigned n) { struct part p = {s, n}; unsigned done; fd_write(fd, &p, 1, &done); }
static int opened(const char *path, int flags) {
    int fd = -1;
    int error = path_open(3, 0, path, length(path), flags, 0, 0, 0, &fd);
    return error ? -error : fd;
}
`

/** Compiles a command and runs it. */
async function command(body: string, argv: readonly string[], files: Record<string, string>) {
  const clang = findEmbeddedClang()
  if (clang === undefined) return undefined
  const source = `${WASI}\n__attribute__((export_name("_start"))) void start(void) {${body}}`
  const wasm = await clang.build({ main: 'c.c', files: new Map([['c.c', source]]) }, { profile: 'size' })
  clang.dispose()
  const given = Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)] as const)
  const result = runCommand(new WebAssembly.Module(wasm as BufferSource), argv, new Map(given))
  const left = [...result.files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])
  return { ...result, files: Object.fromEntries(left) as Record<string, string>, given: new Map(given) }
}

memwasi('arguments, standard streams and the exit code', async () => {
  const result = await command(
    `unsigned n, size; char *argv[8], text[100];
     args_sizes_get(&n, &size); args_get(argv, text);
     for (unsigned i = 0; i < n; i++) say(1 + i % 2, argv[i], length(argv[i]));
     proc_exit((int)(n * 10 + size));`,
    ['a', 'bc', 'd\u00e9'],
    {},
  )
  if (result === undefined) return
  assert.equal([result.stdout, result.stderr, result.exitCode], ['ad\u00e9', 'bc', 39])
})

memwasi('files are read, written, sought, renamed and removed', async () => {
  const result = await command(
    `char text[10]; unsigned n; long long at;
     int in = opened("in/a.txt", 0);
     fd_seek(in, 2, 0, &at);
     struct part p = {text, 10}; fd_read(in, &p, 1, &n); say(1, text, n);
     int out = opened("out/b.tmp", 1);
     say(out, "hello", 5); fd_seek(out, 1, 0, &at); say(out, "E", 1); fd_seek(out, 0, 2, &at); say(out, "!", 1);
     fd_close(out);
     path_rename(3, "out/b.tmp", 9, 3, "out/b.txt", 9);
     path_unlink_file(3, "gone", 4);
     int over = opened("in/c.txt", 1 | 8); say(over, "new", 3);
     int kept = opened("in/a.txt", 0); say(kept, "XY", 2);
     if (opened("nothing", 0) != -44 || opened("in", 1) != -31) proc_exit(1);`,
    ['x'],
    { '/in/a.txt': 'abcdef', '/in/c.txt': 'old text', '/gone': 'x' },
  )
  if (result === undefined) return
  assert.is(result.exitCode, 0)
  assert.is(result.stdout, 'cdef')
  assert.equal(result.files, { '/in/a.txt': 'XYcdef', '/in/c.txt': 'new', '/out/b.txt': 'hEllo!' })
  assert.is(new TextDecoder().decode(result.given.get('/in/a.txt')), 'abcdef', 'the given bytes are not written to')
})

memwasi('tidying keeps names on request and nothing else', () => {
  const custom = (name: string) => [0, name.length + 2, name.length, ...Buffer.from(name), 7]
  const wasm = Uint8Array.of(
    0,
    97,
    115,
    109,
    1,
    0,
    0,
    0,
    ...custom('producers'),
    1,
    4,
    1,
    0x60,
    0,
    0,
    ...custom('name'),
  )
  assert.equal([...tidyModule(wasm, false).subarray(8)], [1, 4, 1, 0x60, 0, 0])
  assert.equal([...tidyModule(wasm, true).subarray(8)], [1, 4, 1, 0x60, 0, 0, ...custom('name')])
})

memwasi.run()
