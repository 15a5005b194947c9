/* Calls and returns: Fibonacci numbers by their definition. */
#include "bench.h"

#define N 24
/* Calls that fib(24) makes: 2 * fib(25) - 1. */
#define CALLS 150049

static NOINLINE uint64_t fib(uint64_t n)
{
  /* The barrier keeps the compiler from unrolling the recursion. */
  OPAQUE(n);
  if (n < 2) return n;
  uint64_t first = fib(n - 1);
  return first + fib(n - 2);
}

static uint64_t pass(void)
{
  return fib(N);
}

REGISTER(fib) = { "fib", "Mcalls/s", CALLS * MEGA, NULL, pass };
