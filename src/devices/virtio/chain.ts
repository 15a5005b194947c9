/** Descriptor chains: from a head index in a driver's table to checked views on its buffers. Source: VIRTIO 1.3 §2.7.5. */
import { hex } from '#lib';
import { byteLength, copyOut, type GuestMemory, u16, u32 } from '../dma.ts';

/** One request as the driver laid it out; every byte is RAM. */
export interface Chain {
  readonly head: number;
  /** What the driver wrote for the device. */
  readonly readable: readonly Uint8Array[];
  /** Where the device may answer. */
  readonly writable: readonly Uint8Array[];
  /** In a queue of ranges: where the writable buffers are, which are not looked at and may be anywhere. */
  readonly ranges: readonly MemoryRange[];
}

/** Guest-physical bytes [address, address + length). */
export interface MemoryRange {
  readonly address: number;
  readonly length: number;
}

/** What a driver did that the specification forbids; the device needs a reset. */
export interface Fault {
  readonly fault: string;
}

export interface DescriptorTable {
  readonly address: number;
  /** Entries. */
  readonly size: number;
  /** INDIRECT_DESC was negotiated. */
  readonly indirectAllowed: boolean;
  /** Bytes that one chain may have in all. */
  readonly maxChainBytes: number;
  /** Writable buffers are ranges; those may have MAX_RANGE_BYTES in all. */
  readonly areRanges: boolean;
}

interface Descriptor {
  readonly address: number;
  readonly length: number;
  readonly flags: number;
  readonly next: number;
}

/** Bytes that the ranges of one chain may have in all: Linux reports at most 32 of 4 MiB. */
const MAX_RANGE_BYTES = 2 ** 30;
const FLAG = { next: 1, write: 2, indirect: 4 } as const;
const DESCRIPTOR_BYTES = 16;

/** Descriptors in an indirect table that we follow; Linux makes at most a queue's size, QEMU follows 1024 too. */
const MAX_INDIRECT_DESCRIPTORS = 1024;

/** Reads the chain that starts at `head`. Every descriptor is read once, so the driver cannot change it afterwards. */
export function readChain(memory: GuestMemory, table: DescriptorTable, head: number): Chain | Fault {
  const descriptors = collect(memory, table, head);
  return 'fault' in descriptors ? descriptors : resolve(memory, head, descriptors, table);
}

/** Follows the chain; its length is bounded, so a loop ends as a chain that is too long. */
function collect(memory: GuestMemory, table: DescriptorTable, head: number): Descriptor[] | Fault {
  const found: Descriptor[] = [];
  let { address, size } = table;
  let limit = size;
  let indirect = false;
  let index = head;
  for (;;) {
    if (index >= size) return fault(`descriptor ${index} is outside its table of ${size}`);
    const descriptor = readDescriptor(memory, address + DESCRIPTOR_BYTES * index);
    if (descriptor === undefined) return fault(`descriptor table at ${hex(address)} is outside RAM`);
    if ((descriptor.flags & FLAG.indirect) !== 0) {
      const wrong = indirectFault(descriptor, table.indirectAllowed, indirect);
      if (wrong !== undefined) return fault(wrong);
      ({ address } = descriptor);
      size = descriptor.length / DESCRIPTOR_BYTES;
      limit = found.length + MAX_INDIRECT_DESCRIPTORS;
      indirect = true;
      index = 0;
      continue;
    }
    if (found.length === limit) return fault(`chain from descriptor ${head} is longer than ${limit}`);
    found.push(descriptor);
    if ((descriptor.flags & FLAG.next) === 0) return found;
    index = descriptor.next;
  }
}

function readDescriptor(memory: GuestMemory, address: number): Descriptor | undefined {
  const bytes = copyOut(memory, address, DESCRIPTOR_BYTES);
  if (bytes === undefined) return undefined;
  return {
    address: u32(bytes, 4) * 2 ** 32 + u32(bytes, 0),
    length: u32(bytes, 8),
    flags: u16(bytes, 12),
    next: u16(bytes, 14),
  };
}

/** Source: §2.7.5.3.1. */
function indirectFault(descriptor: Descriptor, allowed: boolean, nested: boolean): string | undefined {
  if (!allowed) return 'indirect descriptor without INDIRECT_DESC';
  if (nested) return 'indirect descriptor inside an indirect table';
  if ((descriptor.flags & FLAG.next) !== 0) return 'indirect descriptor with a next one';
  if (descriptor.length === 0 || descriptor.length % DESCRIPTOR_BYTES !== 0) {
    return `indirect table of ${descriptor.length} bytes`;
  }
  return undefined;
}

function resolve(
  memory: GuestMemory,
  head: number,
  descriptors: readonly Descriptor[],
  { areRanges, maxChainBytes }: DescriptorTable,
): Chain | Fault {
  const isRange = ({ flags }: Descriptor): boolean => areRanges && (flags & FLAG.write) !== 0;
  const ranged = bytesOf(descriptors.filter(isRange));
  const total = bytesOf(descriptors) - ranged;
  if (total > maxChainBytes)
    return fault(`chain from descriptor ${head} has ${total} bytes, more than ${maxChainBytes}`);
  if (ranged > MAX_RANGE_BYTES)
    return fault(`chain from descriptor ${head} names ${ranged} bytes, more than ${MAX_RANGE_BYTES}`);
  const readable: Uint8Array[] = [];
  const writable: Uint8Array[] = [];
  const ranges: MemoryRange[] = [];
  for (const { address, length, flags } of descriptors) {
    const forWrite = (flags & FLAG.write) !== 0;
    if (length === 0) return fault(`buffer at ${hex(address)} has no bytes`);
    if (!forWrite && writable.length + ranges.length > 0)
      return fault('buffer for the device after one from it');
    if (forWrite && areRanges) {
      ranges.push({ address, length });
      continue;
    }
    const views = viewsOf(memory, address, length, forWrite);
    if (views === undefined) return fault(`buffer of ${length} bytes at ${hex(address)} is outside RAM`);
    for (const view of views) (forWrite ? writable : readable).push(view);
  }
  return { head, readable, writable, ranges };
}

const bytesOf = (descriptors: readonly Descriptor[]): number =>
  descriptors.reduce((sum, { length }) => sum + length, 0);

function viewsOf(
  memory: GuestMemory,
  address: number,
  length: number,
  forWrite: boolean,
): Uint8Array[] | undefined {
  return Number.isSafeInteger(address + length) ? memory.views(address, length, forWrite) : undefined;
}

/** Bytes in a chain, both ways. */
export function chainBytes(chain: Chain): number {
  return byteLength(chain.readable) + byteLength(chain.writable);
}

function fault(reason: string): Fault {
  return { fault: reason };
}
