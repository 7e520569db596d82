/* Panics: see include/spy/panic.h. Uses no memory of the heap, because the heap may be what is broken. */

static uint32_t spy_cstring_length(const char *text) {
    uint32_t length = 0;
    SPY_COMPACT while (text[length] != 0) length++;
    return length;
}

SPY_IMPORT("panic")
void spy_host_panic(const char *etype, uint32_t etype_length, const uint8_t *message, uint32_t message_length,
                    const uint8_t *file, uint32_t file_length, uint32_t line, uint32_t column);

static SPY_COLD void spy_panic_parts(const char *etype, uint32_t etype_length, const uint8_t *message, uint32_t length,
                                     spy_file file, spy_at at) {
    spy_flush();
    spy_host_panic(etype, etype_length, message, length, file == NULL ? NULL : file->utf8, file == NULL ? 0 : file->length,
                   at >> 12, at & 0xfff);
    __builtin_trap();
}

SPY_API SPY_COLD void spy_panic(const char *etype, const char *message, spy_file file, spy_at at) {
    spy_panic_parts(etype, spy_cstring_length(etype), (const uint8_t *)message, spy_cstring_length(message), file, at);
}

SPY_API SPY_COLD void spy_panic_text(
    const char *etype, const uint8_t *message, uint32_t length, spy_file file, spy_at at) {
    spy_panic_parts(etype, spy_cstring_length(etype), message, length, file, at);
}

SPY_API SPY_COLD void spy_raise(const struct spy_str *etype, const struct spy_str *message, spy_file file, spy_at at) {
    spy_panic_parts((const char *)etype->utf8, etype->length, message->utf8, message->length, file, at);
}
