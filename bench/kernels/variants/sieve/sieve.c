#include "../kernel.h"

EXPORT(run) double run(int32_t n) {
  bool *prime = malloc((size_t)n);
  memset(prime, true, (size_t)n);
  int32_t count = 0;
  for (int32_t i = 2; i < n; i++) {
    if (!prime[checked(i, n)]) continue;
    count++;
    for (int32_t multiple = 2 * i; multiple < n; multiple += i) prime[checked(multiple, n)] = false;
  }
  free(prime);
  return count;
}
