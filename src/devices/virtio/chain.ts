/** Descriptor chains: from a head index in a driver's table to checked views on its buffers. Source: VIRTIO 1.3 §2.7.5. */
import { hex } from '../bus.ts';
import { byteLength, copyOut, type GuestMemory, u16, u32 } from '../dma.ts';

/** One request as the driver laid it out; every byte is RAM. */
export interface Chain {
  readonly head: number;
  /** What the driver wrote for the device. */
  readonly readable: readonly Uint8Array[];
  /** Where the device may answer. */
  readonly writable: readonly Uint8Array[];
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
}

interface Descriptor {
  readonly address: number;
  readonly length: number;
  readonly flags: number;
  readonly next: number;
}

const FLAG = { next: 1, write: 2, indirect: 4 } as const;
const DESCRIPTOR_BYTES = 16;

/** Descriptors in an indirect table that we follow; Linux makes at most a queue's size, QEMU follows 1024 too. */
const MAX_INDIRECT_DESCRIPTORS = 1024;

/** Reads the chain that starts at `head`. Every descriptor is read once, so the driver cannot change it afterwards. */
export function readChain(memory: GuestMemory, table: DescriptorTable, head: number): Chain | Fault {
  const descriptors = collect(memory, table, head);
  return 'fault' in descriptors ? descriptors : resolve(memory, head, descriptors, table.maxChainBytes);
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
  maxBytes: number,
): Chain | Fault {
  const total = descriptors.reduce((sum, { length }) => sum + length, 0);
  if (total > maxBytes)
    return fault(`chain from descriptor ${head} has ${total} bytes, more than ${maxBytes}`);
  const readable: Uint8Array[] = [];
  const writable: Uint8Array[] = [];
  for (const { address, length, flags } of descriptors) {
    const forWrite = (flags & FLAG.write) !== 0;
    if (length === 0) return fault(`buffer at ${hex(address)} has no bytes`);
    if (!forWrite && writable.length > 0) return fault('buffer for the device after one from it');
    const views = viewsOf(memory, address, length, forWrite);
    if (views === undefined) return fault(`buffer of ${length} bytes at ${hex(address)} is outside RAM`);
    for (const view of views) (forWrite ? writable : readable).push(view);
  }
  return { head, readable, writable };
}

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
