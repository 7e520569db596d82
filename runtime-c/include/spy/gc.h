/*
 * The collector: precise mark and sweep; objects never move. It runs at two kinds of places only: in an allocation that
 * crosses the threshold, and at a boundary, where the host enters the program. Programs that do not ask for it do not
 * contain it.
 *
 * What is reached from the roots stays:
 *
 *     frames      slots of active functions that hold a pointer over a call that may allocate
 *     globals     module variables and the image of the program, by their pointer maps
 *     pins        what the host or unsafe code holds, counted
 *     raw blocks  that were allocated with a pointer map
 *
 * A pointer may point anywhere into a block; the whole block stays. Pointers to what is not on the heap are passed over.
 */
#ifndef SPY_GC_H
#define SPY_GC_H

#include "memory.h"

enum { SPY_GC_NONE, SPY_GC_AUTO, SPY_GC_STRESS };

/*
 * What a program wants is known when it is compiled: it defines SPY_GC as 1 (collect) or 2 (at every allocation), and
 * SPY_GC_POISON to have freed memory overwritten. The host of the library decides at run time: spy_gc_configure.
 */
#ifndef SPY_GC
#define SPY_GC 0
#endif
#ifdef SPY_GC_POISON
#define SPY_POISONS true
#else
#define SPY_POISONS false
#endif

/*
 * The slots of one function call, on C's own stack. Slots are NULL or gc pointers whenever an allocation can happen.
 * Who calls a function that may allocate holds all pointers that it passes: parameters need no slot. Functions of the
 * runtime take care of their arguments themselves.
 *
 *     SPY_FRAME(frame, 2);
 *     frame.slots[0] = name;
 *     ...
 *     SPY_END(frame);
 *
 * KEEP IN STEP: root-frame (src/runtime/abi/layout.ts)
 */
typedef struct spy_frame {
    struct spy_frame *previous;
    uintptr_t count;
    const void *slots[];
} spy_frame;

#if __SIZEOF_POINTER__ == 4
_Static_assert(SPY_OFFSETOF(spy_frame, count) == 4, "KEEP IN STEP: root-frame");
_Static_assert(SPY_OFFSETOF(spy_frame, slots) == 8, "KEEP IN STEP: root-frame");
#endif
_Static_assert(SPY_OFFSETOF(spy_pointer_map, offsets) == 8, "KEEP IN STEP: pointer-map");

typedef struct {
    spy_frame *frames; /* the innermost */
} spy_gc_roots;

/* Where generated code links its frames; hosts save and restore `frames` around a call that may panic. */
static spy_gc_roots spy_roots __attribute__((unused));

#define SPY_FRAME(name, n)                                                                                             \
    struct {                                                                                                           \
        spy_frame *previous;                                                                                           \
        uintptr_t count;                                                                                               \
        const void *slots[n];                                                                                          \
    } name = {spy_roots.frames, n, {NULL}};                                                                            \
    spy_roots.frames = (spy_frame *)&name
#define SPY_END(name) (spy_roots.frames = name.previous)

/* The frame of a compiled function, which stores all slots before the first call that may allocate. */
#define SPY_ROOTS(n)                                                                                                   \
    struct {                                                                                                           \
        spy_frame *previous;                                                                                           \
        uintptr_t count;                                                                                               \
        const void *slots[n];                                                                                          \
    } $roots;                                                                                                          \
    $roots.previous = spy_roots.frames;                                                                                \
    $roots.count = n;                                                                                                  \
    spy_roots.frames = (spy_frame *)&$roots

/*
 * NONE: never collect. AUTO: at boundaries and in allocations, when about as much has been allocated as was alive.
 * STRESS: at every allocation. `poison`: freed memory is overwritten, so that its use shows.
 */
SPY_API void spy_gc_configure(int32_t mode, bool poison);

/* `count` items of `map` at `start` are roots until they are removed. */
SPY_API void spy_gc_add_roots(const void *start, int32_t count, const spy_pointer_map *map);
SPY_API void spy_gc_remove_roots(const void *start);

/*
 * Hosts that replace programs: another version has taken over from the one whose image is the raw block at `start`.
 * It is freed by the first collection that finds nothing that leads there; its roots count as long as something does.
 * Only what collects can tell, and only if no raw pointers lead there. No frame may be active.
 */
#ifdef SPY_LIBRARY
SPY_API void spy_gc_retire(void *start, uint32_t size);
#endif

/* The block that holds `pointer` stays until it has been unpinned as often. NULL is nothing. */
SPY_API void spy_gc_pin(const void *pointer);
SPY_API void spy_gc_unpin(const void *pointer);

/* The host enters the program; what it passes is in a frame. Collects if it is time. */
SPY_API void spy_gc_boundary(void);

/* The host: a call has failed, and with it all frames are gone. */
SPY_API void spy_gc_unwind(void);

/* Collect now; frames may be active. The result is how many bytes are alive. */
SPY_API uint32_t spy_gc_collect(void);

/* The address of `spy_roots`, for modules that are not written in C. */
SPY_API spy_gc_roots *spy_gc_roots_address(void);

#endif
