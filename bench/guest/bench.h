/* What a benchmark says about itself: a file fills a struct row in and registers it; main.c does the rest. */
#ifndef BENCH_H
#define BENCH_H

#include <stddef.h>
#include <stdint.h>

struct row {
  const char *name;
  /* As printed. With "/s" at its end the value is a rate, else the time that one of `amount` takes. */
  const char *unit;
  /* Work in one pass: in millions for "M…/s", in operations * NS for "ns". */
  double amount;
  /* Done once and not timed; may be absent. */
  void (*prepare)(void);
  /* The timed work. It gives the same result each time, on every machine. */
  uint64_t (*pass)(void);
  /* How often `pass` runs; 0: as often as fills the measuring time. */
  long passes;
};

#define MEGA 1e-6
#define NS 1e-9
#define US 1e-6
#define KIB (1L << 10)
#define MIB (1L << 20)

#define NOINLINE __attribute__((noinline))
/* Values and memory are as if somebody else had looked at them and changed them. */
#define OPAQUE(value) __asm__ volatile("" : "+r"(value) : : "memory")

/* REGISTER(name) = { … }; puts a row into the linker's array of rows. */
#define REGISTER(id)                                                                             \
  static const struct row row_##id;                                                              \
  static const struct row *const entry_##id __attribute__((section("rows"), used)) = &row_##id;  \
  static const struct row row_##id

/* The path this program was started by. */
extern const char *program_path;

/* Ends the program with a message that names what failed. Never returns. */
void fail(const char *what) __attribute__((noreturn));

/* A repeatable sequence: xorshift64. `state` must not be 0. */
static inline uint64_t next_random(uint64_t *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 7;
  return *state ^= *state << 17;
}

/* The bits of a double, as a result. */
static inline uint64_t double_bits(double value)
{
  union { double value; uint64_t bits; } both = { value };
  return both.bits;
}

#define PAGE 4096L

/* Pages from the kernel, not touched yet. Ends the program when there are none. */
void *map(size_t bytes);

/*
 * Memory to work on for good. No two buffers lie a power of two apart: their pages would push each other out of
 * a direct-mapped TLB, and that is not what a row is about.
 */
void *buffer(size_t bytes);

/* Keeps this process and its children on the CPU it is on. */
void stay_on_one_cpu(void);

/* What process 1 does: one row for each line of the console that names it, until an empty one; then power-off. */
void run_rows(void) __attribute__((noreturn));

#endif
