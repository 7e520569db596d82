#include "../kernel.h"

LIST(double, Numbers)

/* A stable merge sort that is compiled for the type of its items, as SPy's is. */
static void merge(double *items, const double *left, int32_t count, const double *right, const double *end) {
  const double *stop = left + count;
  while (left < stop && right < end) *items++ = *right < *left ? *right++ : *left++;
  while (left < stop) *items++ = *left++;
}

static void sort(double *items, int32_t count, double *room) {
  if (count <= 12) {
    for (int32_t i = 1; i < count; i++) {
      double item = items[i];
      int32_t j = i;
      for (; j > 0 && item < items[j - 1]; j--) items[j] = items[j - 1];
      items[j] = item;
    }
    return;
  }
  int32_t half = count / 2;
  sort(items, half, room);
  sort(items + half, count - half, room);
  memcpy(room, items, (size_t)half * sizeof(double));
  merge(items, room, half, items + half, items + count);
}

EXPORT(run) double run(int32_t n) {
  Numbers numbers = {0};
  uint32_t seed = 20;
  for (int32_t i = 0; i < n; i++) Numbers_append(&numbers, next_random(&seed));
  double *room = malloc((size_t)n * sizeof(double));
  sort(numbers.items, n, room);
  double sum = 0;
  for (int32_t i = 0; i < n; i += 100) sum += Numbers_at(&numbers, i) * i;
  free(room), free(numbers.items);
  return sum;
}
