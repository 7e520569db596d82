/* Panics: see include/spy/panic.h. Uses no memory of the heap, because the heap may be what is broken. */

static uint32_t spy_cstring_length(const char *text) {
    uint32_t length = 0;
    SPY_COMPACT while (text[length] != 0) length++;
    return length;
}

#ifdef __wasm__
SPY_IMPORT("panic")
void spy_host_panic(const char *etype, uint32_t etype_length, const uint8_t *message, uint32_t message_length,
                    const uint8_t *file, uint32_t file_length, uint32_t line, uint32_t column);
#else
#include <stdio.h>
#include <stdlib.h>

/* As a native program dies: the error, the place, the line of the source if it can be read; then abort. */
static void spy_host_panic(const char *etype, uint32_t etype_length, const uint8_t *message, uint32_t message_length,
                           const uint8_t *file, uint32_t file_length, uint32_t line, uint32_t column) {
    (void)column;
    fprintf(stderr, "%.*s: %.*s\n", (int)etype_length, etype, (int)message_length, (const char *)message);
    if (file != NULL) {
        char path[4096];
        char text[1024] = "";
        snprintf(path, sizeof(path), "%.*s", (int)file_length, (const char *)file);
        fprintf(stderr, "   --> %s:%u\n", path, line);
        FILE *source = fopen(path, "r");
        uint32_t at = 0;
        while (source != NULL && at < line && fgets(text, sizeof(text), source) != NULL) at++;
        if (source != NULL) fclose(source);
        uint32_t width = 0;
        while (text[width] != 0 && text[width] != '\n') width++;
        if (at == line && width > 0) fprintf(stderr, "%3u | %.*s\n    | ", line, (int)width, text);
        else fprintf(stderr, "%3u | <unable to read source line>\n    | ", line), width = 1;
        while (width-- > 0) fputc('^', stderr);
        fputc('\n', stderr);
    }
    abort();
}
#endif

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
