/*
 * Fixed-width integers and floats: wrapping at every step, defined shifts, Python's // and %, saturating conversions.
 * The definition is src/runtime/numbers; tests run both and compare bits. Inline, so that a constant divisor or shift
 * count removes the checks.
 *
 * KEEP IN STEP: float-arithmetic, fault-texts, hashes (src/runtime/numbers)
 */
#ifndef SPY_NUMBERS_H
#define SPY_NUMBERS_H

#include "panic.h"

/* The errors of arithmetic, each out of line once. `message` is one of the texts below. */
SPY_API SPY_COLD void spy_zero_division(const char *message, spy_file file, spy_at at);
SPY_API SPY_COLD void spy_value_error(const char *message, spy_file file, spy_at at);

#define SPY_TEXT_INT_DIV "division by zero"
#define SPY_TEXT_INT_FLOORDIV "integer division or modulo by zero"
#define SPY_TEXT_INT_MOD "integer modulo by zero"
#define SPY_TEXT_FLOAT_DIV "float division by zero"
#define SPY_TEXT_FLOAT_FLOORDIV "float floor division by zero"
#define SPY_TEXT_FLOAT_MOD "float modulo by zero"
#define SPY_TEXT_COMPLEX_DIV "complex division by zero"
#define SPY_TEXT_COMPLEX_ZERO_POW "0.0 to a negative or complex power"
#define SPY_TEXT_NEGATIVE_SHIFT "negative shift count"
#define SPY_TEXT_ZERO_POW "0 cannot be raised to a negative power"
#define SPY_TEXT_FLOAT_ZERO_POW "0.0 cannot be raised to a negative power"
#define SPY_TEXT_NEGATIVE_EXPONENT "integer ** negative exponent"
#define SPY_TEXT_MATH_DOMAIN "math domain error"

/* -- integers ---------------------------------------------------------------------------------------------------- */

/*
 * What all six types share. T: SPy's name; C: its C type; U: an unsigned type at least as wide as int, in which the
 * arithmetic is done, so that overflow is defined.
 */
#define SPY_INT_COMMON(T, C, U, BITS)                                                                                  \
    SPY_INLINE C spy_##T##_add(C a, C b) { return (C)((U)a + (U)b); }                                                  \
    SPY_INLINE C spy_##T##_sub(C a, C b) { return (C)((U)a - (U)b); }                                                  \
    SPY_INLINE C spy_##T##_mul(C a, C b) { return (C)((U)a * (U)b); }                                                  \
    SPY_INLINE C spy_##T##_neg(C a) { return (C)(0 - (U)a); }                                                          \
    SPY_INLINE C spy_##T##_and(C a, C b) { return (C)(a & b); }                                                        \
    SPY_INLINE C spy_##T##_or(C a, C b) { return (C)(a | b); }                                                         \
    SPY_INLINE C spy_##T##_xor(C a, C b) { return (C)(a ^ b); }                                                        \
    SPY_INLINE C spy_##T##_invert(C a) { return (C)~a; }                                                               \
    SPY_INLINE double spy_##T##_div(C a, C b, spy_file file, spy_at at) {                                              \
        if (SPY_UNLIKELY(b == 0)) spy_zero_division(SPY_TEXT_INT_DIV, file, at);                                       \
        return (double)a / (double)b;                                                                                  \
    }

/* Division that rounds down, by shift and mask where the divisor is known to be a power of two. */
#define SPY_INT_SIGNED(T, C, U, BITS)                                                                                  \
    SPY_INT_COMMON(T, C, U, BITS)                                                                                      \
    SPY_INLINE C spy_##T##_floordiv(C a, C b, spy_file file, spy_at at) {                                              \
        if (SPY_UNLIKELY(b == 0)) spy_zero_division(SPY_TEXT_INT_FLOORDIV, file, at);                                  \
        if (__builtin_constant_p(b) && b > 0 && (b & (b - 1)) == 0) return (C)(a >> __builtin_ctzll((uint64_t)b));     \
        if (b == -1) return (C)(0 - (U)a); /* MIN / -1 does not fit, and traps */                                      \
        C q = (C)(a / b);                                                                                              \
        C r = (C)(a % b);                                                                                              \
        return (C)(q - (C)((r != 0) & ((r ^ b) < 0)));                                                                 \
    }                                                                                                                  \
    SPY_INLINE C spy_##T##_mod(C a, C b, spy_file file, spy_at at) {                                                   \
        if (SPY_UNLIKELY(b == 0)) spy_zero_division(SPY_TEXT_INT_MOD, file, at);                                       \
        if (__builtin_constant_p(b) && b > 0 && (b & (b - 1)) == 0) return (C)(a & (b - 1));                           \
        if (b == -1) return 0;                                                                                         \
        C r = (C)(a % b);                                                                                              \
        return (C)(r + (((r != 0) & ((r ^ b) < 0)) ? b : 0));                                                          \
    }                                                                                                                  \
    SPY_INLINE C spy_##T##_lshift(C a, C b, spy_file file, spy_at at) {                                                \
        if (SPY_UNLIKELY(b < 0)) spy_value_error(SPY_TEXT_NEGATIVE_SHIFT, file, at);                                   \
        return b >= BITS ? 0 : (C)((U)a << b);                                                                         \
    }                                                                                                                  \
    SPY_INLINE C spy_##T##_rshift(C a, C b, spy_file file, spy_at at) {                                                \
        if (SPY_UNLIKELY(b < 0)) spy_value_error(SPY_TEXT_NEGATIVE_SHIFT, file, at);                                   \
        return (C)(a >> (b >= BITS ? BITS - 1 : b));                                                                   \
    }                                                                                                                  \
    SPY_INLINE C spy_##T##_pow(C a, C b, spy_file file, spy_at at) {                                                   \
        if (SPY_UNLIKELY(b < 0)) {                                                                                     \
            if (a == 0) spy_zero_division(SPY_TEXT_ZERO_POW, file, at);                                                \
            spy_value_error(SPY_TEXT_NEGATIVE_EXPONENT, file, at);                                                     \
        }                                                                                                              \
        return (C)spy_power_of_int((uint64_t)(int64_t)a, (uint64_t)b);                                                 \
    }

