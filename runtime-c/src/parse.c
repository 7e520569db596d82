/* Text as numbers: see include/spy/text.h. */

/* -- blanks ------------------------------------------------------------------------------------------------------ */

/* The part of a text that is being read. */
typedef struct {
    const uint8_t *at, *end;
} spy_reader;

static bool spy_is_blank(uint32_t code) {
    return code == ' ' || (code >= 9 && code <= 13) || (code >= 0x1c && code <= 0x1f) || code == 0x85 || code == 0xa0 ||
           code == 0x1680 || (code >= 0x2000 && code <= 0x200a) || code == 0x2028 || code == 0x2029 || code == 0x202f ||
           code == 0x205f || code == 0x3000;
}

/* What Python's str.strip leaves. */
static spy_reader spy_strip(spy_reader text) {
    while (text.at < text.end && spy_is_blank(spy_decode(text.at))) text.at += spy_width(*text.at);
    while (text.at < text.end) {
        const uint8_t *last = text.end - 1;
        while (spy_is_continuation(*last)) last--;
        if (!spy_is_blank(spy_decode(last))) break;
        text.end = last;
    }
    return text;
}

static spy_reader spy_read(const spy_str *s) { return (spy_reader){s->utf8, s->utf8 + s->length}; }

static inline bool spy_is_digit(uint8_t c) { return c >= '0' && c <= '9'; }

/* Lower case for letters of ASCII. */
static inline uint8_t spy_lower(uint8_t c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }

/* The character at the reader, or 0 at its end. */
static inline uint8_t spy_peek(const spy_reader *r) { return r->at < r->end ? *r->at : 0; }

/* -- errors ------------------------------------------------------------------------------------------------------ */

/* A message that ends in the text between quotes. */
static SPY_COLD void spy_panic_literal(const char *before, const spy_str *s, spy_file file, spy_at at) {
    uint32_t length = spy_cstring_length(before);
    spy_str *message = spy_str_alloc(length + spy_quote(NULL, s));
    spy_memcpy(message->utf8, before, length);
    spy_quote(message->utf8 + length, s);
    spy_panic_text("ValueError", message->utf8, message->length, file, at);
}

/* -- integers ---------------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    int64_t min;
    uint64_t max;
} spy_int_range[6] = {
    {"i8", SPY_INT8_MIN, SPY_INT8_MAX},    {"u8", 0, SPY_UINT8_MAX},
    {"i32", SPY_INT32_MIN, SPY_INT32_MAX}, {"u32", 0, SPY_UINT32_MAX},
    {"i64", SPY_INT64_MIN, SPY_INT64_MAX}, {"u64", 0, SPY_UINT64_MAX},
};

enum { SPY_I8, SPY_U8, SPY_I32, SPY_U32, SPY_I64, SPY_U64 };

/* Value of a digit in bases up to 36; 255 for others. */
static uint8_t spy_digit_value(uint8_t c) {
    c = spy_lower(c);
    return spy_is_digit(c) ? c - '0' : c >= 'a' && c <= 'z' ? (uint8_t)(c - 'a' + 10) : 255;
}

/* `u8 value 300 out of range [0, 255]`. The value may have any number of digits: decimal ones are counted up here. */
static SPY_COLD void spy_panic_range(
    uint32_t type, bool negative, spy_reader digits, uint32_t base, spy_file file, spy_at at) {
    uint32_t room = (uint32_t)(digits.end - digits.at) * 2 + 1; /* base 36 has less than 1.6 decimal digits a digit */
    uint8_t *decimal = spy_text_alloc_quietly(room);
    uint32_t count = 0; /* lowest digit first */
    for (; digits.at < digits.end; digits.at++) {
        if (*digits.at == '_') continue;
        uint32_t carry = spy_digit_value(*digits.at);
        for (uint32_t i = 0; i < count; i++) {
            carry += decimal[i] * base;
            decimal[i] = (uint8_t)(carry % 10);
            carry /= 10;
        }
        for (; carry != 0; carry /= 10) decimal[count++] = (uint8_t)(carry % 10);
    }
    uint8_t *message = spy_text_alloc_quietly(count + 100);
    uint32_t length = spy_append(message, 0, spy_int_range[type].name);
    length = spy_append(message, length, " value ");
    if (negative) message[length++] = '-';
    while (count > 0) message[length++] = '0' + decimal[--count];
    length = spy_append(message, length, " out of range [");
    length += spy_format_i64(message + length, spy_int_range[type].min);
    length = spy_append(message, length, ", ");
    length += spy_format_u64(message + length, spy_int_range[type].max);
    message[length++] = ']';
    spy_panic_text("OverflowError", message, length, file, at);
}

