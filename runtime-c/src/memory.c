/* Memory: see include/spy/memory.h for the shape of the heap. */

#define SPY_SPAN 16384u
#define SPY_CLASSES 32
#define SPY_LARGEST_SMALL 8096u
#define SPY_LEAST_THRESHOLD (1u << 20)

/* What the blocks of a span are. Only gc kinds are collected; only mapped kinds are looked into. */
enum {
    SPY_KIND_TEXT, /* gc, no pointers */
    SPY_KIND_MAPPED, /* gc, each block begins with its pointer map */
    SPY_KIND_RAW, /* by hand */
    SPY_KIND_RAW_MAPPED, /* by hand, each block begins with its pointer map and is a root */
    SPY_KINDS
};

/* Bytes of the blocks of each class; the large ones divide a span evenly. All are multiples of 16. */
static const uint16_t spy_class_size[SPY_CLASSES] = {
    16,  32,  48,  64,  80,  96,  112, 128, 144,  160,  176,  192,  208,  224,  240,  256,
    320, 384, 448, 512, 640, 768, 896, 1024, 1344, 1616, 2016, 2688, 3232, 4048, 5392, 8096,
};

typedef struct spy_span {
    uint8_t kind;
    bool large;
    uint16_t block_class;
    uint32_t block_size; /* of a large block: bytes up to the end of the run */
    uint32_t block_count;
    uint32_t run; /* spans that belong to this one, itself included */
    struct spy_span *next;
    struct spy_span *next_unswept;
    uint32_t inverse; /* of the block size, for the collector: see spy_block_at */
    uint32_t reserved;
    uint32_t marks[SPY_SPAN / 16 / 32]; /* one bit a block. gc: reached; raw: in use */
} spy_span;

_Static_assert(sizeof(void *) > 4 || sizeof(spy_span) == 160, "the largest classes count on 16224 bytes for blocks");

/* A run of free spans; they form a list by address, and neighbours are always joined. */
typedef struct spy_free_run {
    uint32_t count;
    struct spy_free_run *next;
} spy_free_run;

static struct {
    /* Free blocks, by kind and class. */
    void *free[SPY_KINDS][SPY_CLASSES];
    /* Where the blocks that were never used begin in the newest span of each kind and class, and where they end. */
    uint8_t *fresh[SPY_KINDS][SPY_CLASSES];
    uint8_t *fresh_end[SPY_KINDS][SPY_CLASSES];
    /* Spans where the last collection left free blocks that are not yet in a list. */
    spy_span *unswept[SPY_KINDS][SPY_CLASSES];
    /* All spans with small blocks, and all large ones. */
    spy_span *spans;
    spy_span *large;
    spy_free_run *free_runs;
    /* A free run that the next one to be returned may lie behind; NULL for none. */
    spy_free_run *returned;
    /* The heap begins at `first`; memory between `top` and `end` was never used. */
    uint8_t *first;
    uint8_t *top;
    uint8_t *end;
    bool collects; /* of the library: its host has turned the collector on */
    bool quiet; /* no collection now */
    uint32_t allocated; /* bytes handed out to free lists since the last collection */
    uint32_t threshold; /* of `allocated`, for the next one; 0 collects at every allocation */
} spy_heap = {.threshold = SPY_GC == SPY_GC_AUTO ? SPY_LEAST_THRESHOLD : 0};

#ifdef SPY_LIBRARY
#define SPY_COLLECTS spy_heap.collects
#else
#define SPY_COLLECTS (SPY_GC != SPY_GC_NONE)
#endif

SPY_API uint32_t spy_gc_collect(void);

/* An allocation of this kind should collect first. */
static inline bool spy_is_time(uint32_t kind) {
    return SPY_COLLECTS && kind <= SPY_KIND_MAPPED && spy_heap.allocated >= spy_heap.threshold && !spy_heap.quiet;
}

