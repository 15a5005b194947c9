/** A kernel's System.map: the symbol behind an address. Source: nm(1), output format bsd. */
import type { SymbolLookup } from './fault.ts';

/** Lines that do not read `address type name` are left out. Builds the table at the first look-up. */
export function systemMap(text: string): SymbolLookup {
  let table: { readonly addresses: BigUint64Array; readonly names: readonly string[] } | undefined;
  return (address) => {
    table ??= parse(text);
    const index = lastAtOrBelow(table.addresses, address);
    const start = table.addresses[index];
    if (start === undefined) return undefined;
    return `${table.names[index]}+0x${(address - start).toString(16)}`;
  };
}

function parse(text: string): { addresses: BigUint64Array; names: string[] } {
  const rows = [...text.matchAll(/^([0-9a-fA-F]{1,16}) [tTwW] (\S+)$/gm)]
    .map((match) => ({ address: BigInt(`0x${match[1]}`), name: match[2] ?? '' }))
    .sort((a, b) => (a.address < b.address ? -1 : 1));
  return {
    addresses: BigUint64Array.from(rows, ({ address }) => address),
    names: rows.map(({ name }) => name),
  };
}

/** Index of the last element that is not above `value`; -1 when there is none. */
function lastAtOrBelow(sorted: BigUint64Array, value: bigint): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0n) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
