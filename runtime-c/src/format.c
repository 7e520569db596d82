/* Numbers as text: see include/spy/text.h. */

/* Writes up to `end`, 20 digits at most; the result is where they begin. */
static SPY_NOINLINE uint8_t *spy_digits_before(uint8_t *end, uint64_t x) {
    /* Division of words is several times slower for 64 bits than for 32. */
    SPY_COMPACT for (; x > SPY_UINT32_MAX; x /= 10) *--end = (uint8_t)('0' + x % 10);
    uint32_t small = (uint32_t)x;
    /* Each division waits for the one before it: two digits a time are half as many. */
    SPY_COMPACT for (; small >= 100; small /= 100) {
        uint32_t two = small % 100, tens = two * 103 >> 10;
        *--end = (uint8_t)('0' + two - 10 * tens);
        *--end = (uint8_t)('0' + tens);
    }
    if (small >= 10) {
        *--end = (uint8_t)('0' + small % 10);
        small /= 10;
    }
    *--end = (uint8_t)('0' + small);
    return end;
}

SPY_API SPY_NOINLINE uint32_t spy_format_u64(uint8_t *out, uint64_t x) {
    uint8_t digits[20];
    const uint8_t *first = spy_digits_before(digits + 20, x);
    uint32_t length = (uint32_t)(digits + 20 - first);
    SPY_COMPACT for (uint32_t i = 0; i < length; i++) out[i] = first[i];
    return length;
}

SPY_API uint32_t spy_format_i64(uint8_t *out, int64_t x) {
    if (x >= 0) return spy_format_u64(out, (uint64_t)x);
    *out = '-';
    return 1 + spy_format_u64(out + 1, 0 - (uint64_t)x);
}

/* -- the shortest decimal ----------------------------------------------------------------------------------------- */

/* The upper half of the product of two words. */
static uint64_t spy_multiply_high(uint64_t a, uint64_t b, uint64_t *low) {
    uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
    uint64_t p00 = a0 * b0, p01 = a0 * b1, p10 = a1 * b0, p11 = a1 * b1;
    /* Hidden from the optimiser, which would see one 128-bit product here and call a function of libgcc for it. */
    __asm__("" : "+r"(p01));
    uint64_t middle = (p00 >> 32) + (uint32_t)p01 + (uint32_t)p10;
    *low = middle << 32 | (uint32_t)p00;
    return p11 + (p01 >> 32) + (p10 >> 32) + (middle >> 32);
}

typedef struct {
    uint64_t high, low;
} spy_wide;

/*
 * 10^k as 128 bits that begin with a one, -292 <= k <= 324; above the true value by less than four units. Every 27th is
 * in the table, rounded up; the ones between are these times a power of five.
 */
static SPY_NOINLINE spy_wide spy_power_of_ten(int32_t k) {
    static const spy_wide every_27th[23] = {
        {0xff77b1fcbebcdc4full, 0x25e8e89c13bb0f7bull}, /* 10^-292 */
        {0xce5d73ff402d98e3ull, 0xfb0a3d212dc81290ull}, /* 10^-265 */
        {0xa6b34ad8c9dfc06full, 0xf42faa48c0ea481full}, /* 10^-238 */
        {0x86a8d39ef77164bcull, 0xae5dff9c02033198ull}, /* 10^-211 */
        {0xd98ddaee19068c76ull, 0x3badd624dd9b0958ull}, /* 10^-184 */
        {0xafbd2350644eeacfull, 0xe5d1929ef90898fbull}, /* 10^-157 */
        {0x8df5efabc5979c8full, 0xca8d3ffa1ef463c2ull}, /* 10^-130 */
        {0xe55990879ddcaabdull, 0xcc420a6a101d0516ull}, /* 10^-103 */
        {0xb94470938fa89bceull, 0xf808e40e8d5b3e6aull}, /* 10^-76 */
        {0x95a8637627989aadull, 0xdde7001379a44aa9ull}, /* 10^-49 */
        {0xf1c90080baf72cb1ull, 0x5324c68b12dd6339ull}, /* 10^-22 */
        {0xc350000000000000ull, 0x0000000000000000ull}, /* 10^5 */
        {0x9dc5ada82b70b59dull, 0xf020000000000000ull}, /* 10^32 */
        {0xfee50b7025c36a08ull, 0x02f236d04753d5b5ull}, /* 10^59 */
        {0xcde6fd5e09abcf26ull, 0xed4c0226b55e6f87ull}, /* 10^86 */
        {0xa6539930bf6bff45ull, 0x84db8346b786151dull}, /* 10^113 */
        {0x865b86925b9bc5c2ull, 0x0b8a2392ba45a9b3ull}, /* 10^140 */
        {0xd910f7ff28069da4ull, 0x1b2ba1518094da05ull}, /* 10^167 */
        {0xaf58416654a6babbull, 0x387ac8d1970027b3ull}, /* 10^194 */
        {0x8da471a9de737e24ull, 0x5ceaecfed289e5d3ull}, /* 10^221 */
        {0xe4d5e82392a40515ull, 0x0fabaf3feaa5334bull}, /* 10^248 */
        {0xb8da1662e7b00a17ull, 0x3d6a751f3b936244ull}, /* 10^275 */
        {0x95527a5202df0ccbull, 0x0f37801e0c43ebc9ull}, /* 10^302 */
    };
    uint32_t row = (uint32_t)(k + 292) / 27;
    uint32_t more = (uint32_t)(k + 292) % 27;
    spy_wide base = every_27th[row];
    if (more == 0) return base;
    uint64_t five = spy_power_of_int(5, more);
    uint64_t low, carry, middle;
    carry = spy_multiply_high(base.low, five, &low);
    uint64_t high = spy_multiply_high(base.high, five, &middle);
    middle += carry;
    high += middle < carry;
    uint32_t shift = (uint32_t)__builtin_clzll(high);
    spy_wide power = {high << shift | middle >> (64 - shift), middle << shift | low >> (64 - shift)};
    if (++power.low == 0) power.high++;
    return power;
}

