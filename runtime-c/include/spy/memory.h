/*
 * Blocks of linear memory.
 *
 * The heap is cut into spans of 16 KiB. A span holds blocks of one size and one kind, or is the head of a run of spans
 * with one large block. So the size and kind of a block follow from its address, and no block carries a header of ours
 * except a pointer map where there is one:
 *
 *     span     | head: kind, block size, marks | block | block | block | ...
 *     block    | payload ...                   |   strings, and all else without gc pointers
 *     block    | map, 4 bytes free | payload . |   objects that hold gc pointers: `map` says where
 *
 * Free blocks of one size and kind are a list through the blocks themselves; spans are found in order of need. That is
 * the whole fast path of an allocation: take the first of a list.
 */
#ifndef SPY_MEMORY_H
#define SPY_MEMORY_H

#include "panic.h"

/*
 * Where the gc pointers are in one item of a block: `count` byte offsets. A block of n items has n times as many
 * pointers. Generated code has one constant of this type per type that holds gc pointers.
 * KEEP IN STEP: pointer-map (compiler/objects/layout.ts)
 */
typedef struct spy_pointer_map {
    uint32_t item_size;
    uint32_t count;
    uint32_t offsets[];
} spy_pointer_map;

/*
 * A zeroed block of `count` items. `map` is NULL for items without gc pointers.
 * Panics: PanicError `negative allocation size`, `out of memory`.
 */
SPY_API void *spy_gc_alloc(int32_t count, uint32_t item_size, const spy_pointer_map *map, spy_file file, spy_at at);

/* The same, but it stays until spy_raw_free. */
SPY_API void *spy_raw_alloc(int32_t count, uint32_t item_size, spy_file file, spy_at at);

/* The same for items that hold gc pointers, which the collector then finds. */
SPY_API void *spy_raw_alloc_mapped(
    int32_t count, uint32_t item_size, const spy_pointer_map *map, spy_file file, spy_at at);

/* NULL is nothing to do. PanicError `raw_free: not an allocated pointer`, `raw_free: already freed`. */
SPY_API void spy_raw_free(void *block, spy_file file, spy_at at);

/* A block of `size` bytes with the content of `block` as far as it fits; `block` is gone. NULL begins with nothing. */
SPY_API void *spy_raw_realloc(void *block, uint32_t size, spy_file file, spy_at at);

/*
 * `size` bytes without gc pointers, not zeroed: for text. `a` and `b` are what the caller will read afterwards: pointers
 * into blocks, which stay, or NULL. Panics with `out of memory`.
 */
SPY_API void *spy_text_alloc(uint32_t size, const void *a, const void *b);

/*
 * The same without collecting: for those whose other blocks nobody knows. It serves errors on their way, and hosts that
 * put arguments together.
 */
SPY_API void *spy_text_alloc_quietly(uint32_t size);

/* One zeroed item of `size` bytes for the host, without collecting. */
SPY_API void *spy_gc_new(uint32_t size, const spy_pointer_map *map);

/* Copies and comparisons; spy_memcmp gives -1, 0 or 1. */
SPY_API void spy_memcpy(void *to, const void *from, uint32_t n);
SPY_API void spy_memmove(void *to, const void *from, uint32_t n);
SPY_API void spy_memset(void *to, int32_t byte, uint32_t n);
SPY_API int32_t spy_memcmp(const void *a, const void *b, uint32_t n);

#endif
