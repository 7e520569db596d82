/*
 * complex128: two doubles by value.
 * KEEP IN STEP: complex-arithmetic (src/runtime/numbers/complex.ts)
 */
#ifndef SPY_COMPLEX_H
#define SPY_COMPLEX_H

#include "math.h"

typedef struct {
    double re, im;
} spy_complex128;

_Static_assert(sizeof(spy_complex128) == 16, "KEEP IN STEP: complex-layout (compiler/objects/layout.ts)");

SPY_INLINE spy_complex128 spy_complex128_make(double re, double im) { return (spy_complex128){re, im}; }
SPY_INLINE spy_complex128 spy_complex128_add(spy_complex128 a, spy_complex128 b) {
    return (spy_complex128){a.re + b.re, a.im + b.im};
}
SPY_INLINE spy_complex128 spy_complex128_sub(spy_complex128 a, spy_complex128 b) {
    return (spy_complex128){a.re - b.re, a.im - b.im};
}
SPY_INLINE spy_complex128 spy_complex128_mul(spy_complex128 a, spy_complex128 b) {
    return (spy_complex128){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}
SPY_INLINE spy_complex128 spy_complex128_neg(spy_complex128 a) { return (spy_complex128){-a.re, -a.im}; }
SPY_INLINE spy_complex128 spy_complex128_conjugate(spy_complex128 a) { return (spy_complex128){a.re, -a.im}; }
SPY_INLINE bool spy_complex128_eq(spy_complex128 a, spy_complex128 b) { return a.re == b.re && a.im == b.im; }
SPY_INLINE bool spy_complex128_ne(spy_complex128 a, spy_complex128 b) { return !spy_complex128_eq(a, b); }

/* Smith's algorithm. ZeroDivisionError. */
SPY_API spy_complex128 spy_complex128_div(spy_complex128 a, spy_complex128 b, spy_file file, spy_at at);
/* ZeroDivisionError for zero to all but positive reals. */
SPY_API spy_complex128 spy_complex128_pow(spy_complex128 a, spy_complex128 b, spy_file file, spy_at at);
SPY_API double spy_complex128_abs(double re, double im);

/* Calls from wasm modules: structs do not cross, so the result is written to `out`. */
SPY_API void spy_wasm_complex128_div(
    spy_complex128 *out, double a_re, double a_im, double b_re, double b_im, spy_file file, spy_at at);
SPY_API void spy_wasm_complex128_pow(
    spy_complex128 *out, double a_re, double a_im, double b_re, double b_im, spy_file file, spy_at at);

#endif
