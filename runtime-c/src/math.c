/* Module math: see include/spy/math.h. Comments on the methods stand in src/runtime/numbers/math, which this follows
 * step by step: every operation here has its equal there, in the same order. */

static const double spy_pio2 = 1.5707963267948966, spy_pio2_low = 6.123233995736766e-17;
static const double spy_pio4 = 0.7853981633974483, spy_pio4_low = 3.061616997868383e-17;
static const double spy_infinity = __builtin_inf();

/* -- words of doubles -------------------------------------------------------------------------------------------- */

static inline int32_t spy_high_word(double x) { return (int32_t)(spy_bits_of(x) >> 32); }

static inline double spy_with_high_word(double x, int32_t high) {
    return spy_double_of((spy_bits_of(x) & 0xffffffffu) | (uint64_t)(uint32_t)high << 32);
}

static inline double spy_upper_half(double x) { return spy_double_of(spy_bits_of(x) >> 32 << 32); }

static inline double spy_power_of_two(int32_t n) { return spy_double_of((uint64_t)(n + 1023) << 52); }

/* Nearest integer, ties to even, |x| < 2^51. */
static inline double spy_round_to_even(double x) {
    double shift = 6755399441055744.0;
    return x + shift - shift;
}

/* The rounding error of product = a * b, exactly (Dekker). */
static double spy_product_error(double a, double b, double product) {
    double ta = a * 134217729.0;
    double ah = ta - (ta - a);
    double al = a - ah;
    double tb = b * 134217729.0;
    double bh = tb - (tb - b);
    double bl = b - bh;
    return ah * bh - product + ah * bl + al * bh + al * bl;
}

/* -- exponential and logarithm ------------------------------------------------------------------------------------ */

static double spy_scale(double y, double k) {
    int32_t n = (int32_t)k;
    if (n > 1023) return y * spy_power_of_two(1023) * spy_power_of_two(n - 1023);
    if (n < -1021) return y * spy_power_of_two(n + 1000) * spy_power_of_two(-1000);
    return y * spy_power_of_two(n);
}

static const double spy_ln2_high = 0.6931471803691238, spy_ln2_low = 1.9082149292705877e-10;

/* e^(high + low) for -746 < high < 710. */
static double spy_exponential(double high, double low) {
    double k = spy_round_to_even(high * 1.4426950408889634);
    double reduced = high - k * spy_ln2_high;
    double correction = low - k * spy_ln2_low;
    double r = reduced + correction;
    double moved = r - reduced;
    double rest = reduced - (r - moved) + (correction - moved);

    double rr = r * r;
    double c = r - rr * (0.16666666666666602 +
                         rr * (-0.0027777777777015593 +
                               rr * (6.613756321437934e-5 + rr * (-1.6533902205465252e-6 + rr * 4.1381367970572385e-8))));
    double tail = (r * c) / (2 - c) + (rest + rest * r);
    double sum = r + tail;
    double sum_error = r - sum + tail;
    double y = 1 + sum;
    return spy_scale(y + (1 - y + sum + sum_error), k);
}

struct spy_logarithm {
    double high, low;
};

/* ln x as a sum of two doubles, for finite x > 0. */
static struct spy_logarithm spy_logarithm_of(double x) {
    int32_t exponent = -1023;
    int32_t bits = spy_high_word(x);
    if (bits < 0x00100000) {
        x *= 18014398509481984.0;
        bits = spy_high_word(x);
        exponent -= 54;
    }
    bits += 0x3ff00000 - 0x3fe6a09e;
    exponent += bits >> 20;
    double k = exponent;
    double m = spy_with_high_word(x, (bits & 0x000fffff) + 0x3fe6a09e);

