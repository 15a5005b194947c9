/* Pointer chases: dependent loads over a random cycle of cache lines, in three sizes. */
#include "bench.h"

#define LINE 64

struct line {
  struct line *next;
  uint64_t number;
  char rest[LINE - 16];
};

static struct line *lines;

/* One cycle through all lines (Sattolo's shuffle). */
static void build(long bytes)
{
  long count = bytes / LINE;
  uint64_t state = 1;
  lines = buffer(bytes);
  for (long i = 0; i < count; i++) lines[i].number = i;
  for (long i = count - 1; i > 0; i--) {
    long j = next_random(&state) % i;
    uint64_t swapped = lines[i].number;
    lines[i].number = lines[j].number;
    lines[j].number = swapped;
  }
  for (long i = 0; i < count; i++) lines[i].next = &lines[lines[i].number];
}

static uint64_t chase(long loads)
{
  struct line *at = lines;
  for (long i = 0; i < loads; i++) at = at->next;
  return at->number;
}

#define CHASE(id, name, bytes, loads)                  \
  static void build_##id(void) { build(bytes); }       \
  static uint64_t chase_##id(void) { return chase(loads); } \
  REGISTER(id) = { name, "ns/load", (loads) * NS, build_##id, chase_##id }

CHASE(small, "chase_16K", 16 * KIB, 100 * KIB);
CHASE(medium, "chase_1M", MIB, 100 * KIB);
CHASE(large, "chase_64M", 64 * MIB, MIB);
