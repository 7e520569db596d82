/*
 * The map as a C programmer writes it: line by line the algorithm of fixtures/apps/vite-topo/src/topo.spy and noise.spy.
 *
 * With -DCHECKED every access to a table or a grid is checked, as SPy's arrays check theirs, and a wrong index stops the
 * program. Freestanding, so that any clang for wasm32 compiles it.
 */
#include <stddef.h>
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(#name)))

#ifdef CHECKED
static inline int32_t checked(int32_t i, int32_t bound) {
  if ((uint32_t)i >= (uint32_t)bound) __builtin_trap();
  return i;
}
#else
#define checked(i, bound) (i)
#endif

enum { OCTAVES = 4, LEVELS = 10, SHUFFLED = 512, SLOPES = 16, COLOURS = 256 };

static const double FEATURE = 105.0;
static const double RELIEF = 0.475;
static const double DRIFT_X = 2.0;
static const double DRIFT_Y = 0.75;
static const double CHANGE = 0.03;
static const double SUNLIGHT = 4.0;

static const double THIRD = 1.0 / 3.0;
static const double SIXTH = 1.0 / 6.0;

typedef struct { double x, y, z; } Slope;

static int32_t shuffled[SHUFFLED];
static Slope slopes[SLOPES];

static void shuffle(void) {
  for (int32_t i = 0; i < 256; i++) shuffled[i] = i;
  uint32_t seed = 20;
  for (int32_t last = 255; last > 0; last--) {
    seed = seed * 1664525u + 1013904223u;
    int32_t other = (int32_t)((seed >> 8) & 0xffff) % (last + 1);
    int32_t kept = shuffled[last];
    shuffled[last] = shuffled[other];
    shuffled[other] = kept;
  }
  for (int32_t i = 0; i < 256; i++) shuffled[256 + i] = shuffled[i];
}

static void slopes_to_edges(void) {
  for (int32_t i = 0; i < SLOPES; i++) {
    int32_t edge = i >= 12 ? i - 12 : i;
    double a = 1.0 - 2.0 * (edge & 1);
    double b = 1.0 - (edge & 2);
    if (edge < 4) slopes[i] = (Slope){a, b, 0.0};
    else if (edge < 8) slopes[i] = (Slope){a, 0.0, b};
    else slopes[i] = (Slope){0.0, a, b};
  }
}

static double corner(int32_t number, double x, double y, double z) {
  double near = 0.6 - x * x - y * y - z * z;
  if (near < 0.0) return 0.0;
  near *= near;
  Slope slope = slopes[checked(number & 15, SLOPES)];
  return near * near * (slope.x * x + slope.y * y + slope.z * z);
}

static inline int32_t number_at(int32_t i) { return shuffled[checked(i, SHUFFLED)]; }

static double simplex(double x, double y, double z) {
  double stretch = (x + y + z) * THIRD;
  double i = __builtin_floor(x + stretch);
  double j = __builtin_floor(y + stretch);
  double k = __builtin_floor(z + stretch);
  double squeeze = (i + j + k) * SIXTH;
  double x0 = x - i + squeeze;
  double y0 = y - j + squeeze;
  double z0 = z - k + squeeze;

  int32_t xy = x0 >= y0;
  int32_t xz = x0 >= z0;
  int32_t yz = y0 >= z0;
  int32_t i1 = xy & xz;
  int32_t j1 = (1 - xy) & yz;
  int32_t k1 = 1 - (xz | yz);
  int32_t i2 = xy | xz;
  int32_t j2 = (1 - xy) | yz;
  int32_t k2 = 1 - (xz & yz);

  int32_t a = (int32_t)i & 255;
  int32_t b = (int32_t)j & 255;
  int32_t c = (int32_t)k & 255;
  int32_t n0 = number_at(a + number_at(b + number_at(c)));
  int32_t n1 = number_at(a + i1 + number_at(b + j1 + number_at(c + k1)));
  int32_t n2 = number_at(a + i2 + number_at(b + j2 + number_at(c + k2)));
  int32_t n3 = number_at(a + 1 + number_at(b + 1 + number_at(c + 1)));
  return 32.0 * (corner(n0, x0, y0, z0) +
                 corner(n1, x0 - i1 + SIXTH, y0 - j1 + SIXTH, z0 - k1 + SIXTH) +
                 corner(n2, x0 - i2 + THIRD, y0 - j2 + THIRD, z0 - k2 + THIRD) +
                 corner(n3, x0 - 0.5, y0 - 0.5, z0 - 0.5));
}

static double fractal(double x, double y, double z) {
  double total = 0.0;
  double height = 1.0;
  for (int32_t octave = 0; octave < OCTAVES; octave++) {
    total += height * simplex(x, y, z);
    double turned = 1.6 * x - 1.2 * y + 17.3;
    y = 1.2 * x + 1.6 * y - 9.1;
    x = turned;
    z = 1.35 * z + 31.7;
    height *= 0.4;
  }
  return total;
}

static int32_t columns, rows, room;
static double *heights;
static int32_t *levels_below;
static int32_t counts[LEVELS];
static float *lines;
static uint32_t *pixels;
static uint32_t colours[COLOURS];

extern unsigned char __heap_base;
static uintptr_t heap;

static void *allocate(size_t size) {
  if (heap == 0) heap = (uintptr_t)&__heap_base;
  uintptr_t start = (heap + 15) & ~(uintptr_t)15;
  heap = start + size;
  size_t pages = (heap + 65535) / 65536;
  size_t present = __builtin_wasm_memory_size(0);
  if (pages > present && __builtin_wasm_memory_grow(0, pages - present) == (size_t)-1) __builtin_trap();
  return (void *)start;
}

static inline size_t cell(int32_t y, int32_t x) {
  return (size_t)checked(y, rows) * (size_t)columns + (size_t)checked(x, columns);
}

static inline size_t coordinate(int32_t level, int32_t i) {
  return (size_t)checked(level, LEVELS) * (size_t)(4 * room) + (size_t)checked(i, 4 * room);
}

static inline int32_t least(int32_t a, int32_t b) { return a < b ? a : b; }
static inline int32_t most(int32_t a, int32_t b) { return a > b ? a : b; }

static void make_room(void) {
  int32_t wider = most(2 * room, columns * rows / 16 + 64);
  float *copy = allocate((size_t)LEVELS * 4 * (size_t)wider * sizeof(float));
  for (int32_t level = 0; level < LEVELS; level++)
    for (int32_t i = 0; i < 4 * room; i++) copy[(size_t)level * 4 * (size_t)wider + (size_t)i] = lines[coordinate(level, i)];
  lines = copy;
  room = wider;
}

EXPORT(fit) void fit(int32_t width, int32_t height) {
  if (width == columns && height == rows) return;
  if (columns == 0) {
    shuffle();
    slopes_to_edges();
  }
  columns = width;
  rows = height;
  size_t points = (size_t)width * (size_t)height;
  heights = allocate(points * sizeof(double));
  levels_below = allocate(points * sizeof(int32_t));
  pixels = allocate(points * sizeof(uint32_t));
  room = 0;
  make_room();
}

static int32_t level_above(double height) {
  int32_t level = (int32_t)__builtin_floor(height * LEVELS + 0.5);
  if (level < 0) return 0;
  if (level > LEVELS) return LEVELS;
  return level;
}

static void survey(double time) {
  double left = time * DRIFT_X;
  double top = time * DRIFT_Y;
  double age = time * CHANGE;
  for (int32_t y = 0; y < rows; y++) {
    for (int32_t x = 0; x < columns; x++) {
      double land = fractal((left + x) / FEATURE, (top + y) / FEATURE, age);
      double height = 0.5 + RELIEF * land;
      heights[cell(y, x)] = height;
      levels_below[cell(y, x)] = level_above(height);
    }
  }
}

static double part(double a, double b, double cut) { return (cut - a) / (b - a); }

static void add_line(int32_t level, double x0, double y0, double x1, double y1) {
  int32_t count = counts[checked(level, LEVELS)];
  if (count == room) make_room();
  lines[coordinate(level, 4 * count)] = (float)x0;
  lines[coordinate(level, 4 * count + 1)] = (float)y0;
  lines[coordinate(level, 4 * count + 2)] = (float)x1;
  lines[coordinate(level, 4 * count + 3)] = (float)y1;
  counts[checked(level, LEVELS)] = count + 1;
}

static void cross_cell(int32_t level, int32_t corners, int32_t x, int32_t y) {
  int32_t sides = corners ^ ((corners << 1 & 15) | corners >> 3);
  double a = heights[cell(y, x)];
  double b = heights[cell(y, x + 1)];
  double c = heights[cell(y + 1, x + 1)];
  double d = heights[cell(y + 1, x)];
  double cut = (level + 0.5) / LEVELS;
  double north = 0.0, east = 0.0, south = 0.0, west = 0.0;
  if (sides & 8) north = x + part(a, b, cut);
  if (sides & 4) east = y + part(b, c, cut);
  if (sides & 2) south = x + part(d, c, cut);
  if (sides & 1) west = y + part(a, d, cut);
  switch (sides) {
    case 15:
      if ((a + b + c + d > 4.0 * cut) == (corners == 5)) {
        add_line(level, north, y, x, west);
        add_line(level, x + 1, east, south, y + 1);
      } else {
        add_line(level, north, y, x + 1, east);
        add_line(level, south, y + 1, x, west);
      }
      break;
    case 12: add_line(level, north, y, x + 1, east); break;
    case 10: add_line(level, north, y, south, y + 1); break;
    case 9: add_line(level, north, y, x, west); break;
    case 6: add_line(level, x + 1, east, south, y + 1); break;
    case 5: add_line(level, x + 1, east, x, west); break;
    default: add_line(level, south, y + 1, x, west);
  }
}

static void trace_cell(int32_t x, int32_t y) {
  int32_t a = levels_below[cell(y, x)];
  int32_t b = levels_below[cell(y, x + 1)];
  int32_t c = levels_below[cell(y + 1, x + 1)];
  int32_t d = levels_below[cell(y + 1, x)];
  if (a == b && b == c && c == d) return;
  int32_t end = most(most(a, b), most(c, d));
  for (int32_t level = least(least(a, b), least(c, d)); level < end; level++) {
    int32_t corners = (a > level) * 8 + (b > level) * 4 + (c > level) * 2 + (d > level);
    cross_cell(level, corners, x, y);
  }
}

static void trace(void) {
  for (int32_t level = 0; level < LEVELS; level++) counts[level] = 0;
  for (int32_t y = 0; y < rows - 1; y++)
    for (int32_t x = 0; x < columns - 1; x++) trace_cell(x, y);
}

static void shade(void) {
  int32_t brightest = COLOURS - 1;
  for (int32_t y = 0; y < rows; y++) {
    int32_t north = most(y - 1, 0);
    int32_t south = least(y + 1, rows - 1);
    for (int32_t x = 0; x < columns; x++) {
      int32_t west = most(x - 1, 0);
      int32_t east = least(x + 1, columns - 1);
      double slope = heights[cell(y, east)] - heights[cell(y, west)] + heights[cell(south, x)] - heights[cell(north, x)];
      double light = 0.2 + 0.6 * heights[cell(y, x)] + SUNLIGHT * slope;
      int32_t colour = least(most((int32_t)(light * brightest), 0), brightest);
      pixels[cell(y, x)] = colours[checked(colour, COLOURS)];
    }
  }
}

EXPORT(update) void update(double time) {
  survey(time);
  trace();
  shade();
}

EXPORT(palette_at) void *palette_at(void) { return colours; }
EXPORT(counts_at) void *counts_at(void) { return counts; }
EXPORT(lines_at) void *lines_at(void) { return lines; }
EXPORT(room_per_level) int32_t room_per_level(void) { return room; }
EXPORT(pixels_at) void *pixels_at(void) { return pixels; }
