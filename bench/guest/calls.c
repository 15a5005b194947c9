/* Calls into the kernel and its vDSO: the shortest one, the clock, a small read. */
#include "bench.h"
#include <fcntl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define CALLS 1000
#define READ_BYTES 512

static int zero;

static void open_zero(void)
{
  zero = open("/dev/zero", O_RDONLY);
  if (zero < 0) fail("/dev/zero");
}

static uint64_t get_parent(void)
{
  long first = syscall(SYS_getppid), differing = 0;
  for (int i = 1; i < CALLS; i++) differing += syscall(SYS_getppid) != first;
  return differing;
}

/* How often the clock went backwards. */
static uint64_t get_time(void)
{
  struct timespec before = { 0 }, now;
  uint64_t backwards = 0;
  for (int i = 0; i < CALLS; i++) {
    clock_gettime(CLOCK_MONOTONIC, &now);
    backwards += now.tv_sec < before.tv_sec || (now.tv_sec == before.tv_sec && now.tv_nsec < before.tv_nsec);
    before = now;
  }
  return backwards;
}

static uint64_t read_zero(void)
{
  char buffer[READ_BYTES];
  uint64_t bytes = 0;
  for (int i = 0; i < CALLS; i++) bytes += read(zero, buffer, sizeof buffer);
  return bytes;
}

REGISTER(getppid) = { "getppid", "ns/call", CALLS * NS, NULL, get_parent };
REGISTER(clock) = { "clock_gettime", "ns/call", CALLS * NS, NULL, get_time };
REGISTER(read_zero) = { "read_zero_512", "ns/call", CALLS * NS, open_zero, read_zero };
