/* An integer mix: a linked list, a small matrix, a text state machine and a CRC over their results, in turn. */
#include "bench.h"

#define NODES 200
#define SIDE 12
#define TURNS 8

struct node {
  struct node *next;
  int16_t key, value;
};

static struct node nodes[NODES];
static int16_t left[SIDE][SIDE], right[SIDE][SIDE];
static int32_t product[SIDE][SIDE];
static const char text[] = "12,-7,0x1f,3.25e4,+9,abc,5.,-0.5,1e,77e-2,,0x,409600,-,+.5,2e+8,zz9,6,";

static NOINLINE uint16_t crc16(uint32_t data, uint16_t crc)
{
  for (int i = 0; i < 32; i++, data >>= 1) {
    int bit = (crc ^ data) & 1;
    crc >>= 1;
    if (bit) crc ^= 0xa001;
  }
  return crc;
}

static struct node *build(uint64_t seed)
{
  for (int i = 0; i < NODES; i++) {
    nodes[i].key = next_random(&seed) & 0x7fff;
    nodes[i].value = i;
    nodes[i].next = i + 1 < NODES ? &nodes[i + 1] : NULL;
  }
  return nodes;
}

static NOINLINE struct node *merge(struct node *a, struct node *b)
{
  struct node *head, **end = &head;
  while (a && b) {
    struct node **least = a->key <= b->key ? &a : &b;
    *end = *least;
    end = &(*least)->next;
    *least = *end;
  }
  *end = a ? a : b;
  return head;
}

static NOINLINE struct node *sort(struct node *list)
{
  if (!list || !list->next) return list;
  struct node *middle = list, *second;
  for (struct node *end = list->next; end && end->next; end = end->next->next) middle = middle->next;
  second = middle->next;
  middle->next = NULL;
  return merge(sort(list), sort(second));
}

static NOINLINE struct node *reverse(struct node *list)
{
  struct node *done = NULL;
  while (list) {
    struct node *next = list->next;
    list->next = done;
    done = list;
    list = next;
  }
  return done;
}

static NOINLINE int find(const struct node *list, int key)
{
  int steps = 0;
  while (list && list->key > key) {
    list = list->next;
    steps++;
  }
  return list ? list->value + steps : steps;
}

static uint16_t list_work(uint64_t seed, uint16_t crc)
{
  struct node *list = reverse(sort(build(seed)));
  for (int key = 0; key < 0x8000; key += 0x555) crc = crc16(find(list, key), crc);
  return crc;
}

static NOINLINE void multiply(void)
{
  for (int i = 0; i < SIDE; i++)
    for (int j = 0; j < SIDE; j++) {
      int32_t sum = 0;
      for (int k = 0; k < SIDE; k++) sum += left[i][k] * right[k][j];
      product[i][j] = sum;
    }
}

static NOINLINE uint16_t matrix_work(int16_t seed, uint16_t crc)
{
  for (int i = 0; i < SIDE; i++)
    for (int j = 0; j < SIDE; j++) {
      left[i][j] = seed + i * 7 - j;
      right[i][j] = (seed ^ (i << 4)) + j * 3;
    }
  multiply();
  for (int i = 0; i < SIDE; i++)
    for (int j = 0; j < SIDE; j++) right[i][j] = (product[i][j] >> 2 & 15) * (product[i][j] >> 5 & 127);
  multiply();
  int32_t sum = 0, last = 0;
  for (int i = 0; i < SIDE; i++)
    for (int j = 0; j < SIDE; j++) {
      sum += product[i][j] > last ? 10 : product[i][j] & 1;
      last = product[i][j];
    }
  return crc16(sum, crc);
}

enum state { START, SIGN, WHOLE, POINT, FRACTION, EXPONENT, EXPONENT_SIGN, POWER, BASE, HEX, INVALID, STATES };

static NOINLINE enum state step(enum state state, char c)
{
  int digit = c >= '0' && c <= '9';
  switch (state) {
  case START:
    if (c == '+' || c == '-') return SIGN;
    if (c == '0') return BASE;
    return digit ? WHOLE : c == '.' ? POINT : INVALID;
  case SIGN: return digit ? WHOLE : c == '.' ? POINT : INVALID;
  case BASE:
    if (c == 'x') return HEX;
    /* fall through */
  case WHOLE: return digit ? WHOLE : c == '.' ? POINT : c == 'e' ? EXPONENT : INVALID;
  case POINT:
  case FRACTION: return digit ? FRACTION : c == 'e' ? EXPONENT : INVALID;
  case EXPONENT: return digit ? POWER : c == '+' || c == '-' ? EXPONENT_SIGN : INVALID;
  case EXPONENT_SIGN:
  case POWER: return digit ? POWER : INVALID;
  case HEX: return digit || (c >= 'a' && c <= 'f') ? HEX : INVALID;
  default: return INVALID;
  }
}

static uint16_t text_work(uint32_t seed, uint16_t crc)
{
  uint32_t ends[STATES] = { 0 };
  enum state state = START;
  for (const char *c = text; *c; c++) {
    if (*c == ',') {
      ends[state]++;
      state = START;
    } else {
      state = step(state, *c ^ ((size_t)(c - text) == seed % sizeof text));
    }
  }
  for (int i = 0; i < STATES; i++) crc = crc16(ends[i], crc);
  return crc;
}

static uint64_t pass(void)
{
  uint16_t crc = 0;
  for (int turn = 1; turn <= TURNS; turn++) {
    crc = list_work(turn * 0x9e3779b97f4a7c15u, crc);
    crc = matrix_work(turn, crc);
    crc = text_work(turn * 5, crc);
    crc = text_work(turn * 7, crc);
  }
  return crc;
}

REGISTER(mix) = { "integer_mix", "turns/s", TURNS, NULL, pass };
