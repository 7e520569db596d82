/* The collector: see include/spy/gc.h. */

static struct {
    /* Root ranges, in a raw block that grows. */
    struct spy_root_range {
        const uint8_t *start;
        int32_t count;
        const spy_pointer_map *map;
    } *ranges;
    uint32_t range_count, range_room;
    /* Pinned addresses with their counts; a hash table with open addressing, `pin_room` a power of two or 0. */
    struct spy_pin {
        const void *pointer;
        uint32_t count;
    } *pins;
    uint32_t pin_count, pin_room;
    bool poison; /* overwrite what is freed */
    /* During a collection. `heads` has the head of each span of the heap, NULL for free ones. */
    spy_span **heads;
    uint8_t *first;
    uint32_t span_count;
    /* Blocks with a map that are marked and not yet looked into. */
    const spy_pointer_map ***pending;
    uint32_t pending_count, pending_room;
} spy_gc = {.poison = SPY_POISONS};

#define SPY_POISON 0xdb

/* A collection waits for memory more than for instructions; as small code it costs a page half the bytes. */
#ifdef __clang__
#pragma clang attribute push(__attribute__((minsize)), apply_to = function)
#endif

#if SPY_GC
/* Written by the program: `spy_mark_items` for each of its variables and of its constant blocks that hold gc pointers. */
static void spy_mark_program(void);
#endif

/* -- roots ------------------------------------------------------------------------------------------------------- */

SPY_API spy_gc_roots *spy_gc_roots_address(void) { return &spy_roots; }

SPY_API void spy_gc_add_roots(const void *start, int32_t count, const spy_pointer_map *map) {
    if (spy_gc.range_count == spy_gc.range_room) {
        spy_gc.range_room = spy_gc.range_room * 2 + 16;
        uint32_t size = spy_gc.range_room * (uint32_t)sizeof(struct spy_root_range);
        spy_gc.ranges = spy_raw_realloc(spy_gc.ranges, size, SPY_NOWHERE);
    }
    spy_gc.ranges[spy_gc.range_count++] = (struct spy_root_range){start, count, map};
}

SPY_API void spy_gc_remove_roots(const void *start) {
    for (uint32_t i = spy_gc.range_count; i > 0; i--) {
        if (spy_gc.ranges[i - 1].start == start) spy_gc.ranges[i - 1] = spy_gc.ranges[--spy_gc.range_count];
    }
}

/* The entry of `pointer`, or the empty one where it would be. */
static struct spy_pin *spy_pin_entry(const void *pointer) {
    uint32_t at = (uint32_t)((uintptr_t)pointer >> 3) * 2654435769u;
    for (;; at++) {
        struct spy_pin *pin = &spy_gc.pins[at & (spy_gc.pin_room - 1)];
        if (pin->pointer == pointer || pin->pointer == NULL) return pin;
    }
}

static void spy_grow_pins(void) {
    struct spy_pin *old = spy_gc.pins;
    uint32_t old_room = spy_gc.pin_room;
    spy_gc.pin_room = old_room == 0 ? 16 : old_room * 2;
    spy_gc.pins = spy_raw_alloc((int32_t)spy_gc.pin_room, sizeof(struct spy_pin), SPY_NOWHERE);
    spy_gc.pin_count = 0;
    for (uint32_t i = 0; i < old_room; i++) {
        if (old[i].count == 0) continue; /* unpinned: left behind here */
        *spy_pin_entry(old[i].pointer) = old[i];
        spy_gc.pin_count++;
    }
    spy_raw_free(old, SPY_NOWHERE);
}

SPY_API void spy_gc_pin(const void *pointer) {
    if (pointer == NULL) return;
    if ((spy_gc.pin_count + 1) * 4 > spy_gc.pin_room * 3) spy_grow_pins();
    struct spy_pin *pin = spy_pin_entry(pointer);
    if (pin->pointer == NULL) {
        pin->pointer = pointer;
        spy_gc.pin_count++;
    }
    pin->count++;
}

SPY_API void spy_gc_unpin(const void *pointer) {
    if (pointer == NULL || spy_gc.pin_room == 0) return;
    struct spy_pin *pin = spy_pin_entry(pointer);
    if (pin->count > 0) pin->count--; /* the entry stays: others may lie behind it */
}