/* There is no memory left, but a collection may find some. */
static inline bool spy_may_help(uint32_t kind) {
    return SPY_COLLECTS && kind <= SPY_KIND_MAPPED && spy_heap.allocated > 0 && !spy_heap.quiet;
}

/*
 * Under the address sanitizer, memory that is not handed out may not be touched, but for the first words of each block,
 * which hold our lists.
 */
#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define SPY_WATCHED
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define SPY_WATCHED
#endif
#ifdef SPY_WATCHED
void __asan_poison_memory_region(const volatile void *memory, size_t size);
void __asan_unpoison_memory_region(const volatile void *memory, size_t size);
static void spy_show(void *memory, size_t size) { __asan_unpoison_memory_region(memory, size); }
static void spy_hide(void *memory, size_t size) {
    __asan_unpoison_memory_region(memory, sizeof(void *));
    __asan_poison_memory_region((uint8_t *)memory + sizeof(void *), size - sizeof(void *));
}
#else
#define spy_show(memory, size) ((void)0)
#define spy_hide(memory, size) ((void)0)
#endif

/* A pointer map and what keeps the payload behind it aligned to 8. */
#define SPY_MAP_ROOM 8u

static SPY_COLD void spy_out_of_memory(spy_file file, spy_at at) {
    spy_heap.quiet = false;
    spy_panic("PanicError", "out of memory", file, at);
}

/* -- spans ------------------------------------------------------------------------------------------------------- */

#ifdef SPY_JS_HOST
extern uint8_t __heap_base;

/* Bytes behind `top`. As numbers, because memory of 4 GiB ends at address 0. */
static inline uint32_t spy_room(void) { return (uint32_t)((uintptr_t)spy_heap.end - (uintptr_t)spy_heap.top); }

/* Make room for `bytes` more behind `top`. Asks for an eighth of what there is, so that growing stays rare. */
static SPY_SMALL bool spy_grow(uint32_t bytes) {
    uint32_t have = (uint32_t)__builtin_wasm_memory_size(0);
    if (spy_heap.top == NULL) {
        spy_heap.top = (uint8_t *)(((uintptr_t)&__heap_base + SPY_SPAN - 1) & ~(uintptr_t)(SPY_SPAN - 1));
        spy_heap.first = spy_heap.top;
        spy_heap.end = (uint8_t *)((uintptr_t)have << 16);
    }
    if (bytes <= spy_room()) return true;
    uint32_t pages = (bytes + 65535u) >> 16;
    uint32_t generous = have >> 3;
    if (generous < pages) generous = pages;
    int32_t before = (int32_t)__builtin_wasm_memory_grow(0, generous);
    if (before < 0) before = (int32_t)__builtin_wasm_memory_grow(0, generous = pages);
    if (before < 0) return false;
    uint8_t *start = (uint8_t *)((uintptr_t)(uint32_t)before << 16);
    /* Somebody else may have grown the memory: then what lies between is theirs. */
    if (start != spy_heap.end) spy_heap.top = start;
    spy_heap.end = (uint8_t *)((uintptr_t)start + ((uintptr_t)generous << 16));
    return bytes <= spy_room();
}
#else
bool spy_host_grow(uint8_t **start, uint8_t **end, uint32_t bytes);

/* Make room for `bytes` more behind `top`. */
static SPY_SMALL bool spy_grow(uint32_t bytes) {
    if (spy_heap.top != NULL && bytes <= (uintptr_t)(spy_heap.end - spy_heap.top)) return true;
    uint8_t *start = spy_heap.top;
    uint8_t *end = spy_heap.end;
    if (!spy_host_grow(&start, &end, bytes + SPY_SPAN)) return false;
    spy_heap.top = (uint8_t *)(((uintptr_t)start + SPY_SPAN - 1) & ~(uintptr_t)(SPY_SPAN - 1));
    spy_heap.end = end;
    if (spy_heap.first == NULL) spy_heap.first = spy_heap.top;
    return true;
}
#endif

