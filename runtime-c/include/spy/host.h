/*
 * Everything from outside: output and time. On wasm these are imports of module `spy`; elsewhere, libc.
 * KEEP IN STEP: host-imports (src/runtime/abi/imports.ts)
 */
#ifndef SPY_HOST_H
#define SPY_HOST_H

#include "text.h"

/* Write to standard output. Whole lines are passed on at once; what is left waits for its end or for spy_flush. */
SPY_API void spy_stdout_write(const spy_str *s);
/* The same text as str() has, without a string. */
SPY_API void spy_stdout_write_i64(int64_t x);
SPY_API void spy_stdout_write_u64(uint64_t x);
SPY_API void spy_stdout_write_f64(double x);
SPY_API void spy_stdout_write_f32(float x);
SPY_API void spy_stdout_bytes(const uint8_t *bytes, uint32_t length);
/* Pass on what waits. Called before a panic and by hosts when the outermost call returns. */
SPY_API void spy_flush(void);

#ifndef SPY_JS_HOST
/* From the beginning of `main`: an overflow of the stack is told as PanicError `stack overflow`. */
void spy_host_watch_stack(void);
/* What a program was called with; bytes that are no UTF-8 become U+FFFD. */
SPY_API spy_str *spy_str_from_c(const char *text);
#endif

/* Seconds since 1970. */
SPY_API double spy_time_time(void);
/* ValueError `sleep length must be non-negative`. */
SPY_API void spy_time_sleep(double seconds, spy_file file, spy_at at);

#endif
