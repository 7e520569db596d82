/*
 * The host where it is not JavaScript: libc. A unit of its own, because the headers of a libc define macros, and programs
 * may call their variables as they like.
 *
 * KEEP IN STEP: host-imports (src/runtime/abi/imports.ts)
 */
#define _DEFAULT_SOURCE
#define _DARWIN_C_SOURCE
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

/* -- errors ------------------------------------------------------------------------------------------------------ */

static void spy_show_source(const char *path, uint32_t line) {
    char text[1024] = "";
    uint32_t at = 0;
    FILE *source = fopen(path, "r");
    while (source != NULL && at < line && fgets(text, sizeof(text), source) != NULL) at++;
    if (source != NULL) fclose(source);
    int width = 0;
    int carets = 0; /* one for each character */
    for (; text[width] != 0 && text[width] != '\n'; width++) carets += (text[width] & 0xc0) != 0x80;
    if (at == line && width > 0) {
        fprintf(stderr, "%3u | %.*s\n    | ", line, width, text);
    } else {
        fprintf(stderr, "%3u | <unable to read source line>\n    | ", line);
        carets = 1;
    }
    while (carets-- > 0) fputc('^', stderr);
    fputc('\n', stderr);
}

/* The error, its place, the line of the source if it can be read; then abort. */
void spy_host_panic(const char *etype, uint32_t etype_length, const uint8_t *message, uint32_t message_length,
                    const uint8_t *file, uint32_t file_length, uint32_t line, uint32_t column) {
    (void)column;
    fprintf(stderr, "%.*s: %.*s\n", (int)etype_length, etype, (int)message_length, (const char *)message);
    if (file != NULL) {
        char path[4096];
        snprintf(path, sizeof(path), "%.*s", (int)file_length, (const char *)file);
        fprintf(stderr, "   --> %s:%u\n", path, line);
        spy_show_source(path, line);
    }
    fflush(stderr);
#if defined __wasm__ && defined SPY_COMMAND
    exit(134); /* the status of abort elsewhere */
#else
    abort();
#endif
}

/* -- output and time --------------------------------------------------------------------------------------------- */

int32_t spy_host_fd_write(int32_t fd, const uint8_t *bytes, uint32_t length) {
    return (int32_t)write(fd, bytes, length);
}

double spy_host_clock_time(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

int32_t spy_host_clock_sleep(double seconds) {
    if (seconds > 1e9) seconds = 1e9; /* thirty years */
    struct timespec length = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
    return nanosleep(&length, NULL);
}

/* -- memory ------------------------------------------------------------------------------------------------------ */

/*
 * At least `bytes` more for the heap, which is [*start, *end): its end moves up, or all of it, and then what it was is no
 * part of it any more. Both are NULL at first. False if there is none.
 */
#ifdef __wasm__
/* Malloc of libc takes from the same break, so that what comes next may not follow what there is. */
bool spy_host_grow(uint8_t **start, uint8_t **end, uint32_t bytes) {
    if (bytes > INT32_MAX - (1 << 20)) return false;
    uint32_t generous = bytes < 1u << 20 ? 1u << 20 : bytes;
    uint8_t *more = sbrk((intptr_t)generous);
    if (more == (uint8_t *)-1) return false;
    if (more != *end) *start = more;
    *end = more + generous;
    return true;
}
#else
/* One large reservation; the system gives pages to it as they are touched. */
bool spy_host_grow(uint8_t **start, uint8_t **end, uint32_t bytes) {
    uint64_t reserve = 1ull << 36;
    if (*start != NULL || bytes > reserve) return false;
    void *all = mmap(NULL, reserve, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (all == MAP_FAILED) return false;
    *start = all;
    *end = *start + reserve;
    return true;
}
#endif

/* -- the stack --------------------------------------------------------------------------------------------------- */

#ifdef __wasm__
void spy_host_watch_stack(void) {}
#else
static uint8_t *spy_stack_top;
static uint64_t spy_stack_size;
static uint8_t spy_signal_stack[65536];

/* Recursion without end comes to a page that is not there. */
static void spy_on_fault(int signal_number, siginfo_t *info, void *context) {
    (void)context;
    uint8_t *at = info->si_addr;
    if (at < spy_stack_top && (uint64_t)(spy_stack_top - at) <= spy_stack_size + (1u << 20)) {
        static const char text[] = "PanicError: stack overflow\n";
        ssize_t ignored = write(2, text, sizeof(text) - 1);
        (void)ignored;
        abort();
    }
    signal(signal_number, SIG_DFL); /* something else: it comes again, and nobody is in the way */
}

/* From the beginning of `main`: an overflow of the stack is told as an error of the program. */
void spy_host_watch_stack(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return;
    spy_stack_top = (uint8_t *)__builtin_frame_address(0);
    spy_stack_size = limit.rlim_cur;
    stack_t stack = {.ss_sp = spy_signal_stack, .ss_size = sizeof(spy_signal_stack)};
    sigaltstack(&stack, NULL);
    struct sigaction action = {.sa_sigaction = spy_on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGBUS, &action, NULL);
}
#endif
