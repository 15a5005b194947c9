/* Process 1 of the benchmark's guest: says that user space is up, runs the rows it is asked for, switches the machine off. */
#include "bench.h"
#include <stdio.h>
#include <string.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM "/init"

static int run_row(const char *name)
{
  int status;
  pid_t child = fork();
  if (child == 0) {
    execl(PROGRAM, PROGRAM, name, (char *)NULL);
    perror("execl");
    _exit(127);
  }
  if (child < 0 || waitpid(child, &status, 0) != child) return 126;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void run_rows(void)
{
  static const char up[] = "@@ up\n";
  char name[128];
  write(1, up, sizeof up - 1);
  setvbuf(stdout, NULL, _IOLBF, 0);
  while (fgets(name, sizeof name, stdin) && name[0] != '\n') {
    name[strcspn(name, "\n")] = '\0';
    printf("@@ end %s %d\n", name, run_row(name));
  }
  reboot(RB_POWER_OFF);
  for (;;) pause();
}
