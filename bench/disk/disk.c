/* Reads and writes a disk in the guest, past its page cache, and tells how fast each kind went. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define BLKGETSIZE64 _IOR(0x12, 114, size_t)
#define MAX_DEPTH 64

struct row {
  const char *name;
  int is_write;
  int is_random;
  int depth;
  size_t bytes;
  int flushes;
};

static const struct row ROWS[] = {
  { "seq_read_1M", 0, 0, 1, 1 << 20, 0 },
  { "seq_write_1M", 1, 0, 1, 1 << 20, 0 },
  { "seq_read_128K_qd8", 0, 0, 8, 1 << 17, 0 },
  { "rand_read_4K", 0, 1, 1, 4096, 0 },
  { "rand_write_4K", 1, 1, 1, 4096, 0 },
  { "rand_read_4K_qd32", 0, 1, 32, 4096, 0 },
  { "rand_write_4K_qd32", 1, 1, 32, 4096, 0 },
  { "flush", 1, 1, 1, 4096, 1 },
};

static uint64_t seed = 88172645463325252ull;

static uint64_t chance(void)
{
  seed ^= seed << 13;
  seed ^= seed >> 7;
  seed ^= seed << 17;
  return seed;
}

static double now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void die(const char *what)
{
  printf("@@ failed %s: %s\n", what, strerror(errno));
  exit(1);
}

static uint64_t next_offset(const struct row *row, uint64_t size, uint64_t *at)
{
  uint64_t blocks = size / row->bytes;
  if (row->is_random) return chance() % blocks * row->bytes;
  uint64_t offset = *at;
  *at = offset + 2 * row->bytes > size ? 0 : offset + row->bytes;
  return offset;
}

/* One request after the other. */
static uint64_t run_one(int fd, const struct row *row, uint64_t size, char *buffer, double until)
{
  uint64_t count = 0, at = 0;
  while (now() < until) {
    uint64_t offset = next_offset(row, size, &at);
    ssize_t done = row->is_write ? pwrite(fd, buffer, row->bytes, offset) : pread(fd, buffer, row->bytes, offset);
    if (done != (ssize_t)row->bytes) die(row->name);
    if (row->flushes && fdatasync(fd) != 0) die("fdatasync");
    count++;
  }
  return count;
}

/* Always `depth` requests under way. */
static uint64_t run_many(int fd, const struct row *row, uint64_t size, char *buffer, double until)
{
  aio_context_t context = 0;
  struct iocb blocks[MAX_DEPTH], *list[MAX_DEPTH];
  struct io_event events[MAX_DEPTH];
  uint64_t count = 0, at = 0;
  if (syscall(SYS_io_setup, MAX_DEPTH, &context) < 0) die("io_setup");
  int ready = row->depth, in_flight = 0;
  memset(blocks, 0, sizeof blocks);
  for (int i = 0; i < row->depth; i++) {
    list[i] = &blocks[i];
    blocks[i].aio_fildes = fd;
    blocks[i].aio_lio_opcode = row->is_write ? IOCB_CMD_PWRITE : IOCB_CMD_PREAD;
    blocks[i].aio_buf = (uintptr_t)(buffer + i * row->bytes);
    blocks[i].aio_nbytes = row->bytes;
  }
  while (in_flight > 0 || now() < until) {
    if (now() < until && ready > 0) {
      for (int i = 0; i < ready; i++) list[i]->aio_offset = next_offset(row, size, &at);
      if (syscall(SYS_io_submit, context, ready, list) != ready) die("io_submit");
      in_flight += ready;
    }
    int done = syscall(SYS_io_getevents, context, 1, MAX_DEPTH, events, NULL);
    if (done < 1) die("io_getevents");
    for (int i = 0; i < done; i++) {
      if (events[i].res != (int64_t)row->bytes) die(row->name);
      list[i] = (struct iocb *)(uintptr_t)events[i].obj;
    }
    ready = done;
    in_flight -= done;
    count += done;
  }
  syscall(SYS_io_destroy, context);
  return count;
}

int main(int argc, char **argv)
{
  const char *path = argc > 1 ? argv[1] : "/dev/vda";
  double seconds = argc > 2 ? atof(argv[2]) : 2;
  double warm = argc > 3 ? atof(argv[3]) : 2;
  int fd = open(path, O_RDWR | O_DIRECT);
  uint64_t size;
  char *buffer;
  setvbuf(stdout, NULL, _IOLBF, 0);
  if (fd < 0 || ioctl(fd, BLKGETSIZE64, &size) != 0) die(path);
  if (posix_memalign((void **)&buffer, 4096, (size_t)MAX_DEPTH << 17) != 0) die("memory");
  for (size_t i = 0; i < (size_t)MAX_DEPTH << 17; i += 8) *(uint64_t *)(buffer + i) = chance();
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    const struct row *row = &ROWS[i];
    if (argc > 4 && !strstr(argv[4], row->name)) continue;
    /* Both machines translate what runs often: that is boot, not I/O. */
    (row->depth > 1 ? run_many : run_one)(fd, row, size, buffer, now() + warm);
    printf("@@ begin %s\n", row->name);
    double begun = now();
    uint64_t count = (row->depth > 1 ? run_many : run_one)(fd, row, size, buffer, begun + seconds);
    double took = now() - begun;
    printf("@@ end %s %llu %.6f %zu\n", row->name, (unsigned long long)count, took, row->bytes);
  }
  return 0;
}
