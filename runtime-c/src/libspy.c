/* The runtime as a library: its functions are exported to modules that are not written in C. */
#define SPY_LIBRARY
#include "spy.h"

/* KEEP IN STEP: abi-version (src/runtime/abi/layout.ts) */
int32_t spy_abi_version(void) { return 1; }