    double f = m - 1;
    double d = m + 1;
    double d_low = m - (d - 1);
    double s = f / d;
    double sd = s * d;
    double s_low = (f - sd - spy_product_error(s, d, sd) - s * d_low) / d;
    double z = s * s;
    double z_low = spy_product_error(s, s, z) + 2 * s * s_low;
    double third = z * (1.0 / 3);
    double third_low = spy_product_error(z, 1.0 / 3, third) + (z * 1.850371707708594e-17 + z_low * (1.0 / 3));
    double q = z * z *
               (0.2 + z * (0.142857142857143 +
                           z * (0.11111111111070107 +
                                z * (0.09090909113141939 +
                                     z * (0.07692303177946223 +
                                          z * (0.06667102232253053 +
                                               z * (0.058608658735881045 + z * 0.057836758647956725)))))));
    double t = third + q;
    double t_low = third - t + q + third_low;
    double st = s * t;
    double st_low = spy_product_error(s, t, st) + (s * t_low + s_low * t) + s_low;
    double a = s + st;
    double a_low = s - a + st + st_low;
    double base = k * spy_ln2_high;
    double sum = base + 2 * a;
    double sum_low = k == 0 ? 2 * a_low : base - sum + 2 * a + (2 * a_low + k * spy_ln2_low);
    double high = sum + sum_low;
    return (struct spy_logarithm){high, sum - high + sum_low};
}

SPY_API double spy_math_exp(double x, spy_file file, spy_at at) {
    (void)file, (void)at; /* all functions of the module that can be called with any double take a place */
    if (x != x) return x;
    if (x > 710) return spy_infinity;
    if (x < -746) return 0;
    return spy_exponential(x, 0);
}

SPY_API double spy_math_log(double x, spy_file file, spy_at at) {
    if (SPY_UNLIKELY(x <= 0)) spy_value_error(SPY_TEXT_MATH_DOMAIN, file, at);
    if (!(x < spy_infinity)) return x;
    return spy_logarithm_of(x).high;
}

/* ln x times a factor given as a sum of two doubles. */
static double spy_logarithm_times(double x, double factor, double factor_low, spy_file file, spy_at at) {
    if (SPY_UNLIKELY(x <= 0)) spy_value_error(SPY_TEXT_MATH_DOMAIN, file, at);
    if (!(x < spy_infinity)) return x;
    struct spy_logarithm ln = spy_logarithm_of(x);
    double high = ln.high * factor;
    return high + (spy_product_error(ln.high, factor, high) + (ln.high * factor_low + ln.low * factor));
}

SPY_API double spy_math_log10(double x, spy_file file, spy_at at) {
    return spy_logarithm_times(x, 0.4342944819032518, 1.098319650216765e-17, file, at);
}

SPY_API double spy_math_log2(double x, spy_file file, spy_at at) {
    return spy_logarithm_times(x, 1.4426950408889634, 2.0355273740931033e-17, file, at);
}

/* -- powers ------------------------------------------------------------------------------------------------------ */

/* x > 0 and finite, y not 0. */
static double spy_positive_power(double x, double y) {
    if (x == 1) return 1;
    if (__builtin_fabs(y) > 36893488147419103232.0) return (x > 1) == (y > 0) ? spy_infinity : 0;
    struct spy_logarithm ln = spy_logarithm_of(x);
    double high = y * ln.high;
    double low = spy_product_error(y, ln.high, high) + y * ln.low;
    if (high > 710) return spy_infinity;
    if (high < -746) return 0;
    return spy_exponential(high, low);
}

SPY_API double spy_power(double x, double y) {
    if (y == 0 || x == 1) return 1;
    if (x != x || y != y) return __builtin_nan("");
    double size = __builtin_fabs(x);
    if (size == 1 && __builtin_fabs(y) == spy_infinity) return 1;
    bool whole = y == __builtin_floor(y);
    bool odd = whole && y * 0.5 != __builtin_floor(y * 0.5);
    bool negative = odd && spy_bits_of(x) >> 63;
    if (size == 0 || size == spy_infinity) {
        double limit = (size == 0) == (y > 0) ? 0 : spy_infinity;
        return negative ? -limit : limit;
    }
    if (x < 0 && !whole) return __builtin_nan("");
    if (y == 2) return x * x;
    if (y == 1) return x;
    if (y == -1) return 1 / x;
    if (y == 0.5) return __builtin_sqrt(x);
    double result = spy_positive_power(size, y);
    return negative ? -result : result;
}

