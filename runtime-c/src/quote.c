/* Text between quotes: see src/runtime/numbers/quote.ts. KEEP IN STEP: quoted-text */

/* First and last code points of what is escaped: controls, formats, separators, surrogates, private use. */
static const uint32_t spy_unprintable[] = {
    0x0, 0x1f, 0x7f, 0xa0, 0xad, 0xad, 0x600, 0x605, 0x61c, 0x61c,
    0x6dd, 0x6dd, 0x70f, 0x70f, 0x890, 0x891, 0x8e2, 0x8e2, 0x1680, 0x1680,
    0x180e, 0x180e, 0x2000, 0x200f, 0x2028, 0x202f, 0x205f, 0x2064, 0x2066, 0x206f,
    0x3000, 0x3000, 0xd800, 0xf8ff, 0xfeff, 0xfeff, 0xfff9, 0xfffb, 0x110bd, 0x110bd,
    0x110cd, 0x110cd, 0x13430, 0x1343f, 0x1bca0, 0x1bca3, 0x1d173, 0x1d17a, 0xe0001, 0xe0001,
    0xe0020, 0xe007f, 0xf0000, 0xffffd, 0x100000, 0x10fffd,
};

static bool spy_is_printable(uint32_t code) {
    if (code >= 0x20 && code < 0x7f) return true;
    for (uint32_t i = 0; i < sizeof(spy_unprintable) / sizeof(uint32_t); i += 2) {
        if (code < spy_unprintable[i]) return true;
        if (code <= spy_unprintable[i + 1]) return false;
    }
    return true;
}

/* Measures when `out` is NULL. */
static uint32_t spy_put(uint8_t *out, uint32_t length, uint8_t byte) {
    if (out != NULL) out[length] = byte;
    return length + 1;
}

static SPY_NOINLINE uint32_t spy_put_escape(uint8_t *out, uint32_t length, char letter, uint32_t code, int32_t digits) {
    length = spy_put(out, length, '\\');
    length = spy_put(out, length, (uint8_t)letter);
    while (digits-- > 0) length = spy_put(out, length, (uint8_t)"0123456789abcdef"[code >> 4 * digits & 15]);
    return length;
}

/* The escapes that all quoted text shares; 0 if `byte` needs none of them. */
static char spy_short_escape(uint32_t byte, uint32_t mark) {
    return byte == '\n' ? 'n' : byte == '\r' ? 'r' : byte == '\t' ? 't' : byte == mark || byte == '\\' ? (char)byte : 0;
}

/* Write what `s` looks like between quotes, or measure it; the result is the length in bytes. */
static SPY_NOINLINE uint32_t spy_quote(uint8_t *out, const spy_str *s) {
    bool single = false, twice = false;
    for (uint32_t i = 0; i < s->length; i++) single |= s->utf8[i] == '\'', twice |= s->utf8[i] == '"';
    uint8_t mark = single && !twice ? '"' : '\'';
    uint32_t length = spy_put(out, 0, mark);
    for (uint32_t i = 0; i < s->length;) {
        uint32_t width = spy_width(s->utf8[i]);
        uint32_t code = spy_decode(s->utf8 + i);
        char escape = spy_short_escape(code, mark);
        if (escape != 0) length = spy_put_escape(out, length, escape, 0, 0);
        else if (spy_is_printable(code)) for (uint32_t j = 0; j < width; j++) length = spy_put(out, length, s->utf8[i + j]);
        else if (code < 0x100) length = spy_put_escape(out, length, 'x', code, 2);
        else if (code < 0x10000) length = spy_put_escape(out, length, 'u', code, 4);
        else length = spy_put_escape(out, length, 'U', code, 8);
        i += width;
    }
    return spy_put(out, length, mark);
}

SPY_API spy_str *spy_str_repr(const spy_str *s) {
    spy_str *result = spy_str_new(spy_quote(NULL, s), s, NULL);
    spy_quote(result->utf8, s);
    return result;
}

/* b'...': always single quotes, all but printable ASCII escaped. */
static SPY_NOINLINE uint32_t spy_quote_bytes(uint8_t *out, const spy_bytes *b) {
    uint32_t length = spy_put(out, 0, 'b');
    length = spy_put(out, length, '\'');
    for (uint32_t i = 0; i < b->length; i++) {
        uint8_t byte = b->utf8[i];
        char escape = spy_short_escape(byte, '\'');
        if (escape != 0) length = spy_put_escape(out, length, escape, 0, 0);
        else if (byte >= 0x20 && byte < 0x7f) length = spy_put(out, length, byte);
        else length = spy_put_escape(out, length, 'x', byte, 2);
    }
    return spy_put(out, length, '\'');
}

SPY_API spy_str *spy_bytes_repr(const spy_bytes *b) {
    uint32_t length = spy_quote_bytes(NULL, b);
    spy_str *result = spy_str_new(length, b, NULL);
    spy_quote_bytes(result->utf8, b);
    result->chars = length;
    return result;
}