/* -- retired images ---------------------------------------------------------------------------------------------- */

/*
 * Memory of versions that another one has taken over from. What that one has kept may lead there: to text, to blocks of
 * import time, to pointer maps. So each is treated as one block: it stays while something that stays points into it, and
 * as long as it stays, its own roots are looked into.
 */
#ifdef SPY_LIBRARY
static struct {
    /* By address, in a raw block that grows. */
    struct spy_image {
        uint8_t *start;
        uint32_t size;
        bool reached, examined;
    } *images;
    uint32_t count, room;
    bool found; /* since this was last looked at, an image has been reached */
    /* Copies of the pointer maps that blocks on the heap have had from retired images, one behind the other. */
    uint8_t *maps, *maps_top, *maps_end;
} spy_retired;

/* The retired image that `pointer` points into; NULL if it is in none. */
static struct spy_image *spy_retired_image(const void *pointer) {
    uint32_t low = 0, high = spy_retired.count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        struct spy_image *image = &spy_retired.images[middle];
        if ((const uint8_t *)pointer < image->start) high = middle;
        else if ((const uint8_t *)pointer >= image->start + image->size) low = middle + 1;
        else return image;
    }
    return NULL;
}

static void spy_reach_image(const void *pointer) {
    struct spy_image *image = spy_retired_image(pointer);
    if (image == NULL || image->reached) return;
    image->reached = spy_retired.found = true;
}

SPY_API void spy_gc_retire(void *start, uint32_t size) {
    if (spy_retired.count == spy_retired.room) {
        spy_retired.room = spy_retired.room * 2 + 16;
        uint32_t bytes = spy_retired.room * (uint32_t)sizeof(struct spy_image);
        spy_retired.images = spy_raw_realloc(spy_retired.images, bytes, SPY_NOWHERE);
    }
    uint32_t at = spy_retired.count++;
    for (; at > 0 && spy_retired.images[at - 1].start > (uint8_t *)start; at--) {
        spy_retired.images[at] = spy_retired.images[at - 1];
    }
    spy_retired.images[at] = (struct spy_image){.start = start, .size = size};
    /* Programs that never allocate have no boundaries, but images all the same. */
    spy_heap.allocated += size;
    if (spy_heap.allocated >= (SPY_COLLECTS ? spy_heap.threshold : SPY_LEAST_THRESHOLD)) spy_gc_collect();
}

/*
 * The map of a block that stays, where it stays, too: the same, or its copy. NULL for maps that are too large to copy,
 * whose image then has to stay.
 */
static const spy_pointer_map *spy_lasting_map(const spy_pointer_map *map) {
    if (spy_retired_image(map) == NULL) return map;
    uint32_t bytes = (uint32_t)sizeof(spy_pointer_map) + map->count * (uint32_t)sizeof(uint32_t);
    for (uint8_t *at = spy_retired.maps; at < spy_retired.maps_top;) {
        spy_pointer_map *known = (spy_pointer_map *)at;
        if (known->count == map->count && spy_memcmp(known, map, bytes) == 0) return known;
        at += sizeof(spy_pointer_map) + known->count * sizeof(uint32_t);
    }
    if (bytes > SPY_SPAN) return NULL;
    if (spy_retired.maps_top + bytes > spy_retired.maps_end) {
        /* A run of its own, which is no span: allocating blocks now would confuse the collection. */
        spy_retired.maps = spy_retired.maps_top = (uint8_t *)spy_take_run(1);
        spy_retired.maps_end = spy_retired.maps == NULL ? NULL : spy_retired.maps + SPY_SPAN;
        if (spy_retired.maps == NULL) return NULL;
    }
    void *copy = spy_retired.maps_top;
    spy_memcpy(copy, map, bytes);
    spy_retired.maps_top += bytes;
    return copy;
}

