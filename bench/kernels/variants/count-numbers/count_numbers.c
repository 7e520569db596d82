#include "../kernel.h"

/*
 * A table that remembers the order of insertion, as dicts do: entries one after the other from 1 on, and an index with
 * open addressing that leads to them, where 0 is free.
 */
typedef struct { int32_t key, value; } Entry;
typedef struct { int32_t *index; Entry *entries; int32_t length, size; } Table;

static Table table_new(int32_t size) {
  return (Table){calloc((size_t)size, sizeof(int32_t)), malloc((size_t)size * sizeof(Entry)), 0, size};
}

static inline int32_t find(const Table *table, int32_t key) {
  int32_t mask = table->size - 1;
  int32_t slot = key & mask;
  while (table->index[slot] != 0 && table->entries[table->index[slot]].key != key) slot = (slot + 1) & mask;
  return slot;
}

static int32_t get(const Table *table, int32_t key) {
  int32_t at = table->index[find(table, key)];
  return at == 0 ? 0 : table->entries[at].value;
}

static void add(Table *table, int32_t slot, Entry entry) {
  table->entries[++table->length] = entry;
  table->index[slot] = table->length;
}

static void set(Table *table, int32_t key, int32_t value) {
  int32_t slot = find(table, key);
  if (table->index[slot] != 0) {
    table->entries[table->index[slot]].value = value;
    return;
  }
  if ((table->length + 1) * 3 >= table->size * 2) {
    Table larger = table_new(table->size * 2);
    for (int32_t i = 1; i <= table->length; i++) add(&larger, find(&larger, table->entries[i].key), table->entries[i]);
    free(table->index), free(table->entries);
    *table = larger;
    slot = find(table, key);
  }
  add(table, slot, (Entry){key, value});
}

EXPORT(run) double run(int32_t n) {
  Table counts = table_new(64);
  uint32_t seed = 20;
  for (int32_t i = 0; i < n; i++) {
    int32_t key = next_random(&seed) & 0x3fff;
    set(&counts, key, get(&counts, key) + 1);
  }
  double total = 0;
  for (int32_t i = 1; i <= counts.length; i++) {
    int32_t key = counts.entries[i].key;
    total += (double)key * get(&counts, key) * get(&counts, key);
  }
  free(counts.index), free(counts.entries);
  return total;
}
