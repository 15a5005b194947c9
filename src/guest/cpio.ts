/** cpio archives in the "newc" form, which the Linux kernel unpacks as its initramfs. Source: Linux Documentation/driver-api/early-userspace/buffer-format.rst. */
import { alignUp, concatBytes, HostError } from '#lib';

/** One thing in an archive. `permissions` are the low twelve mode bits; paths have no leading slash. */
export type CpioEntry =
  | { readonly kind: 'file'; readonly path: string; readonly data: Uint8Array; readonly permissions?: number }
  | { readonly kind: 'directory'; readonly path: string; readonly permissions?: number }
  | { readonly kind: 'symlink'; readonly path: string; readonly target: string }
  | {
      readonly kind: 'character-device' | 'block-device';
      readonly path: string;
      readonly major: number;
      readonly minor: number;
      readonly permissions?: number;
    };

// biome-ignore format: a table reads in columns
const KINDS = {
  'file':             { type: 0o100000, permissions: 0o644 },
  'directory':        { type: 0o040000, permissions: 0o755 },
  'symlink':          { type: 0o120000, permissions: 0o777 },
  'character-device': { type: 0o020000, permissions: 0o600 },
  'block-device':     { type: 0o060000, permissions: 0o600 },
} as const;

const MAGIC = '070701';
/** The header's fields after the magic, in order, each eight hexadecimal digits. */
const FIELDS = [
  'ino',
  'mode',
  'uid',
  'gid',
  'nlink',
  'mtime',
  'fileSize',
  'devMajor',
  'devMinor',
  'rdevMajor',
  'rdevMinor',
  'nameSize',
  'check',
] as const;
type Header = Readonly<Record<(typeof FIELDS)[number], number>>;

const HEADER_BYTES = MAGIC.length + 8 * FIELDS.length;
const TYPE_MASK = 0o170000;
const TRAILER = 'TRAILER!!!';
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** An archive of the entries in their order, the same bytes each time. A directory must come before what is in it. */
export function writeCpio(entries: readonly CpioEntry[]): Uint8Array {
  const parts = entries.map((entry, i) => record(entry.path, headerOf(entry, i + 1), dataOf(entry)));
  return concatBytes([...parts, record(TRAILER, { nlink: 1 }, new Uint8Array())]);
}

/** The entries of an archive up to its trailer. Throws HostError `archive-damaged`. */
export function readCpio(archive: Uint8Array): CpioEntry[] {
  const entries: CpioEntry[] = [];
  for (let offset = 0; ; ) {
    const header = parseHeader(archive, offset);
    const dataOffset = alignUp(offset + HEADER_BYTES + header.nameSize, 4);
    const path = decoder.decode(slice(archive, offset + HEADER_BYTES, header.nameSize - 1));
    const data = slice(archive, dataOffset, header.fileSize);
    if (path === TRAILER) return entries;
    entries.push(parseEntry(path, header, data));
    offset = alignUp(dataOffset + header.fileSize, 4);
  }
}

function record(path: string, header: Partial<Header>, data: Uint8Array): Uint8Array {
  const name = encoder.encode(`${path}\0`);
  const full: Partial<Header> = { ...header, nameSize: name.length, fileSize: data.length };
  const text = MAGIC + FIELDS.map((field) => (full[field] ?? 0).toString(16).padStart(8, '0')).join('');
  const dataOffset = alignUp(HEADER_BYTES + name.length, 4);
  const bytes = new Uint8Array(alignUp(dataOffset + data.length, 4));
  bytes.set(encoder.encode(text));
  bytes.set(name, HEADER_BYTES);
  bytes.set(data, dataOffset);
  return bytes;
}

function headerOf(entry: CpioEntry, ino: number): Partial<Header> {
  const { type, permissions } = KINDS[entry.kind];
  const own = 'permissions' in entry ? entry.permissions : undefined;
  const device = 'major' in entry ? { rdevMajor: entry.major, rdevMinor: entry.minor } : {};
  return { ino, mode: type | (own ?? permissions), nlink: entry.kind === 'directory' ? 2 : 1, ...device };
}

function dataOf(entry: CpioEntry): Uint8Array {
  if (entry.kind === 'file') return entry.data;
  return entry.kind === 'symlink' ? encoder.encode(entry.target) : new Uint8Array();
}

function parseHeader(archive: Uint8Array, offset: number): Header {
  const text = decoder.decode(slice(archive, offset, HEADER_BYTES));
  if (!text.startsWith(MAGIC) || !/^[0-9a-fA-F]*$/.test(text)) throw damaged(`no header at byte ${offset}`);
  const values = FIELDS.map((field, i) => [field, Number.parseInt(text.slice(6 + 8 * i, 14 + 8 * i), 16)]);
  return Object.fromEntries(values) as Header;
}

function parseEntry(path: string, header: Header, data: Uint8Array): CpioEntry {
  const kind = (Object.keys(KINDS) as (keyof typeof KINDS)[]).find(
    (name) => KINDS[name].type === (header.mode & TYPE_MASK),
  );
  const permissions = header.mode & ~TYPE_MASK;
  if (kind === undefined) throw damaged(`"${path}" has the unknown mode ${header.mode.toString(8)}`);
  if (kind === 'file') return { kind, path, data, permissions };
  if (kind === 'directory') return { kind, path, permissions };
  if (kind === 'symlink') return { kind, path, target: decoder.decode(data) };
  return { kind, path, major: header.rdevMajor, minor: header.rdevMinor, permissions };
}

function slice(archive: Uint8Array, offset: number, length: number): Uint8Array {
  if (length < 0 || offset + length > archive.length)
    throw damaged(`it ends within the record at byte ${offset}`);
  return archive.subarray(offset, offset + length);
}

function damaged(reason: string): HostError {
  return new HostError('archive-damaged', { what: 'cpio archive', reason });
}
