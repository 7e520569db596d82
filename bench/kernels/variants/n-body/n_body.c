#include "../kernel.h"

typedef struct { double x, y, z, vx, vy, vz, mass; } Body;

enum { COUNT = 5 };
static const double SOLAR_MASS = 39.47841760435743;
static const double DAYS = 365.24;
static const double STEP = 0.01;

static Body bodies[COUNT];

static void place(int i, double x, double y, double z, double vx, double vy, double vz, double mass) {
  bodies[i] = (Body){x, y, z, vx * DAYS, vy * DAYS, vz * DAYS, mass * SOLAR_MASS};
}

static void reset(void) {
  place(0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0);
  place(1, 4.841431442464721, -1.1603200440274284, -0.10362204447112311,
        0.001660076642744037, 0.007699011184197404, -0.0000690460016972063, 0.0009547919384243266);
  place(2, 8.34336671824458, 4.124798564124305, -0.4035234171143214,
        -0.0027674251072641104, 0.004998528012349172, 0.00002304172975737639, 0.0002858859806661308);
  place(3, 12.894369562139131, -15.111151401698631, -0.22330757889265573,
        0.002964601375647616, 0.0023784717395948095, -0.00002965895685402376, 0.00004366244043351563);
  place(4, 15.379697114850917, -25.919314609987964, 0.17925877295037118,
        0.0026806777249038932, 0.001628241700382423, -0.00009515922545197159, 0.00005151389020466115);
  double px = 0, py = 0, pz = 0;
  for (int i = 0; i < COUNT; i++) {
    Body *b = &bodies[i];
    px += b->vx * b->mass;
    py += b->vy * b->mass;
    pz += b->vz * b->mass;
  }
  bodies[0].vx = -px / SOLAR_MASS;
  bodies[0].vy = -py / SOLAR_MASS;
  bodies[0].vz = -pz / SOLAR_MASS;
}

static void advance(void) {
  for (int i = 0; i < COUNT; i++) {
    Body *a = &bodies[i];
    for (int j = i + 1; j < COUNT; j++) {
      Body *b = &bodies[j];
      double dx = a->x - b->x;
      double dy = a->y - b->y;
      double dz = a->z - b->z;
      double distance = dx * dx + dy * dy + dz * dz;
      double force = STEP / (distance * __builtin_sqrt(distance));
      a->vx -= dx * b->mass * force;
      a->vy -= dy * b->mass * force;
      a->vz -= dz * b->mass * force;
      b->vx += dx * a->mass * force;
      b->vy += dy * a->mass * force;
      b->vz += dz * a->mass * force;
    }
  }
  for (int i = 0; i < COUNT; i++) {
    Body *b = &bodies[i];
    b->x += STEP * b->vx;
    b->y += STEP * b->vy;
    b->z += STEP * b->vz;
  }
}

static double energy(void) {
  double e = 0;
  for (int i = 0; i < COUNT; i++) {
    const Body *a = &bodies[i];
    e += 0.5 * a->mass * (a->vx * a->vx + a->vy * a->vy + a->vz * a->vz);
    for (int j = i + 1; j < COUNT; j++) {
      const Body *b = &bodies[j];
      double dx = a->x - b->x;
      double dy = a->y - b->y;
      double dz = a->z - b->z;
      e -= a->mass * b->mass / __builtin_sqrt(dx * dx + dy * dy + dz * dz);
    }
  }
  return e;
}

EXPORT(run) double run(int32_t steps) {
  reset();
  for (int32_t i = 0; i < steps; i++) advance();
  return energy();
}
