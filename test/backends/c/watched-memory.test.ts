/** The checks of native test programs see the memory of the runtime: what is not handed out may not be touched. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runNatively } from './native.ts'

const START = `#define SPY_GC 2
#define SPY_GC_POISON
#include "spy.h"
static void spy_mark_program(void) {}
`

const watched = suite('watched memory')

function finds(what: string, statements: string): void {
  const { status, stderr } = runNatively(START, `int main(void) { ${statements} return 0; }`)
  assert.is.not(status, 0)
  assert.match(stderr, new RegExp(`AddressSanitizer: ${what}`))
}

watched('what is used as it should be is no mistake', () => {
  const { status, stderr } = runNatively(
    START,
    `int main(void) {
  spy_str *kept = spy_str_alloc(20);
  spy_gc_pin(kept);
  int32_t *raw = spy_raw_alloc(5, 4, SPY_NOWHERE);
  for (int i = 0; i < 1000; i++) spy_str_concat(kept, kept);
  raw[4] = kept->utf8[19];
  spy_raw_free(raw, SPY_NOWHERE);
  return raw == NULL;
}`,
  )
  assert.equal([status, stderr], [0, ''])
})

watched('a string that was collected', () => {
  finds('use-after-poison', 'spy_str *s = spy_str_alloc(20); spy_gc_collect(); return s->utf8[3];')
})

watched('the bytes behind a string', () => {
  finds('use-after-poison', 'spy_str *s = spy_str_alloc(20); return s->utf8[21];')
})

watched('raw memory that was freed', () => {
  finds('use-after-poison', 'int64_t *p = spy_raw_alloc(8, 8, SPY_NOWHERE); spy_raw_free(p, SPY_NOWHERE); return p[3];')
})

watched('a span that was given back', () => {
  finds(
    'use-after-poison',
    'uint8_t *p = spy_raw_alloc(50000, 1, SPY_NOWHERE); spy_raw_free(p, SPY_NOWHERE); return p[300];',
  )
})

watched.run()