/* A run of `count` spans with unknown content; NULL when there is no memory. */
static SPY_SMALL spy_span *spy_take_run(uint32_t count) {
    spy_free_run **link = &spy_heap.free_runs;
    for (spy_free_run *run = *link; run != NULL; link = &run->next, run = *link) {
        if (run->count < count) continue;
        spy_free_run *rest = run->next;
        if (run->count > count) {
            rest = (spy_free_run *)((uint8_t *)run + count * SPY_SPAN);
            spy_show(rest, sizeof(spy_free_run));
            rest->count = run->count - count;
            rest->next = run->next;
        }
        *link = rest;
        spy_heap.returned = NULL;
        spy_show(run, count * SPY_SPAN);
        return (spy_span *)run;
    }
    if (!spy_grow(count * SPY_SPAN)) return NULL;
    spy_span *span = (spy_span *)spy_heap.top;
    spy_heap.top += count * SPY_SPAN;
    return span;
}

/* Give a run back; it joins the free runs that touch it. Quick for runs that come back in the order of addresses. */
static SPY_SMALL void spy_return_run(spy_span *span, uint32_t count) {
    bool behind = spy_heap.returned != NULL && (void *)spy_heap.returned < (void *)span;
    spy_free_run *before = behind ? spy_heap.returned : NULL;
    spy_free_run *after = behind ? before->next : spy_heap.free_runs;
    while (after != NULL && (void *)after < (void *)span) before = after, after = after->next;
    spy_free_run *run = (spy_free_run *)span;
    spy_hide(run, count * SPY_SPAN);
    spy_show(run, sizeof(spy_free_run));
    run->count = count;
    run->next = after;
    if (after != NULL && (uint8_t *)run + count * SPY_SPAN == (uint8_t *)after) {
        run->count += after->count;
        run->next = after->next;
    }
    if (before == NULL) {
        spy_heap.free_runs = run;
    } else if ((uint8_t *)before + before->count * SPY_SPAN == (uint8_t *)run) {
        before->count += run->count;
        before->next = run->next;
        run = before;
    } else {
        before->next = run;
    }
    spy_heap.returned = run;
}

static inline spy_span *spy_span_of(const void *block) {
    return (spy_span *)((uintptr_t)block & ~(uintptr_t)(SPY_SPAN - 1));
}

/* -- blocks ------------------------------------------------------------------------------------------------------ */

static inline uint32_t spy_class_of(uint32_t size) {
    if (SPY_LIKELY(size <= 256)) return (size + 15) / 16 - (size != 0);
    uint32_t class = 16;
    while (spy_class_size[class] < size) class++;
    return class;
}

/* Put the unmarked blocks of a span into the free list, and take the first. */
static void *spy_sweep(spy_span *span) {
    uint8_t *block = (uint8_t *)(span + 1);
    void **link = &spy_heap.free[span->kind][span->block_class];
    for (uint32_t i = 0; i < span->block_count; i++, block += span->block_size) {
        if (span->marks[i / 32] & 1u << i % 32) continue;
        *link = block;
        link = (void **)block;
        spy_heap.allocated += span->block_size;
    }
    *link = NULL;
    void *first = spy_heap.free[span->kind][span->block_class];
    spy_heap.free[span->kind][span->block_class] = *(void **)first;
    return first;
}

#ifdef SPY_WATCHED
/* The blocks of a span that are not marked; all of a new one are free. */
static void spy_hide_blocks(spy_span *span) {
    uint8_t *block = (uint8_t *)(span + 1);
    for (uint32_t i = 0; i < span->block_count; i++, block += span->block_size) {
        if (span->marks[i / 32] & 1u << i % 32) continue;
        spy_hide(block, span->block_size);
    }
}
#else
#define spy_hide_blocks(span) ((void)0)
#endif

