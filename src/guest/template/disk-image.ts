/** An empty disk with one partition that has an ext4 file system. Source: UEFI 2.10 §5.2.1 (legacy MBR). */
import { open } from 'node:fs/promises';
import { HostError, reasonOf, writeU32 } from '#lib';
import type { Run } from '../process.ts';

const SECTOR_BYTES = 512;
/** 1 MiB: where partitioning tools put the first one. */
const PARTITION_SECTOR = 2048;
const ENTRY_AT = 446;
const BOOTABLE = 0x80;
const LINUX = 0x83;
/** "No geometry": the place is told in sectors. */
const NO_GEOMETRY = [0xfe, 0xff, 0xff];

/** Makes the image at `path`, which takes space as it is written. @throws HostError */
export async function makeDiskImage(path: string, sizeBytes: number, label: string, run: Run): Promise<void> {
  const sectors = sizeBytes / SECTOR_BYTES - PARTITION_SECTOR;
  try {
    const file = await open(path, 'wx');
    try {
      await file.truncate(sizeBytes);
      await file.write(masterBootRecord(sectors), 0, SECTOR_BYTES, 0);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new HostError(
      'file-io',
      { action: 'make', what: 'disk', path, reason: reasonOf(cause) },
      { cause },
    );
  }
  const offset = PARTITION_SECTOR * SECTOR_BYTES;
  // U-Boot 2025.01 does not know the features that are left out.
  const features = '^orphan_file,^metadata_csum_seed';
  const words = [
    '-q',
    '-F',
    '-t',
    'ext4',
    '-L',
    label,
    '-O',
    features,
    '-E',
    `offset=${offset},root_owner=0:0`,
  ];
  await run('mke2fs', [...words, path, `${Math.floor((sectors * SECTOR_BYTES) / 1024)}k`]).catch(async () => {
    // Older ones do not know these features either.
    await run('mke2fs', [
      ...words.slice(0, 6),
      ...words.slice(8),
      path,
      `${Math.floor((sectors * SECTOR_BYTES) / 1024)}k`,
    ]);
  });
}

function masterBootRecord(sectors: number): Uint8Array {
  const record = new Uint8Array(SECTOR_BYTES);
  record.set([BOOTABLE, ...NO_GEOMETRY, LINUX, ...NO_GEOMETRY], ENTRY_AT);
  writeU32(record, ENTRY_AT + 8, PARTITION_SECTOR);
  writeU32(record, ENTRY_AT + 12, sectors);
  record.set([0x55, 0xaa], SECTOR_BYTES - 2);
  return record;
}
