/* Page tables at work: first touches of fresh pages, and a page whose protection changes to and fro. */
#include "bench.h"
#include <sys/mman.h>

#define PAGES 512
#define PAIRS 50

static unsigned char *page;

/* Without huge pages: one fault each. */
static uint64_t touch(void)
{
  unsigned char *fresh = map(PAGES * PAGE);
  uint64_t sum = 0;
  madvise(fresh, PAGES * PAGE, MADV_NOHUGEPAGE);
  for (long i = 0; i < PAGES; i++) {
    sum += fresh[i * PAGE];
    fresh[i * PAGE] = i + 1;
  }
  for (long i = 0; i < PAGES; i++) sum += fresh[i * PAGE];
  if (munmap(fresh, PAGES * PAGE) != 0) fail("munmap");
  return sum;
}

static void prepare(void)
{
  page = map(PAGE);
  page[0] = 1;
}

static uint64_t protect(void)
{
  uint64_t sum = 0;
  for (int i = 0; i < PAIRS; i++) {
    if (mprotect(page, PAGE, PROT_READ) != 0) fail("mprotect");
    sum += *(volatile unsigned char *)page;
    if (mprotect(page, PAGE, PROT_READ | PROT_WRITE) != 0) fail("mprotect");
    *(volatile unsigned char *)page = i + 1;
  }
  page[0] = 1;
  return sum;
}

REGISTER(touch) = { "page_touch", "ns/page", PAGES * NS, NULL, touch };
REGISTER(protect) = { "mprotect_pair", "ns/pair", PAIRS * NS, prepare, protect };