static uint32_t spy_prefix_base(uint8_t letter) {
    letter = spy_lower(letter);
    return letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
}

static SPY_COLD void spy_panic_int_literal(const spy_str *s, uint32_t base, spy_file file, spy_at at) {
    uint8_t before[64];
    uint32_t length = spy_append(before, 0, "invalid literal for int() with base ");
    length += spy_format_u64(before + length, base);
    length = spy_append(before, length, ": ");
    before[length] = 0;
    spy_panic_literal((const char *)before, s, file, at);
}

/* The bits of the integer; the panics are those of the type. */
static SPY_NOINLINE uint64_t spy_parse_int(const spy_str *s, uint32_t base, uint32_t type, spy_file file, spy_at at) {
    if (SPY_UNLIKELY(base == 1 || base > 36)) spy_value_error("int() base must be >= 2 and <= 36, or 0", file, at);
    spy_reader r = spy_strip(spy_read(s));
    bool negative = spy_peek(&r) == '-';
    if (negative || spy_peek(&r) == '+') r.at++;
    uint32_t radix = base;
    uint32_t prefix = r.end - r.at >= 2 && r.at[0] == '0' ? spy_prefix_base(r.at[1]) : 0;
    if (prefix != 0 && (base == 0 || base == prefix)) {
        radix = prefix;
        r.at += 2;
        if (spy_peek(&r) == '_') r.at++; /* an underscore may follow the prefix */
    } else if (base == 0) {
        radix = 10;
    }
    bool octal_style = base == 0 && prefix == 0 && spy_peek(&r) == '0'; /* 010 may have been meant as octal */
    uint64_t value = 0;
    bool overflow = false, after_digit = false;
    for (const uint8_t *c = r.at; c < r.end; c++) {
        if (*c == '_' && after_digit) {
            after_digit = false;
            continue;
        }
        uint32_t digit = spy_digit_value(*c);
        if (SPY_UNLIKELY(digit >= radix || (octal_style && digit != 0))) spy_panic_int_literal(s, base, file, at);
        uint64_t low;
        uint64_t high = spy_multiply_high(value, radix, &low);
        value = low + digit;
        overflow |= high != 0 || value < low;
        after_digit = true;
    }
    if (SPY_UNLIKELY(!after_digit)) spy_panic_int_literal(s, base, file, at);
    bool fits = negative ? value <= 0 - (uint64_t)spy_int_range[type].min : value <= spy_int_range[type].max;
    if (SPY_UNLIKELY(overflow || !fits)) spy_panic_range(type, negative, r, radix, file, at);
    return negative ? 0 - value : value;
}

#define SPY_PARSE_INT(T, C, TYPE)                                                                                      \
    SPY_API C spy_str_to_##T(const spy_str *s, int32_t base, spy_file file, spy_at at) {                               \
        return (C)spy_parse_int(s, (uint32_t)base, TYPE, file, at);                                                    \
    }
SPY_PARSE_INT(i8, int8_t, SPY_I8)
SPY_PARSE_INT(u8, uint8_t, SPY_U8)
SPY_PARSE_INT(i32, int32_t, SPY_I32)
SPY_PARSE_INT(u32, uint32_t, SPY_U32)
SPY_PARSE_INT(i64, int64_t, SPY_I64)
SPY_PARSE_INT(u64, uint64_t, SPY_U64)

/* -- whole numbers of any size ------------------------------------------------------------------------------------ */

