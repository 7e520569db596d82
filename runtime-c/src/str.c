/* str: see include/spy/str.h. */

SPY_STR(spy_empty, "", 0, 0);
SPY_STR(spy_true, "True", 4, 4);
SPY_STR(spy_false, "False", 5, 5);

static spy_str *spy_str_header(void *block, uint32_t length) {
    spy_str *s = block;
    s->length = length;
    s->hash = 0;
    s->utf8 = (uint8_t *)(s + 1);
    s->utf8_length = length;
    s->chars = SPY_UNKNOWN_CHARS;
    s->utf8[length] = 0;
    return s;
}

/* A string that the caller writes. `a` and `b` stay alive meanwhile: what it will be written from, or NULL. */
static spy_str *spy_str_new(uint32_t length, const void *a, const void *b) {
    if (SPY_UNLIKELY(length > SPY_INT32_MAX)) spy_out_of_memory(SPY_NOWHERE);
    return spy_str_header(spy_text_alloc((uint32_t)sizeof(spy_str) + length + 1, a, b), length);
}

SPY_API spy_str *spy_str_alloc(uint32_t length) {
    if (SPY_UNLIKELY(length > SPY_INT32_MAX)) spy_out_of_memory(SPY_NOWHERE);
    return spy_str_header(spy_text_alloc_quietly((uint32_t)sizeof(spy_str) + length + 1), length);
}

SPY_API spy_str *spy_str_from_utf8(const uint8_t *utf8, uint32_t length, uint32_t chars) {
    spy_str *s = spy_str_new(length, utf8, NULL);
    spy_memcpy(s->utf8, utf8, length);
    s->chars = chars;
    return s;
}

/* -- code points -------------------------------------------------------------------------------------------------- */

static inline bool spy_is_continuation(uint8_t byte) { return (byte & 0xc0) == 0x80; }

static uint32_t spy_count_chars(const uint8_t *utf8, uint32_t length) {
    uint32_t chars = 0;
    for (uint32_t i = 0; i < length; i++) chars += !spy_is_continuation(utf8[i]);
    return chars;
}

static inline uint32_t spy_chars(const spy_str *s) {
    if (SPY_UNLIKELY(s->chars == SPY_UNKNOWN_CHARS)) ((spy_str *)s)->chars = spy_count_chars(s->utf8, s->length);
    return s->chars;
}

static inline bool spy_is_ascii(const spy_str *s) { return spy_chars(s) == s->length; }

SPY_API int32_t spy_str_length(const spy_str *s) { return (int32_t)spy_chars(s); }
SPY_API bool spy_str_isascii(const spy_str *s) { return spy_is_ascii(s); }

/*
 * Where the last few non-ASCII strings were indexed: a loop over s[i] then walks one character a turn. Keyed by text
 * and length, which cannot change while the string lives; the collector empties it when it frees strings.
 */
#define SPY_PLACES 4

static struct {
    const uint8_t *utf8;
    uint32_t length, index, offset;
} spy_places[SPY_PLACES];

static void spy_forget_places(void) {
    for (uint32_t i = 0; i < SPY_PLACES; i++) spy_places[i].utf8 = NULL;
}

/* The byte where character `index` begins; `index` may be the number of characters. */
static uint32_t spy_offset_of(const spy_str *s, uint32_t index) {
    uint32_t chars = spy_chars(s);
    if (SPY_LIKELY(chars == s->length)) return index;
    uint32_t slot = (uint32_t)((uintptr_t)s->utf8 >> 4) % SPY_PLACES;
    uint32_t at = 0;
    uint32_t offset = 0;
    if (spy_places[slot].utf8 == s->utf8 && spy_places[slot].length == s->length) {
        at = spy_places[slot].index;
        offset = spy_places[slot].offset;
    }
    if (index < at / 2) at = 0, offset = 0;
    if (index > at && chars - index < index - at) at = chars, offset = s->length;
    while (at < index) {
        at++;
        do offset++;
        while (offset < s->length && spy_is_continuation(s->utf8[offset]));
    }
    while (at > index) {
        at--;
        do offset--;
        while (spy_is_continuation(s->utf8[offset]));
    }
    spy_places[slot].utf8 = s->utf8;
    spy_places[slot].length = s->length;
    spy_places[slot].index = index;
    spy_places[slot].offset = offset;
    return offset;
}

