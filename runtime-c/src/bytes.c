/* bytes: see include/spy/str.h. */

SPY_API spy_bytes *spy_bytes_alloc(uint32_t length) { return spy_str_alloc(length); }

SPY_API uint8_t spy_bytes_getitem(const spy_bytes *b, int32_t index, spy_file file, spy_at at) {
    uint32_t i = index < 0 ? (uint32_t)index + b->length : (uint32_t)index;
    if (SPY_UNLIKELY(i >= b->length)) spy_panic("IndexError", "index out of range", file, at);
    return b->utf8[i];
}

SPY_API int32_t spy_bytes_length(const spy_bytes *b) { return (int32_t)b->length; }

SPY_API spy_bytes *spy_bytes_slice(const spy_bytes *b, int32_t start, int32_t count, int32_t step) {
    if (count <= 0) return &spy_empty;
    spy_bytes *result = spy_str_new((uint32_t)count, b, NULL);
    for (int32_t i = 0; i < count; i++) result->utf8[i] = b->utf8[(int64_t)start + (int64_t)i * step];
    return result;
}

SPY_API spy_bytes *spy_str_encode(const spy_str *s) { return (spy_bytes *)s; }

SPY_API spy_str *spy_bytes_to_latin(const spy_bytes *b) {
    uint32_t wide = 0;
    for (uint32_t i = 0; i < b->length; i++) wide += b->utf8[i] >> 7;
    if (SPY_UNLIKELY((uint64_t)b->length + wide > SPY_INT32_MAX)) spy_out_of_memory(SPY_NOWHERE);
    spy_str *s = spy_str_new(b->length + wide, b, NULL);
    uint8_t *out = s->utf8;
    for (uint32_t i = 0; i < b->length; i++) out += spy_encode(out, b->utf8[i]);
    s->chars = b->length;
    return s;
}

SPY_API spy_bytes *spy_latin_to_bytes(const spy_str *s) {
    spy_bytes *b = spy_str_new(spy_chars(s), s, NULL);
    const uint8_t *in = s->utf8;
    for (uint32_t i = 0; i < b->length; i++, in += spy_width(*in)) b->utf8[i] = (uint8_t)spy_decode(in);
    return b;
}

SPY_API spy_str *spy_bytes_to_str(const spy_bytes *b) {
    return spy_str_from_utf8(b->utf8, b->length, SPY_UNKNOWN_CHARS);
}
