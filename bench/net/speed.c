// TCP between two guests: one receives until the other is done, one sends for so many seconds or asks for so many echoes.
// speed serve PORT · speed send ADDRESS PORT SECONDS · speed echo ADDRESS PORT COUNT · speed flood ADDRESS PORT SECONDS BYTES
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static char buffer[1 << 18];

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static struct sockaddr_in address(const char *text, const char *port) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(port))};
  inet_pton(AF_INET, text, &to.sin_addr);
  return to;
}

static int connected(const char *text, const char *port) {
  struct sockaddr_in to = address(text, port);
  for (int i = 0; i < 600; i++) {
    int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0) return fd;
    close(fd);
    usleep(100000);
  }
  puts("SPEED-FAILED connect");
  exit(1);
}

// Each connection says first what it is: 's' sends, 'e' wants its bytes back, 'q' ends the server.
static int serve(const char *port) {
  int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in here = address("0.0.0.0", port);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(listener, (struct sockaddr *)&here, sizeof here) || listen(listener, 8)) return 1;
  puts("SPEED-SERVING");
  fflush(stdout);
  for (;;) {
    int fd = accept(listener, 0, 0);
    char kind = 0;
    if (fd < 0 || read(fd, &kind, 1) != 1) continue;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    uint64_t total = 0;
    for (ssize_t got; (got = read(fd, buffer, sizeof buffer)) > 0; total += got)
      if (kind == 'e' && write(fd, buffer, got) != got) break;
    if (kind == 's' && write(fd, &total, sizeof total) < 0) puts("SPEED-FAILED answer");
    close(fd);
    if (kind == 'q') return 0;
  }
}

static int stream(const char *to, const char *port, double seconds) {
  int fd = connected(to, port);
  if (write(fd, "s", 1) != 1) return 1;
  double start = now();
  while (now() - start < seconds)
    if (write(fd, buffer, sizeof buffer) < 0) return 1;
  shutdown(fd, SHUT_WR);
  uint64_t total = 0;
  if (read(fd, &total, sizeof total) != sizeof total) return 1;
  printf("SPEED-SENT %.2f\n", total / 1e6 / (now() - start));
  return 0;
}

static int echo(const char *to, const char *port, int count) {
  int fd = connected(to, port);
  if (write(fd, "e", 1) != 1) return 1;
  double start = now();
  for (int i = 0; i < count; i++)
    if (write(fd, buffer, 1) != 1 || read(fd, buffer, 1) != 1) return 1;
  printf("SPEED-ECHO %.1f\n", (now() - start) * 1e6 / count);
  close(fd);
  return 0;
}

static int flood(const char *to, const char *port, double seconds, int bytes) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in there = address(to, port);
  long sent = 0;
  double start = now();
  while (now() - start < seconds)
    for (int i = 0; i < 64; i++) sent += sendto(fd, buffer, bytes, MSG_DONTWAIT, (struct sockaddr *)&there, sizeof there) > 0;
  printf("SPEED-FLOODED %.0f\n", sent / (now() - start));
  return 0;
}

int main(int count, char **words) {
  if (count == 3 && !strcmp(words[1], "serve")) return serve(words[2]);
  if (count == 5 && !strcmp(words[1], "send")) return stream(words[2], words[3], atof(words[4]));
  if (count == 5 && !strcmp(words[1], "echo")) return echo(words[2], words[3], atoi(words[4]));
  if (count == 6 && !strcmp(words[1], "flood")) return flood(words[2], words[3], atof(words[4]), atoi(words[5]));
  if (count == 4 && !strcmp(words[1], "quit")) return write(connected(words[2], words[3]), "q", 1) != 1;
  return 2;
}
