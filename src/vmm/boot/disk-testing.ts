/** For tests: disks with partitions and FAT16 volumes on them, as installers make them. */

export type Tree = { readonly [name: string]: Uint8Array | Tree };

const SECTOR_BYTES = 512;
const CLUSTER_BYTES = 16_384;
const ROOT_ENTRIES = 512;
const ENTRY_BYTES = 32;

/** A FAT16 volume with these files, long names and all. */
export function fat16(tree: Tree, clusters = 5000): Uint8Array<ArrayBuffer> {
  const fatSectors = Math.ceil(((clusters + 2) * 2) / SECTOR_BYTES);
  const rootOffset = (1 + fatSectors) * SECTOR_BYTES;
  const dataOffset = rootOffset + ROOT_ENTRIES * ENTRY_BYTES;
  const image = new Uint8Array(dataOffset + clusters * CLUSTER_BYTES);
  const view = new DataView(image.buffer);
  image.set([0xeb, 0x3c, 0x90]);
  view.setUint16(11, SECTOR_BYTES, true);
  image[13] = CLUSTER_BYTES / SECTOR_BYTES;
  view.setUint16(14, 1, true);
  image[16] = 1;
  view.setUint16(17, ROOT_ENTRIES, true);
  view.setUint32(32, image.length / SECTOR_BYTES, true);
  view.setUint16(22, fatSectors, true);
  image[21] = 0xf8;
  image.set(new TextEncoder().encode('FAT16   '), 54);
  image.set([0x55, 0xaa], 510);
  let next = 2;
  /** Puts bytes into clusters of their own. */
  const store = (bytes: Uint8Array): number => {
    const first = next;
    const count = Math.max(1, Math.ceil(bytes.length / CLUSTER_BYTES));
    image.set(bytes, dataOffset + (first - 2) * CLUSTER_BYTES);
    for (let i = 0; i < count; i++)
      view.setUint16(SECTOR_BYTES + (first + i) * 2, i === count - 1 ? 0xffff : first + i + 1, true);
    next += count;
    return first;
  };
  const folder = (files: Tree): Uint8Array => {
    const entries = Object.entries(files).map(([name, content], index) => {
      const isFile = content instanceof Uint8Array;
      const cluster = store(isFile ? content : folder(content));
      return entriesOf(name, index, cluster, isFile ? content.length : undefined);
    });
    return joined(entries);
  };
  image.set(folder(tree), rootOffset);
  return image;
}

function entriesOf(name: string, index: number, cluster: number, bytes: number | undefined): Uint8Array {
  const short = new TextEncoder().encode(`F${String(index).padStart(7, '0')}   `);
  let sum = 0;
  for (const byte of short) sum = (((sum & 1) << 7) + (sum >> 1) + byte) & 0xff;
  const parts = Array.from({ length: Math.ceil(name.length / 13) }, (_, i) => {
    const part = new Uint8Array(ENTRY_BYTES).fill(0xff);
    const view = new DataView(part.buffer);
    const places = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];
    for (const [at, place] of places.entries()) {
      const code = name.charCodeAt(i * 13 + at);
      if (i * 13 + at <= name.length) view.setUint16(place, Number.isNaN(code) ? 0 : code, true);
    }
    part.set([0x0f, 0, sum], 11);
    part.set([0, 0], 26);
    part[0] = i + 1 + ((i + 1) * 13 >= name.length ? 0x40 : 0);
    return part;
  });
  const entry = new Uint8Array(ENTRY_BYTES);
  entry.set(short);
  entry[11] = bytes === undefined ? 0x10 : 0x20;
  const view = new DataView(entry.buffer);
  view.setUint16(26, cluster, true);
  view.setUint32(28, bytes ?? 0, true);
  return joined([...parts.toReversed(), entry]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const FIRST_SECTOR = 2048;

/** A disk with a partition in an MBR. */
export function mbrDisk(
  volume: Uint8Array,
  { type = 0x0c, isActive = false, code = '' }: { type?: number; isActive?: boolean; code?: string } = {},
): Uint8Array<ArrayBuffer> {
  const disk = new Uint8Array(FIRST_SECTOR * SECTOR_BYTES + volume.length);
  const view = new DataView(disk.buffer);
  disk.set(new TextEncoder().encode(code));
  disk[446] = isActive ? 0x80 : 0;
  disk[450] = type;
  view.setUint32(454, FIRST_SECTOR, true);
  view.setUint32(458, volume.length / SECTOR_BYTES, true);
  disk.set([0x55, 0xaa], 510);
  disk.set(volume, FIRST_SECTOR * SECTOR_BYTES);
  return disk;
}

/** A disk with a partition in a GPT; `type` as it lies on the disk. */
export function gptDisk(
  volume: Uint8Array,
  type: string,
  attributes = 0,
  code = '',
): Uint8Array<ArrayBuffer> {
  const disk = mbrDisk(volume, { type: 0xee, code });
  const view = new DataView(disk.buffer);
  disk.set(new TextEncoder().encode('EFI PART'), SECTOR_BYTES);
  view.setBigUint64(SECTOR_BYTES + 72, 2n, true);
  view.setUint32(SECTOR_BYTES + 80, 128, true);
  view.setUint32(SECTOR_BYTES + 84, 128, true);
  const entry = 2 * SECTOR_BYTES;
  for (let i = 0; i < 16; i++) disk[entry + i] = Number.parseInt(type.slice(i * 2, i * 2 + 2), 16);
  view.setBigUint64(entry + 32, BigInt(FIRST_SECTOR), true);
  view.setBigUint64(entry + 40, BigInt(FIRST_SECTOR + volume.length / SECTOR_BYTES - 1), true);
  disk[entry + 48] = attributes;
  return disk;
}
