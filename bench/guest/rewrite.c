/* Code that is written anew before each call. */
#include "bench.h"
#include <string.h>
#include <sys/mman.h>

#define CALLS 100

static unsigned char *code;

static void prepare(void)
{
  code = mmap(NULL, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (code == MAP_FAILED) fail("mmap");
}

/* Writes a function that adds `amount`, 0 … 2047, to its argument. */
static void write_adder(uint32_t amount)
{
#if defined(__riscv)
  uint32_t words[] = { amount << 20 | 0x00050513 /* addi a0, a0, amount */, 0x00008067 /* ret */ };
#elif defined(__aarch64__)
  uint32_t words[] = { 0x91000000 | amount << 10 /* add x0, x0, amount */, 0xd65f03c0 /* ret */ };
#elif defined(__x86_64__)
  unsigned char words[] = { 0x48, 0x8d, 0x87, amount, amount >> 8, 0, 0, /* lea rax, [rdi + amount] */ 0xc3 /* ret */ };
#else
#error "write_adder knows no instructions of this machine"
#endif
  memcpy(code, words, sizeof words);
  __builtin___clear_cache((char *)code, (char *)code + sizeof words);
}

static uint64_t pass(void)
{
  uint64_t sum = 0;
  for (uint32_t i = 0; i < CALLS; i++) {
    write_adder(i * 20 + 1);
    sum = ((uint64_t(*)(uint64_t))(uintptr_t)code)(sum);
  }
  return sum;
}

REGISTER(rewrite) = { "rewrite", "ns/call", CALLS * NS, prepare, pass };
