/* New processes: fork, exit and wait, with and without another program in between. */
#include "bench.h"
#include <sys/wait.h>
#include <unistd.h>

#define CHILDREN 5
#define STATUS 7

static uint64_t wait_for(pid_t child)
{
  int status;
  if (child < 0 || waitpid(child, &status, 0) != child) fail("fork");
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1000;
}

static uint64_t fork_exit(void)
{
  uint64_t sum = 0;
  for (int i = 0; i < CHILDREN; i++) {
    pid_t child = fork();
    if (child == 0) _exit(STATUS);
    sum += wait_for(child);
  }
  return sum;
}

static uint64_t fork_exec(void)
{
  uint64_t sum = 0;
  for (int i = 0; i < CHILDREN; i++) {
    pid_t child = fork();
    if (child == 0) {
      execl(program_path, program_path, "exit", (char *)NULL);
      _exit(127);
    }
    sum += wait_for(child);
  }
  return sum;
}

REGISTER(fork_exit) = { "fork_exit_wait", "us/fork", CHILDREN * US, NULL, fork_exit };
REGISTER(fork_exec) = { "fork_exec_wait", "us/fork", CHILDREN * US, NULL, fork_exec };
