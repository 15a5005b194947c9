/** Amounts with units, as OVF writes them: "byte * 2^30", and the older words. Source: DMTF DSP0004 annex C.1; DSP0243 1.0. */

const PROGRAMMATIC = /^(byte|bit|hertz|count)(?:\s*\*\s*(?:(\d{1,4})\^(\d{1,2})|(\d{1,15})))*$/i;
const FACTOR = /\*\s*(?:(\d{1,4})\^(\d{1,2})|(\d{1,15}))/g;
// biome-ignore format: a table reads in columns
const WORDS: Readonly<Record<string, number>> = {
  bytes: 1, kilobytes: 2 ** 10, megabytes: 2 ** 20, gigabytes: 2 ** 30, terabytes: 2 ** 40,
  kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30, tb: 2 ** 40, mhz: 10 ** 6, megahertz: 10 ** 6,
};

/** How much a unit is, of bytes or hertz; undefined for what is none. */
function unitSize(text: string): number | undefined {
  const unit = text.trim();
  if (!PROGRAMMATIC.test(unit)) return WORDS[unit.toLowerCase()];
  let size = 1;
  for (const [, base, exponent, plain] of unit.matchAll(FACTOR))
    size *= plain === undefined ? Number(base) ** Number(exponent) : Number(plain);
  return Number.isSafeInteger(size) && size > 0 ? size : undefined;
}

/** A whole amount in that unit; undefined for what is none, or too large to count. */
export function amount(text: string | undefined, unit: string | undefined): number | undefined {
  if (text === undefined || !/^\s*\d{1,20}\s*$/.test(text)) return undefined;
  const size = unit === undefined || unit.trim() === '' ? 1 : unitSize(unit);
  const value = size === undefined ? Number.NaN : Number(text) * size;
  return Number.isSafeInteger(value) ? value : undefined;
}

/** The largest unit that the amount is a multiple of. */
export function inUnits(bytes: number): { readonly value: number; readonly unit: string } {
  for (const power of [30, 20, 10]) {
    if (bytes > 0 && bytes % 2 ** power === 0)
      return { value: bytes / 2 ** power, unit: `byte * 2^${power}` };
  }
  return { value: bytes, unit: 'byte' };
}
