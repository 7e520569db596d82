#include "../kernel.h"

LIST(String *, Strings)

static String *concat(const String *a, const String *b) {
  String *both = string_new(a->length + b->length);
  memcpy(both->text, a->text, (size_t)a->length);
  memcpy(both->text + a->length, b->text, (size_t)b->length);
  return both;
}

static String *number(int32_t n) {
  char room[12];
  char *end = room + sizeof room - 1;
  *end = 0;
  return string_of(digits(end, n));
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

static int32_t count(const String *text, const char *what) {
  int32_t found = 0;
  size_t length = strlen(what);
  for (const char *at = text->text; (at = strstr(at, what)) != NULL; at += length) found++;
  return found;
}

EXPORT(run) double run(int32_t n) {
  Strings lines = {0};
  String *before = string_of("key "), *colon = string_of(": "), *end = string_of(";"), *newline = string_of("\n");
  for (int32_t i = 0; i < n; i++) {
    String *first = number(i), *second = number(i * 7);
    String *key = concat(before, first);
    String *opened = concat(key, colon);
    String *full = concat(opened, second);
    Strings_append(&lines, concat(full, end));
    free(first), free(second), free(key), free(opened), free(full);
  }
  String *text = join(newline, &lines);
  double result = text->length + count(text, "77") / 1000000.0;
  for (int32_t i = 0; i < lines.length; i++) free(lines.items[i]);
  free(lines.items), free(text), free(before), free(colon), free(end), free(newline);
  return result;
}
