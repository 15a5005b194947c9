/** Simple types on the wire: text to value and back, a row each. Source: XML Schema Part 2, as vSphere uses it. */

export interface SimpleType {
  /** Undefined when the text is no such value. */
  read(text: string): unknown;
  write(value: unknown): string;
}

const integer = (least: number, most: number): SimpleType => ({
  read(text) {
    const value = /^[+-]?\d{1,19}$/.test(text.trim()) ? Number(text) : Number.NaN;
    return value >= least && value <= most ? value : undefined;
  },
  write: (value) => String(Math.trunc(Number(value))),
});

const floating: SimpleType = {
  read(text) {
    const trimmed = text.trim();
    if (trimmed === 'INF' || trimmed === '-INF') return trimmed === 'INF' ? Infinity : -Infinity;
    if (trimmed === 'NaN') return Number.NaN;
    return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(trimmed) ? Number(trimmed) : undefined;
  },
  write(value) {
    const number = Number(value);
    if (Number.isFinite(number)) return String(number);
    return Number.isNaN(number) ? 'NaN' : number > 0 ? 'INF' : '-INF';
  },
};

const text: SimpleType = { read: (given) => given, write: String };
const LONG_MAX = 2n ** 63n;

// biome-ignore format: a table reads in columns
export const SIMPLE: Readonly<Record<string, SimpleType>> = {
  string:       text,
  anyURI:       text,
  boolean:      { read: (given) => BOOLEANS[given.trim()], write: (value) => (value === true ? 'true' : 'false') },
  byte:         integer(-128, 255),
  short:        integer(-32_768, 32_767),
  int:          integer(-2_147_483_648, 2_147_483_647),
  long:         { read: readLong, write: (value) => (typeof value === 'bigint' ? String(value) : BigInt(Math.trunc(Number(value))).toString()) },
  float:        floating,
  double:       floating,
  dateTime:     { read: readDate, write: (value) => (value as Date).toISOString() },
  base64Binary: { read: readBinary, write: (value) => Buffer.from(value as Uint8Array).toString('base64') },
};

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, 1: true, false: false, 0: false };

/** A number where it is exact. */
function readLong(given: string): number | bigint | undefined {
  const trimmed = given.trim();
  if (!/^[+-]?\d{1,19}$/.test(trimmed)) return undefined;
  const exact = BigInt(trimmed.replace(/^\+/, ''));
  if (exact >= LONG_MAX || exact < -LONG_MAX) return undefined;
  const number = Number(exact);
  return Number.isSafeInteger(number) ? number : exact;
}

/** Without a zone it is UTC, as ESXi takes it. */
function readDate(given: string): Date | undefined {
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?)(Z|[+-]\d\d:\d\d)?$/.exec(given.trim());
  if (found === null) return undefined;
  const [, time = '', zone = 'Z'] = found;
  const date = new Date(time.replace(/(\.\d{3})\d+$/, '$1') + zone);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function readBinary(given: string): Uint8Array | undefined {
  const packed = given.replace(/\s+/g, '');
  return /^[A-Za-z0-9+/]*={0,2}$/.test(packed) ? Buffer.from(packed, 'base64') : undefined;
}