/* floor of the exact product of a 128-bit factor and c, without its lower 128 bits; the last bit also stands for what
 * was cut off. */
static SPY_NOINLINE uint64_t spy_round_to_odd(spy_wide g, uint64_t c) {
    uint64_t unused, low;
    uint64_t carry = spy_multiply_high(g.low, c, &unused);
    uint64_t high = spy_multiply_high(g.high, c, &low);
    low += carry;
    high += low < carry;
    return high | (low > 1);
}

/* A number as digits * 10^exponent. */
typedef struct {
    uint64_t digits;
    int32_t exponent;
} spy_decimal;

/*
 * The shortest decimal that rounds to c * 2^q, of several the closest (R. Giulietti, The Schubfach way to render
 * doubles). `narrow_below`: the next smaller number is only half as far away as the next larger one.
 */
static spy_decimal spy_shortest(uint64_t c, int32_t q, bool narrow_below) {
    /* k = floor(log10 of the distance between neighbours); 2^19 and 2^22 times the logarithms */
    int32_t k = narrow_below ? (q * 1262611 - 524031) >> 22 : (q * 1262611) >> 22;
    int32_t h = q + ((-k * 1741647) >> 19) + 1;
    spy_wide g = spy_power_of_ten(-k);
    uint64_t below = spy_round_to_odd(g, (4 * c - 2 + narrow_below) << h);
    uint64_t value = spy_round_to_odd(g, (4 * c) << h);
    uint64_t above = spy_round_to_odd(g, (4 * c + 2) << h);
    /* Even significands own the ends of their interval. */
    uint64_t lower = below + (c & 1);
    uint64_t upper = above - (c & 1);
    uint64_t s = value / 4;
    if (s >= 10) {
        /* One digit less, if exactly one neighbour with that is inside. */
        uint64_t tens = s / 10;
        bool under = lower <= 40 * tens;
        bool over = 40 * tens + 40 <= upper;
        if (under != over) return (spy_decimal){tens + over, k + 1};
    }
    bool under = lower <= 4 * s;
    bool over = 4 * s + 4 <= upper;
    if (under != over) return (spy_decimal){s + over, k};
    uint64_t middle = 4 * s + 2;
    bool up = value > middle || (value == middle && (s & 1));
    return (spy_decimal){s + up, k};
}

/* Python's layout: positional for 10^-4 <= x < 10^16, else scientific with a sign and two digits of exponent. */
static uint32_t spy_lay_out(uint8_t *out, spy_decimal x, bool whole) {
    SPY_COMPACT while (x.digits % 10 == 0) x.digits /= 10, x.exponent++;
    uint8_t digits[20];
    int32_t count = (int32_t)spy_format_u64(digits, x.digits);
    int32_t point = count + x.exponent; /* the value is 0.ddd * 10^point */
    uint8_t *start = out;
    int32_t i = 0;
    if (point > 16 || point < -3) {
        *out++ = digits[i++];
        if (count > 1) *out++ = '.';
        SPY_COMPACT while (i < count) *out++ = digits[i++];
        *out++ = 'e';
        int32_t exponent = point - 1;
        *out++ = exponent < 0 ? '-' : '+';
        if (exponent < 0) exponent = -exponent;
        if (exponent < 10) *out++ = '0';
        out += spy_format_u64(out, (uint64_t)exponent);
        return (uint32_t)(out - start);
    }
    if (point <= 0) {
        *out++ = '0';
        *out++ = '.';
        SPY_COMPACT for (; point < 0; point++) *out++ = '0';
        SPY_COMPACT while (i < count) *out++ = digits[i++];
        return (uint32_t)(out - start);
    }
    SPY_COMPACT while (i < count) {
        if (i == point) *out++ = '.';
        *out++ = digits[i++];
    }
    SPY_COMPACT for (; i < point; i++) *out++ = '0';
    if (whole && count <= point) {
        *out++ = '.';
        *out++ = '0';
    }
    return (uint32_t)(out - start);
}

