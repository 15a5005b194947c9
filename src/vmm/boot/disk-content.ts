/**
 * What a disk boots, read off its partition table and its EFI system partition: RISC-V machines, x86 ones, or none.
 * A disk may hold anything: what is read has bounds, and what cannot be read boots nothing.
 * Source: UEFI 2.10 §3.5.1.1, §5.3, §13.3; the MBR of PCs.
 */
import { bytesToHex } from '#lib';
import { at, type DiskReader } from './disk-reader.ts';
import { type FatVolume, openFat } from './fat.ts';

/** `how`: by what it was known, for people. */
export type DiskContent =
  | { readonly boots: 'nothing' }
  | { readonly boots: 'riscv' | 'x86'; readonly how: string };

interface Partition {
  readonly offset: number;
  readonly bytes: number;
  readonly isSystem: boolean;
  /** Marked as the one to boot. */
  readonly isActive: boolean;
  /** Where GRUB puts itself for a BIOS. */
  readonly isBiosBoot: boolean;
}

const SECTOR_BYTES = 512;
const MBR = {
  table: 446,
  entryBytes: 16,
  entries: 4,
  codeBytes: 440,
  protective: 0xee,
  system: 0xef,
} as const;
const GPT = { minEntryBytes: 128, maxEntryBytes: 4096, maxEntries: 128, legacyBootable: 4 } as const;
/** Types of partitions as they lie on the disk, in hexadecimal. */
const TYPE = {
  system: '28732ac11ff8d211ba4b00a0c93ec93b',
  biosBoot: '4861682149646f6e744e656564454649',
} as const;
const LOADERS = { riscv: 'BOOTRISCV64.EFI', x86: ['BOOTX64.EFI', 'BOOTIA32.EFI'] } as const;
const NOTHING: DiskContent = { boots: 'nothing' };

export function diskContent(disk: DiskReader): DiskContent {
  const first = at(disk, 0, SECTOR_BYTES);
  if (first === undefined || first[510] !== 0x55 || first[511] !== 0xaa) return NOTHING;
  const whole = openFat(part(disk, 0, disk.sizeBytes));
  if (whole) return ofVolume(whole) ?? NOTHING;
  const partitions = partitionsOf(disk, first);
  for (const { offset, bytes, isSystem, isActive } of partitions) {
    if (!isSystem && !isActive) continue;
    const volume = openFat(part(disk, offset, bytes));
    const found = volume && ofVolume(volume);
    if (found) return found;
  }
  return ofBootCode(first, partitions);
}

/** A volume with a loader of each kind is as good as a RISC-V one. */
function ofVolume(volume: FatVolume): DiskContent | undefined {
  const loaders = volume.names(['EFI', 'BOOT']);
  if (loaders.has(LOADERS.riscv)) return { boots: 'riscv', how: `EFI/BOOT/${LOADERS.riscv}` };
  for (const folder of [[], ['BOOT']]) {
    if (volume.names([...folder, 'EXTLINUX']).has('EXTLINUX.CONF'))
      return { boots: 'riscv', how: 'extlinux.conf' };
  }
  const x86 = LOADERS.x86.find((name) => loaders.has(name));
  return x86 && { boots: 'x86', how: `EFI/BOOT/${x86}` };
}

/** Without a loader: code for a BIOS in the first sector, or a partition marked for a boot loader that reads more. */
function ofBootCode(first: Uint8Array, partitions: readonly Partition[]): DiskContent {
  const hasCode = first.subarray(0, MBR.codeBytes).some((byte) => byte !== 0);
  const isGrub = latin1(first.subarray(0, MBR.codeBytes)).includes('GRUB');
  const isMarked = partitions.some(({ isActive, isBiosBoot }) => isActive || isBiosBoot);
  if (hasCode && (isGrub || isMarked))
    return { boots: 'x86', how: isGrub ? 'GRUB in its first sector' : 'BIOS code in its first sector' };
  if (!hasCode && partitions.some(({ isActive }) => isActive))
    return { boots: 'riscv', how: 'a partition that is marked to be booted' };
  return NOTHING;
}

function partitionsOf(disk: DiskReader, first: Uint8Array): Partition[] {
  const view = new DataView(first.buffer, first.byteOffset, first.length);
  const entries = Array.from({ length: MBR.entries }, (_, i) => MBR.table + i * MBR.entryBytes);
  if (entries.some((entry) => first[entry + 4] === MBR.protective)) return gptOf(disk) ?? [];
  return entries.flatMap((entry) => {
    const [type, sectors] = [first[entry + 4], view.getUint32(entry + 12, true)];
    if (type === 0 || sectors === 0) return [];
    return {
      ...{ offset: view.getUint32(entry + 8, true) * SECTOR_BYTES, bytes: sectors * SECTOR_BYTES },
      ...{ isSystem: type === MBR.system, isActive: first[entry] === 0x80, isBiosBoot: false },
    };
  });
}

function gptOf(disk: DiskReader): Partition[] | undefined {
  const header = at(disk, SECTOR_BYTES, SECTOR_BYTES);
  if (header === undefined || latin1(header.subarray(0, 8)) !== 'EFI PART') return undefined;
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  const tableOffset = Number(view.getBigUint64(72, true)) * SECTOR_BYTES;
  const count = Math.min(view.getUint32(80, true), GPT.maxEntries);
  const entryBytes = view.getUint32(84, true);
  if (entryBytes < GPT.minEntryBytes || entryBytes > GPT.maxEntryBytes) return undefined;
  const partitions: Partition[] = [];
  for (let i = 0; i < count; i++) {
    const entry = at(disk, tableOffset + i * entryBytes, GPT.minEntryBytes);
    if (entry === undefined) break;
    const type = bytesToHex(entry.subarray(0, 16));
    const fields = new DataView(entry.buffer, entry.byteOffset, entry.length);
    const [begin, end] = [Number(fields.getBigUint64(32, true)), Number(fields.getBigUint64(40, true))];
    if (/^0+$/.test(type) || end < begin) continue;
    partitions.push({
      ...{ offset: begin * SECTOR_BYTES, bytes: (end - begin + 1) * SECTOR_BYTES },
      isSystem: type === TYPE.system,
      isActive: ((entry[48] ?? 0) & GPT.legacyBootable) !== 0,
      isBiosBoot: type === TYPE.biosBoot,
    });
  }
  return partitions;
}

function part(disk: DiskReader, offset: number, bytes: number): DiskReader {
  const sizeBytes = Math.max(0, Math.min(bytes, disk.sizeBytes - offset));
  return { sizeBytes, read: (from, length) => disk.read(offset + from, length) };
}

const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes);
