/*
 * The runtime of compiled SPy programs. Generated C includes this file and nothing else.
 *
 * A program is one translation unit: the sources of the runtime are part of it, everything is static, and what is not
 * used leaves no byte. The build of libspy.wasm defines SPY_LIBRARY instead, which gives the same functions external
 * linkage, so that the linker can export them to modules that are not written in C.
 *
 * Nothing of libc is needed on wasm: no headers, no functions.
 */
#ifndef SPY_H
#define SPY_H

#include "spy/base.h"
#include "spy/panic.h"
#include "spy/numbers.h"
#include "spy/math.h"
#include "spy/complex.h"
#include "spy/memory.h"
#include "spy/gc.h"
#include "spy/str.h"
#include "spy/text.h"
#include "spy/pointer.h"
#include "spy/host.h"

#include "../src/runtime.c"

#endif
