#include "../kernel.h"

LIST(String *, Strings)

static int32_t compare(const String *a, const String *b) {
  int32_t order = memcmp(a->text, b->text, (size_t)(a->length < b->length ? a->length : b->length));
  return order != 0 ? order : a->length - b->length;
}

static void sort(String **items, int32_t count, String **room) {
  if (count <= 12) {
    for (int32_t i = 1; i < count; i++) {
      String *item = items[i];
      int32_t j = i;
      for (; j > 0 && compare(item, items[j - 1]) < 0; j--) items[j] = items[j - 1];
      items[j] = item;
    }
    return;
  }
  int32_t half = count / 2;
  sort(items, half, room);
  sort(items + half, count - half, room);
  memcpy(room, items, (size_t)half * sizeof(String *));
  String **left = room, **stop = room + half, **right = items + half, **end = items + count;
  while (left < stop && right < end) *items++ = compare(*right, *left) < 0 ? *right++ : *left++;
  while (left < stop) *items++ = *left++;
}

static String *join(const String *between, const Strings *parts) {
  int32_t length = 0;
  for (int32_t i = 0; i < parts->length; i++) length += Strings_at(parts, i)->length + (i > 0 ? between->length : 0);
  String *all = string_new(length);
  char *out = all->text;
  for (int32_t i = 0; i < parts->length; i++) {
    if (i > 0) {
      memcpy(out, between->text, (size_t)between->length);
      out += between->length;
    }
    const String *part = Strings_at(parts, i);
    memcpy(out, part->text, (size_t)part->length);
    out += part->length;
  }
  return all;
}

EXPORT(run) double run(int32_t n) {
  Strings items = {0};
  uint32_t seed = 20;
  String *before = string_of("item "), *comma = string_of(", ");
  for (int32_t i = 0; i < n; i++) {
    char room[12];
    char *end = room + sizeof room;
    char *start = digits(end, next_random(&seed));
    String *item = string_new(before->length + (int32_t)(end - start));
    memcpy(item->text, before->text, (size_t)before->length);
    memcpy(item->text + before->length, start, (size_t)(end - start));
    Strings_append(&items, item);
  }
  String **room = malloc((size_t)n * sizeof(String *));
  sort(items.items, n, room);
  String *text = join(comma, &items);
  int32_t sum = text->length;
  for (int32_t i = 0; i < text->length; i += 1000) sum += text->text[checked(i, text->length)] * (i & 255);
  for (int32_t i = 0; i < n; i++) free(items.items[i]);
  free(items.items), free(room), free(text), free(before), free(comma);
  return sum;
}
