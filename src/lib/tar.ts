/** Whole tar archives in memory: the entries that they hold, and the archive of entries. */
import { concatBytes } from './bytes.ts';
import {
  isTarEnd,
  isTarExtension,
  parseTarExtension,
  parseTarHeader,
  paxRecordsOf,
  TAR_BLOCK_BYTES,
  type TarExtension,
  type TarHeader,
  tarDamaged,
  tarHeaderBlock,
  tarPadding,
} from './tar-header.ts';

/** One thing in an archive. Paths have no leading slash and no trailing one. */
export interface TarEntry {
  readonly kind: 'file' | 'directory' | 'symlink' | 'hardlink';
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtimeSeconds: number;
  /** Of a file; a view of the archive when it was read. */
  readonly data?: Uint8Array;
  /** Of a link. */
  readonly target?: string;
}

const KINDS: Readonly<Record<string, TarEntry['kind']>> = {
  0: 'file',
  1: 'hardlink',
  2: 'symlink',
  5: 'directory',
};
const TYPES = { file: '0', hardlink: '1', symlink: '2', directory: '5' } as const;

/** The entries of an archive, up to its end mark. Throws HostError `archive-damaged`, also for what it does not know. */
export function readTarEntries(archive: Uint8Array): TarEntry[] {
  const entries: TarEntry[] = [];
  let extension: TarExtension = {};
  for (let offset = 0; ; ) {
    const block = span(archive, offset, TAR_BLOCK_BYTES);
    offset += TAR_BLOCK_BYTES;
    if (isTarEnd(block)) return entries;
    const header = parseTarHeader(block, extension);
    const data = span(archive, offset, header.sizeBytes);
    offset += data.length + tarPadding(data.length);
    if (isTarExtension(header.type)) {
      extension = { ...extension, ...parseTarExtension(header.type, data) };
    } else {
      extension = {};
      // A global pax header says nothing of one entry.
      if (header.type !== 'g') entries.push(entryOf(header, data));
    }
  }
}

/** An archive of the entries in their order, the same bytes each time. */
export function writeTarEntries(entries: readonly TarEntry[]): Uint8Array {
  return concatBytes([...entries.flatMap(blocksOf), new Uint8Array(2 * TAR_BLOCK_BYTES)]);
}

function entryOf(header: TarHeader, data: Uint8Array): TarEntry {
  const kind = KINDS[header.type];
  const path = header.path.replace(/\/+$/, '');
  if (kind === undefined) throw tarDamaged(`"${path}" has the unknown type "${header.type}"`);
  const { mode, uid, gid, mtimeSeconds } = header;
  const entry = { kind, path, mode, uid, gid, mtimeSeconds };
  if (kind === 'file') return { ...entry, data };
  return kind === 'directory' ? entry : { ...entry, target: header.target };
}

function blocksOf(entry: TarEntry): Uint8Array[] {
  const data = entry.data ?? new Uint8Array();
  const { kind, mode, uid, gid, mtimeSeconds, target = '' } = entry;
  const path = kind === 'directory' ? `${entry.path}/` : entry.path;
  const header = { path, type: TYPES[kind], mode, uid, gid, sizeBytes: data.length, mtimeSeconds, target };
  const records = new TextEncoder().encode(paxRecordsOf(header));
  const extended = { ...header, path: 'pax', type: 'x', sizeBytes: records.length, target: '' };
  return [...(records.length === 0 ? [] : member(extended, records)), ...member(header, data)];
}

function member(header: TarHeader, data: Uint8Array): Uint8Array[] {
  return [tarHeaderBlock(header), data, new Uint8Array(tarPadding(data.length))];
}

function span(archive: Uint8Array, offset: number, length: number): Uint8Array {
  if (offset + length > archive.length) throw tarDamaged(`it ends within the entry at byte ${offset}`);
  return archive.subarray(offset, offset + length);
}