/* After a collection: what nothing has led to is free. */
static void spy_free_images(void) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < spy_retired.count; i++) {
        struct spy_image image = spy_retired.images[i];
        if (image.reached) {
            spy_retired.images[kept++] = (struct spy_image){.start = image.start, .size = image.size};
            continue;
        }
        for (uint32_t at = spy_gc.range_count; at > 0; at--) {
            if ((uintptr_t)(spy_gc.ranges[at - 1].start - image.start) >= image.size) continue;
            spy_gc.ranges[at - 1] = spy_gc.ranges[--spy_gc.range_count];
        }
        if (spy_gc.poison) spy_memset(image.start, SPY_POISON, image.size);
        spy_raw_free(image.start, SPY_NOWHERE);
    }
    spy_retired.count = kept;
}
#else
#define spy_retired_image(pointer) NULL
#define spy_reach_image(pointer) ((void)0)
#define spy_lasting_map(map) (map)
#define spy_free_images() ((void)0)
#endif

/* -- mark -------------------------------------------------------------------------------------------------------- */

static void *spy_take_run_or_panic(uint32_t bytes) {
    void *run = spy_take_run((bytes + SPY_SPAN - 1) / SPY_SPAN);
    if (run == NULL) spy_out_of_memory(SPY_NOWHERE);
    return run;
}

static void spy_push_pending(const spy_pointer_map **block) {
    if (spy_gc.pending_count == spy_gc.pending_room) {
        uint32_t room = spy_gc.pending_room == 0 ? SPY_SPAN / (uint32_t)sizeof(void *) : spy_gc.pending_room * 2;
        const spy_pointer_map ***more = spy_take_run_or_panic(room * (uint32_t)sizeof(void *));
        if (spy_gc.pending_room != 0) {
            uint32_t bytes = spy_gc.pending_room * (uint32_t)sizeof(void *);
            spy_memcpy(more, spy_gc.pending, bytes);
            spy_return_run((spy_span *)spy_gc.pending, bytes / SPY_SPAN);
        }
        spy_gc.pending = more;
        spy_gc.pending_room = room;
    }
    spy_gc.pending[spy_gc.pending_count++] = block;
}

/*
 * Which small block `offset` lies in. A multiplication instead of a division: 2^32 / size, rounded up, is exact enough
 * for offsets below the size of a span.
 */
static inline uint32_t spy_block_at(const spy_span *span, uint32_t offset) {
    return (uint32_t)((uint64_t)offset * span->inverse >> 32);
}

/* The block that `pointer` points into stays, if there is one. */
static void spy_mark(const void *pointer) {
    uintptr_t offset = (uintptr_t)pointer - (uintptr_t)spy_gc.first;
    if (offset >= (uintptr_t)spy_gc.span_count * SPY_SPAN) return; /* NULL, static data */
    spy_span *span = spy_gc.heads[offset / SPY_SPAN];
    if (span == NULL) return;
    if (span->kind > SPY_KIND_MAPPED) {
        spy_reach_image(pointer);
        return;
    }
    uint8_t *blocks = (uint8_t *)(span + 1);
    if ((const uint8_t *)pointer < blocks) return;
    uint32_t index = span->large ? 0 : spy_block_at(span, (uint32_t)((const uint8_t *)pointer - blocks));
    if (index >= span->block_count) return;
    uint32_t bit = 1u << index % 32;
    if (span->marks[index / 32] & bit) return;
    span->marks[index / 32] |= bit;
    if (span->kind == SPY_KIND_MAPPED) spy_push_pending((const spy_pointer_map **)(blocks + index * span->block_size));
}

static void spy_mark_items(const uint8_t *item, uint32_t count, const spy_pointer_map *map) {
    for (; count > 0; count--, item += map->item_size) {
        for (uint32_t i = 0; i < map->count; i++) {
            const void *pointer;
            __builtin_memcpy(&pointer, item + map->offsets[i], sizeof(pointer));
            spy_mark(pointer);
        }
    }
}

/* A block that begins with its map. What lies behind the last item is zero, so a part of an item there does no harm. */
static void spy_mark_block(const spy_pointer_map **block, uint32_t block_size) {
    const spy_pointer_map *map = spy_lasting_map(*block);
    if (map == NULL) spy_reach_image(map = *block);
    if (map == NULL || map->item_size == 0) return;
    *block = map;
    uint32_t room = block_size - SPY_MAP_ROOM;
    uint32_t count = room < 2 * map->item_size ? room >= map->item_size : room / map->item_size;
    spy_mark_items((const uint8_t *)block + SPY_MAP_ROOM, count, map);
}

