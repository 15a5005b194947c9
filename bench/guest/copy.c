/* The C library's memcpy and memset, in the cache and out of it. */
#include "bench.h"
#include <string.h>

#define SMALL (16 * KIB)
#define LARGE (16 * MIB)
#define SMALL_TIMES 64

static unsigned char *from, *to;

static void prepare(void)
{
  from = buffer(LARGE);
  to = buffer(LARGE);
  for (long i = 0; i < LARGE; i++) from[i] = i * 7 >> 3;
  memset(to, 1, LARGE);
}

static uint64_t copy(long bytes, int times)
{
  for (int i = 0; i < times; i++) {
    memcpy(to, from, bytes);
    OPAQUE(to);
  }
  return to[0] | to[bytes / 2] << 8 | to[bytes - 1] << 16;
}

static uint64_t set(long bytes, int times)
{
  for (int i = 0; i < times; i++) {
    memset(to, i + 1, bytes);
    OPAQUE(to);
  }
  return to[0] | to[bytes / 2] << 8 | to[bytes - 1] << 16;
}

#define COPY(id, name, work, bytes, times)                    \
  static uint64_t pass_##id(void) { return work(bytes, times); } \
  REGISTER(id) = { name, "MB/s", (double)(bytes) * (times) * MEGA, prepare, pass_##id }

COPY(copy_small, "memcpy_16K", copy, SMALL, SMALL_TIMES);
COPY(copy_large, "memcpy_16M", copy, LARGE, 1);
COPY(set_small, "memset_16K", set, SMALL, SMALL_TIMES);
COPY(set_large, "memset_16M", set, LARGE, 1);