/* For comparing a decimal with the middle between two floats: 800 digits, or 54 bits times 10^1130 / 2^1130. */
#define SPY_BIG_WORDS 112

typedef struct {
    uint32_t count; /* words in use, the highest is not zero */
    uint32_t words[SPY_BIG_WORDS];
} spy_big;

static void spy_big_multiply_add(spy_big *x, uint32_t factor, uint32_t summand) {
    uint64_t carry = summand;
    for (uint32_t i = 0; i < x->count; i++) {
        carry += (uint64_t)x->words[i] * factor;
        x->words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0) x->words[x->count++] = (uint32_t)carry;
}

static void spy_big_times_five(spy_big *x, int32_t power) {
    for (; power >= 13; power -= 13) spy_big_multiply_add(x, 1220703125, 0);
    for (; power > 0; power--) spy_big_multiply_add(x, 5, 0);
}

static void spy_big_shift(spy_big *x, int32_t bits) {
    uint32_t words = (uint32_t)bits / 32;
    spy_big_multiply_add(x, 1u << bits % 32, 0);
    for (uint32_t i = x->count; i > 0; i--) x->words[i - 1 + words] = x->words[i - 1];
    for (uint32_t i = 0; i < words; i++) x->words[i] = 0;
    x->count += words;
}

static int32_t spy_big_compare(const spy_big *a, const spy_big *b) {
    if (a->count != b->count) return a->count < b->count ? -1 : 1;
    for (uint32_t i = a->count; i > 0; i--) {
        if (a->words[i - 1] != b->words[i - 1]) return a->words[i - 1] < b->words[i - 1] ? -1 : 1;
    }
    return 0;
}

/* -- floats ------------------------------------------------------------------------------------------------------ */

#define SPY_MOST_DIGITS 800

/* What was written: digits * 10^exponent, or one of the words. */
typedef struct {
    bool negative;
    enum { SPY_FINITE, SPY_INFINITE, SPY_NOT_A_NUMBER } kind;
    uint32_t count; /* without zeros in front; of more than 800, the last stands for all that follow */
    int32_t exponent;
    uint8_t digits[SPY_MOST_DIGITS + 1];
} spy_written;

static bool spy_accept_word(spy_reader *r, const char *word) {
    const uint8_t *at = r->at;
    for (; *word != 0; word++, at++) {
        if (at == r->end || spy_lower(*at) != (uint8_t)*word) return false;
    }
    r->at = at;
    return true;
}

/* Digits with single underscores between them. Returns how many, 0 also if an underscore is in a wrong place. */
static uint32_t spy_read_digits(spy_reader *r, spy_written *x, bool fraction) {
    uint32_t read = 0;
    while (r->at < r->end) {
        if (*r->at == '_' && read > 0 && r->at + 1 < r->end && spy_is_digit(r->at[1])) r->at++;
        if (!spy_is_digit(*r->at)) break;
        uint8_t digit = *r->at++ - '0';
        read++;
        if (fraction) x->exponent--;
        if (x->count == 0 && digit == 0) continue;
        if (x->count < SPY_MOST_DIGITS) {
            x->digits[x->count++] = digit;
        } else {
            /* Only whether anything follows can still matter. */
            x->exponent++;
            if (x->count == SPY_MOST_DIGITS) x->digits[x->count++] = 0, x->exponent--;
            if (digit != 0) x->digits[SPY_MOST_DIGITS] = 1;
        }
    }
    return read;
}

