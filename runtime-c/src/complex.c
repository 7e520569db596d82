/* complex128: see include/spy/complex.h; the definition is src/runtime/numbers/complex.ts. */

SPY_API spy_complex128 spy_complex128_div(spy_complex128 a, spy_complex128 b, spy_file file, spy_at at) {
    double re = __builtin_fabs(b.re);
    double im = __builtin_fabs(b.im);
    if (SPY_UNLIKELY(re == 0 && im == 0)) spy_zero_division(SPY_TEXT_COMPLEX_DIV, file, at);
    if (re >= im) {
        double ratio = b.im / b.re;
        double denominator = b.re + b.im * ratio;
        return (spy_complex128){(a.re + a.im * ratio) / denominator, (a.im - a.re * ratio) / denominator};
    }
    if (im >= re) {
        double ratio = b.re / b.im;
        double denominator = b.re * ratio + b.im;
        return (spy_complex128){(a.re * ratio + a.im) / denominator, (a.im * ratio - a.re) / denominator};
    }
    return (spy_complex128){__builtin_nan(""), __builtin_nan("")}; /* a part of the divisor is nan */
}

SPY_API double spy_complex128_abs(double re, double im) {
    re = __builtin_fabs(re);
    im = __builtin_fabs(im);
    if (re == spy_infinity || im == spy_infinity) return spy_infinity;
    if (re != re || im != im) return __builtin_nan("");
    double large = re < im ? im : re;
    double small = re < im ? re : im;
    if (large == 0) return 0;
    double ratio = small / large;
    return large * __builtin_sqrt(1 + ratio * ratio);
}

/* A negative power of something tiny divides by zero. */
static spy_complex128 spy_complex128_whole_power(spy_complex128 a, int32_t n, spy_file file, spy_at at) {
    spy_complex128 result = {1, 0};
    spy_complex128 square = a;
    for (uint32_t bits = (uint32_t)(n < 0 ? -n : n); bits > 0; bits >>= 1) {
        if (bits & 1) result = spy_complex128_mul(result, square);
        square = spy_complex128_mul(square, square);
    }
    return n < 0 ? spy_complex128_div((spy_complex128){1, 0}, result, file, at) : result;
}

SPY_API spy_complex128 spy_complex128_pow(spy_complex128 a, spy_complex128 b, spy_file file, spy_at at) {
    if (b.re == 0 && b.im == 0) return (spy_complex128){1, 0};
    if (a.re == 0 && a.im == 0) {
        if (SPY_UNLIKELY(b.im != 0 || b.re < 0)) spy_zero_division(SPY_TEXT_COMPLEX_ZERO_POW, file, at);
        return (spy_complex128){0, 0};
    }
    if (b.im == 0 && b.re == __builtin_floor(b.re) && __builtin_fabs(b.re) <= 100) {
        return spy_complex128_whole_power(a, (int32_t)b.re, file, at);
    }
    double size = spy_complex128_abs(a.re, a.im);
    double angle = spy_math_atan2(a.im, a.re);
    double length = spy_power(size, b.re);
    double phase = angle * b.re;
    if (b.im != 0) {
        length *= spy_math_exp(-angle * b.im, SPY_NOWHERE);
        phase += b.im * spy_math_log(size, SPY_NOWHERE);
    }
    double infinite = phase - phase; /* nan for an infinite phase, for which sin and cos would raise */
    if (infinite != 0) return (spy_complex128){length * infinite, length * infinite};
    return (spy_complex128){length * spy_math_cos(phase, SPY_NOWHERE), length * spy_math_sin(phase, SPY_NOWHERE)};
}

SPY_API void spy_wasm_complex128_div(
    spy_complex128 *out, double a_re, double a_im, double b_re, double b_im, spy_file file, spy_at at) {
    *out = spy_complex128_div((spy_complex128){a_re, a_im}, (spy_complex128){b_re, b_im}, file, at);
}

SPY_API void spy_wasm_complex128_pow(
    spy_complex128 *out, double a_re, double a_im, double b_re, double b_im, spy_file file, spy_at at) {
    *out = spy_complex128_pow((spy_complex128){a_re, a_im}, (spy_complex128){b_re, b_im}, file, at);
}
