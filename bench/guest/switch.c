/* Two processes on one CPU that yield to each other. */
#include "bench.h"
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#define YIELDS 200

/* How often the other process has run. */
static volatile uint64_t *turns;

static void prepare(void)
{
  turns = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (turns == MAP_FAILED) fail("mmap");
  stay_on_one_cpu();
  pid_t child = fork();
  if (child < 0) fail("fork");
  if (child > 0) return;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (;;) {
    ++*turns;
    sched_yield();
  }
}

/* A switch there and one back for each turn of the other process. */
static uint64_t pass(void)
{
  uint64_t until = *turns + YIELDS;
  while (*turns < until) sched_yield();
  return YIELDS;
}

REGISTER(yield) = { "context_switch", "us/switch", 2.0 * YIELDS * US, prepare, pass };
