/*
 * str and bytes: immutable, UTF-8, counted in code points. Positions in the functions below are code points unless
 * they say bytes. Results are new strings or, where nothing changes, an operand; arguments are only read, and stay alive
 * until the function returns. Root a result before the next allocation.
 */
#ifndef SPY_STR_H
#define SPY_STR_H

#include "memory.h"

/*
 * KEEP IN STEP: string-layout (src/runtime/abi/layout.ts, compiler/objects/layout.ts)
 * `utf8_length` repeats `length`: debug builds read it with `utf8` as one checked pointer. `chars` counts code points;
 * it is SPY_UNKNOWN_CHARS until somebody needs it, and equal to `length` for ASCII.
 */
typedef struct spy_str {
    uint32_t length;
    int32_t hash;
    uint8_t *utf8;
#if __SIZEOF_POINTER__ == 4
    uint32_t utf8_length;
#else
    uint64_t utf8_length;
#endif
    uint32_t chars;
} spy_str;

#define SPY_UNKNOWN_CHARS SPY_UINT32_MAX

#if __SIZEOF_POINTER__ == 4
_Static_assert(SPY_OFFSETOF(spy_str, length) == 0, "KEEP IN STEP: string-layout");
_Static_assert(SPY_OFFSETOF(spy_str, hash) == 4, "KEEP IN STEP: string-layout");
_Static_assert(SPY_OFFSETOF(spy_str, utf8) == 8, "KEEP IN STEP: string-layout");
_Static_assert(SPY_OFFSETOF(spy_str, utf8_length) == 12, "KEEP IN STEP: string-layout");
_Static_assert(SPY_OFFSETOF(spy_str, chars) == 16, "KEEP IN STEP: string-layout");
_Static_assert(sizeof(spy_str) == 20, "KEEP IN STEP: string-layout");
#endif

/* The same object; `utf8` is its data and `chars` means nothing. */
typedef spy_str spy_bytes;

/*
 * A constant of the program: SPY_STR(greeting, "hello", 5, 5); LENGTH in bytes, CHARS in code points. A string literal
 * brings its zero byte itself.
 */
#define SPY_STR(name, text, LENGTH, CHARS)                                                                             \
    static spy_str name __attribute__((unused)) = {LENGTH, 0, (uint8_t *)text, LENGTH, CHARS}

/* A string of `length` bytes that the host writes, before anybody else sees it. A zero byte follows them. Never collects. */
SPY_API spy_str *spy_str_alloc(uint32_t length);
/* A copy of UTF-8 bytes, which may be part of a string. `chars` may be SPY_UNKNOWN_CHARS. */
SPY_API spy_str *spy_str_from_utf8(const uint8_t *utf8, uint32_t length, uint32_t chars);

SPY_API spy_str *spy_str_concat(const spy_str *a, const spy_str *b);
/* Four in one go, without the strings between. */
SPY_API spy_str *spy_str_concat4(const spy_str *a, const spy_str *b, const spy_str *c, const spy_str *d);
SPY_API spy_str *spy_str_repeat(const spy_str *s, int32_t count);
SPY_API bool spy_str_eq(const spy_str *a, const spy_str *b);
/* -1, 0 or 1; the order of code points is that of UTF-8 bytes. */
SPY_API int32_t spy_str_compare(const spy_str *a, const spy_str *b);
SPY_API int32_t spy_str_hash(const spy_str *s);
SPY_API int32_t spy_str_length(const spy_str *s);
SPY_API bool spy_str_isascii(const spy_str *s);

/* Negative indices count from the end. IndexError `string index out of bound`. */
SPY_API spy_str *spy_str_getitem(const spy_str *s, int32_t index, spy_file file, spy_at at);
/* Python's s[start:stop:step]. `given`: bit 0 start, bit 1 stop. ValueError `slice step cannot be zero`. */
SPY_API spy_str *spy_str_slice(
    const spy_str *s, int32_t given, int32_t start, int32_t stop, int32_t step, spy_file file, spy_at at);

SPY_API bool spy_str_contains(const spy_str *s, const spy_str *sub);
/* Inside s[start:end]; -1 if there is none. */
SPY_API int32_t spy_str_find(const spy_str *s, const spy_str *sub, int32_t start, int32_t end);
SPY_API int32_t spy_str_rfind(const spy_str *s, const spy_str *sub, int32_t start, int32_t end);
/* Without overlaps; an empty `sub` is counted between all characters. */
SPY_API int32_t spy_str_count(const spy_str *s, const spy_str *sub, int32_t start, int32_t end);
/* At most `limit` times from the left, always if it is negative. */
SPY_API spy_str *spy_str_replace(const spy_str *s, const spy_str *old, const spy_str *new_, int32_t limit);

/* A text of so many bytes, to be written from left to right; putting gives the byte behind the part. */
SPY_API spy_str *spy_text_begin(int32_t length);
SPY_API int32_t spy_text_put(spy_str *text, int32_t at, const spy_str *part);

/* TypeError unless one code point long. */
SPY_API int32_t spy_str_ord(const spy_str *s, spy_file file, spy_at at);
/* ValueError `chr() arg not in range(0x110000)`; half surrogate pairs have no UTF-8 form and count as out of range. */
SPY_API spy_str *spy_str_chr(int32_t code, spy_file file, spy_at at);

SPY_API spy_bytes *spy_bytes_alloc(uint32_t length);
/* IndexError `index out of range`. */
SPY_API uint8_t spy_bytes_getitem(const spy_bytes *b, int32_t index, spy_file file, spy_at at);
SPY_API int32_t spy_bytes_length(const spy_bytes *b);
/* Every `step`th byte from `start` on, `count` of them; all are in range. */
SPY_API spy_bytes *spy_bytes_slice(const spy_bytes *b, int32_t start, int32_t count, int32_t step);
/* The text whose code points are the bytes (Latin-1), and back; all code points are below 256. */
SPY_API spy_str *spy_bytes_to_latin(const spy_bytes *b);
SPY_API spy_bytes *spy_latin_to_bytes(const spy_str *s);
/* A copy as text; the bytes are valid UTF-8. */
SPY_API spy_str *spy_bytes_to_str(const spy_bytes *b);
/* A str and its UTF-8 bytes look the same. */
SPY_API spy_bytes *spy_str_encode(const spy_str *s);

#endif