SPY_API double spy_math_pow(double x, double y, spy_file file, spy_at at) {
    double result = spy_power(x, y);
    bool finite = __builtin_fabs(x) < spy_infinity && __builtin_fabs(y) < spy_infinity;
    if (SPY_UNLIKELY(finite && (result != result || (x == 0 && y < 0)))) {
        spy_value_error(SPY_TEXT_MATH_DOMAIN, file, at);
    }
    return result;
}

/* -- sin, cos, tan ----------------------------------------------------------------------------------------------- */

struct spy_reduced {
    int32_t quadrant;
    double high, low;
};

/* Payne and Hanek's reduction in integers, for |x| >= 2^20 or so: 192 bits of m 2^e 2/pi modulo 4. */
static SPY_NOINLINE struct spy_reduced spy_reduce_large(double x) {
    /* Two words of zeros, then the first 1184 bits of 2/pi. */
    static const uint32_t two_over_pi[39] = {
        0,          0,          0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599, 0x3c439041,
        0xfe5163ab, 0xdebbc561, 0xb7246e3a, 0x424dd2e0, 0x06492eea, 0x09d1921c, 0xfe1deb1c, 0xb129a73e,
        0xe88235f5, 0x2ebb4484, 0xe99c7026, 0xb45f7e41, 0x3991d639, 0x835339f4, 0x9c845f8b, 0xbdf9283b,
        0x1ff897ff, 0xde05980f, 0xef2f118b, 0x5a0a6d1f, 0x6d367ecf, 0x27cb09b7, 0x4f463f66, 0x9e5fea2d,
        0x7527bac7, 0xebe5f17b, 0x3d0739f7, 0x8a5292ea, 0x6bfb5fb1, 0x1f8d5d08, 0x56033046,
    };
    uint64_t bits = spy_bits_of(x) & ~(1ull << 63);
    uint64_t m = (bits & ((1ull << 52) - 1)) | 1ull << 52;
    int32_t e = (int32_t)(bits >> 52) - 1075;
    /* product = m * window modulo 2^192, in six words, lowest first. The window begins at bit e - 1 of 2/pi. */
    uint32_t first = (uint32_t)(e - 2 + 64);
    uint32_t product[6];
    uint64_t carry_low = 0, carry_high = 0; /* together 96 bits: what is left of the words so far */
    uint32_t m_low = (uint32_t)m, m_high = (uint32_t)(m >> 32);
    for (int32_t i = 5; i >= 0; i--) {
        uint32_t word = first / 32 + (uint32_t)i;
        uint64_t pair = (uint64_t)two_over_pi[word] << 32 | (word < 38 ? two_over_pi[word + 1] : 0);
        uint32_t w = (uint32_t)(pair << (first % 32) >> 32);
        uint64_t low = carry_low + (uint64_t)w * m_low;
        product[5 - i] = (uint32_t)low;
        uint64_t next = (low >> 32) + carry_high + (uint64_t)w * m_high;
        carry_low = next & 0xffffffffu;
        carry_high = next >> 32;
    }
    int32_t quadrant = (int32_t)(product[5] >> 30);
    product[5] &= 0x3fffffff;
    bool negative = product[5] >> 29;
    if (negative) { /* the fraction is above one half: the next quadrant is nearer */
        quadrant++;
        uint64_t borrow = 0;
        for (int i = 0; i < 6; i++) {
            uint64_t difference = 0 - (uint64_t)product[i] - borrow;
            product[i] = (uint32_t)difference;
            borrow = difference >> 32 != 0;
        }
        product[5] &= 0x3fffffff;
    }
    /* The fraction, of weight 2^-190, as two doubles of 53 bits each, truncated. */
    int32_t length = 192;
    while (length > 0 && !(product[(length - 1) / 32] >> (length - 1) % 32 & 1)) length--;
    double parts[2] = {0, 0};
    for (int part = 0; part < 2 && length > 0; part++) {
        int32_t low = length - 53 * (part + 1);
        uint64_t digits = 0;
        for (int32_t i = 52; i >= 0; i--) {
            int32_t bit = low + i;
            digits = digits << 1 | (bit >= 0 ? product[bit / 32] >> bit % 32 & 1 : 0);
        }
        parts[part] = (double)digits * spy_power_of_two(low - 190);
    }
    double product0 = parts[0] * spy_pio2;
    double product1 = spy_product_error(parts[0], spy_pio2, product0) + (parts[0] * spy_pio2_low + parts[1] * spy_pio2);
    double sum = product0 + product1;
    double sum_low = product0 - sum + product1;
    if (negative != (x < 0)) sum = -sum, sum_low = -sum_low;
    return (struct spy_reduced){(x < 0 ? -quadrant : quadrant) & 3, sum, sum_low};
}