/* A block when the free list of its kind and class is empty; fills the list. NULL when there is no memory. */
static SPY_SMALL void *spy_refill(uint32_t kind, uint32_t class) {
    uint32_t size = spy_class_size[class];
    if (SPY_COLLECTS) {
        if (spy_is_time(kind)) spy_gc_collect();
        spy_span *unswept = spy_heap.unswept[kind][class];
        if (unswept != NULL) {
            spy_heap.unswept[kind][class] = unswept->next_unswept;
            void *block = spy_sweep(unswept);
            if (spy_heap.threshold == 0) spy_heap.free[kind][class] = NULL; /* so that the next one gets here, too */
            return block;
        }
    }
    uint8_t *block = spy_heap.fresh[kind][class];
    uint8_t *end = spy_heap.fresh_end[kind][class];
    if (block == end) {
        spy_span *span = spy_take_run(1);
        if (span == NULL) {
            if (!spy_may_help(kind)) return NULL;
            spy_gc_collect();
            return spy_refill(kind, class);
        }
        uint32_t count = (SPY_SPAN - (uint32_t)sizeof(spy_span)) / size;
        spy_memset(span, 0, sizeof(spy_span));
        span->kind = (uint8_t)kind;
        span->block_class = (uint16_t)class;
        span->block_size = size;
        span->inverse = SPY_UINT32_MAX / size + 1;
        span->block_count = count;
        span->run = 1;
        span->next = spy_heap.spans;
        spy_heap.spans = span;
        block = (uint8_t *)(span + 1);
        end = block + count * size;
        spy_heap.fresh_end[kind][class] = end;
        spy_hide_blocks(span);
    }
    /* A kilobyte at a time: memory is linked shortly before it is used. */
    uint32_t batch = SPY_COLLECTS && spy_heap.threshold == 0 ? 1 : 1024 / size;
    uint8_t *last = block;
    for (; batch > 1 && last + size < end; batch--, last += size) *(void **)last = last + size;
    *(void **)last = NULL;
    spy_heap.allocated += (uint32_t)(last - block) + size;
    spy_heap.fresh[kind][class] = last + size;
    spy_heap.free[kind][class] = *(void **)block;
    return block;
}

static SPY_SMALL void *spy_large_block(uint32_t kind, uint32_t size) {
    if (size > 0xfff00000u) return NULL; /* below, it is rounded up to spans */
    uint32_t count = (size + (uint32_t)sizeof(spy_span) + SPY_SPAN - 1) / SPY_SPAN;
    if (spy_is_time(kind)) spy_gc_collect();
    spy_span *span = spy_take_run(count);
    if (span == NULL && spy_may_help(kind)) {
        spy_gc_collect();
        span = spy_take_run(count);
    }
    if (span == NULL) return NULL;
    spy_heap.allocated += size;
    spy_memset(span, 0, sizeof(spy_span));
    span->kind = (uint8_t)kind;
    span->large = true;
    span->block_size = count * SPY_SPAN - (uint32_t)sizeof(spy_span);
    span->block_count = 1;
    span->run = count;
    span->next = spy_heap.large;
    spy_heap.large = span;
    return span + 1;
}

/* `size` bytes of any content, that may not be touched yet; NULL when there is no memory. */
static inline void *spy_next_block(uint32_t kind, uint32_t size) {
    if (SPY_UNLIKELY(size > SPY_LARGEST_SMALL)) return spy_large_block(kind, size);
    uint32_t class = spy_class_of(size);
    void *block = spy_heap.free[kind][class];
    if (SPY_UNLIKELY(block == NULL)) return spy_refill(kind, class);
    spy_heap.free[kind][class] = *(void **)block;
    return block;
}

/*
 * `size` bytes of any content; NULL when there is no memory. The collector looks into whole blocks, and raw blocks grow in
 * their place; text ends where it ends.
 */
