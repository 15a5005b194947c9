/** Operand values for tests: the edges of integers and floating-point numbers, and everything between by chance. */

/** Chance, given by the caller (lib's Random fits). */
export interface Random {
  nextU32(): number;
  nextU64(): bigint;
  below(bound: number): number;
}

export const pick = <T>(random: Random, from: readonly T[]): T => from[random.below(from.length)] as T;
export const oneIn = (random: Random, count: number): boolean => random.below(count) === 0;

const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);

/** Powers of two that are some type's limit, and their neighbours, both signs. */
const INTEGER_EDGES: readonly bigint[] = [0n, 7n, 8n, 15n, 16n, 31n, 32n, 52n, 53n, 63n]
  .map((exponent) => 1n << exponent)
  .flatMap((power) => [power - 1n, power, power + 1n])
  .flatMap((value) => [u64(value), u64(-value)]);

export function integer(random: Random): bigint {
  const kind = random.below(8);
  if (kind < 4) return pick(random, INTEGER_EDGES);
  if (kind === 4) return BigInt(random.below(128));
  if (kind === 5) return u64(BigInt.asIntN(32, BigInt(random.nextU32())));
  if (kind === 6) return u64(BigInt.asIntN(64, random.nextU64()) >> BigInt(random.below(64)));
  return random.nextU64();
}

/** Magnitudes of singles and doubles that are an edge of the format, or of a conversion. */
const DOUBLE_EDGES: readonly bigint[] = [
  0n, // zero
  1n, // smallest subnormal
  0x000f_ffff_ffff_ffffn, // largest subnormal
  0x0010_0000_0000_0000n, // smallest normal
  0x0010_0000_0000_0001n,
  0x3690_0000_0000_0000n, // half of the smallest single subnormal
  0x380f_ffff_ffff_ffffn, // just below the smallest normal single
  0x3fe0_0000_0000_0000n, // 0.5
  0x3fdf_ffff_ffff_ffffn,
  0x3ff0_0000_0000_0000n, // 1
  0x3ff0_0000_0000_0001n,
  0x3ff8_0000_0000_0000n, // 1.5
  0x4004_0000_0000_0000n, // 2.5
  0x41df_ffff_ffc0_0000n, // 2^31 - 1
  0x41e0_0000_0000_0000n, // 2^31
  0x41ef_ffff_fff0_0000n, // 2^32 - 0.5
  0x43df_ffff_ffff_ffffn, // below 2^63
  0x43e0_0000_0000_0000n, // 2^63
  0x43f0_0000_0000_0000n, // 2^64
  0x47ef_ffff_e000_0000n, // largest single
  0x47ef_ffff_f000_0000n, // rounds to single infinity
  0x7fef_ffff_ffff_ffffn, // largest
  0x7ff0_0000_0000_0000n, // infinity
  0x7ff0_0000_0000_0001n, // signaling NaN
  0x7ff8_0000_0000_0000n, // canonical NaN
  0x7ff8_0000_dead_beefn, // quiet NaN with a payload
];
const SINGLE_EDGES: readonly bigint[] = [
  0n,
  1n,
  0x007f_ffffn,
  0x0080_0000n,
  0x0080_0001n,
  0x3f00_0000n,
  0x3eff_ffffn,
  0x3f80_0000n,
  0x3f80_0001n,
  0x3fc0_0000n,
  0x4020_0000n,
  0x4eff_ffffn,
  0x4f00_0000n,
  0x4f80_0000n,
  0x5eff_ffffn,
  0x5f00_0000n,
  0x5f80_0000n,
  0x7f7f_ffffn,
  0x7f80_0000n,
  0x7f80_0001n,
  0x7fc0_0000n,
  0x7fc0_beefn,
];
const BOX = 0xffff_ffffn << 32n;

export function double(random: Random): bigint {
  const sign = BigInt(random.below(2)) << 63n;
  const kind = random.below(4);
  if (kind < 2) return sign | pick(random, DOUBLE_EDGES);
  if (kind === 2) return random.nextU64();
  // Exponents close to one another, so that sums cancel and products round.
  const exponent = BigInt(1023 - 2 + random.below(5));
  return sign | (exponent << 52n) | (random.nextU64() >> 12n);
}

/** 32 bits. */
export function single(random: Random): bigint {
  const sign = BigInt(random.below(2)) << 31n;
  const kind = random.below(4);
  if (kind < 2) return sign | pick(random, SINGLE_EDGES);
  if (kind === 2) return BigInt(random.nextU32());
  return sign | (BigInt(127 - 2 + random.below(5)) << 23n) | BigInt(random.nextU32() >>> 9);
}

/** Raw bits of a floating-point register: a double, a boxed single, or a single that is not boxed. */
export function float(random: Random, preferSingle: boolean): bigint {
  const kind = random.below(8);
  if (kind === 0) return preferSingle ? single(random) : double(random);
  const isSingle = kind < 7 ? preferSingle : !preferSingle;
  return isSingle ? BOX | single(random) : double(random);
}
