/* Five bodies that attract one another, in doubles. */
#include "bench.h"
#include <math.h>

#define BODIES 5
#define STEPS 2000

struct body {
  double x, y, z, vx, vy, vz, mass;
};

/* A heavy one in the middle, four light ones around it. */
static const struct body start[BODIES] = {
  { 0, 0, 0, 0, 0, 0, 40 },
  { 4, -1, 0.1, 0.9, 2.5, -0.1, 0.04 },
  { 8, 4, -0.4, -1, 1.8, 0.02, 0.01 },
  { -12, 15, 0.2, -1.1, -0.8, 0.03, 0.002 },
  { 15, -26, 0.5, 1, 0.6, -0.04, 0.002 },
};

static NOINLINE void advance(struct body *bodies, double dt)
{
  for (int i = 0; i < BODIES; i++) {
    struct body *a = &bodies[i];
    for (int j = i + 1; j < BODIES; j++) {
      struct body *b = &bodies[j];
      double dx = a->x - b->x, dy = a->y - b->y, dz = a->z - b->z;
      double squared = dx * dx + dy * dy + dz * dz;
      double pull = dt / (squared * sqrt(squared));
      a->vx -= dx * b->mass * pull, a->vy -= dy * b->mass * pull, a->vz -= dz * b->mass * pull;
      b->vx += dx * a->mass * pull, b->vy += dy * a->mass * pull, b->vz += dz * a->mass * pull;
    }
  }
  for (int i = 0; i < BODIES; i++) {
    struct body *a = &bodies[i];
    a->x += dt * a->vx, a->y += dt * a->vy, a->z += dt * a->vz;
  }
}

static uint64_t pass(void)
{
  struct body bodies[BODIES];
  double sum = 0;
  for (int i = 0; i < BODIES; i++) bodies[i] = start[i];
  for (int i = 0; i < STEPS; i++) advance(bodies, 0.001);
  for (int i = 0; i < BODIES; i++) sum += bodies[i].x * (i + 1) + bodies[i].y;
  return double_bits(sum);
}

REGISTER(nbody) = { "nbody", "ksteps/s", STEPS * 1e-3, NULL, pass };
