/** The harts that a call names by a mask and its base. Source: RISC-V SBI 2.0 §3.1 (hart list parameter). */
import type { Hart } from '../hart.ts';

const ALL = 2n ** 64n - 1n;

/** The harts of bit i of `mask` for hart `base` + i; all for base -1; `undefined` when one does not exist. */
export function hartsOf(harts: readonly Hart[], mask: bigint, base: bigint): readonly Hart[] | undefined {
  if (base === ALL) return harts;
  const named: Hart[] = [];
  for (let bit = 0n, rest = mask; rest !== 0n; bit++, rest >>= 1n) {
    if ((rest & 1n) === 0n) continue;
    const hart = harts[Number(base + bit)];
    if (hart === undefined) return undefined;
    named.push(hart);
  }
  return named;
}
