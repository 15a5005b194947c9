/** The branch table of a hub: which bits of a target's address say where it goes. */

const MAX_TABLE_BITS = 9;

/**
 * Bits of the targets' addresses that tell them apart, for a branch table of 2^bits entries. Targets for which there is
 * no room are left out.
 */
export function branchTable(
  targets: readonly number[],
  addressOf: (target: number) => number,
): { shift: number; bits: number; places: ReadonlyMap<number, number> } {
  let best = { shift: 1, bits: 0, places: new Map<number, number>() };
  for (let bits = Math.ceil(Math.log2(targets.length)); bits <= MAX_TABLE_BITS; bits++) {
    for (let shift = 1; shift <= MAX_TABLE_BITS; shift++) {
      const mask = (1 << bits) - 1;
      const places = new Map(targets.map((target) => [(addressOf(target) >>> shift) & mask, target]));
      if (places.size === targets.length) return { shift, bits, places };
      if (places.size > best.places.size) best = { shift, bits, places };
    }
  }
  return best;
}
