/* Failed accesses through pointers: see include/spy/pointer.h. */

/* Append to a message; the numbers of a message fit into what is reserved for them. */
static uint32_t spy_append(uint8_t *message, uint32_t length, const char *text) {
    while (*text != 0) message[length++] = (uint8_t)*text++;
    return length;
}

static uint32_t spy_append_hex(uint8_t *message, uint32_t length, uintptr_t x) {
    int32_t digits = 1;
    while (digits < (int32_t)sizeof(x) * 2 && x >> 4 * digits != 0) digits++;
    while (digits-- > 0) message[length++] = (uint8_t)"0123456789abcdef"[x >> 4 * digits & 15];
    return length;
}

SPY_API SPY_COLD void spy_panic_pointer(
    int32_t operation, const void *address, int32_t index, int32_t length, spy_file file, spy_at at) {
    if (address == NULL) spy_panic("PanicError", "cannot dereference NULL pointer", file, at);
    uint8_t message[128];
    uint32_t end = spy_append(message, 0, operation == SPY_STORE ? "ptr_store" : operation == SPY_GETFIELD ? "ptr_getfield" : "ptr_getitem");
    end = spy_append(message, end, " out of bounds: 0x");
    end = spy_append_hex(message, end, (uintptr_t)address);
    message[end++] = '[';
    end += spy_format_i64(message + end, index);
    end = spy_append(message, end, "] (upper bound: ");
    end += spy_format_i64(message + end, length);
    message[end++] = ')';
    spy_panic_text("PanicError", message, end, file, at);
}
