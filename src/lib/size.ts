/** Sizes in bytes as people write them: `64M`, `3G`, `1.5 GiB`; units are powers of 1024. */

const UNITS = ['', 'K', 'M', 'G', 'T'] as const;

/** The bytes that `text` says (`4096`, `64K`, `64M`, `3GiB`); undefined when it is no size. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?$/i.exec(text.trim());
  if (match === null) return undefined;
  const exponent = (UNITS as readonly string[]).indexOf((match[2] ?? '').toUpperCase());
  const bytes = Number(match[1]) * 1024 ** exponent;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** Bytes with the largest unit that keeps at least one whole: `29.7 MiB`, `64 MiB`, `512 bytes`. */
export function formatSize(bytes: number): string {
  let exponent = 0;
  while (exponent + 1 < UNITS.length && bytes >= 1024 ** (exponent + 1)) exponent++;
  if (exponent === 0) return `${bytes} bytes`;
  const value = bytes / 1024 ** exponent;
  return `${Number.isInteger(value) ? value : value.toFixed(1)} ${UNITS[exponent]}iB`;
}
