/* Quicksort of 64-bit integers, with insertion sort for short ranges. */
#include "bench.h"
#include <string.h>

#define COUNT 20000
#define SHORT 16

static int64_t unsorted[COUNT], values[COUNT];

static void prepare(void)
{
  uint64_t state = 1;
  for (int i = 0; i < COUNT; i++) unsorted[i] = next_random(&state);
}

static void insertion_sort(int64_t *first, int64_t *end)
{
  for (int64_t *at = first + 1; at < end; at++) {
    int64_t value = *at, *hole = at;
    for (; hole > first && hole[-1] > value; hole--) *hole = hole[-1];
    *hole = value;
  }
}

static NOINLINE void sort(int64_t *first, int64_t *end)
{
  while (end - first > SHORT) {
    int64_t pivot = first[(end - first) / 2], *low = first, *high = end - 1;
    while (low <= high) {
      while (*low < pivot) low++;
      while (*high > pivot) high--;
      if (low > high) break;
      int64_t swapped = *low;
      *low++ = *high;
      *high-- = swapped;
    }
    sort(first, high + 1);
    first = low;
  }
  insertion_sort(first, end);
}

static uint64_t pass(void)
{
  uint64_t sum = 0;
  memcpy(values, unsorted, sizeof values);
  sort(values, values + COUNT);
  for (int i = 0; i < COUNT; i++) sum = sum * 31 + values[i];
  return sum;
}

REGISTER(sort) = { "sort", "Melem/s", COUNT * MEGA, prepare, pass };
