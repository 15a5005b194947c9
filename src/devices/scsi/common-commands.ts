/** Commands that disks and CDs have in common. Source: SPC-4 §6; SBC-3 §5. */
import {
  be16,
  blocksOf,
  cut,
  DONE,
  put16,
  put32,
  type ScsiCommand,
  type ScsiOutcome,
  text,
} from './command.ts';
import { senseBytes } from './sense.ts';

/** What a unit is to its commands. */
export interface UnitFacts {
  /** 0: a disk, 5: a CD drive. */
  readonly type: number;
  readonly product: string;
  /** At most 20 ASCII characters. */
  readonly serial: string;
  readonly isRemovable: boolean;
  readonly readOnly: boolean;
  readonly blockBytes: number;
  /** Of the medium; 0 when there is none. */
  readonly blocks: number;
  readonly hasMedium: boolean;
}

export type CommandRow<Unit extends UnitFacts> = (command: ScsiCommand, unit: Unit) => ScsiOutcome;

const VENDOR = 'VMKERNEL';
const REVISION = '1';
const INQUIRY_BYTES = 36;
/** SPC-4, SBC-3 and such are told by this. */
const VERSION = 0x06;
/** More blocks than one command may ask for: 1 GiB, as a chain may have. */
const MAX_TRANSFER_BYTES = 2 ** 30;
const MAX_UNMAP_BLOCKS = 0x3f_ffff;
const MAX_UNMAP_RANGES = 16;

export const COMMON_COMMANDS: Readonly<Record<number, CommandRow<UnitFacts>>> = {
  /** TEST UNIT READY */
  0x00: (_, { hasMedium }) => (hasMedium ? DONE : { sense: 'mediumAbsent' }),
  /** REQUEST SENSE: what there was to say was said with the command. */
  0x03: ({ cdb }) => cut(senseBytes('none'), cdb[4] ?? 0),
  0x12: inquiry,
  0x1a: ({ cdb }, unit) => modeSense(cdb, unit, { isLong: false, allocation: cdb[4] ?? 0 }),
  0x5a: ({ cdb }, unit) => modeSense(cdb, unit, { isLong: true, allocation: be16(cdb, 7) }),
};

function inquiry({ cdb }: ScsiCommand, unit: UnitFacts): ScsiOutcome {
  const [, flags = 0, page = 0] = cdb;
  const allocation = be16(cdb, 3);
  if ((flags & 1) === 0) return page === 0 ? cut(standard(unit), allocation) : { sense: 'invalidField' };
  const data = PAGES[page]?.(unit);
  return data === undefined ? { sense: 'invalidField' } : cut(vitalPage(unit, page, data), allocation);
}

function standard({ type, product, isRemovable }: UnitFacts): Uint8Array {
  const bytes = new Uint8Array(INQUIRY_BYTES);
  // Data of format 2; commands may be queued.
  bytes.set([type, isRemovable ? 0x80 : 0, VERSION, 0x02, INQUIRY_BYTES - 5, 0, 0, 0x02]);
  text(bytes, 8, 8, VENDOR);
  text(bytes, 16, 16, product);
  text(bytes, 32, 4, REVISION);
  return bytes;
}

/** Vital product data. Source: SPC-4 §7.8; SBC-3 §6.5. */
const PAGES: Readonly<Record<number, (unit: UnitFacts) => Uint8Array | undefined>> = {
  0x00: ({ type }) => Uint8Array.from(type === 0 ? [0x00, 0x80, 0x83, 0xb0, 0xb1, 0xb2] : [0x00, 0x80, 0x83]),
  0x80: ({ serial }) => ascii(serial),
  0x83: designator,
  0xb0: (unit) => (unit.type === 0 ? blockLimits(unit) : undefined),
  /** Not a rotating medium. */
  0xb1: ({ type }) => (type === 0 ? Uint8Array.from([0, 1, ...new Uint8Array(58)]) : undefined),
  /** UNMAP, WRITE SAME with unmapping by 16 and 10; what was unmapped reads as zeroes; thin. */
  0xb2: ({ type, readOnly }) => (type === 0 ? Uint8Array.from([0, readOnly ? 0 : 0xe4, 2, 0]) : undefined),
};

function vitalPage({ type }: UnitFacts, page: number, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + data.length);
  bytes.set([type, page]);
  put16(bytes, 2, data.length);
  bytes.set(data, 4);
  return bytes;
}

/** A T10 vendor identification: maker and serial number. */
function designator({ serial }: UnitFacts): Uint8Array {
  const name = ascii(VENDOR.padEnd(8) + serial);
  return Uint8Array.from([0x02, 0x01, 0, name.length, ...name]);
}

