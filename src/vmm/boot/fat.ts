/**
 * Names in the folders of a FAT volume, as far as telling what a disk boots takes; whatever the volume holds, it ends.
 * Source: Microsoft FAT specification 1.03 (2000) §3.1, §3.5, §6, §7; UEFI 2.10 §13.3.
 */
import { at, type DiskReader } from './disk-reader.ts';

export interface FatVolume {
  /** The names in a folder, in capitals; of none, no names. */
  names(path: readonly string[]): ReadonlySet<string>;
}

interface Layout {
  readonly sectorBytes: number;
  readonly clusterBytes: number;
  readonly fatOffset: number;
  /** Of an entry of the FAT: FAT12 has 1.5. */
  readonly entryBytes: 1.5 | 2 | 4;
  readonly dataOffset: number;
  /** FAT12, FAT16: a place of its own; FAT32: a cluster. */
  readonly root: { readonly offset: number; readonly bytes: number } | { readonly cluster: number };
}

const ENTRY_BYTES = 32;
const MAX_FOLDER_BYTES = 2 ** 18;
const ATTRIBUTE = { long: 0x0f, folder: 0x10, label: 0x08 } as const;
/** Where the characters of a long name's part are. */
const LONG_AT = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30] as const;
const MAX_FAT12_CLUSTERS = 4085;
const MAX_FAT16_CLUSTERS = 65_525;

/** Undefined for what is no FAT volume. */
export function openFat(disk: DiskReader): FatVolume | undefined {
  const layout = layoutOf(disk);
  if (layout === undefined) return undefined;
  return {
    names(path) {
      let entries = rootOf(disk, layout);
      for (const name of path) {
        const found = entries.find((entry) => entry.isFolder && entry.names.includes(name));
        if (found === undefined) return new Set();
        entries = entriesOf(chain(disk, layout, found.cluster));
      }
      return new Set(entries.flatMap(({ names }) => names));
    },
  };
}

function layoutOf(disk: DiskReader): Layout | undefined {
  const boot = at(disk, 0, 512);
  if (boot === undefined || boot[510] !== 0x55 || boot[511] !== 0xaa) return undefined;
  const view = new DataView(boot.buffer, boot.byteOffset, boot.length);
  const sectorBytes = view.getUint16(11, true);
  const [perCluster = 0, fats = 0] = [boot[13], boot[16]];
  const isPower = (value: number) => value > 0 && (value & (value - 1)) === 0;
  if (!isPower(sectorBytes) || sectorBytes < 512 || sectorBytes > 4096 || !isPower(perCluster))
    return undefined;
  const reserved = view.getUint16(14, true);
  const sectors = view.getUint16(19, true) || view.getUint32(32, true);
  const fatSectors = view.getUint16(22, true) || view.getUint32(36, true);
  if (fats < 1 || fats > 4 || reserved === 0 || fatSectors === 0 || sectors === 0) return undefined;
  const rootOffset = (reserved + fats * fatSectors) * sectorBytes;
  const rootBytes = Math.ceil((view.getUint16(17, true) * ENTRY_BYTES) / sectorBytes) * sectorBytes;
  const clusters = Math.floor((sectors * sectorBytes - rootOffset - rootBytes) / (sectorBytes * perCluster));
  if (clusters <= 0) return undefined;
  return {
    ...{ sectorBytes, clusterBytes: sectorBytes * perCluster, fatOffset: reserved * sectorBytes },
    entryBytes:
      rootBytes === 0 || clusters >= MAX_FAT16_CLUSTERS ? 4 : clusters < MAX_FAT12_CLUSTERS ? 1.5 : 2,
    dataOffset: rootOffset + rootBytes,
    root: rootBytes === 0 ? { cluster: view.getUint32(44, true) } : { offset: rootOffset, bytes: rootBytes },
  };
}

function rootOf(disk: DiskReader, layout: Layout): Entry[] {
  const { root } = layout;
  if ('cluster' in root) return entriesOf(chain(disk, layout, root.cluster));
  return entriesOf([at(disk, root.offset, Math.min(root.bytes, MAX_FOLDER_BYTES)) ?? new Uint8Array()]);
}

/** The clusters of a folder; one that goes in a circle ends at the limit. */
function chain(disk: DiskReader, layout: Layout, first: number): Uint8Array[] {
  const { clusterBytes, dataOffset } = layout;
  const parts: Uint8Array[] = [];
  for (let cluster = first; cluster >= 2 && parts.length * clusterBytes < MAX_FOLDER_BYTES; ) {
    const bytes = at(disk, dataOffset + (cluster - 2) * clusterBytes, clusterBytes);
    const next = nextCluster(disk, layout, cluster);
    if (bytes === undefined) break;
    parts.push(bytes);
    if (next === undefined) break;
    cluster = next;
  }
  return parts;
}

function nextCluster(
  disk: DiskReader,
  { fatOffset, entryBytes }: Layout,
  cluster: number,
): number | undefined {
  const entry = at(disk, fatOffset + Math.floor(cluster * entryBytes), entryBytes === 4 ? 4 : 2);
  if (entry === undefined) return undefined;
  const view = new DataView(entry.buffer, entry.byteOffset, entry.length);
  if (entryBytes === 4) return endOr(view.getUint32(0, true) & 0x0fff_ffff, 0x0fff_fff8);
  const value = view.getUint16(0, true);
  if (entryBytes === 2) return endOr(value, 0xfff8);
  return endOr(cluster % 2 === 1 ? value >> 4 : value & 0xfff, 0xff8);
}

const endOr = (value: number, end: number) => (value >= end ? undefined : value);

interface Entry {
  /** The short name, and the long one where it has one. */
  readonly names: readonly string[];
  readonly isFolder: boolean;
  readonly cluster: number;
}

function entriesOf(parts: readonly Uint8Array[]): Entry[] {
  const entries: Entry[] = [];
  let long = '';
  for (const part of parts) {
    for (let offset = 0; offset + ENTRY_BYTES <= part.length; offset += ENTRY_BYTES) {
      const entry = part.subarray(offset, offset + ENTRY_BYTES);
      const [first = 0, attributes = 0] = [entry[0], entry[11]];
      if (first === 0) return entries;
      const view = new DataView(entry.buffer, entry.byteOffset, ENTRY_BYTES);
      if (attributes === ATTRIBUTE.long && first !== 0xe5) {
        long = longPart(view) + ((first & 0x40) === 0 ? long : '');
        continue;
      }
      if (first !== 0xe5 && (attributes & ATTRIBUTE.label) === 0) {
        const names = [shortName(entry), ...(long === '' ? [] : [long.toUpperCase()])];
        const cluster = view.getUint16(20, true) * 65_536 + view.getUint16(26, true);
        entries.push({ names, isFolder: (attributes & ATTRIBUTE.folder) !== 0, cluster });
      }
      long = '';
    }
  }
  return entries;
}

/** Parts come with the last first. */
function longPart(view: DataView): string {
  const codes = LONG_AT.map((at) => view.getUint16(at, true));
  const end = codes.findIndex((code) => code === 0 || code === 0xffff);
  return String.fromCharCode(...(end < 0 ? codes : codes.slice(0, end)));
}

function shortName(entry: Uint8Array): string {
  const text = String.fromCharCode(...entry.subarray(0, 11)).toUpperCase();
  const [name, extension] = [text.slice(0, 8).trimEnd(), text.slice(8).trimEnd()];
  return extension === '' ? name : `${name}.${extension}`;
}
