/* CRC-32 by a table of 256 entries, a byte at a time. */
#include "bench.h"

#define BYTES (256 * KIB)

static uint32_t table[256];
static uint8_t data[BYTES];

static void prepare(void)
{
  uint64_t state = 1;
  for (uint32_t i = 0; i < 256; i++) {
    table[i] = i;
    for (int bit = 0; bit < 8; bit++) table[i] = table[i] >> 1 ^ (table[i] & 1 ? 0xedb88320 : 0);
  }
  for (int i = 0; i < BYTES; i++) data[i] = next_random(&state) >> 32;
}

static uint64_t pass(void)
{
  uint32_t crc = 0xffffffff;
  for (int i = 0; i < BYTES; i++) crc = table[(crc ^ data[i]) & 255] ^ crc >> 8;
  return ~crc;
}

REGISTER(crc32) = { "crc32", "MB/s", BYTES * MEGA, prepare, pass };
