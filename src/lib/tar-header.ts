/** Headers of tar archives: one block each, read in all common forms, written as ustar with pax records. Source: POSIX.1-2024 pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format". */
import { HostError } from './errors.ts';

export const TAR_BLOCK_BYTES = 512;

/** What fills the last block of so many bytes. */
export function tarPadding(bytes: number): number {
  return -bytes & (TAR_BLOCK_BYTES - 1);
}

/** What one header says. */
export interface TarHeader {
  readonly path: string;
  /** The type flag: `0` a file, `1` a hard link, `2` a symbolic link, `5` a directory, `L`, `K` and `x` extend the next. */
  readonly type: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  readonly mtimeSeconds: number;
  readonly target: string;
}

/** What a pax record or a GNU long name says of the next header. */
export type TarExtension = Partial<
  Pick<TarHeader, 'path' | 'target' | 'sizeBytes' | 'uid' | 'gid' | 'mtimeSeconds'>
>;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Offset and length of each field. */
const FIELD = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  target: [157, 100],
  magic: [257, 8],
  prefix: [345, 155],
} as const;
type Field = keyof typeof FIELD;

/** Whether a block is the mark of an archive's end. */
export function isTarEnd(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

/** Reads a header. Throws HostError `archive-damaged`. */
export function parseTarHeader(block: Uint8Array, extension: TarExtension = {}): TarHeader {
  if (checksumOf(block) !== number(block, 'checksum')) throw tarDamaged('a header has the wrong checksum');
  const flag = String.fromCharCode(block[FIELD.type[0]] ?? 0);
  const own = {
    path: shortPath(block),
    type: flag === '\0' || flag === '7' ? '0' : flag,
    mode: number(block, 'mode') & 0o7777,
    uid: number(block, 'uid'),
    gid: number(block, 'gid'),
    sizeBytes: number(block, 'size'),
    mtimeSeconds: number(block, 'mtime'),
    target: text(block, 'target'),
  };
  const header = { ...own, ...extension };
  return { ...header, path: header.path.replace(/^(?:\.\/+)+/, '') };
}

/** The types whose data tells more of the next header. */
export function isTarExtension(type: string): boolean {
  return type === 'L' || type === 'K' || type === 'x';
}

/** What the data of an extending header tells. Throws HostError `archive-damaged`. */
export function parseTarExtension(type: string, data: Uint8Array): TarExtension {
  if (type === 'L') return { path: untilNul(data) };
  if (type === 'K') return { target: untilNul(data) };
  return paxExtension(data);
}

/** A header's block; what does not fit into it must stand in pax records before it. */
export function tarHeaderBlock(header: TarHeader): Uint8Array {
  const block = new Uint8Array(TAR_BLOCK_BYTES);
  const put = (field: Field, value: string) =>
    block.set(encoder.encode(value).subarray(0, FIELD[field][1]), FIELD[field][0]);
  put('name', header.path);
  for (const [field, value] of numbersOf(header)) put(field, octal(value, FIELD[field][1]));
  put('type', header.type);
  put('target', header.target);
  put('magic', 'ustar\x0000');
  put('checksum', `${checksumOf(block).toString(8).padStart(6, '0')}\0 `);
  return block;
}

/** The pax records of what does not fit into a header's fields; empty when all does. */
export function paxRecordsOf(header: TarHeader): string {
  const records: string[] = [];
  if (!fitsField(header.path, 'name')) records.push(paxRecord('path', header.path));
  if (!fitsField(header.target, 'target')) records.push(paxRecord('linkpath', header.target));
  for (const [field, value] of numbersOf(header)) {
    if (value >= 8 ** (FIELD[field][1] - 1)) records.push(paxRecord(field, String(value)));
  }
  return records.join('');
}

/** The error of an archive that cannot be read. */
export function tarDamaged(reason: string): HostError {
  return new HostError('archive-damaged', { what: 'tar archive', reason });
}

function numbersOf(header: TarHeader) {
  return [
    ['mode', header.mode],
    ['uid', header.uid],
    ['gid', header.gid],
    ['size', header.sizeBytes],
    ['mtime', header.mtimeSeconds],
  ] as const;
}

function fitsField(value: string, field: Field): boolean {
  return /^[\x20-\x7e]*$/.test(value) && value.length <= FIELD[field][1];
}

function octal(value: number, length: number): string {
  return value >= 8 ** (length - 1) ? '0'.repeat(length - 1) : value.toString(8).padStart(length - 1, '0');
}

/** `LENGTH key=value\n`, where the length counts itself. */
export function paxRecord(key: string, value: string): string {
  const rest = encoder.encode(` ${key}=${value}\n`).length;
  let length = rest + 1;
  while (String(length).length + rest !== length) length++;
  return `${length} ${key}=${value}\n`;
}

const PAX_NUMBERS = { size: 'sizeBytes', uid: 'uid', gid: 'gid', mtime: 'mtimeSeconds' } as const;

function paxExtension(data: Uint8Array): TarExtension {
  const found: Record<string, string | number> = {};
  for (let at = 0; at < data.length && data[at] !== 0; ) {
    const length = Number(/^(\d{1,9}) /.exec(decoder.decode(data.subarray(at, at + 10)))?.[1]);
    if (!(length > 3) || at + length > data.length) throw tarDamaged('a pax record has a wrong length');
    const record = decoder.decode(data.subarray(at + String(length).length + 1, at + length - 1));
    const key = record.slice(0, Math.max(0, record.indexOf('=')));
    const value = record.slice(record.indexOf('=') + 1);
    if (key === 'path') found.path = value;
    if (key === 'linkpath') found.target = value;
    if (Object.hasOwn(PAX_NUMBERS, key))
      found[PAX_NUMBERS[key as keyof typeof PAX_NUMBERS]] = paxNumber(value);
    at += length;
  }
  return found;
}

function paxNumber(value: string): number {
  const whole = Math.floor(Number(value));
  if (!Number.isSafeInteger(whole) || whole < 0) throw tarDamaged('a pax record has no number');
  return whole;
}

/** Name fields of the ustar header: 100 bytes, and a prefix of 155 that only the POSIX form has. */
function shortPath(block: Uint8Array): string {
  const isPosix = decoder.decode(block.subarray(257, 263)) === 'ustar\0';
  const prefix = isPosix ? text(block, 'prefix') : '';
  return prefix === '' ? text(block, 'name') : `${prefix}/${text(block, 'name')}`;
}

function checksumOf(block: Uint8Array): number {
  return block.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 0x20 : byte), 0);
}

/** Octal text, or GNU's binary form with the top bit set. An empty field is 0. */
function number(block: Uint8Array, field: Field): number {
  const [offset, length] = FIELD[field];
  if (((block[offset] ?? 0) & 0x80) !== 0) return binaryNumber(block, offset, length);
  const digits = text(block, field).trim();
  const value = digits === '' && field !== 'checksum' ? 0 : Number.parseInt(digits, 8);
  if (!Number.isSafeInteger(value) || value < 0 || /[^0-7]/.test(digits)) {
    throw tarDamaged(`a header has no number at byte ${offset}`);
  }
  return value;
}

function binaryNumber(block: Uint8Array, offset: number, length: number): number {
  let value = (block[offset] ?? 0) & 0x7f;
  for (let i = 1; i < length; i++) value = value * 256 + (block[offset + i] ?? 0);
  if (!Number.isSafeInteger(value)) throw tarDamaged(`a header has no number at byte ${offset}`);
  return value;
}

function text(block: Uint8Array, field: Field): string {
  const [offset, length] = FIELD[field];
  return untilNul(block.subarray(offset, offset + length));
}

function untilNul(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return decoder.decode(end < 0 ? bytes : bytes.subarray(0, end));
}
