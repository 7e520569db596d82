#include "../kernel.h"

static const char *const SYLLABLES[16] = {"ba", "di", "fu", "go", "ke", "la", "mi", "no",
                                          "pu", "re", "sa", "ti", "vo", "we", "xi", "zu"};

typedef struct { String *word; uint32_t hash; int32_t count; } Entry;
typedef struct { Entry *entries; int32_t length, size; } Table;

static uint32_t hash_of(const String *word) {
  uint32_t hash = 0x811c9dc5u;
  for (int32_t i = 0; i < word->length; i++) hash = (hash ^ (uint8_t)word->text[i]) * 0x01000193u;
  return hash;
}

static bool same(const String *a, const String *b) {
  return a->length == b->length && memcmp(a->text, b->text, (size_t)a->length) == 0;
}

static inline Entry *find(const Table *table, const String *word, uint32_t hash) {
  uint32_t mask = (uint32_t)table->size - 1;
  uint32_t i = hash & mask;
  while (table->entries[i].word != NULL) {
    if (table->entries[i].hash == hash && same(table->entries[i].word, word)) break;
    i = (i + 1) & mask;
  }
  return &table->entries[i];
}

static void grow(Table *table) {
  Table larger = {calloc((size_t)table->size * 2, sizeof(Entry)), table->length, table->size * 2};
  for (int32_t i = 0; i < table->size; i++) {
    Entry entry = table->entries[i];
    if (entry.word != NULL) *find(&larger, entry.word, entry.hash) = entry;
  }
  free(table->entries);
  *table = larger;
}

/* Takes the word over. */
static void count(Table *table, String *word) {
  uint32_t hash = hash_of(word);
  Entry *entry = find(table, word, hash);
  if (entry->word != NULL) {
    entry->count++;
    free(word);
    return;
  }
  if (table->length * 3 >= table->size * 2) {
    grow(table);
    entry = find(table, word, hash);
  }
  *entry = (Entry){word, hash, 1};
  table->length++;
}

static String *concat(const char *a, size_t a_length, const char *b, size_t b_length) {
  String *both = string_new((int32_t)(a_length + b_length));
  memcpy(both->text, a, a_length);
  memcpy(both->text + a_length, b, b_length);
  return both;
}

EXPORT(run) double run(int32_t n) {
  Table counts = {calloc(64, sizeof(Entry)), 0, 64};
  uint32_t seed = 20;
  for (int32_t i = 0; i < n; i++) {
    int32_t dice = next_random(&seed);
    const char *first = SYLLABLES[checked(dice & 15, 16)];
    const char *second = SYLLABLES[checked((dice >> 4) & 15, 16)];
    const char *third = SYLLABLES[checked((dice >> 8) & 15, 16)];
    String *two = concat(first, strlen(first), second, strlen(second));
    count(&counts, concat(two->text, (size_t)two->length, third, strlen(third)));
    free(two);
  }
  double total = 0;
  for (int32_t i = 0; i < counts.size; i++) {
    Entry entry = counts.entries[i];
    if (entry.word == NULL) continue;
    total += (double)entry.word->length * entry.count * entry.count;
    free(entry.word);
  }
  free(counts.entries);
  return total;
}
