/* Output and time: see include/spy/host.h. */

#ifdef __wasm__
SPY_IMPORT("fd_write") int32_t spy_host_fd_write(int32_t fd, const uint8_t *bytes, uint32_t length);
SPY_IMPORT("clock_time") double spy_host_clock_time(void);
SPY_IMPORT("clock_sleep") int32_t spy_host_clock_sleep(double seconds);
#else
#include <time.h>
#include <unistd.h>

static int32_t spy_host_fd_write(int32_t fd, const uint8_t *bytes, uint32_t length) {
    return (int32_t)write(fd, bytes, length);
}

static double spy_host_clock_time(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int32_t spy_host_clock_sleep(double seconds) {
    struct timespec length = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
    return nanosleep(&length, NULL);
}
#endif

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

SPY_API double spy_time_time(void) { return spy_host_clock_time(); }

SPY_API void spy_time_sleep(double seconds, spy_file file, spy_at at) {
    if (SPY_UNLIKELY(!(seconds >= 0))) spy_value_error("sleep length must be non-negative", file, at);
    spy_flush();
    spy_host_clock_sleep(seconds);
}
