#include "../kernel.h"

/* Open addressing; a key of -1 marks a free entry. */
typedef struct { int32_t key, value; } Entry;
typedef struct { Entry *entries; int32_t length, size; } Table;

static Table table_new(int32_t size) {
  Table table = {malloc((size_t)size * sizeof(Entry)), 0, size};
  for (int32_t i = 0; i < size; i++) table.entries[i].key = -1;
  return table;
}

static inline Entry *find(const Table *table, int32_t key) {
  int32_t i = key & (table->size - 1);
  while (table->entries[i].key != key && table->entries[i].key != -1) i = (i + 1) & (table->size - 1);
  return &table->entries[i];
}

static int32_t get(const Table *table, int32_t key) {
  const Entry *entry = find(table, key);
  return entry->key == key ? entry->value : 0;
}

static void set(Table *table, int32_t key, int32_t value) {
  if (table->length * 3 >= table->size * 2) {
    Table larger = table_new(table->size * 2);
    for (int32_t i = 0; i < table->size; i++) {
      if (table->entries[i].key != -1) *find(&larger, table->entries[i].key) = table->entries[i];
    }
    larger.length = table->length;
    free(table->entries);
    *table = larger;
  }
  Entry *entry = find(table, key);
  table->length += entry->key == -1;
  *entry = (Entry){key, value};
}

EXPORT(run) double run(int32_t n) {
  Table counts = table_new(64);
  uint32_t seed = 20;
  for (int32_t i = 0; i < n; i++) {
    int32_t key = next_random(&seed) & 0x3fff;
    set(&counts, key, get(&counts, key) + 1);
  }
  double total = 0;
  for (int32_t i = 0; i < counts.size; i++) {
    Entry entry = counts.entries[i];
    if (entry.key != -1) total += (double)entry.key * entry.value * entry.value;
  }
  free(counts.entries);
  return total;
}
