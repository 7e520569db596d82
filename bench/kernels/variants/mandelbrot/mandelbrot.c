#include "../kernel.h"

enum { LIMIT = 50 };

static int32_t steps(double cx, double cy) {
  double x = 0, y = 0;
  int32_t n = 0;
  while (n < LIMIT && x * x + y * y <= 4.0) {
    double next_x = x * x - y * y + cx;
    y = 2.0 * x * y + cy;
    x = next_x;
    n++;
  }
  return n;
}

EXPORT(run) double run(int32_t size) {
  int32_t total = 0;
  for (int32_t row = 0; row < size; row++) {
    for (int32_t column = 0; column < size; column++) {
      total += steps(2.0 * column / size - 1.5, 2.0 * row / size - 1.0);
    }
  }
  return total;
}