/* A float at the reader, up to where it ends; false if there is none. */
static bool spy_read_float(spy_reader *r, spy_written *x) {
    x->negative = spy_peek(r) == '-';
    x->kind = SPY_FINITE;
    x->count = 0;
    x->exponent = 0;
    if (x->negative || spy_peek(r) == '+') r->at++;
    if (spy_accept_word(r, "inf")) {
        spy_accept_word(r, "inity");
        x->kind = SPY_INFINITE;
        return true;
    }
    if (spy_accept_word(r, "nan")) {
        x->kind = SPY_NOT_A_NUMBER;
        return true;
    }
    uint32_t read = spy_read_digits(r, x, false);
    if (spy_peek(r) == '.') {
        r->at++;
        read += spy_read_digits(r, x, true);
    }
    if (read == 0) return false;
    if (spy_lower(spy_peek(r)) != 'e') return true;
    r->at++;
    bool negative = spy_peek(r) == '-';
    if (negative || spy_peek(r) == '+') r->at++;
    int32_t exponent = 0;
    bool any = false;
    while (r->at < r->end) {
        if (*r->at == '_' && any && r->at + 1 < r->end && spy_is_digit(r->at[1])) r->at++;
        if (!spy_is_digit(*r->at)) break;
        if (exponent < 100000000) exponent = exponent * 10 + (*r->at - '0');
        r->at++;
        any = true;
    }
    x->exponent += negative ? -exponent : exponent;
    return any;
}

/* A binary format: bits of fraction, exponent of the smallest number's last bit, largest field. */
typedef struct {
    int32_t fraction_bits, min_exponent, last_field;
} spy_binary;

/* Sign of (decimal - half * 2^q), exactly. */
static SPY_NOINLINE int32_t spy_compare_decimal(const spy_written *x, uint64_t half, int32_t q) {
    spy_big left = {0, {0}}, right = {0, {0}};
    for (uint32_t i = 0; i < x->count; i++) spy_big_multiply_add(&left, 10, x->digits[i]);
    right.words[0] = (uint32_t)half;
    right.words[1] = (uint32_t)(half >> 32);
    right.count = right.words[1] != 0 ? 2 : 1;
    /* left * 5^e * 2^e against right * 2^q: powers of two to the side where they are positive */
    if (x->exponent >= 0) spy_big_times_five(&left, x->exponent);
    else spy_big_times_five(&right, -x->exponent);
    int32_t twos = x->exponent - q;
    if (twos >= 0) spy_big_shift(&left, twos);
    else spy_big_shift(&right, -twos);
    return spy_big_compare(&left, &right);
}

/* m * 2^q with the first bit of m set. */
static uint64_t spy_normalize(uint64_t m, int32_t *q) {
    uint32_t shift = (uint32_t)__builtin_clzll(m);
    *q -= (int32_t)shift;
    return m << shift;
}

/* m * 2^q times 10^e, with the first bit set; less than three units too small or too large. */
static uint64_t spy_times_power(uint64_t m, int32_t e, int32_t *q) {
    uint64_t low;
    uint64_t high = spy_multiply_high(m, spy_power_of_ten(e).high, &low);
    *q += ((e * 1741647) >> 19) + 1; /* floor(e log2(10)) is the exponent of the power's first bit */
    if (high >> 63) return high;
    --*q;
    return high << 1 | low >> 63;
}

/* The bits, without sign, of the nearest number of the format; ties to even. */
static uint64_t spy_nearest(const spy_written *x, spy_binary format) {
    uint64_t infinity = (uint64_t)format.last_field << format.fraction_bits;
    if (x->kind == SPY_NOT_A_NUMBER) return infinity | 1ull << (format.fraction_bits - 1);
    if (x->kind == SPY_INFINITE) return infinity;
    if (x->count == 0) return 0;
    int32_t magnitude = (int32_t)x->count + x->exponent; /* 0.ddd * 10^magnitude */
    if (magnitude > 310) return infinity;
    if (magnitude < -330) return 0;
    /* Up to 19 digits as a word, times a power of ten: 64 bits that begin with a one, and how far they may be off. */
    uint32_t taken = x->count < 19 ? x->count : 19;
    uint64_t w = 0;
    for (uint32_t i = 0; i < taken; i++) w = w * 10 + x->digits[i];
    int32_t e10 = x->exponent + (int32_t)(x->count - taken);
    int32_t q = 0;
    uint64_t m = spy_normalize(w, &q);
    /* The table ends at 10^-292; the rest of the way is another factor. */
    int32_t beyond = e10 < -292 ? e10 + 292 : 0;
    if (beyond != 0) m = spy_times_power(m, beyond, &q);
    m = spy_times_power(m, e10 - beyond, &q);
    uint64_t error = taken < x->count ? 64 : 16;
    /* Cut to the bits that the format has at this size. */
    int32_t drop = 63 - format.fraction_bits;
    if (q + drop < format.min_exponent) drop = format.min_exponent - q;
    if (drop > 64) return 0;
    uint64_t kept = drop == 64 ? 0 : m >> drop;
    uint64_t cut = drop == 64 ? m : m << (64 - drop) >> (64 - drop);
    uint64_t half = 1ull << (drop - 1);
    uint64_t distance = cut > half ? cut - half : half - cut;
    bool up;
    if (SPY_LIKELY(distance > error)) {
        up = cut > half;
    } else { /* too close to the middle between two numbers to tell: ask exactly */
        int32_t order = spy_compare_decimal(x, 2 * kept + 1, q + drop - 1);
        up = order > 0 || (order == 0 && (kept & 1));
    }
    kept += up;
    if (kept >> format.fraction_bits == 0) return kept; /* subnormal: the field is 0 */
    if (kept >> (format.fraction_bits + 1)) kept >>= 1, drop++;
    int32_t field = q + drop - format.min_exponent + 1;
    if (field >= format.last_field) return infinity;
    return ((uint64_t)field << format.fraction_bits) + (kept - (1ull << format.fraction_bits));
}

