/*
 * One way down: every SPy error of a running program ends here, with its class, its text and its place. The host turns
 * it into an exception; the program does not go on.
 */
#ifndef SPY_PANIC_H
#define SPY_PANIC_H

#include "base.h"

struct spy_str;

/*
 * Where in the source: a file and a packed position, passed as two constants and looked at only on the way down.
 * Functions that can fail take both as their last parameters; generated code writes `SPY_AT(line, column)` for them.
 * KEEP IN STEP: place-encoding (src/runtime/abi/layout.ts)
 */
typedef const struct spy_str *spy_file;
typedef uint32_t spy_at;

#define SPY_PACK(line, column) ((spy_at)(line) << 12 | (spy_at)(column))
#define SPY_NOWHERE NULL, 0

/* Panic with C strings; the runtime's own errors. `file` may be NULL. */
SPY_API SPY_COLD void spy_panic(const char *etype, const char *message, spy_file file, spy_at at);

/* The same with a message of `length` bytes of UTF-8. */
SPY_API SPY_COLD void spy_panic_text(const char *etype, const uint8_t *message, uint32_t length, spy_file file, spy_at at);

/* `raise` and `assert` of the program. */
SPY_API SPY_COLD void spy_raise(const struct spy_str *etype, const struct spy_str *message, spy_file file, spy_at at);

#endif