#define SPY_INT_UNSIGNED(T, C, U, BITS)                                                                                \
    SPY_INT_COMMON(T, C, U, BITS)                                                                                      \
    SPY_INLINE C spy_##T##_floordiv(C a, C b, spy_file file, spy_at at) {                                              \
        if (SPY_UNLIKELY(b == 0)) spy_zero_division(SPY_TEXT_INT_FLOORDIV, file, at);                                  \
        return (C)(a / b);                                                                                             \
    }                                                                                                                  \
    SPY_INLINE C spy_##T##_mod(C a, C b, spy_file file, spy_at at) {                                                   \
        if (SPY_UNLIKELY(b == 0)) spy_zero_division(SPY_TEXT_INT_MOD, file, at);                                       \
        return (C)(a % b);                                                                                             \
    }                                                                                                                  \
    SPY_INLINE C spy_##T##_lshift(C a, C b, spy_file file, spy_at at) {                                                \
        (void)file, (void)at; /* an unsigned count is never negative */                                                \
        return b >= BITS ? 0 : (C)((U)a << b);                                                                         \
    }                                                                                                                  \
    SPY_INLINE C spy_##T##_rshift(C a, C b, spy_file file, spy_at at) {                                                \
        (void)file, (void)at;                                                                                          \
        return b >= BITS ? 0 : (C)(a >> b);                                                                            \
    }                                                                                                                  \
    SPY_INLINE C spy_##T##_pow(C a, C b, spy_file file, spy_at at) {                                                   \
        (void)file, (void)at;                                                                                          \
        return (C)spy_power_of_int(a, b);                                                                              \
    }

/* base ** exponent modulo 2^64, of which every narrower power is the lower part. */
SPY_API uint64_t spy_power_of_int(uint64_t base, uint64_t exponent);

SPY_INT_SIGNED(i8, int8_t, uint32_t, 8)
SPY_INT_UNSIGNED(u8, uint8_t, uint32_t, 8)
SPY_INT_SIGNED(i32, int32_t, uint32_t, 32)
SPY_INT_UNSIGNED(u32, uint32_t, uint32_t, 32)
SPY_INT_SIGNED(i64, int64_t, uint64_t, 64)
SPY_INT_UNSIGNED(u64, uint64_t, uint64_t, 64)

/* -- floats ------------------------------------------------------------------------------------------------------ */

/* C's fmod: exact, sign of x; nan for infinite x or zero y. */
SPY_API double spy_fmod(double x, double y);

/* x^y by C's rules, without errors; see math.h. */
SPY_API double spy_power(double x, double y);

SPY_API double spy_f64_floordiv(double x, double y, spy_file file, spy_at at);
SPY_API double spy_f64_mod(double x, double y, spy_file file, spy_at at);
SPY_API double spy_f64_pow(double x, double y, spy_file file, spy_at at);
SPY_API float spy_f32_floordiv(float x, float y, spy_file file, spy_at at);
SPY_API float spy_f32_mod(float x, float y, spy_file file, spy_at at);
SPY_API float spy_f32_pow(float x, float y, spy_file file, spy_at at);

SPY_INLINE double spy_f64_div(double x, double y, spy_file file, spy_at at) {
    if (SPY_UNLIKELY(y == 0)) spy_zero_division(SPY_TEXT_FLOAT_DIV, file, at);
    return x / y;
}