static const spy_binary spy_binary_f64 = {52, -1074, 0x7ff};
static const spy_binary spy_binary_f32 = {23, -149, 0xff};

static double spy_to_f64(const spy_written *x) {
    return spy_double_of(spy_nearest(x, spy_binary_f64) | (uint64_t)x->negative << 63);
}

static void spy_read_whole_float(const spy_str *s, spy_written *x, spy_file file, spy_at at) {
    spy_reader r = spy_strip(spy_read(s));
    if (SPY_UNLIKELY(!spy_read_float(&r, x) || r.at != r.end)) {
        spy_panic_literal("could not convert string to float: ", s, file, at);
    }
}

SPY_API double spy_str_to_f64(const spy_str *s, spy_file file, spy_at at) {
    spy_written x;
    spy_read_whole_float(s, &x, file, at);
    return spy_to_f64(&x);
}

SPY_API float spy_str_to_f32(const spy_str *s, spy_file file, spy_at at) {
    spy_written x;
    spy_read_whole_float(s, &x, file, at);
    union {
        uint32_t bits;
        float x;
    } both = {(uint32_t)spy_nearest(&x, spy_binary_f32) | (uint32_t)x.negative << 31};
    return both.x;
}

SPY_API spy_complex128 spy_str_to_complex128(const spy_str *s, spy_file file, spy_at at) {
    spy_reader r = spy_strip(spy_read(s));
    if (r.end - r.at >= 2 && *r.at == '(' && r.end[-1] == ')') r = spy_strip((spy_reader){r.at + 1, r.end - 1});
    spy_complex128 result = {0, 0};
    spy_written x;
    /* FLOAT, FLOAT j, FLOAT SIGN FLOAT j; where a number before j is one, it may be left out. */
    for (int32_t part = 0; part < 2; part++) {
        spy_reader start = r;
        uint8_t sign = spy_peek(&r);
        if (part == 1 && sign != '+' && sign != '-') break;
        double value;
        if (spy_read_float(&r, &x)) {
            value = spy_to_f64(&x);
        } else {
            r = start;
            if (sign == '+' || sign == '-') r.at++;
            if (spy_lower(spy_peek(&r)) != 'j') break;
            value = sign == '-' ? -1 : 1;
        }
        bool imaginary = spy_lower(spy_peek(&r)) == 'j';
        if (imaginary) {
            r.at++;
            result.im = value;
            if (r.at == r.end) return result;
            break;
        }
        if (part == 1) break;
        result.re = value;
        if (r.at == r.end) return result;
    }
    spy_value_error("complex() arg is a malformed string", file, at);
}

SPY_API void spy_wasm_str_to_complex128(spy_complex128 *out, const spy_str *s, spy_file file, spy_at at) {
    *out = spy_str_to_complex128(s, file, at);
}
