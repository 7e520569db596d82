#include "../kernel.h"

/* SPy's // rounds down and complains of zero, which makes no difference here. */
static double entry(int32_t i, int32_t j) { return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1); }

static void times(const double *v, double *result, int32_t n) {
  for (int32_t i = 0; i < n; i++) {
    double sum = 0;
    for (int32_t j = 0; j < n; j++) sum += entry(i, j) * v[checked(j, n)];
    result[checked(i, n)] = sum;
  }
}

static void transposed_times(const double *v, double *result, int32_t n) {
  for (int32_t i = 0; i < n; i++) {
    double sum = 0;
    for (int32_t j = 0; j < n; j++) sum += entry(j, i) * v[checked(j, n)];
    result[checked(i, n)] = sum;
  }
}

EXPORT(run) double run(int32_t n) {
  double *u = malloc((size_t)n * sizeof(double));
  double *v = malloc((size_t)n * sizeof(double));
  double *between = malloc((size_t)n * sizeof(double));
  for (int32_t i = 0; i < n; i++) u[checked(i, n)] = 1.0;
  for (int32_t i = 0; i < 3; i++) {
    times(u, between, n);
    transposed_times(between, v, n);
    times(v, between, n);
    transposed_times(between, u, n);
  }
  double uv = 0, vv = 0;
  for (int32_t i = 0; i < n; i++) {
    uv += u[checked(i, n)] * v[checked(i, n)];
    vv += v[checked(i, n)] * v[checked(i, n)];
  }
  free(u), free(v), free(between);
  return __builtin_sqrt(uv / vv);
}
