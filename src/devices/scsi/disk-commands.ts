/** Commands of a disk. Source: SBC-3 §5. */
import { gather } from '../dma.ts';
import type { BlockRequest } from '../virtio/block-backend.ts';
import {
  be16,
  be32,
  be64,
  blocksOf,
  cut,
  DONE,
  put32,
  put64,
  type ScsiCommand,
  type ScsiOutcome,
} from './command.ts';
import {
  COMMON_COMMANDS,
  type CommandRow,
  MAX_UNMAP_BLOCKS,
  MAX_UNMAP_RANGES,
  range,
  read,
  transfer,
  type UnitFacts,
} from './common-commands.ts';

const READ_CAPACITY_16 = 0x10;
const MOST_32 = 0xffff_ffff;
const UNMAP_HEAD_BYTES = 8;
const UNMAP_RANGE_BYTES = 16;
const PATTERN_BYTES = 2 ** 20;

const write: CommandRow<UnitFacts> = ({ cdb, sent, sentBytes }, unit) =>
  unit.readOnly ? { sense: 'writeProtected' } : transfer('write', cdb, unit, sent, sentBytes);
const flush: CommandRow<UnitFacts> = () => ({ steps: [{ kind: 'flush' }] });
const verify: CommandRow<UnitFacts> = ({ cdb }, unit) =>
  ((cdb[1] ?? 0) & 0x06) !== 0 ? { sense: 'invalidField' } : (range(cdb, unit) ?? DONE);

export const DISK_COMMANDS: Readonly<Record<number, CommandRow<UnitFacts>>> = {
  ...COMMON_COMMANDS,
  ...{ 0x08: read, 0x28: read, 0xa8: read, 0x88: read },
  ...{ 0x0a: write, 0x2a: write, 0xaa: write, 0x8a: write },
  ...{ 0x2f: verify, 0xaf: verify, 0x8f: verify },
  ...{ 0x35: flush, 0x91: flush },
  /** START STOP UNIT and PREVENT ALLOW MEDIUM REMOVAL: a disk stays. */
  0x1b: () => DONE,
  0x1e: () => DONE,
  0x25: readCapacity10,
  0x9e: readCapacity16,
  0x42: unmap,
  0x41: writeSame,
  0x93: writeSame,
};

function readCapacity10(_: ScsiCommand, { blocks, blockBytes }: UnitFacts): ScsiOutcome {
  const data = new Uint8Array(8);
  // Of what does not fit it is said that READ CAPACITY (16) tells it.
  put32(data, 0, Math.min(blocks - 1, MOST_32));
  put32(data, 4, blockBytes);
  return { data };
}

function readCapacity16({ cdb }: ScsiCommand, { blocks, blockBytes, readOnly }: UnitFacts): ScsiOutcome {
  if (((cdb[1] ?? 0) & 0x1f) !== READ_CAPACITY_16) return { sense: 'invalidField' };
  const data = new Uint8Array(32);
  put64(data, 0, blocks - 1);
  put32(data, 8, blockBytes);
  // Thin, and what was unmapped reads as zeroes.
  if (!readOnly) data[14] = 0xc0;
  return cut(data, be32(cdb, 10));
}

function unmap(
  { cdb, sent, sentBytes }: ScsiCommand,
  { readOnly, blocks, blockBytes }: UnitFacts,
): ScsiOutcome {
  if (readOnly) return { sense: 'writeProtected' };
  const length = Math.min(be16(cdb, 7), sentBytes);
  if (length === 0) return DONE;
  if (length < UNMAP_HEAD_BYTES) return { sense: 'parameterLength' };
  const bytes = gather(sent, length);
  const count = Math.floor(Math.min(be16(bytes, 2), length - UNMAP_HEAD_BYTES) / UNMAP_RANGE_BYTES);
  if (count > MAX_UNMAP_RANGES) return { sense: 'invalidParameter' };
  const steps: BlockRequest[] = [];
  for (let i = 0; i < count; i++) {
    const at = UNMAP_HEAD_BYTES + i * UNMAP_RANGE_BYTES;
    const [block, size] = [be64(bytes, at), be32(bytes, at + 8)];
    if (size > MAX_UNMAP_BLOCKS) return { sense: 'invalidParameter' };
    if (block + size > blocks) return { sense: 'outOfRange' };
    // Zeroes, since it is said that unmapped blocks are.
    if (size > 0)
      steps.push({
        kind: 'write-zeroes',
        offset: block * blockBytes,
        length: size * blockBytes,
        unmap: true,
      });
  }
  return { steps };
}

/** One block written many times: of zeroes without moving any. */
function writeSame({ cdb, sent, sentBytes }: ScsiCommand, unit: UnitFacts): ScsiOutcome {
  const { blockBytes, readOnly, blocks } = unit;
  const flags = cdb[1] ?? 0;
  const { block, count: given } = blocksOf(cdb);
  // Zero means to the end of the disk. Source: SBC-3 §5.43.
  const count = given === 0 ? blocks - block : given;
  if (readOnly) return { sense: 'writeProtected' };
  if (block + count > blocks || count < 0) return { sense: 'outOfRange' };
  if (count > MAX_UNMAP_BLOCKS || (flags & 0xf6) !== 0) return { sense: 'invalidField' };
  const hasNoData = (flags & 0x01) !== 0;
  if (!hasNoData && sentBytes < blockBytes) return { sense: 'parameterLength' };
  const pattern = hasNoData ? new Uint8Array(blockBytes) : gather(sent, blockBytes);
  const [offset, length] = [block * blockBytes, count * blockBytes];
  if (length === 0) return DONE;
  if (pattern.every((byte) => byte === 0))
    return { steps: [{ kind: 'write-zeroes', offset, length, unmap: (flags & 0x08) !== 0 }] };
  if (length > PATTERN_BYTES) return { sense: 'invalidField' };
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += blockBytes) bytes.set(pattern, at);
  return { steps: [{ kind: 'write', offset, buffers: [bytes] }] };
}
