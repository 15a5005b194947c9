/* The largest singular value of the matrix 1 / ((i + j) (i + j + 1) / 2 + i + 1), by power iteration. */
#include "bench.h"
#include <math.h>

#define N 100
#define ROUNDS 2

static double u[N], v[N], w[N];

static inline double element(int i, int j)
{
  return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1);
}

static NOINLINE void multiply(const double *x, double *y, int transposed)
{
  for (int i = 0; i < N; i++) {
    double sum = 0;
    for (int j = 0; j < N; j++) sum += (transposed ? element(j, i) : element(i, j)) * x[j];
    y[i] = sum;
  }
}

static uint64_t pass(void)
{
  double uv = 0, vv = 0;
  for (int i = 0; i < N; i++) u[i] = 1;
  for (int round = 0; round < ROUNDS; round++) {
    multiply(u, w, 0), multiply(w, v, 1);
    multiply(v, w, 0), multiply(w, u, 1);
  }
  for (int i = 0; i < N; i++) uv += u[i] * v[i], vv += v[i] * v[i];
  return double_bits(sqrt(uv / vv));
}

REGISTER(spectral) = { "spectral", "Melem/s", (double)N * N * 4 * ROUNDS * MEGA, NULL, pass };
