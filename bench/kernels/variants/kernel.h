/* What the kernels in C share. With -DCHECKED every index into an array is checked, as SPy checks those of its lists. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT(name) __attribute__((export_name(#name)))

#ifdef CHECKED
static inline int32_t checked(int32_t i, int32_t bound) {
  if ((uint32_t)i >= (uint32_t)bound) __builtin_trap();
  return i;
}
#else
#define checked(i, bound) (i)
#endif

static inline int32_t next_random(uint32_t *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return (int32_t)(*seed >> 8);
}

/* A growing array of T, as people write it. */
#define LIST(T, Name)                                                                                                  \
  typedef struct { T *items; int32_t length, capacity; } Name;                                                         \
  static inline void Name##_append(Name *list, T item) {                                                               \
    if (list->length == list->capacity) {                                                                              \
      list->capacity = list->capacity == 0 ? 4 : 2 * list->capacity;                                                   \
      list->items = realloc(list->items, (size_t)list->capacity * sizeof(T));                                          \
    }                                                                                                                  \
    list->items[list->length++] = item;                                                                                \
  }                                                                                                                    \
  static inline T Name##_at(const Name *list, int32_t i) { return list->items[checked(i, list->length)]; }

/* Text that knows its length, and its end. */
typedef struct { int32_t length; char text[]; } String;

static inline String *string_new(int32_t length) {
  String *string = malloc(sizeof(String) + (size_t)length + 1);
  string->length = length;
  string->text[length] = 0;
  return string;
}

static inline String *string_of(const char *text) {
  String *string = string_new((int32_t)strlen(text));
  memcpy(string->text, text, (size_t)string->length);
  return string;
}

/* The decimal digits of a number that is not negative, written up to `end`; the result is where they begin. */
static inline char *digits(char *end, int32_t n) {
  do *--end = (char)('0' + n % 10);
  while ((n /= 10) > 0);
  return end;
}