/* Which character begins at byte `offset`. */
static uint32_t spy_index_of(const spy_str *s, uint32_t offset) {
    return spy_is_ascii(s) ? offset : spy_count_chars(s->utf8, offset);
}

static inline uint32_t spy_width(uint8_t first) { return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4; }

/* The code point at `utf8`, which is valid. */
static uint32_t spy_decode(const uint8_t *utf8) {
    uint32_t first = utf8[0];
    if (first < 0x80) return first;
    if (first < 0xe0) return (first & 0x1f) << 6 | (utf8[1] & 0x3fu);
    if (first < 0xf0) return (first & 0x0f) << 12 | (utf8[1] & 0x3fu) << 6 | (utf8[2] & 0x3fu);
    return (first & 0x07) << 18 | (utf8[1] & 0x3fu) << 12 | (utf8[2] & 0x3fu) << 6 | (utf8[3] & 0x3fu);
}

/* One character. Those of ASCII are made once and stay. */
static spy_str *spy_char_at(const uint8_t *utf8) {
    static spy_str *known[128];
    uint32_t first = utf8[0];
    if (first >= 128) return spy_str_from_utf8(utf8, spy_width(utf8[0]), 1);
    if (known[first] == NULL) {
        spy_str *s = spy_raw_alloc(1, sizeof(spy_str) + 2, SPY_NOWHERE);
        *s = (spy_str){1, 0, (uint8_t *)(s + 1), 1, 1};
        s->utf8[0] = utf8[0];
        known[first] = s;
    }
    return known[first];
}

/* -- operators --------------------------------------------------------------------------------------------------- */

SPY_API spy_str *spy_str_concat(const spy_str *a, const spy_str *b) {
    if (a->length == 0) return (spy_str *)b;
    if (b->length == 0) return (spy_str *)a;
    if (SPY_UNLIKELY(a->length + b->length > SPY_INT32_MAX)) spy_out_of_memory(SPY_NOWHERE);
    spy_str *s = spy_str_new(a->length + b->length, a, b);
    spy_memcpy(s->utf8, a->utf8, a->length);
    spy_memcpy(s->utf8 + a->length, b->utf8, b->length);
    if (a->chars != SPY_UNKNOWN_CHARS && b->chars != SPY_UNKNOWN_CHARS) s->chars = a->chars + b->chars;
    return s;
}

static inline uint8_t *spy_write_part(uint8_t *to, const spy_str *part) {
    spy_memcpy(to, part->utf8, part->length);
    return to + part->length;
}

SPY_API spy_str *spy_str_concat4(const spy_str *a, const spy_str *b, const spy_str *c, const spy_str *d) {
    uint64_t length = (uint64_t)a->length + b->length + c->length + d->length;
    if (SPY_UNLIKELY(length > SPY_INT32_MAX)) spy_out_of_memory(SPY_NOWHERE);
    SPY_FRAME(frame, 2);
    frame.slots[0] = c;
    frame.slots[1] = d;
    spy_str *s = spy_str_new((uint32_t)length, a, b);
    SPY_END(frame);
    spy_write_part(spy_write_part(spy_write_part(spy_write_part(s->utf8, a), b), c), d);
    bool known = a->chars != SPY_UNKNOWN_CHARS && b->chars != SPY_UNKNOWN_CHARS && c->chars != SPY_UNKNOWN_CHARS &&
                 d->chars != SPY_UNKNOWN_CHARS;
    if (known) s->chars = a->chars + b->chars + c->chars + d->chars;
    return s;
}