static inline void *spy_block(uint32_t kind, uint32_t size) {
    void *block = spy_next_block(kind, size);
    if (block != NULL && size <= SPY_LARGEST_SMALL) {
        spy_show(block, kind == SPY_KIND_TEXT ? size : spy_class_size[spy_class_of(size)]);
    }
    return block;
}

/* Bytes of `count` items, or a panic. */
static inline uint32_t spy_checked_size(int32_t count, uint32_t item_size, spy_file file, spy_at at) {
    if (SPY_UNLIKELY(count < 0)) spy_panic("PanicError", "negative allocation size", file, at);
    uint64_t size = (uint64_t)(uint32_t)count * item_size;
    if (SPY_UNLIKELY(size > 0xfffeffffu)) spy_out_of_memory(file, at);
    return (uint32_t)size;
}

/* A block of `size` bytes behind its map. All of it is zeroed, because the collector reads all of it. */
static void *spy_mapped_block(uint32_t kind, uint32_t size, const spy_pointer_map *map, spy_file file, spy_at at) {
    size += SPY_MAP_ROOM;
    const spy_pointer_map **block = spy_block(kind, size);
    if (SPY_UNLIKELY(block == NULL)) spy_out_of_memory(file, at);
    spy_memset(block, 0, SPY_UNLIKELY(size > SPY_LARGEST_SMALL) ? spy_span_of(block)->block_size : spy_class_size[spy_class_of(size)]);
    *block = map;
    return (uint8_t *)block + SPY_MAP_ROOM;
}

SPY_API void *spy_gc_alloc(int32_t count, uint32_t item_size, const spy_pointer_map *map, spy_file file, spy_at at) {
    uint32_t size = spy_checked_size(count, item_size, file, at);
    if (map == NULL) {
        void *block = spy_block(SPY_KIND_TEXT, size);
        if (SPY_UNLIKELY(block == NULL)) spy_out_of_memory(file, at);
        spy_memset(block, 0, size);
        return block;
    }
    return spy_mapped_block(SPY_KIND_MAPPED, size, map, file, at);
}

SPY_API void *spy_gc_new(uint32_t size, const spy_pointer_map *map) {
    spy_heap.quiet = true;
    void *block = spy_gc_alloc(1, size, map, SPY_NOWHERE);
    spy_heap.quiet = false;
    return block;
}

static SPY_NOINLINE void *spy_text_block(uint32_t size, const void *a, const void *b) {
#if defined SPY_LIBRARY || SPY_GC
    SPY_FRAME(frame, 2);
    frame.slots[0] = a;
    frame.slots[1] = b;
    void *block = spy_block(SPY_KIND_TEXT, size);
    SPY_END(frame);
#else
    (void)a, (void)b;
    void *block = spy_block(SPY_KIND_TEXT, size);
#endif
    if (SPY_UNLIKELY(block == NULL)) spy_out_of_memory(SPY_NOWHERE);
    return block;
}

SPY_API void *spy_text_alloc(uint32_t size, const void *a, const void *b) {
    if (SPY_LIKELY(size <= SPY_LARGEST_SMALL)) {
        uint32_t class = spy_class_of(size);
        void *block = spy_heap.free[SPY_KIND_TEXT][class];
        if (SPY_LIKELY(block != NULL)) {
            spy_heap.free[SPY_KIND_TEXT][class] = *(void **)block;
            spy_show(block, size);
            return block;
        }
    }
    return spy_text_block(size, a, b); /* what may collect */
}

SPY_API void *spy_text_alloc_quietly(uint32_t size) {
    spy_heap.quiet = true;
    void *block = spy_text_alloc(size, NULL, NULL);
    spy_heap.quiet = false;
    return block;
}

/* Which block of its span this is; more than there are if it is none. */
static uint32_t spy_block_index(const spy_span *span, const void *block) {
    uint32_t offset = (uint32_t)((const uint8_t *)block - (const uint8_t *)(span + 1));
    return offset % span->block_size == 0 ? offset / span->block_size : SPY_UINT32_MAX;
}

