/* Types and words that the whole runtime uses. */
#ifndef SPY_BASE_H
#define SPY_BASE_H

/*
 * Memory, output and time come from JavaScript, by imports of module `spy`; or from libc, by src/libc.c: in native
 * programs, and in those that define SPY_LIBC for Emscripten's own modules.
 */
#if defined __wasm__ && !defined SPY_LIBC
#define SPY_JS_HOST
#endif

typedef __INT8_TYPE__ int8_t;
typedef __INT16_TYPE__ int16_t;
typedef __INT32_TYPE__ int32_t;
typedef __INT64_TYPE__ int64_t;
typedef __UINT8_TYPE__ uint8_t;
typedef __UINT16_TYPE__ uint16_t;
typedef __UINT32_TYPE__ uint32_t;
typedef __UINT64_TYPE__ uint64_t;
typedef __INTPTR_TYPE__ intptr_t;
typedef __UINTPTR_TYPE__ uintptr_t;
typedef __SIZE_TYPE__ size_t;

#ifndef bool
#define bool _Bool
#define true 1
#define false 0
#endif
#ifndef NULL
#define NULL ((void *)0)
#endif
#define SPY_OFFSETOF(type, member) __builtin_offsetof(type, member)

#define SPY_INT8_MIN (-128)
#define SPY_INT8_MAX 127
#define SPY_UINT8_MAX 255
#define SPY_INT32_MIN (-2147483647 - 1)
#define SPY_INT32_MAX 2147483647
#define SPY_UINT32_MAX 4294967295u
#define SPY_INT64_MIN (-9223372036854775807LL - 1)
#define SPY_INT64_MAX 9223372036854775807LL
#define SPY_UINT64_MAX 18446744073709551615ULL

/*
 * SPY_API: a function of the runtime. SPY_INLINE: a short one, whose checks should vanish into its callers.
 * In the library both are plain external functions. In a program, what hosts call gets an exported wrapper: a function
 * that is not static is optimised and emitted even where nobody wants it.
 */
#ifdef __clang__
#define SPY_OF_CALLER nodebug /* to debuggers its instructions are those of the line that calls it */
#else
#define SPY_OF_CALLER artificial
#endif
#ifdef SPY_LIBRARY
#define SPY_API
#define SPY_INLINE
#else
#define SPY_API static __attribute__((unused))
#define SPY_INLINE static inline __attribute__((unused, always_inline, SPY_OF_CALLER))
#endif

/* What never returns is out of the way of what does. */
#define SPY_COLD __attribute__((noreturn, cold, noinline))
#define SPY_NOINLINE __attribute__((noinline))
/* Rarely run, or waiting for memory when it does: fewer bytes are worth more than fewer instructions. */
#ifdef __clang__
#define SPY_SMALL __attribute__((minsize, noinline))
#else
#define SPY_SMALL __attribute__((noinline))
#endif

/* Before a loop that runs a few times only: unrolled, it would just be longer. */
#ifdef __clang__
#define SPY_COMPACT _Pragma("clang loop unroll(disable) vectorize(disable)")
#else
#define SPY_COMPACT
#endif

#define SPY_LIKELY(condition) __builtin_expect(!!(condition), 1)
#define SPY_UNLIKELY(condition) __builtin_expect(!!(condition), 0)

#ifdef SPY_JS_HOST
#define SPY_IMPORT(name) __attribute__((import_module("spy"), import_name(name)))
#define SPY_EXPORT(name) __attribute__((export_name(name), used))
#else
#define SPY_IMPORT(name)
#define SPY_EXPORT(name) __attribute__((used))
#define SPY_PUBLIC __attribute__((visibility("default"), used)) /* what a library offers to other C code */
#endif

#endif
