/* The plain loops of the quick suite: integers, a walk over memory, floating point. */
#include "bench.h"

#define STEPS 1000000
#define WALK_WORDS (4 * MIB / 8)

static uint64_t *walked;

static uint64_t integer_loop(void)
{
  uint64_t a = 1, b = 2;
  for (uint64_t i = 0; i < STEPS; i++) {
    a = a * 6364136223846793005u + i;
    b ^= (a >> 33) + (b << 3);
  }
  return a ^ b;
}

static void fill(void)
{
  uint64_t state = 1;
  walked = buffer(WALK_WORDS * 8);
  for (long i = 0; i < WALK_WORDS; i++) walked[i] = next_random(&state);
}

/* Each word once, in steps of about two cache lines. */
static uint64_t memory_walk(void)
{
  uint64_t sum = 0;
  for (long i = 0, at = 0; i < WALK_WORDS; i++) {
    sum += walked[at];
    at = (at + 17) & (WALK_WORDS - 1);
  }
  return sum;
}

static uint64_t float_loop(void)
{
  double x = 0.5, sum = 0;
  __asm__ volatile("" : : : "memory");
  for (long i = 0; i < STEPS; i++) {
    x = 3.75 * x * (1 - x);
    sum += x / (1 + x);
  }
  return double_bits(sum);
}

REGISTER(integer) = { "integer_loop", "Msteps/s", STEPS * MEGA, NULL, integer_loop };
REGISTER(walk) = { "memory_walk", "ns/load", WALK_WORDS * NS, fill, memory_walk };
REGISTER(floating) = { "float_loop", "Msteps/s", STEPS * MEGA, NULL, float_loop };
