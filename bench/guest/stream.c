/* Long loops over arrays of doubles: a copy, and a scaled sum of two. */
#include "bench.h"

#define COUNT (MIB)

static double *a, *b, *c;

static void prepare(void)
{
  a = buffer(COUNT * 8);
  b = buffer(COUNT * 8);
  c = buffer(COUNT * 8);
  for (long i = 0; i < COUNT; i++) a[i] = 0, b[i] = i * 0.5, c[i] = i * 0.25 + 1;
}

static NOINLINE void copy(double *restrict to, const double *restrict from)
{
  for (long i = 0; i < COUNT; i++) to[i] = from[i];
}

static NOINLINE void triad(double *restrict to, const double *restrict left, const double *restrict right, double scale)
{
  for (long i = 0; i < COUNT; i++) to[i] = left[i] + scale * right[i];
}

static uint64_t copy_pass(void)
{
  copy(a, b);
  return double_bits(a[COUNT / 3]);
}

static uint64_t triad_pass(void)
{
  triad(a, b, c, 3);
  return double_bits(a[COUNT / 3]);
}

REGISTER(copy) = { "stream_copy", "MB/s", COUNT * 16 * MEGA, prepare, copy_pass };
REGISTER(triad) = { "stream_triad", "MB/s", COUNT * 24 * MEGA, prepare, triad_pass };
