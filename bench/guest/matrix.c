/* The product of two matrices of doubles. */
#include "bench.h"

#define N 96

static double a[N][N], b[N][N], c[N][N];

static void prepare(void)
{
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) a[i][j] = (i * 3 + j) * 0.01, b[i][j] = (i - j * 2) * 0.02;
}

static NOINLINE void multiply(void)
{
  for (int i = 0; i < N; i++) {
    for (int j = 0; j < N; j++) c[i][j] = 0;
    for (int k = 0; k < N; k++)
      for (int j = 0; j < N; j++) c[i][j] += a[i][k] * b[k][j];
  }
}

static uint64_t pass(void)
{
  double sum = 0;
  multiply();
  for (int i = 0; i < N; i++) sum += c[i][(i * 7) % N];
  return double_bits(sum);
}

REGISTER(matrix) = { "matrix", "Mflop/s", 2.0 * N * N * N * MEGA, prepare, pass };
