// TCP and echoes of a guest: send, receive, round trips, pings; and a server for another guest.
// net ROW serve PORT · net ROW send|receive ADDRESS PORT SECONDS · net ROW echo ADDRESS PORT COUNT
// net ROW ping ADDRESS COUNT · net ROW quit ADDRESS PORT · a reading is a line "@@ ROW NUMBER": MB/s, or µs for each
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static char buffer[1 << 18];
static const char *row;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static struct sockaddr_in address(const char *text, int port) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, text, &to.sin_addr);
  return to;
}

static void failed(const char *what) {
  printf("@@ failed %s: %s\n", row, what);
  exit(1);
}

static void tell(double value) { printf("@@ %s %.3f\n", row, value); }

// The first byte says what the server is to do: 's' counts, 'r' sends, 'e' sends back, 'q' ends.
static int connected(const char *text, const char *port, const char *kind) {
  struct sockaddr_in to = address(text, atoi(port));
  for (int i = 0; i < 600; i++) {
    int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0) {
      if (write(fd, kind, 1) != 1) failed("write");
      return fd;
    }
    close(fd);
    usleep(100000);
  }
  failed("connect");
  return -1;
}

static void sends(int fd, double seconds) {
  double start = now();
  while (now() - start < seconds)
    if (write(fd, buffer, sizeof buffer) < 0) failed("send");
  shutdown(fd, SHUT_WR);
  uint64_t total = 0;
  if (read(fd, &total, sizeof total) != sizeof total) failed("answer");
  tell(total / 1e6 / (now() - start));
}

static void receives(int fd, double seconds) {
  double start = now();
  uint64_t total = 0;
  while (now() - start < seconds) {
    ssize_t got = read(fd, buffer, sizeof buffer);
    if (got <= 0) failed("receive");
    total += got;
  }
  tell(total / 1e6 / (now() - start));
}

static void echoes(int fd, int count) {
  double start = now();
  for (int i = 0; i < count; i++)
    if (write(fd, buffer, 1) != 1 || read(fd, buffer, 1) != 1) failed("echo");
  tell((now() - start) * 1e6 / count);
}

static uint16_t checksum(const uint8_t *bytes, int length) {
  uint32_t sum = 0;
  for (int i = 0; i < length; i += 2) sum += bytes[i] << 8 | bytes[i + 1];
  while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
  return htons(~sum);
}

// Without pauses, so that what is measured is the way and not the sleep.
static void pings(const char *text, int count) {
  struct sockaddr_in to = address(text, 0);
  int fd = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
  struct timeval patience = {.tv_sec = 10};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  double total = 0;
  for (int i = 0; i < count; i++) {
    uint8_t packet[64] = {8, 0, 0, 0, 0x12, 0x34, i >> 8, i}, answer[256];
    *(uint16_t *)(packet + 2) = checksum(packet, sizeof packet);
    double start = now();
    if (sendto(fd, packet, sizeof packet, 0, (struct sockaddr *)&to, sizeof to) < 0) failed("ping");
    do {
      if (recv(fd, answer, sizeof answer, 0) < 28) failed("pong");
    } while (answer[20] != 0 || answer[26] != (uint8_t)(i >> 8) || answer[27] != (uint8_t)i);
    if (i > 0) total += now() - start;
  }
  tell(total * 1e6 / (count - 1));
}

static void answer(int fd, char kind) {
  uint64_t total = 0;
  if (kind == 'r')
    while (write(fd, buffer, sizeof buffer) > 0) {}
  else
    for (ssize_t got; (got = read(fd, buffer, sizeof buffer)) > 0; total += got)
      if (kind == 'e' && write(fd, buffer, got) != got) break;
  if (kind == 's' && write(fd, &total, sizeof total) < 0) failed("answer");
  close(fd);
}

static int serve(const char *port) {
  int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in here = address("0.0.0.0", atoi(port));
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(listener, (struct sockaddr *)&here, sizeof here) || listen(listener, 8)) failed("listen");
  for (;;) {
    int fd = accept(listener, 0, 0);
    char kind = 0;
    if (fd < 0 || read(fd, &kind, 1) != 1) continue;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (kind == 'q') return 0;
    answer(fd, kind);
  }
}

int main(int count, char **words) {
  setvbuf(stdout, 0, _IOLBF, 0);
  signal(SIGPIPE, SIG_IGN);
  if (count < 4) return 2;
  row = words[1];
  const char *what = words[2], *to = words[3], *port = count > 4 ? words[4] : "0", *much = count > 5 ? words[5] : "0";
  if (!strcmp(what, "serve")) return serve(to);
  if (!strcmp(what, "send")) sends(connected(to, port, "s"), atof(much));
  else if (!strcmp(what, "receive")) receives(connected(to, port, "r"), atof(much));
  else if (!strcmp(what, "echo")) echoes(connected(to, port, "e"), atoi(much));
  else if (!strcmp(what, "ping")) pings(to, atoi(port));
  else if (!strcmp(what, "quit")) connected(to, port, "q");
  else return 2;
  return 0;
}