SPY_API spy_str *spy_str_repeat(const spy_str *s, int32_t count) {
    if (count <= 0 || s->length == 0) return &spy_empty;
    if (count == 1) return (spy_str *)s;
    uint64_t length = (uint64_t)s->length * (uint32_t)count;
    if (SPY_UNLIKELY(length > SPY_INT32_MAX)) spy_out_of_memory(SPY_NOWHERE);
    spy_str *result = spy_str_new((uint32_t)length, s, NULL);
    spy_memcpy(result->utf8, s->utf8, s->length);
    /* What is there is doubled until it is all there. */
    for (uint32_t done = s->length; done < length;) {
        uint32_t part = done < (uint32_t)length - done ? done : (uint32_t)length - done;
        spy_memcpy(result->utf8 + done, result->utf8, part);
        done += part;
    }
    if (s->chars != SPY_UNKNOWN_CHARS) result->chars = s->chars * (uint32_t)count;
    return result;
}

SPY_API bool spy_str_eq(const spy_str *a, const spy_str *b) {
    if (a == b) return true;
    if (a->length != b->length) return false;
    if (a->hash != b->hash && a->hash != 0 && b->hash != 0) return false;
    return spy_memcmp(a->utf8, b->utf8, a->length) == 0;
}

SPY_API int32_t spy_str_compare(const spy_str *a, const spy_str *b) {
    int32_t order = spy_memcmp(a->utf8, b->utf8, a->length < b->length ? a->length : b->length);
    return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

SPY_API int32_t spy_str_hash(const spy_str *s) {
    if (s->hash == 0) ((spy_str *)s)->hash = spy_hash_bytes(s->utf8, s->length);
    return s->hash;
}

/* -- items and slices --------------------------------------------------------------------------------------------- */

SPY_API spy_str *spy_str_getitem(const spy_str *s, int32_t index, spy_file file, spy_at at) {
    uint32_t chars = spy_chars(s);
    uint32_t i = index < 0 ? (uint32_t)index + chars : (uint32_t)index;
    if (SPY_UNLIKELY(i >= chars)) spy_panic("IndexError", "string index out of bound", file, at);
    return spy_char_at(s->utf8 + spy_offset_of(s, i));
}

/* The characters from `start` up to `stop`, which are in range and order. */
static spy_str *spy_str_part(const spy_str *s, uint32_t start, uint32_t stop) {
    if (stop <= start) return &spy_empty;
    if (start == 0 && stop == spy_chars(s)) return (spy_str *)s;
    uint32_t from = spy_offset_of(s, start);
    uint32_t to = spy_offset_of(s, stop);
    return spy_str_from_utf8(s->utf8 + from, to - from, stop - start);
}

static int64_t spy_clamp(int64_t x, int64_t low, int64_t high) { return x < low ? low : x > high ? high : x; }

SPY_API spy_str *spy_str_slice(
    const spy_str *s, int32_t given, int32_t start, int32_t stop, int32_t step, spy_file file, spy_at at) {
    if (SPY_UNLIKELY(step == 0)) spy_value_error("slice step cannot be zero", file, at);
    int64_t chars = spy_chars(s);
    bool backwards = step < 0;
    int64_t low = backwards ? -1 : 0;
    int64_t high = backwards ? chars - 1 : chars;
    int64_t from = backwards ? high : low;
    int64_t to = backwards ? low : high;
    if (given & 1) from = spy_clamp(start < 0 ? start + chars : start, low, high);
    if (given & 2) to = spy_clamp(stop < 0 ? stop + chars : stop, low, high);
    if (step == 1) return spy_str_part(s, (uint32_t)from, (uint32_t)(to < from ? from : to));
    int64_t distance = backwards ? from - to : to - from;
    if (distance <= 0) return &spy_empty;
    uint32_t count = (uint32_t)((distance - 1) / (backwards ? -(int64_t)step : step)) + 1;
    if (spy_is_ascii(s)) {
        spy_str *result = spy_str_new(count, s, NULL);
        for (uint32_t i = 0; i < count; i++, from += step) result->utf8[i] = s->utf8[from];
        result->chars = count;
        return result;
    }
    uint32_t length = 0;
    for (uint32_t i = 0; i < count; i++) length += spy_width(s->utf8[spy_offset_of(s, (uint32_t)(from + (int64_t)i * step))]);
    spy_str *result = spy_str_new(length, s, NULL);
    uint8_t *out = result->utf8;
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *character = s->utf8 + spy_offset_of(s, (uint32_t)(from + (int64_t)i * step));
        for (uint32_t n = spy_width(*character); n > 0; n--) *out++ = *character++;
    }
    result->chars = count;
    return result;
}