static void spy_mark_pending(void) {
    while (spy_gc.pending_count > 0) {
        const spy_pointer_map **block = spy_gc.pending[--spy_gc.pending_count];
        spy_span *span = spy_gc.heads[((uintptr_t)block - (uintptr_t)spy_gc.first) / SPY_SPAN];
        spy_mark_block(block, span->block_size);
    }
}

static void spy_mark_raw_span(const spy_span *span) {
    const uint8_t *blocks = (const uint8_t *)(span + 1);
    for (uint32_t i = 0; i < span->block_count; i++) {
        if (!(span->marks[i / 32] & 1u << i % 32)) continue;
        spy_mark_block((const spy_pointer_map **)(blocks + i * span->block_size), span->block_size);
        spy_mark_pending();
    }
}

static void spy_mark_range(const struct spy_root_range *range) {
    spy_mark_items(range->start, (uint32_t)range->count, range->map);
}

/* The roots of retired images that have been reached, which may lead to others. */
static void spy_mark_images(void) {
#ifdef SPY_LIBRARY
    while (spy_retired.found) {
        spy_retired.found = false;
        for (uint32_t i = 0; i < spy_gc.range_count; i++) {
            struct spy_image *image = spy_retired_image(spy_gc.ranges[i].start);
            if (image != NULL && image->reached && !image->examined) spy_mark_range(&spy_gc.ranges[i]);
        }
        for (uint32_t i = 0; i < spy_retired.count; i++) spy_retired.images[i].examined = spy_retired.images[i].reached;
        spy_mark_pending();
    }
#endif
}

static void spy_mark_roots(void) {
    for (const spy_frame *frame = spy_roots.frames; frame != NULL; frame = frame->previous) {
        for (uintptr_t i = 0; i < frame->count; i++) spy_mark(frame->slots[i]);
    }
#if SPY_GC
    spy_mark_program();
#endif
    for (uint32_t i = 0; i < spy_gc.range_count; i++) {
        if (spy_retired_image(spy_gc.ranges[i].start) == NULL) spy_mark_range(&spy_gc.ranges[i]);
    }
    for (uint32_t i = 0; i < spy_gc.pin_room; i++) {
        if (spy_gc.pins[i].count > 0) spy_mark(spy_gc.pins[i].pointer);
    }
    spy_mark_pending();
    for (spy_span *lists[] = {spy_heap.spans, spy_heap.large}, **list = lists; list < lists + 2; list++) {
        for (spy_span *span = *list; span != NULL; span = span->next) {
            if (span->kind == SPY_KIND_RAW_MAPPED) spy_mark_raw_span(span);
        }
    }
    spy_mark_images();
}

/* -- sweep ------------------------------------------------------------------------------------------------------- */

static void spy_poison_free(spy_span *span) {
    uint8_t *block = (uint8_t *)(span + 1);
    for (uint32_t i = 0; i < span->block_count; i++, block += span->block_size) {
        if (span->marks[i / 32] & 1u << i % 32) continue;
        spy_show(block, span->block_size);
        spy_memset(block, SPY_POISON, span->block_size);
    }
}

static uint32_t spy_marked_bytes(const spy_span *span) {
    uint32_t blocks = 0;
    for (uint32_t i = 0; i < span->block_count; i += 32) blocks += (uint32_t)__builtin_popcount(span->marks[i / 32]);
    return blocks * span->block_size;
}

/*
 * Spans without marks go back at once; the others wait in the list of their kind and class until an allocation needs
 * them. In the order of addresses, in which returning is quick; the lists of all spans are made again on the way. The
 * result is how many bytes are alive.
 */
