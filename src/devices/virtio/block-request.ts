/** A virtio block request on its way from the driver's bytes to what the store is asked for. Source: VIRTIO 1.3 §5.2.6. */
import { byteLength, gather, slice, u32, u64 } from '../dma.ts';
import type { BlockRequest } from './block-backend.ts';
import { type Chain, chainBytes, type Fault } from './chain.ts';
import type { PumpedRequest } from './request-pump.ts';

export const SECTOR_BYTES = 512;
export const STATUS = { ok: 0, ioerr: 1, unsupported: 2 } as const;

/** As the driver wrote it; its parts are where they belong, what it asks for is not looked at. */
export interface DriverRequest extends PumpedRequest {
  readonly type: number;
  readonly sector: bigint;
  /** Data for the device. */
  readonly sent: readonly Uint8Array[];
  /** Room for data from the device. */
  readonly room: readonly Uint8Array[];
  /** Where the status byte goes. */
  readonly statusByte: Uint8Array;
}

/** What the disk can do and how large it is. */
export interface Disk {
  readonly sectors: number;
  readonly readOnly: boolean;
  readonly id: string;
  /** Writes are followed by a flush, for a driver that cannot ask for one. */
  readonly writeThrough: boolean;
}

/** Checked against the disk: what to ask of the store, one after the other, and then the answer. */
export type CheckedRequest =
  | { readonly steps: readonly BlockRequest[]; readonly answer?: Uint8Array }
  | { readonly refused: typeof STATUS.ioerr | typeof STATUS.unsupported };

const HEADER_BYTES = 16;
const ID_BYTES = 20;
const SEGMENT_BYTES = 16;
const UNMAP = 1;

/** Bounds of a discard or write-zeroes request; what QEMU offers. */
export const MAX_RANGE_SECTORS = 0x3f_ffff;
export const MAX_RANGES = 16;

/** What each request type asks for. */
const TYPES: Readonly<Record<number, (request: DriverRequest, disk: Disk) => CheckedRequest>> = {
  0: (request, disk) => transfer('read', request.room, request, disk),
  1: (request, disk) => transfer('write', request.sent, request, disk),
  4: () => ({ steps: [{ kind: 'flush' }] }),
  8: (_, disk) => ({ steps: [], answer: idBytes(disk.id) }),
  11: (request, disk) => ranges('discard', request, disk),
  13: (request, disk) => ranges('write-zeroes', request, disk),
};

const IO_ERROR: CheckedRequest = { refused: STATUS.ioerr };
const UNSUPPORTED: CheckedRequest = { refused: STATUS.unsupported };

/** Takes a chain apart; how it is cut into descriptors does not matter. Source: §2.7.4. */
export function parse(chain: Chain, queue: number): DriverRequest | Fault {
  const { room, statusByte } = answerParts(chain.writable);
  const header = gather(chain.readable, HEADER_BYTES);
  if (header.length < HEADER_BYTES) return { fault: `request header of ${header.length} bytes` };
  if (statusByte === undefined) return { fault: 'request without a status byte' };
  return {
    chain,
    queue,
    type: u32(header, 0),
    sector: u64(header, 8),
    sent: behindHeader(chain.readable),
    room,
    statusByte,
    bytes: chainBytes(chain),
  };
}

/** Drivers put the header into a buffer of its own, and the status byte: then the data need not be cut. */
function behindHeader(readable: readonly Uint8Array[]): readonly Uint8Array[] {
  if (readable[0]?.length === HEADER_BYTES) return readable.slice(1);
  return slice(readable, HEADER_BYTES, Number.POSITIVE_INFINITY);
}

function answerParts(writable: readonly Uint8Array[]): {
  readonly room: readonly Uint8Array[];
  readonly statusByte: Uint8Array | undefined;
} {
  const last = writable.at(-1);
  if (last?.length === 1) return { room: writable.slice(0, -1), statusByte: last };
  const roomBytes = byteLength(writable) - 1;
  return { room: slice(writable, 0, roomBytes), statusByte: slice(writable, roomBytes, roomBytes + 1)[0] };
}

/** Holds a request against the disk. */
export function check(request: DriverRequest, disk: Disk): CheckedRequest {
  return TYPES[request.type]?.(request, disk) ?? UNSUPPORTED;
}

function transfer(
  kind: 'read' | 'write',
  buffers: readonly Uint8Array[],
  request: DriverRequest,
  disk: Disk,
): CheckedRequest {
  const length = byteLength(buffers);
  const offset = offsetOf(request.sector, length / SECTOR_BYTES, disk);
  if (offset === undefined || (kind === 'write' && disk.readOnly)) return IO_ERROR;
  if (length === 0) return { steps: [] };
  return {
    steps: thenFlush([{ kind, offset, buffers }], kind === 'write' && disk.writeThrough),
  };
}

function ranges(kind: 'discard' | 'write-zeroes', { sent }: DriverRequest, disk: Disk): CheckedRequest {
  const length = byteLength(sent);
  const count = length / SEGMENT_BYTES;
  if (disk.readOnly || !Number.isInteger(count) || count < 1 || count > MAX_RANGES) return IO_ERROR;
  const bytes = gather(sent, length);
  const steps: BlockRequest[] = [];
  for (let at = 0; at < length; at += SEGMENT_BYTES) {
    const sectors = u32(bytes, at + 8);
    const flags = u32(bytes, at + 12);
    const offset = offsetOf(u64(bytes, at), sectors, disk);
    // Source: §5.2.6.2 (reserved flags, and unmap with a discard, are unsupported).
    if ((flags & ~UNMAP) !== 0 || (kind === 'discard' && flags !== 0)) return UNSUPPORTED;
    if (offset === undefined || sectors > MAX_RANGE_SECTORS) return IO_ERROR;
    if (sectors > 0) steps.push({ kind, offset, length: sectors * SECTOR_BYTES, unmap: flags === UNMAP });
  }
  return { steps: thenFlush(steps, disk.writeThrough) };
}

function thenFlush(steps: readonly BlockRequest[], flush: boolean): BlockRequest[] {
  return flush ? [...steps, { kind: 'flush' }] : [...steps];
}

/** Byte offset of a whole number of sectors that lie on the disk. */
function offsetOf(sector: bigint, sectors: number, disk: Disk): number | undefined {
  if (!Number.isInteger(sectors) || sector + BigInt(sectors) > BigInt(disk.sectors)) return undefined;
  return Number(sector) * SECTOR_BYTES;
}

function idBytes(id: string): Uint8Array {
  const bytes = new Uint8Array(ID_BYTES);
  bytes.set(new TextEncoder().encode(id).subarray(0, ID_BYTES));
  return bytes;
}