/* What both widths share: `field` and `fraction` of the bits, `bits` of fraction, the exponent bias. */
static uint32_t spy_format_float(
    uint8_t *out, bool negative, uint32_t field, uint32_t last_field, uint64_t fraction, int32_t bits, int32_t bias, bool whole) {
    uint8_t *start = out;
    const char *word = NULL;
    if (field == last_field && fraction != 0) word = "nan", negative = false;
    else if (field == last_field) word = "inf";
    else if (field == 0 && fraction == 0) word = whole ? "0.0" : "0";
    if (negative) *out++ = '-';
    if (word != NULL) {
        SPY_COMPACT while (*word != 0) *out++ = (uint8_t)*word++;
        return (uint32_t)(out - start);
    }
    uint64_t c = field == 0 ? fraction : fraction | 1ull << bits;
    int32_t q = (int32_t)(field == 0 ? 1 : field) - bias - bits;
    /* Whole numbers that are exact need no search. */
    spy_decimal x;
    if (q <= 0 && q > -bits - 1 && (c & ((1ull << -q) - 1)) == 0) x = (spy_decimal){c >> -q, 0};
    else x = spy_shortest(c, q, fraction == 0 && field > 1);
    out += spy_lay_out(out, x, whole);
    return (uint32_t)(out - start);
}

SPY_API uint32_t spy_format_f64(uint8_t *out, double x, bool whole) {
    uint64_t bits = spy_bits_of(x);
    return spy_format_float(out, bits >> 63, (uint32_t)(bits >> 52) & 0x7ff, 0x7ff, bits & ((1ull << 52) - 1), 52, 1023, whole);
}

SPY_API uint32_t spy_format_f32(uint8_t *out, float x, bool whole) {
    union {
        float x;
        uint32_t bits;
    } both = {x};
    return spy_format_float(
        out, both.bits >> 31, both.bits >> 23 & 0xff, 0xff, both.bits & 0x7fffff, 23, 127, whole);
}

/* `1.5j`, `(1+2j)`: a real part of +0 is left out. */
SPY_API uint32_t spy_format_complex128(uint8_t *out, double re, double im) {
    uint8_t *start = out;
    bool both = spy_bits_of(re) != 0;
    if (both) {
        *out++ = '(';
        out += spy_format_f64(out, re, false);
        if (!(spy_bits_of(im) >> 63) || im != im) *out++ = '+';
    }
    out += spy_format_f64(out, im, false);
    *out++ = 'j';
    if (both) *out++ = ')';
    return (uint32_t)(out - start);
}

static spy_str *spy_integer_to_str(uint64_t size, bool negative) {
    uint8_t text[SPY_NUMBER_ROOM];
    uint8_t *end = text + SPY_NUMBER_ROOM;
    uint8_t *first = spy_digits_before(end, size);
    if (negative) *--first = '-';
    uint32_t length = (uint32_t)(end - first);
    return spy_str_from_utf8(first, length, length);
}

SPY_API spy_str *spy_i64_to_str(int64_t x) {
    return spy_integer_to_str(x < 0 ? 0 - (uint64_t)x : (uint64_t)x, x < 0);
}

SPY_API spy_str *spy_u64_to_str(uint64_t x) { return spy_integer_to_str(x, false); }

SPY_API spy_str *spy_f64_to_str(double x) {
    uint8_t text[SPY_NUMBER_ROOM];
    uint32_t length = spy_format_f64(text, x, true);
    return spy_str_from_utf8(text, length, length);
}

SPY_API spy_str *spy_f32_to_str(float x) {
    uint8_t text[SPY_NUMBER_ROOM];
    uint32_t length = spy_format_f32(text, x, true);
    return spy_str_from_utf8(text, length, length);
}

SPY_API spy_str *spy_complex128_to_str(double re, double im) {
    uint8_t text[2 * SPY_NUMBER_ROOM];
    uint32_t length = spy_format_complex128(text, re, im);
    return spy_str_from_utf8(text, length, length);
}