static uint32_t spy_sweep_spans(void) {
    uint32_t alive = 0;
    spy_heap.spans = spy_heap.large = NULL;
    for (uint32_t i = 0; i < spy_gc.span_count;) {
        spy_span *span = spy_gc.heads[i];
        if (span == NULL) {
            i++;
            continue;
        }
        i += span->run;
        if (span->kind <= SPY_KIND_MAPPED) {
            uint32_t marked = spy_marked_bytes(span);
            bool full = marked == span->block_count * span->block_size;
            if (spy_gc.poison && !full) spy_poison_free(span);
            if (!full) spy_hide_blocks(span);
            if (marked == 0) {
                spy_return_run(span, span->run);
                continue;
            }
            alive += marked;
            if (!span->large && !full) {
                span->next_unswept = spy_heap.unswept[span->kind][span->block_class];
                spy_heap.unswept[span->kind][span->block_class] = span;
            }
        }
        spy_span **list = span->large ? &spy_heap.large : &spy_heap.spans;
        span->next = *list;
        *list = span;
    }
    return alive;
}

SPY_API uint32_t spy_gc_collect(void) {
    if (spy_heap.top == NULL) return 0;
    /* The heads of all spans, so that a pointer into the middle of a run finds its beginning. */
    spy_gc.first = spy_heap.first;
    uint8_t *top = spy_heap.top;
    spy_gc.span_count = (uint32_t)((top - spy_gc.first) / SPY_SPAN);
    uint32_t head_bytes = spy_gc.span_count * (uint32_t)sizeof(spy_span *);
    spy_gc.heads = spy_take_run_or_panic(head_bytes);
    spy_memset(spy_gc.heads, 0, head_bytes);
    for (spy_span *lists[] = {spy_heap.spans, spy_heap.large}, **list = lists; list < lists + 2; list++) {
        for (spy_span *span = *list; span != NULL; span = span->next) {
            uint32_t at = (uint32_t)(((uint8_t *)span - spy_gc.first) / SPY_SPAN);
            for (uint32_t i = 0; i < span->run; i++) spy_gc.heads[at + i] = span;
            if (span->kind <= SPY_KIND_MAPPED) spy_memset(span->marks, 0, (span->block_count + 31) / 32 * 4);
        }
    }
    spy_mark_roots();
    if (spy_gc.pending_room != 0) {
        spy_return_run((spy_span *)spy_gc.pending, spy_gc.pending_room * (uint32_t)sizeof(void *) / SPY_SPAN);
        spy_gc.pending_room = 0;
    }
    /* All that is free will be found by its missing mark: the lists begin anew. */
    for (uint32_t kind = 0; kind <= SPY_KIND_MAPPED; kind++) {
        for (uint32_t class = 0; class < SPY_CLASSES; class++) {
            spy_heap.free[kind][class] = NULL;
            spy_heap.fresh[kind][class] = spy_heap.fresh_end[kind][class] = NULL;
            spy_heap.unswept[kind][class] = NULL;
        }
    }
    uint32_t alive = spy_sweep_spans();
    spy_return_run((spy_span *)spy_gc.heads, (head_bytes + SPY_SPAN - 1) / SPY_SPAN);
    spy_forget_places();
    spy_free_images();
    spy_heap.allocated = 0;
    if (spy_heap.threshold != 0) spy_heap.threshold = alive > SPY_LEAST_THRESHOLD ? alive : SPY_LEAST_THRESHOLD;
    return alive;
}

SPY_API void spy_gc_configure(int32_t mode, bool poison) {
    spy_heap.collects = mode != SPY_GC_NONE;
    spy_heap.threshold = mode == SPY_GC_AUTO ? SPY_LEAST_THRESHOLD : 0;
    spy_gc.poison = poison;
    if (mode != SPY_GC_STRESS) return;
    /* Every allocation has to find its list empty; what was in the lists is found again by the next collection. */
    for (uint32_t kind = 0; kind <= SPY_KIND_MAPPED; kind++) {
        for (uint32_t class = 0; class < SPY_CLASSES; class++) spy_heap.free[kind][class] = NULL;
    }
}

SPY_API void spy_gc_unwind(void) { spy_roots.frames = NULL; }

SPY_API void spy_gc_boundary(void) {
    if (SPY_COLLECTS && spy_heap.allocated >= spy_heap.threshold) spy_gc_collect();
}

#ifdef __clang__
#pragma clang attribute pop
#endif
