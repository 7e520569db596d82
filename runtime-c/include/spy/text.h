/*
 * Values as text and text as numbers. The definition is src/runtime/numbers (format, parse, quote); tests compare.
 * KEEP IN STEP: number-text, quoted-text
 */
#ifndef SPY_TEXT_H
#define SPY_TEXT_H

#include "complex.h"
#include "str.h"

/* Room for any number in decimal; see the functions that write there. */
#define SPY_NUMBER_ROOM 32

/* Write ASCII digits at `out`; the result is how many. */
SPY_API uint32_t spy_format_u64(uint8_t *out, uint64_t x);
SPY_API uint32_t spy_format_i64(uint8_t *out, int64_t x);
/* Python's repr: `1.0`, `1e+16`, `inf`. With `whole` false, a whole number gets no `.0`. */
SPY_API uint32_t spy_format_f64(uint8_t *out, double x, bool whole);
SPY_API uint32_t spy_format_f32(uint8_t *out, float x, bool whole);
/* Twice SPY_NUMBER_ROOM is enough for both parts and what stands around them. */
SPY_API uint32_t spy_format_complex128(uint8_t *out, double re, double im);

SPY_API spy_str *spy_i64_to_str(int64_t x);
SPY_API spy_str *spy_u64_to_str(uint64_t x);
SPY_API spy_str *spy_f64_to_str(double x);
SPY_API spy_str *spy_f32_to_str(float x);
SPY_API spy_str *spy_complex128_to_str(double re, double im);
SPY_API spy_str *spy_bool_to_str(bool x);
SPY_INLINE spy_str *spy_i8_to_str(int8_t x) { return spy_i64_to_str(x); }
SPY_INLINE spy_str *spy_u8_to_str(uint8_t x) { return spy_i64_to_str(x); }
SPY_INLINE spy_str *spy_i32_to_str(int32_t x) { return spy_i64_to_str(x); }
SPY_INLINE spy_str *spy_u32_to_str(uint32_t x) { return spy_i64_to_str(x); }

SPY_API spy_str *spy_str_repr(const spy_str *s);
SPY_API spy_str *spy_bytes_repr(const spy_bytes *b);

/* Python's int(s, base). ValueError for what is no integer, OverflowError for what does not fit. */
SPY_API int8_t spy_str_to_i8(const spy_str *s, int32_t base, spy_file file, spy_at at);
SPY_API uint8_t spy_str_to_u8(const spy_str *s, int32_t base, spy_file file, spy_at at);
SPY_API int32_t spy_str_to_i32(const spy_str *s, int32_t base, spy_file file, spy_at at);
SPY_API uint32_t spy_str_to_u32(const spy_str *s, int32_t base, spy_file file, spy_at at);
SPY_API int64_t spy_str_to_i64(const spy_str *s, int32_t base, spy_file file, spy_at at);
SPY_API uint64_t spy_str_to_u64(const spy_str *s, int32_t base, spy_file file, spy_at at);
/* Python's float(s), rounded once. ValueError. */
SPY_API double spy_str_to_f64(const spy_str *s, spy_file file, spy_at at);
SPY_API float spy_str_to_f32(const spy_str *s, spy_file file, spy_at at);
/* Python's complex(s). ValueError. */
SPY_API spy_complex128 spy_str_to_complex128(const spy_str *s, spy_file file, spy_at at);
SPY_API void spy_wasm_str_to_complex128(spy_complex128 *out, const spy_str *s, spy_file file, spy_at at);

#endif
