#include "../kernel.h"

#define AT(matrix, i, j) matrix[checked(i, n) * n + checked(j, n)]

EXPORT(run) double run(int32_t n) {
  double *a = malloc((size_t)(n * n) * sizeof(double));
  double *b = malloc((size_t)(n * n) * sizeof(double));
  double *c = malloc((size_t)(n * n) * sizeof(double));
  for (int32_t i = 0; i < n; i++) {
    for (int32_t j = 0; j < n; j++) {
      AT(a, i, j) = i + j;
      AT(b, i, j) = i - j;
    }
  }
  for (int32_t i = 0; i < n; i++) {
    for (int32_t j = 0; j < n; j++) {
      double sum = 0;
      for (int32_t k = 0; k < n; k++) sum += AT(a, i, k) * AT(b, k, j);
      AT(c, i, j) = sum;
    }
  }
  double trace = 0;
  for (int32_t i = 0; i < n; i++) trace += AT(c, i, i);
  free(a), free(b), free(c);
  return trace;
}