function blockLimits({ blockBytes, readOnly }: UnitFacts): Uint8Array {
  const bytes = new Uint8Array(60);
  put32(bytes, 4, MAX_TRANSFER_BYTES / blockBytes);
  if (!readOnly) {
    put32(bytes, 16, MAX_UNMAP_BLOCKS);
    put32(bytes, 20, MAX_UNMAP_RANGES);
    put32(bytes, 24, 1);
    // Of WRITE SAME, 64 bits.
    put32(bytes, 36, MAX_UNMAP_BLOCKS);
  }
  return bytes;
}

interface ModeForm {
  readonly isLong: boolean;
  readonly allocation: number;
}

/** Mode pages by their numbers: the caching page says that there is a cache, so that it is flushed. Source: SBC-3 §6.4. */
const MODES: Readonly<Record<number, readonly number[]>> = {
  0x08: [0x08, 18, 0x04, ...new Uint8Array(17)],
  0x0a: [0x0a, 10, 0x02, ...new Uint8Array(9)],
};
/** Of a CD drive: what it reads. Source: MMC-6 §E.11. */
const CD_MODES: Readonly<Record<number, readonly number[]>> = {
  0x01: [0x01, 10, ...new Uint8Array(10)],
  0x2a: [0x2a, 18, 0x3b, 0, 0x71, 0x08, 0x29, 0, ...new Uint8Array(12)],
};
const ALL_PAGES = 0x3f;

function modeSense(
  cdb: Uint8Array,
  { type, readOnly, hasMedium }: UnitFacts,
  { isLong, allocation }: ModeForm,
): ScsiOutcome {
  const [wanted, sub] = [(cdb[2] ?? 0) & 0x3f, cdb[3] ?? 0];
  // Saved values and what may be changed: there is nothing of either.
  const control = (cdb[2] ?? 0) >> 6;
  const known = type === 0 ? MODES : CD_MODES;
  const pages = wanted === ALL_PAGES ? Object.values(known) : known[wanted] ? [known[wanted]] : undefined;
  if (pages === undefined || control === 3 || (sub !== 0 && sub !== 0xff)) return { sense: 'invalidField' };
  const data = pages.flatMap((page) => (control === 1 ? page.map((byte, at) => (at < 2 ? byte : 0)) : page));
  const head = new Uint8Array(isLong ? 8 : 4);
  const flags = type === 0 && readOnly ? 0x80 : 0;
  // Source: MMC-6: the medium type of a CD drive tells nothing any more.
  if (isLong) {
    put16(head, 0, head.length - 2 + data.length);
    head[3] = flags;
  } else {
    head[0] = head.length - 1 + data.length;
    head[2] = flags;
  }
  return hasMedium || type !== 0
    ? cut(Uint8Array.from([...head, ...data]), allocation)
    : { sense: 'mediumAbsent' };
}

function ascii(value: string): Uint8Array {
  return Uint8Array.from(value, (character) => character.charCodeAt(0) & 0x7f);
}

/** Reads blocks of the medium. */
export function read({ cdb, room, roomBytes }: ScsiCommand, unit: UnitFacts): ScsiOutcome {
  return transfer('read', cdb, unit, room, roomBytes);
}

/** Reads or writes blocks, all that the command says and as much as there are bytes for. */
export function transfer(
  kind: 'read' | 'write',
  cdb: Uint8Array,
  unit: UnitFacts,
  buffers: readonly Uint8Array[],
  available: number,
): ScsiOutcome {
  const refused = range(cdb, unit);
  if (refused) return refused;
  const { block, count } = blocksOf(cdb);
  const bytes = count * unit.blockBytes;
  if (bytes === 0) return DONE;
  // Less room than was said: an error of the driver, which moves nothing.
  if (bytes > available || bytes > MAX_TRANSFER_BYTES) return { sense: 'invalidField' };
  const request = { kind, offset: block * unit.blockBytes, buffers: take(buffers, bytes) };
  // Force unit access: it is on the medium when it is done.
  const isForced = kind === 'write' && cdb[0] !== 0x0a && ((cdb[1] ?? 0) & 0x08) !== 0;
  return { steps: isForced ? [request, { kind: 'flush' }] : [request], bytes };
}

/** Why blocks are not to be had; undefined: they are. */
export function range(cdb: Uint8Array, { hasMedium, blocks }: UnitFacts): ScsiOutcome | undefined {
  if (!hasMedium) return { sense: 'mediumAbsent' };
  const { block, count } = blocksOf(cdb);
  return block + count > blocks ? { sense: 'outOfRange' } : undefined;
}

function take(buffers: readonly Uint8Array[], length: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let left = length;
  for (const buffer of buffers) {
    if (left === 0) break;
    const part = buffer.length <= left ? buffer : buffer.subarray(0, left);
    if (part.length > 0) parts.push(part);
    left -= part.length;
  }
  return parts;
}

export { MAX_UNMAP_BLOCKS, MAX_UNMAP_RANGES };