/* x = quadrant pi/2 + high + low, for finite |x| > pi/4. */
static struct spy_reduced spy_reduce(double x) {
    if (__builtin_fabs(x) >= 1647099) return spy_reduce_large(x);
    double n = spy_round_to_even(x * 0.6366197723675814);
    double rest = x - n * 1.5707963267341256;
    double w = n * 6.077100506506192e-11;
    double high = rest - w;
    int32_t exponent = spy_high_word(x) >> 20 & 0x7ff;
    if (exponent - (spy_high_word(high) >> 20 & 0x7ff) > 16) {
        double before = rest;
        w = n * 6.077100506303966e-11;
        rest = before - w;
        w = n * 2.0222662487959506e-21 - (before - rest - w);
        high = rest - w;
        if (exponent - (spy_high_word(high) >> 20 & 0x7ff) > 49) {
            before = rest;
            w = n * 2.0222662487111665e-21;
            rest = before - w;
            w = n * 8.4784276603689e-32 - (before - rest - w);
            high = rest - w;
        }
    }
    return (struct spy_reduced){(int32_t)n & 3, high, rest - high - w};
}

static double spy_sin_small(double x, double low) {
    double z = x * x;
    double w = z * z;
    double r = 0.00833333333332249 + z * (-0.0001984126982985795 + z * 2.7557313707070068e-6) +
               z * w * (-2.5050760253406863e-8 + z * 1.58969099521155e-10);
    double v = z * x;
    return x - (z * (0.5 * low - v * r) - low - v * -0.16666666666666632);
}

static double spy_cos_small(double x, double low) {
    double z = x * x;
    double w = z * z;
    double r = z * (0.0416666666666666 + z * (-0.001388888888887411 + z * 2.480158728947673e-5)) +
               w * w * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11));
    double half = 0.5 * z;
    double y = 1 - half;
    return y + (1 - y - half + (z * r - x * low));
}

