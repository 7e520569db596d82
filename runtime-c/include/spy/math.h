/*
 * Module `math`. The same steps in the same order as src/runtime/numbers/math, so the results are the same bits on every
 * engine; nothing is taken from a libm. `sqrt`, `floor`, `ceil`, `trunc` and `fabs` are instructions.
 *
 * Domain errors and poles raise ValueError `math domain error`; overflow gives inf; nan gives nan.
 *
 * KEEP IN STEP: math-functions (src/runtime/numbers/math)
 */
#ifndef SPY_MATH_H
#define SPY_MATH_H

#include "numbers.h"

SPY_INLINE double spy_math_sqrt(double x, spy_file file, spy_at at) {
    if (SPY_UNLIKELY(x < 0)) spy_value_error(SPY_TEXT_MATH_DOMAIN, file, at);
    return __builtin_sqrt(x);
}

SPY_INLINE double spy_math_floor(double x) { return __builtin_floor(x); }
SPY_INLINE double spy_math_ceil(double x) { return __builtin_ceil(x); }
SPY_INLINE double spy_math_trunc(double x) { return __builtin_trunc(x); }
SPY_INLINE double spy_math_fabs(double x) { return __builtin_fabs(x); }

SPY_API double spy_math_sin(double x, spy_file file, spy_at at);
SPY_API double spy_math_cos(double x, spy_file file, spy_at at);
SPY_API double spy_math_tan(double x, spy_file file, spy_at at);
SPY_API double spy_math_asin(double x, spy_file file, spy_at at);
SPY_API double spy_math_acos(double x, spy_file file, spy_at at);
SPY_API double spy_math_atan(double x);
SPY_API double spy_math_atan2(double y, double x);
SPY_API double spy_math_exp(double x, spy_file file, spy_at at);
SPY_API double spy_math_log(double x, spy_file file, spy_at at);
SPY_API double spy_math_log10(double x, spy_file file, spy_at at);
SPY_API double spy_math_log2(double x, spy_file file, spy_at at);
SPY_API double spy_math_pow(double x, double y, spy_file file, spy_at at);

#endif