SPY_INLINE float spy_f32_div(float x, float y, spy_file file, spy_at at) {
    if (SPY_UNLIKELY(y == 0)) spy_zero_division(SPY_TEXT_FLOAT_DIV, file, at);
    return x / y;
}

/* -- conversions ------------------------------------------------------------------------------------------------- */

/* Float to integer truncates and saturates, nan gives 0. In C itself the cast of what does not fit is undefined. */
#ifdef __wasm__
SPY_INLINE int32_t spy_f64_to_i32(double x) { return __builtin_wasm_trunc_saturate_s_i32_f64(x); }
SPY_INLINE uint32_t spy_f64_to_u32(double x) { return (uint32_t)__builtin_wasm_trunc_saturate_u_i32_f64(x); }
SPY_INLINE int64_t spy_f64_to_i64(double x) { return __builtin_wasm_trunc_saturate_s_i64_f64(x); }
SPY_INLINE uint64_t spy_f64_to_u64(double x) { return (uint64_t)__builtin_wasm_trunc_saturate_u_i64_f64(x); }
#else
#define SPY_SATURATE(x, C, MIN, MAX, BELOW, ABOVE)                                                                     \
    return (x) != (x) ? 0 : (x) <= (BELOW) ? (MIN) : (x) >= (ABOVE) ? (MAX) : (C)(x)
SPY_INLINE int32_t spy_f64_to_i32(double x) {
    SPY_SATURATE(x, int32_t, SPY_INT32_MIN, SPY_INT32_MAX, -2147483648.0, 2147483647.0);
}
SPY_INLINE uint32_t spy_f64_to_u32(double x) { SPY_SATURATE(x, uint32_t, 0, SPY_UINT32_MAX, 0.0, 4294967295.0); }
SPY_INLINE int64_t spy_f64_to_i64(double x) {
    SPY_SATURATE(x, int64_t, SPY_INT64_MIN, SPY_INT64_MAX, -9223372036854775808.0, 9223372036854775808.0);
}
SPY_INLINE uint64_t spy_f64_to_u64(double x) {
    SPY_SATURATE(x, uint64_t, 0, SPY_UINT64_MAX, 0.0, 18446744073709551616.0);
}
#undef SPY_SATURATE
#endif

SPY_INLINE int8_t spy_f64_to_i8(double x) {
    int32_t i = spy_f64_to_i32(x);
    return (int8_t)(i < SPY_INT8_MIN ? SPY_INT8_MIN : i > SPY_INT8_MAX ? SPY_INT8_MAX : i);
}

SPY_INLINE uint8_t spy_f64_to_u8(double x) {
    uint32_t i = spy_f64_to_u32(x);
    return (uint8_t)(i > SPY_UINT8_MAX ? SPY_UINT8_MAX : i);
}

/* Every f32 is an f64. */
SPY_INLINE int8_t spy_f32_to_i8(float x) { return spy_f64_to_i8((double)x); }
SPY_INLINE uint8_t spy_f32_to_u8(float x) { return spy_f64_to_u8((double)x); }
SPY_INLINE int32_t spy_f32_to_i32(float x) { return spy_f64_to_i32((double)x); }
SPY_INLINE uint32_t spy_f32_to_u32(float x) { return spy_f64_to_u32((double)x); }
SPY_INLINE int64_t spy_f32_to_i64(float x) { return spy_f64_to_i64((double)x); }
SPY_INLINE uint64_t spy_f32_to_u64(float x) { return spy_f64_to_u64((double)x); }

/* -- hashes ------------------------------------------------------------------------------------------------------ */

/* The value itself, of 64 bits the lower half; -1 of a signed type is left free and becomes 2. */
SPY_INLINE int32_t spy_hash_i8(int8_t x) { return x == -1 ? 2 : x; }
SPY_INLINE int32_t spy_hash_u8(uint8_t x) { return x; }
SPY_INLINE int32_t spy_hash_i32(int32_t x) { return x == -1 ? 2 : x; }
SPY_INLINE int32_t spy_hash_u32(uint32_t x) { return (int32_t)x; }
SPY_INLINE int32_t spy_hash_i64(int64_t x) { return x == -1 ? 2 : (int32_t)x; }
SPY_INLINE int32_t spy_hash_u64(uint64_t x) { return (int32_t)x; }
SPY_INLINE int32_t spy_hash_bool(bool x) { return x; }

/* FNV-1a of the eight bytes; both zeros hash alike, and so do all nans. */
SPY_API int32_t spy_hash_f64(double x);
SPY_INLINE int32_t spy_hash_f32(float x) { return spy_hash_f64((double)x); }

/* FNV-1a (Fowler, Noll, Vo), where -1 and 0 are left unused. */
SPY_API int32_t spy_hash_bytes(const uint8_t *bytes, uint32_t length);

#endif
