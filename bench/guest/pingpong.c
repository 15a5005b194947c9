/* Two processes on one CPU that send a byte back and forth through pipes. */
#include "bench.h"
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#define ROUND_TRIPS 200

static int there[2], back[2];

static void echo(void)
{
  unsigned char byte;
  while (read(there[0], &byte, 1) == 1) {
    byte++;
    if (write(back[1], &byte, 1) != 1) break;
  }
  _exit(0);
}

static void prepare(void)
{
  if (pipe(there) != 0 || pipe(back) != 0) fail("pipe");
  stay_on_one_cpu();
  pid_t child = fork();
  if (child < 0) fail("fork");
  if (child > 0) return;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  echo();
}

static uint64_t pass(void)
{
  uint64_t sum = 0;
  for (int i = 0; i < ROUND_TRIPS; i++) {
    unsigned char byte = i;
    if (write(there[1], &byte, 1) != 1 || read(back[0], &byte, 1) != 1) fail("pipe");
    sum += byte;
  }
  return sum;
}

REGISTER(pingpong) = { "pipe_pingpong", "us/trip", ROUND_TRIPS * US, prepare, pass };