/* Remember that a raw block is in use. */
static void spy_set_used(void *block) {
    spy_span *span = spy_span_of(block);
    uint32_t index = spy_block_index(span, block);
    span->marks[index / 32] |= 1u << index % 32;
}

SPY_API void *spy_raw_alloc(int32_t count, uint32_t item_size, spy_file file, spy_at at) {
    uint32_t size = spy_checked_size(count, item_size, file, at);
    void *block = spy_block(SPY_KIND_RAW, size);
    if (SPY_UNLIKELY(block == NULL)) spy_out_of_memory(file, at);
    spy_set_used(block);
    spy_memset(block, 0, size);
    return block;
}

SPY_API void *spy_raw_alloc_mapped(int32_t count, uint32_t item_size, const spy_pointer_map *map, spy_file file, spy_at at) {
    uint32_t size = spy_checked_size(count, item_size, file, at);
    void *payload = spy_mapped_block(SPY_KIND_RAW_MAPPED, size, map, file, at);
    spy_set_used((uint8_t *)payload - SPY_MAP_ROOM);
    return payload;
}

/* The block of a raw payload, which is behind the map if there is one. */
static inline void *spy_raw_block(void *payload) {
    return (uint8_t *)payload - (spy_span_of(payload)->kind == SPY_KIND_RAW_MAPPED ? SPY_MAP_ROOM : 0);
}

SPY_API void spy_raw_free(void *payload, spy_file file, spy_at at) {
    if (payload == NULL) return;
    spy_span *span = spy_span_of(payload);
    bool ours = (uint8_t *)payload >= spy_heap.first && (uint8_t *)payload < spy_heap.top && span->block_size != 0 &&
                (span->kind == SPY_KIND_RAW || span->kind == SPY_KIND_RAW_MAPPED);
    uint8_t *block = ours ? spy_raw_block(payload) : NULL;
    uint32_t index = ours && block >= (uint8_t *)(span + 1) ? spy_block_index(span, block) : SPY_UINT32_MAX;
    if (index >= (ours ? span->block_count : 0)) spy_panic("PanicError", "raw_free: not an allocated pointer", file, at);
    if (!(span->marks[index / 32] & 1u << index % 32)) spy_panic("PanicError", "raw_free: already freed", file, at);
    span->marks[index / 32] &= ~(1u << index % 32);
    if (span->large) {
        spy_span **link = &spy_heap.large;
        while (*link != span) link = &(*link)->next;
        *link = span->next;
        spy_return_run(span, span->run);
        return;
    }
    spy_hide(block, span->block_size);
    *(void **)block = spy_heap.free[span->kind][span->block_class];
    spy_heap.free[span->kind][span->block_class] = block;
}

SPY_API void *spy_raw_realloc(void *payload, uint32_t size, spy_file file, spy_at at) {
    if (payload == NULL) return spy_raw_alloc(1, size, file, at);
    spy_span *span = spy_span_of(payload);
    uint32_t old = span->block_size - (span->kind == SPY_KIND_RAW_MAPPED ? SPY_MAP_ROOM : 0);
    if (size <= old && size >= old / 2) return payload;
    void *moved = span->kind == SPY_KIND_RAW_MAPPED
                      ? spy_raw_alloc_mapped(1, size, *(const spy_pointer_map **)spy_raw_block(payload), file, at)
                      : spy_raw_alloc(1, size, file, at);
    spy_memcpy(moved, payload, old < size ? old : size);
    spy_raw_free(payload, file, at);
    return moved;
}

/* -- copies ------------------------------------------------------------------------------------------------------ */

/*
 * Short ones are loops, because an engine's bulk instruction is a call; the attribute keeps the compiler from turning
 * the loops into that call.
 */