/* -- searching ---------------------------------------------------------------------------------------------------- */

/*
 * The first occurrence in the bytes from `from` up to `to`, or -1. UTF-8 never matches across characters. Eight places
 * at once are passed over where the first or the last byte differs: there no byte of `differ` is zero.
 */
static int64_t spy_search(const spy_str *s, uint32_t from, uint32_t to, const spy_str *sub) {
    uint32_t n = sub->length;
    if (n == 0) return from;
    const uint64_t ones = 0x0101010101010101ull;
    uint64_t first = ones * sub->utf8[0], last = ones * sub->utf8[n - 1];
    for (uint32_t i = from;; i++) {
        for (; (uint64_t)i + n + 7 <= to; i += 8) {
            const uint8_t *at = s->utf8 + i;
            uint64_t differ = (SPY_WORD(at) ^ first) | (SPY_WORD(at + n - 1) ^ last);
            uint64_t zeros = (differ - ones) & ~differ & ones << 7;
            if (zeros == 0) continue;
            i += (uint32_t)__builtin_ctzll(zeros) / 8; /* exact for the lowest zero byte */
            break;
        }
        if ((uint64_t)i + n > to) return -1;
        if (s->utf8[i] == sub->utf8[0] && spy_memcmp(s->utf8 + i, sub->utf8, n) == 0) return i;
    }
}

/* Python's bounds of find and count, as bytes; false if they leave no room even for an empty text. */
static bool spy_search_range(const spy_str *s, int32_t start, int32_t end, uint32_t *from, uint32_t *to) {
    int64_t chars = spy_chars(s);
    int64_t first = start < 0 ? start + chars : start;
    int64_t last = end < 0 ? end + chars : end;
    if (first < 0) first = 0;
    last = spy_clamp(last, 0, chars);
    if (first > last) return false;
    *from = spy_offset_of(s, (uint32_t)first);
    *to = spy_offset_of(s, (uint32_t)last);
    return true;
}

SPY_API bool spy_str_contains(const spy_str *s, const spy_str *sub) { return spy_search(s, 0, s->length, sub) >= 0; }

SPY_API int32_t spy_str_find(const spy_str *s, const spy_str *sub, int32_t start, int32_t end) {
    uint32_t from, to;
    if (!spy_search_range(s, start, end, &from, &to)) return -1;
    int64_t found = spy_search(s, from, to, sub);
    return found < 0 ? -1 : (int32_t)spy_index_of(s, (uint32_t)found);
}

SPY_API int32_t spy_str_rfind(const spy_str *s, const spy_str *sub, int32_t start, int32_t end) {
    uint32_t from, to;
    if (!spy_search_range(s, start, end, &from, &to)) return -1;
    if (to - from < sub->length) return -1;
    for (uint32_t i = to - sub->length;; i--) {
        if (spy_memcmp(s->utf8 + i, sub->utf8, sub->length) == 0) return (int32_t)spy_index_of(s, i);
        if (i == from) return -1;
    }
}

SPY_API int32_t spy_str_count(const spy_str *s, const spy_str *sub, int32_t start, int32_t end) {
    uint32_t from, to;
    if (!spy_search_range(s, start, end, &from, &to)) return 0;
    if (sub->length == 0) return (int32_t)spy_count_chars(s->utf8 + from, to - from) + 1;
    int32_t count = 0;
    for (int64_t at = from; (at = spy_search(s, (uint32_t)at, to, sub)) >= 0; at += sub->length) count++;
    return count;
}

