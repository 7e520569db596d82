/**
 * V8 compiles each function of LLVM when it is first called. A small program that calls most of them, compiled while
 * nobody waits, makes the first build that somebody waits for as quick as the next ones.
 */
import { type Compilation, compileAndLink } from './commands.ts'

/** Of everything that generated C has a bit: structs, loops to vectorise, calls to inline, branches, memory. */
const PROGRAM = `
typedef struct { double x, y; int n; } Point;
static int pick(int a, int b) {
    switch (a) {
    case 1: return b + 3;
    case 2: return b * 5;
    case 7: return b >> 2;
    case 9: return -b;
    default: return a;
    }
}
static Point point(double a, int n) { return (Point){ a * 2.0, a / 3.0, n % 7 }; }
__attribute__((export_name("practice"))) int practice(int *items, int n, double *floats) {
    int total = 0;
    Point p = point(floats[0], n);
    for (int i = 0; i < n; i++) {
        if (items[i] == 3) continue;
        total += pick(items[i], i);
        floats[i] = floats[i] * 2.0 + (double)i;
    }
    while (n > 0 && p.x < 100.0) {
        p = point(p.y + p.x, n--);
        total ^= (int)p.x;
    }
    return total;
}
`

/** Takes about as long as it saves. Nobody needs the result. */
export function practise(llvm: WebAssembly.Module): Compilation {
  return compileAndLink(llvm, { main: 'practice.c', files: new Map([['practice.c', PROGRAM]]) }, { profile: 'release' })
}
