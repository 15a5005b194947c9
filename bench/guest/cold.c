/* Cold code: 10,000 different functions, each called once, and then each once again. */
#include "bench.h"

#define FUNCTIONS 10000

/* Ten of something, named by one more digit. */
#define TEN(what, n)                                                                                 \
  what(n##0) what(n##1) what(n##2) what(n##3) what(n##4) what(n##5) what(n##6) what(n##7) what(n##8) what(n##9)
#define HUNDRED(what, n)                                                                             \
  TEN(what, n##0) TEN(what, n##1) TEN(what, n##2) TEN(what, n##3) TEN(what, n##4)                    \
  TEN(what, n##5) TEN(what, n##6) TEN(what, n##7) TEN(what, n##8) TEN(what, n##9)
#define THOUSAND(what, n)                                                                            \
  HUNDRED(what, n##0) HUNDRED(what, n##1) HUNDRED(what, n##2) HUNDRED(what, n##3) HUNDRED(what, n##4) \
  HUNDRED(what, n##5) HUNDRED(what, n##6) HUNDRED(what, n##7) HUNDRED(what, n##8) HUNDRED(what, n##9)
#define ALL(what)                                                                                    \
  THOUSAND(what, 10) THOUSAND(what, 11) THOUSAND(what, 12) THOUSAND(what, 13) THOUSAND(what, 14)     \
  THOUSAND(what, 15) THOUSAND(what, 16) THOUSAND(what, 17) THOUSAND(what, 18) THOUSAND(what, 19)

/* About thirty instructions with three branches, different constants in each. */
#define DEFINE(n)                                                                                    \
  static NOINLINE uint64_t f##n(uint64_t x, uint64_t *memory)                                        \
  {                                                                                                  \
    if (x & (n & 63)) x += n * 3; else x ^= n * 5;                                                   \
    memory[n & 15] += x >> 7;                                                                        \
    if (memory[n >> 4 & 15] & 1) x -= memory[n >> 2 & 15]; else x = x * 9 + n;                       \
    memory[n >> 3 & 15] ^= x;                                                                        \
    return x > n ? x + (x << 5) : x - n;                                                             \
  }
ALL(DEFINE)

#define NAME(n) f##n,
static uint64_t (*const functions[FUNCTIONS])(uint64_t, uint64_t *) = { ALL(NAME) };

/* The pages are there before the clock starts: only the code is new. */
static void touch(void)
{
  for (int i = 0; i < FUNCTIONS; i++) (void)*(const volatile unsigned char *)functions[i];
}

static uint64_t pass(void)
{
  uint64_t memory[16] = { 0 }, x = 1;
  for (int i = 0; i < FUNCTIONS; i++) x = functions[i](x, memory);
  return x ^ memory[3];
}

static void call_once(void)
{
  touch();
  pass();
}

REGISTER(first) = { "cold_first", "ns/call", FUNCTIONS * NS, touch, pass, 1 };
REGISTER(again) = { "cold_again", "ns/call", FUNCTIONS * NS, call_once, pass, 1 };
