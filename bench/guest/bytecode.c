/* An interpreter of a small stack language whose operations jump to one another indirectly. */
#include "bench.h"

enum operation { PUSH, ADD, XOR, MUL, LOAD, STORE, SHIFT, DECREMENT, LOOP, HALT };
enum slot { COUNT, SUM, MIXED };

#define ROUNDS 20000

static const int32_t program[] = {
  PUSH, ROUNDS, STORE, COUNT,
  /* 4: */
  LOAD, SUM, LOAD, COUNT, ADD, STORE, SUM,
  LOAD, MIXED, PUSH, 31, MUL, LOAD, SUM, XOR, STORE, MIXED,
  LOAD, MIXED, SHIFT, 7, LOAD, SUM, ADD, STORE, SUM,
  DECREMENT, COUNT, LOOP, COUNT, 4,
  HALT,
};
#define OPERATIONS_PER_ROUND 16

static NOINLINE uint64_t interpret(const int32_t *code)
{
  static const void *const labels[] = { &&push, &&add, &&xor, &&mul, &&load, &&store, &&shift, &&decrement, &&loop, &&halt };
  uint64_t stack[16], *top = stack, slots[3] = { 0 };
  const int32_t *at = code;
#define NEXT goto *labels[*at++]
  NEXT;
push: *top++ = *at++; NEXT;
add: top--; top[-1] += *top; NEXT;
xor: top--; top[-1] ^= *top; NEXT;
mul: top--; top[-1] *= *top; NEXT;
load: *top++ = slots[*at++]; NEXT;
store: slots[*at++] = *--top; NEXT;
shift: top[-1] >>= *at++; NEXT;
decrement: slots[*at++]--; NEXT;
loop: at = slots[at[0]] ? code + at[1] : at + 2; NEXT;
halt: return slots[SUM] ^ slots[MIXED];
}

static uint64_t pass(void)
{
  return interpret(program);
}

REGISTER(bytecode) = { "bytecode", "Mops/s", (double)ROUNDS * OPERATIONS_PER_ROUND * MEGA, NULL, pass };