#ifdef __clang__
#define SPY_NO_LIBCALLS __attribute__((no_builtin("memcpy", "memmove", "memset", "memcmp", "bcmp")))
#else
#define SPY_NO_LIBCALLS __attribute__((optimize("no-tree-loop-distribute-patterns")))
#endif

typedef struct {
    uint64_t word;
} __attribute__((packed, may_alias)) spy_unaligned;

typedef struct {
    uint32_t word;
} __attribute__((packed, may_alias)) spy_unaligned_half;

#define SPY_WORD(at) (((spy_unaligned *)(at))->word)
#define SPY_HALF(at) (((spy_unaligned_half *)(at))->word)

/* From here on the bulk instruction is faster than a loop. */
#define SPY_BULK 64u

SPY_API SPY_NOINLINE SPY_NO_LIBCALLS void spy_memcpy(void *to, const void *from, uint32_t n) {
    if (n >= SPY_BULK) {
        __builtin_memcpy(to, from, n);
        return;
    }
    uint8_t *t = to;
    const uint8_t *f = from;
    /* The last word may write again what the one before it has written. */
    if (n >= 8) {
        uint8_t *last = t + n - 8;
        const uint64_t rest = SPY_WORD(f + n - 8);
        SPY_COMPACT for (; t < last; t += 8, f += 8) SPY_WORD(t) = SPY_WORD(f);
        SPY_WORD(last) = rest;
    } else if (n >= 4) {
        const uint32_t rest = SPY_HALF(f + n - 4);
        SPY_HALF(t) = SPY_HALF(f);
        SPY_HALF(t + n - 4) = rest;
    } else {
        SPY_COMPACT for (; n > 0; n--) *t++ = *f++;
    }
}

SPY_API SPY_NOINLINE SPY_NO_LIBCALLS void spy_memmove(void *to, const void *from, uint32_t n) {
    if (n >= SPY_BULK) {
        __builtin_memmove(to, from, n);
        return;
    }
    uint8_t *t = to;
    const uint8_t *f = from;
    if (t <= f) {
        SPY_COMPACT for (; n > 0; n--) *t++ = *f++;
    } else {
        SPY_COMPACT while (n > 0) n--, t[n] = f[n];
    }
}

SPY_API SPY_NOINLINE SPY_NO_LIBCALLS void spy_memset(void *to, int32_t byte, uint32_t n) {
    if (n >= SPY_BULK) {
        __builtin_memset(to, byte, n);
        return;
    }
    uint8_t *t = to;
    uint64_t pattern = (uint8_t)byte * 0x0101010101010101ull;
    SPY_COMPACT for (; n >= 8; n -= 8, t += 8) ((spy_unaligned *)t)->word = pattern;
    SPY_COMPACT for (; n > 0; n--) *t++ = (uint8_t)byte;
}

/* Two different words as texts: the lowest byte that differs counts. */
static inline int32_t spy_word_order(uint64_t a, uint64_t b) {
    uint32_t shift = (uint32_t)__builtin_ctzll(a ^ b) & ~7u;
    return (uint8_t)(a >> shift) < (uint8_t)(b >> shift) ? -1 : 1;
}

SPY_API SPY_NOINLINE SPY_NO_LIBCALLS int32_t spy_memcmp(const void *a, const void *b, uint32_t n) {
    const uint8_t *x = a;
    const uint8_t *y = b;
    if (n >= 8) {
        const uint8_t *last = x + n - 8;
        for (; x < last; x += 8, y += 8) {
            if (SPY_WORD(x) != SPY_WORD(y)) return spy_word_order(SPY_WORD(x), SPY_WORD(y));
        }
        y -= x - last;
        return SPY_WORD(last) == SPY_WORD(y) ? 0 : spy_word_order(SPY_WORD(last), SPY_WORD(y));
    }
    SPY_COMPACT for (; n > 0; n--, x++, y++) {
        if (*x != *y) return *x < *y ? -1 : 1;
    }
    return 0;
}
