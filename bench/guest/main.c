/* The benchmark program: "bench ROW" times one row and prints "@@ row NAME VALUE UNIT RESULT". */
#define _GNU_SOURCE
#include "bench.h"
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define MEASURE_SECONDS 0.4

/* The linker names the ends of the section that REGISTER fills; without a row there is none. */
extern const struct row *const __start_rows[] __attribute__((weak));
extern const struct row *const __stop_rows[] __attribute__((weak));

const char *program_path;

void fail(const char *what)
{
  perror(what);
  exit(1);
}

void *map(size_t bytes)
{
  void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) fail("mmap");
  return memory;
}

void *buffer(size_t bytes)
{
  static long buffers;
  long skew = 37 * ++buffers * PAGE;
  return (char *)map(bytes + skew) + skew;
}

void stay_on_one_cpu(void)
{
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(sched_getcpu(), &set);
  if (sched_setaffinity(0, sizeof set, &set) != 0) fail("sched_setaffinity");
}

static double now(void)
{
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec * 1e-9;
}

/* Seconds that `count` passes take; each must give `*result`, which the very first one sets. */
static double time_passes(const struct row *row, long count, uint64_t *result, int *known)
{
  double start = now();
  for (long i = 0; i < count; i++) {
    uint64_t given = row->pass();
    if (*known && given != *result) {
      fprintf(stderr, "%s: a pass gave %016" PRIx64 ", an earlier one %016" PRIx64 "\n", row->name, given, *result);
      exit(1);
    }
    *result = given;
    *known = 1;
  }
  return now() - start;
}

static void measure(const struct row *row)
{
  uint64_t result = 0;
  int known = 0;
  long count = row->passes ? row->passes : 1;
  if (row->prepare) row->prepare();
  double seconds = time_passes(row, count, &result, &known);
  while (!row->passes && seconds < MEASURE_SECONDS) {
    double factor = seconds > 0 ? 1.2 * MEASURE_SECONDS / seconds : 10;
    count = count * (factor > 10 ? 10 : factor < 1.5 ? 1.5 : factor) + 1;
    seconds = time_passes(row, count, &result, &known);
  }
  size_t length = strlen(row->unit);
  int is_rate = length > 2 && strcmp(row->unit + length - 2, "/s") == 0;
  double work = row->amount * count;
  printf("@@ row %s %.6g %s %016" PRIx64 "\n", row->name, is_rate ? work / seconds : seconds / work, row->unit, result);
}

int main(int count, char **arguments)
{
  if (getpid() == 1) run_rows();
  program_path = arguments[0];
  const char *name = count > 1 ? arguments[1] : "";
  if (strcmp(name, "exit") == 0) _exit(0);
  for (const struct row *const *row = __start_rows; row < __stop_rows; row++) {
    if (strcmp((*row)->name, name) != 0) continue;
    measure(*row);
    return 0;
  }
  fprintf(stderr, "there is no row \"%s\"\n", name);
  return 2;
}