SPY_API spy_str *spy_str_replace(const spy_str *s, const spy_str *old, const spy_str *new_, int32_t limit) {
    uint32_t most = limit < 0 ? SPY_UINT32_MAX : (uint32_t)limit;
    uint32_t count = (uint32_t)spy_str_count(s, old, 0, SPY_INT32_MAX);
    if (count > most) count = most;
    if (count == 0) return (spy_str *)s;
    int64_t length = s->length + (int64_t)count * ((int64_t)new_->length - old->length);
    if (SPY_UNLIKELY(length > SPY_INT32_MAX)) spy_out_of_memory(SPY_NOWHERE);
    SPY_FRAME(frame, 1);
    frame.slots[0] = s;
    spy_str *result = spy_str_new((uint32_t)length, old, new_);
    SPY_END(frame);
    uint8_t *out = result->utf8;
    uint32_t at = 0;
    for (; count > 0; count--) {
        /* An empty `old` is found at every character, which is then passed over. */
        uint32_t found = (uint32_t)spy_search(s, at, s->length, old);
        spy_memcpy(out, s->utf8 + at, found - at);
        out += found - at;
        spy_memcpy(out, new_->utf8, new_->length);
        out += new_->length;
        at = found + old->length;
        if (old->length == 0 && at < s->length) {
            for (uint32_t n = spy_width(s->utf8[at]); n > 0; n--) *out++ = s->utf8[at++];
        }
    }
    spy_memcpy(out, s->utf8 + at, s->length - at);
    return result;
}

/* -- writing ------------------------------------------------------------------------------------------------------ */

SPY_API spy_str *spy_text_begin(int32_t length) {
    spy_str *s = spy_str_new((uint32_t)length, NULL, NULL);
    s->chars = 0;
    return s;
}

SPY_API int32_t spy_text_put(spy_str *text, int32_t at, const spy_str *part) {
    spy_memcpy(text->utf8 + at, part->utf8, part->length);
    bool known = text->chars != SPY_UNKNOWN_CHARS && part->chars != SPY_UNKNOWN_CHARS;
    text->chars = known ? text->chars + part->chars : SPY_UNKNOWN_CHARS;
    return at + (int32_t)part->length;
}

/* -- characters and numbers --------------------------------------------------------------------------------------- */

SPY_API int32_t spy_str_ord(const spy_str *s, spy_file file, spy_at at) {
    if (SPY_LIKELY(spy_chars(s) == 1)) return (int32_t)spy_decode(s->utf8);
    static const char before[] = "ord() expected a character, but string of length ";
    static const char after[] = " found";
    uint8_t message[sizeof(before) + sizeof(after) + 20];
    uint32_t length = 0;
    for (const char *c = before; *c != 0; c++) message[length++] = (uint8_t)*c;
    length += spy_format_i64(message + length, spy_chars(s));
    for (const char *c = after; *c != 0; c++) message[length++] = (uint8_t)*c;
    spy_panic_text("TypeError", message, length, file, at);
}

/* Writes UTF-8; the result is how many bytes. */
static uint32_t spy_encode(uint8_t *out, uint32_t code) {
    if (code < 0x80) {
        out[0] = (uint8_t)code;
        return 1;
    }
    uint32_t width = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (uint32_t i = width - 1; i > 0; i--, code >>= 6) out[i] = (uint8_t)(0x80 | (code & 0x3f));
    out[0] = (uint8_t)(0xf00u >> width | code);
    return width;
}

SPY_API spy_str *spy_str_chr(int32_t code, spy_file file, spy_at at) {
    if (SPY_UNLIKELY((uint32_t)code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))) {
        spy_value_error("chr() arg not in range(0x110000)", file, at);
    }
    uint8_t utf8[4];
    spy_encode(utf8, (uint32_t)code);
    return spy_char_at(utf8);
}

SPY_API spy_str *spy_bool_to_str(bool x) { return x ? &spy_true : &spy_false; }
