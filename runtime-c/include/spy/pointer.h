/*
 * Checked pointers of debug builds: an address and the number of items behind it. Release builds check nothing here.
 */
#ifndef SPY_POINTER_H
#define SPY_POINTER_H

#include "memory.h"

enum { SPY_GETITEM, SPY_STORE, SPY_GETFIELD };

/* An access that failed: `cannot dereference NULL pointer`, or the text with address, index and length. PanicError. */
SPY_API SPY_COLD void spy_panic_pointer(
    int32_t operation, const void *address, int32_t index, int32_t length, spy_file file, spy_at at);

SPY_INLINE void spy_check_pointer(
    int32_t operation, const void *address, int32_t index, int32_t length, spy_file file, spy_at at) {
    if (SPY_UNLIKELY((uint32_t)index >= (uint32_t)length || address == NULL)) {
        spy_panic_pointer(operation, address, index, length, file, at);
    }
}

#endif
