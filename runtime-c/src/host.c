/* Output and time: see include/spy/host.h. */

SPY_IMPORT("fd_write") int32_t spy_host_fd_write(int32_t fd, const uint8_t *bytes, uint32_t length);
SPY_IMPORT("clock_time") double spy_host_clock_time(void);
SPY_IMPORT("clock_sleep") int32_t spy_host_clock_sleep(double seconds);

/* Enough for a line of text; longer ones are passed on in pieces. */
#define SPY_LINE 512u

static uint8_t spy_line[SPY_LINE];
static uint32_t spy_line_length;

static void spy_write_all(const uint8_t *bytes, uint32_t length) {
    while (length > 0) {
        int32_t written = spy_host_fd_write(1, bytes, length);
        if (written <= 0) return; /* print does not fail: where nobody listens, the text is lost */
        bytes += written;
        length -= (uint32_t)written;
    }
}

SPY_API void spy_flush(void) {
    uint32_t length = spy_line_length;
    if (length == 0) return;
    spy_line_length = 0;
    spy_write_all(spy_line, length);
}

SPY_API void spy_stdout_bytes(const uint8_t *bytes, uint32_t length) {
    if (length > SPY_LINE - spy_line_length) {
        spy_flush();
        if (length > SPY_LINE) {
            spy_write_all(bytes, length);
            return;
        }
    }
    spy_memcpy(spy_line + spy_line_length, bytes, length);
    spy_line_length += length;
    if (length > 0 && bytes[length - 1] == '\n') spy_flush();
}

SPY_API void spy_stdout_write(const spy_str *s) { spy_stdout_bytes(s->utf8, s->length); }

SPY_API void spy_stdout_write_i64(int64_t x) {
    uint8_t text[SPY_NUMBER_ROOM];
    spy_stdout_bytes(text, spy_format_i64(text, x));
}

SPY_API void spy_stdout_write_u64(uint64_t x) {
    uint8_t text[SPY_NUMBER_ROOM];
    spy_stdout_bytes(text, spy_format_u64(text, x));
}

SPY_API void spy_stdout_write_f64(double x) {
    uint8_t text[SPY_NUMBER_ROOM];
    spy_stdout_bytes(text, spy_format_f64(text, x, true));
}

SPY_API void spy_stdout_write_f32(float x) {
    uint8_t text[SPY_NUMBER_ROOM];
    spy_stdout_bytes(text, spy_format_f32(text, x, true));
}

SPY_API double spy_time_time(void) { return spy_host_clock_time(); }

SPY_API void spy_time_sleep(double seconds, spy_file file, spy_at at) {
    if (SPY_UNLIKELY(!(seconds >= 0))) spy_value_error("sleep length must be non-negative", file, at);
    spy_flush();
    spy_host_clock_sleep(seconds);
}

#ifndef SPY_JS_HOST
/* How many bytes of `text`, which ends with a zero byte, are one character; 0 if they are none. */
static uint32_t spy_utf8_width(const uint8_t *text) {
    uint32_t lead = text[0];
    if (lead < 0x80) return 1;
    uint32_t width = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    for (uint32_t i = 1; i < width; i++) {
        if ((text[i] & 0xc0) != 0x80) return 0;
    }
    /* Longer than needed, half a surrogate pair, behind the last code point. */
    if ((lead == 0xe0 && text[1] < 0xa0) || (lead == 0xed && text[1] > 0x9f)) return 0;
    if ((lead == 0xf0 && text[1] < 0x90) || (lead == 0xf4 && text[1] > 0x8f)) return 0;
    return width;
}

SPY_API spy_str *spy_str_from_c(const char *text) {
    const uint8_t *from = (const uint8_t *)text;
    uint32_t length = 0;
    for (const uint8_t *at = from; *at != 0;) {
        uint32_t width = spy_utf8_width(at);
        length += width == 0 ? 3 : width;
        at += width == 0 ? 1 : width;
    }
    spy_str *s = spy_str_alloc(length);
    for (uint8_t *to = s->utf8; *from != 0;) {
        uint32_t width = spy_utf8_width(from);
        spy_memcpy(to, width == 0 ? (const uint8_t *)"\xef\xbf\xbd" : from, width == 0 ? 3 : width);
        to += width == 0 ? 3 : width;
        from += width == 0 ? 1 : width;
    }
    return s;
}
#endif