static double spy_tan_small(double x, double low, bool odd) {
    bool large = __builtin_fabs(x) >= 0.67434;
    bool flip = large && x < 0;
    if (large) {
        if (flip) x = -x, low = -low;
        x = spy_pio4 - x + (spy_pio4_low - low);
        low = 0;
    }
    double z = x * x;
    double w = z * z;
    double even = 0.13333333333320124 +
                  w * (0.021869488294859542 +
                       w * (0.0035920791075913124 +
                            w * (0.0005880412408202641 + w * (7.817944429395571e-5 + w * -1.8558637485527546e-5))));
    double rest = z * (0.05396825397622605 +
                       w * (0.0088632398235993 +
                            w * (0.0014562094543252903 +
                                 w * (0.0002464631348184699 + w * (7.140724913826082e-5 + w * 2.590730518636337e-5)))));
    double cube = z * x;
    double r = low + z * (cube * (even + rest) + low) + cube * 0.3333333333333341;
    double y = x + r;
    if (large) {
        double s = odd ? -1 : 1;
        double v = s - 2 * (x + (r - (y * y) / (y + s)));
        return flip ? -v : v;
    }
    if (!odd) return y;
    double y_high = spy_upper_half(y);
    double y_low = r - (y_high - x);
    double a = -1 / y;
    double a_high = spy_upper_half(a);
    return a_high + a * (1 + a_high * y_high + a_high * y_low);
}

#define SPY_TINY 1.4901161193847656e-8 /* 2^-26 */

SPY_API double spy_math_sin(double x, spy_file file, spy_at at) {
    double size = __builtin_fabs(x);
    if (size <= spy_pio4) return size < SPY_TINY ? x : spy_sin_small(x, 0);
    if (SPY_UNLIKELY(!(size < spy_infinity))) {
        if (x == x) spy_value_error(SPY_TEXT_MATH_DOMAIN, file, at);
        return x;
    }
    struct spy_reduced reduced = spy_reduce(x);
    double y = reduced.quadrant & 1 ? spy_cos_small(reduced.high, reduced.low) : spy_sin_small(reduced.high, reduced.low);
    return reduced.quadrant & 2 ? -y : y;
}

SPY_API double spy_math_cos(double x, spy_file file, spy_at at) {
    double size = __builtin_fabs(x);
    if (size <= spy_pio4) return spy_cos_small(x, 0);
    if (SPY_UNLIKELY(!(size < spy_infinity))) {
        if (x == x) spy_value_error(SPY_TEXT_MATH_DOMAIN, file, at);
        return x;
    }
    struct spy_reduced reduced = spy_reduce(x);
    double y = reduced.quadrant & 1 ? spy_sin_small(reduced.high, reduced.low) : spy_cos_small(reduced.high, reduced.low);
    return (reduced.quadrant + 1) & 2 ? -y : y;
}

SPY_API double spy_math_tan(double x, spy_file file, spy_at at) {
    double size = __builtin_fabs(x);
    if (size <= spy_pio4) return size < SPY_TINY ? x : spy_tan_small(x, 0, false);
    if (SPY_UNLIKELY(!(size < spy_infinity))) {
        if (x == x) spy_value_error(SPY_TEXT_MATH_DOMAIN, file, at);
        return x;
    }
    struct spy_reduced reduced = spy_reduce(x);
    return spy_tan_small(reduced.high, reduced.low, reduced.quadrant & 1);
}

/* -- inverses ---------------------------------------------------------------------------------------------------- */

static double spy_asin_rest(double z) {
    double p = z * (0.16666666666666666 +
                    z * (-0.3255658186224009 +
                         z * (0.20121253213486293 +
                              z * (-0.04005553450067941 + z * (0.0007915349942898145 + z * 3.479331075960212e-5)))));
    double q = 1 + z * (-2.403394911734414 +
                        z * (2.0209457602335057 + z * (-0.6882839716054533 + z * 0.07703815055590194)));
    return p / q;
}

SPY_API double spy_math_asin(double x, spy_file file, spy_at at) {
    double size = __builtin_fabs(x);
    if (SPY_UNLIKELY(size > 1)) spy_value_error(SPY_TEXT_MATH_DOMAIN, file, at);
    if (x != x) return x;
    if (size == 1) return x * spy_pio2;
    if (size < 0.5) return size < SPY_TINY / 2 ? x : x + x * spy_asin_rest(x * x);
    double z = (1 - size) * 0.5;
    double s = __builtin_sqrt(z);
    double r = spy_asin_rest(z);
    double y;
    if (size >= 0.975) {
        y = spy_pio2 - (2 * (s + s * r) - spy_pio2_low);
    } else {
        double high = spy_upper_half(s);
        double low = (z - high * high) / (s + high);
        y = 0.5 * spy_pio2 - (2 * s * r - (spy_pio2_low - 2 * low) - (0.5 * spy_pio2 - 2 * high));
    }
    return x < 0 ? -y : y;
}

