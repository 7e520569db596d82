/* Numbers: what is too long to be inline. See include/spy/numbers.h. */

SPY_API SPY_COLD void spy_zero_division(const char *message, spy_file file, spy_at at) {
    spy_panic("ZeroDivisionError", message, file, at);
}

SPY_API SPY_COLD void spy_value_error(const char *message, spy_file file, spy_at at) {
    spy_panic("ValueError", message, file, at);
}

SPY_API uint64_t spy_power_of_int(uint64_t base, uint64_t exponent) {
    uint64_t result = 1;
    for (; exponent != 0; exponent >>= 1) {
        if (exponent & 1) result *= base;
        base *= base;
    }
    return result;
}

static inline uint64_t spy_bits_of(double x) {
    union {
        double x;
        uint64_t bits;
    } both = {x};
    return both.bits;
}

static inline double spy_double_of(uint64_t bits) {
    union {
        uint64_t bits;
        double x;
    } both = {bits};
    return both.x;
}

/*
 * Long division of the significands, eleven bits at a time: that is the room a 53-bit remainder has in a word. Every
 * step is exact, and so is the result.
 */
SPY_API double spy_fmod(double x, double y) {
    uint64_t sign = spy_bits_of(x) & 1ull << 63;
    uint64_t bx = spy_bits_of(x) ^ sign;
    uint64_t by = spy_bits_of(y) & ~(1ull << 63);
    uint64_t infinity = 0x7ffull << 52;
    if (bx >= infinity || by > infinity || by == 0) return (x * y) / (x * y);
    if (bx < by) return x;
    /* Significands with exponents that leave them whole numbers of the same unit; subnormals have exponent 1. */
    int32_t ex = (int32_t)(bx >> 52);
    int32_t ey = (int32_t)(by >> 52);
    uint64_t mx = bx & ((1ull << 52) - 1);
    uint64_t my = by & ((1ull << 52) - 1);
    if (ex == 0) ex = 1;
    else mx |= 1ull << 52;
    if (ey == 0) ey = 1;
    else my |= 1ull << 52;
    int32_t steps = ex - ey;
    uint64_t r = mx % my;
    for (; steps > 11 && r != 0; steps -= 11) r = (r << 11) % my;
    if (steps > 0 && r != 0) r = (r << steps) % my;
    if (r == 0) return spy_double_of(sign);
    /* r * 2^(ey - 1) in subnormal units, put back into a double */
    int32_t shift = __builtin_clzll(r) - 11;
    if (ey > shift) return spy_double_of(sign | (((uint64_t)(ey - shift) << 52) + (r << shift) - (1ull << 52)));
    return spy_double_of(sign | r << (ey - 1));
}

SPY_API double spy_f64_floordiv(double x, double y, spy_file file, spy_at at) {
    if (SPY_UNLIKELY(y == 0)) spy_zero_division(SPY_TEXT_FLOAT_FLOORDIV, file, at);
    double m = spy_fmod(x, y);
    double q = (x - m) / y;
    if (m != 0 && (m < 0) != (y < 0)) q -= 1;
    if (q == 0) return __builtin_copysign(0.0, x / y);
    double whole = __builtin_floor(q);
    return q - whole > 0.5 ? whole + 1 : whole;
}

SPY_API double spy_f64_mod(double x, double y, spy_file file, spy_at at) {
    if (SPY_UNLIKELY(y == 0)) spy_zero_division(SPY_TEXT_FLOAT_MOD, file, at);
    double m = spy_fmod(x, y);
    if (m == 0) return __builtin_copysign(0.0, y);
    return (m < 0) != (y < 0) ? m + y : m;
}

/* The same in single precision: the remainder is exact whatever the precision, every other step rounds. */
SPY_API float spy_f32_floordiv(float x, float y, spy_file file, spy_at at) {
    if (SPY_UNLIKELY(y == 0)) spy_zero_division(SPY_TEXT_FLOAT_FLOORDIV, file, at);
    float m = (float)spy_fmod(x, y);
    float q = (x - m) / y;
    if (m != 0 && (m < 0) != (y < 0)) q -= 1;
    if (q == 0) return __builtin_copysignf(0.0f, x / y);
    float whole = __builtin_floorf(q);
    return q - whole > 0.5f ? whole + 1 : whole;
}

SPY_API float spy_f32_mod(float x, float y, spy_file file, spy_at at) {
    if (SPY_UNLIKELY(y == 0)) spy_zero_division(SPY_TEXT_FLOAT_MOD, file, at);
    float m = (float)spy_fmod(x, y);
    if (m == 0) return __builtin_copysignf(0.0f, y);
    return (m < 0) != (y < 0) ? m + y : m;
}

SPY_API double spy_f64_pow(double x, double y, spy_file file, spy_at at) {
    if (SPY_UNLIKELY(x == 0 && y < 0)) spy_zero_division(SPY_TEXT_FLOAT_ZERO_POW, file, at);
    if (SPY_UNLIKELY(x < 0 && y != __builtin_floor(y) && y == y)) spy_value_error(SPY_TEXT_MATH_DOMAIN, file, at);
    return spy_power(x, y);
}

SPY_API float spy_f32_pow(float x, float y, spy_file file, spy_at at) {
    return (float)spy_f64_pow((double)x, (double)y, file, at);
}

SPY_API int32_t spy_hash_bytes(const uint8_t *bytes, uint32_t length) {
    uint32_t h = 2166136261u;
    for (uint32_t i = 0; i < length; i++) h = (h ^ bytes[i]) * 16777619u;
    return h == SPY_UINT32_MAX ? -2 : h == 0 ? 1 : (int32_t)h;
}

SPY_API int32_t spy_hash_f64(double x) {
    uint64_t bits = x == 0 ? 0 : x != x ? 0x7ff8ull << 48 : spy_bits_of(x);
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++) bytes[i] = (uint8_t)(bits >> 8 * i);
    return spy_hash_bytes(bytes, 8);
}