SPY_API double spy_math_acos(double x, spy_file file, spy_at at) {
    double size = __builtin_fabs(x);
    if (SPY_UNLIKELY(size > 1)) spy_value_error(SPY_TEXT_MATH_DOMAIN, file, at);
    if (x != x) return x;
    if (x == 1) return 0;
    if (x == -1) return 3.141592653589793;
    if (size < 0.5) {
        return size < 6.938893903907228e-18 ? spy_pio2 : spy_pio2 - (x - (spy_pio2_low - x * spy_asin_rest(x * x)));
    }
    double z = (x < 0 ? 1 + x : 1 - x) * 0.5;
    double s = __builtin_sqrt(z);
    if (x < 0) {
        double w = spy_asin_rest(z) * s - spy_pio2_low;
        return 2 * (spy_pio2 - (s + w));
    }
    double high = spy_upper_half(s);
    double low = (z - high * high) / (s + high);
    return 2 * (high + (spy_asin_rest(z) * s + low));
}

static double spy_atan_rest(double t) {
    double z = t * t;
    double w = z * z;
    double even = z * (0.3333333333333293 +
                       w * (0.14285714272503466 +
                            w * (0.09090887133436507 +
                                 w * (0.06661073137387531 + w * (0.049768779946159324 + w * 0.016285820115365782)))));
    double odd = w * (-0.19999999999876483 +
                      w * (-0.11111110405462356 +
                           w * (-0.0769187620504483 + w * (-0.058335701337905735 + w * -0.036531572744216916))));
    return even + odd;
}

SPY_API double spy_math_atan(double x) {
    if (x != x) return x;
    double size = __builtin_fabs(x);
    if (size >= 73786976294838206464.0) return x < 0 ? -spy_pio2 : spy_pio2;
    if (size < 0.4375) return size < SPY_TINY / 2 ? x : x - x * spy_atan_rest(x);
    double base, base_low, t;
    if (size < 0.6875) base = 0.4636476090008061, base_low = 2.2698777452961687e-17, t = (2 * size - 1) / (2 + size);
    else if (size < 1.1875) base = spy_pio4, base_low = spy_pio4_low, t = (size - 1) / (size + 1);
    else if (size < 2.4375) base = 0.982793723247329, base_low = 1.3903311031230998e-17, t = (size - 1.5) / (1 + 1.5 * size);
    else base = spy_pio2, base_low = spy_pio2_low, t = -1 / size;
    double y = base - (t * spy_atan_rest(t) - base_low - t);
    return x < 0 ? -y : y;
}

SPY_API double spy_math_atan2(double y, double x) {
    if (x != x || y != y) return __builtin_nan("");
    bool below = spy_bits_of(y) >> 63;
    bool left = spy_bits_of(x) >> 63;
    double height = __builtin_fabs(y);
    double width = __builtin_fabs(x);
    double pi = 3.141592653589793;
    double angle;
    if (height == 0) {
        angle = left ? pi : 0;
    } else if (width == 0) {
        angle = spy_pio2;
    } else if (width == spy_infinity) {
        if (height == spy_infinity) angle = left ? 3 * spy_pio4 : spy_pio4;
        else angle = left ? pi : 0;
    } else if (height == spy_infinity) {
        angle = spy_pio2;
    } else {
        double z = spy_math_atan(height / width);
        angle = left ? pi - (z - 1.2246467991473532e-16) : z;
    }
    return below ? -angle : angle;
}
