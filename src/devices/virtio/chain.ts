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

/** What a chain has in its order: pairs of address and length. */
interface Spans {
  readonly sent: number[];
  readonly room: number[];
  readonly ranges: MemoryRange[];
}

/** Bytes that the ranges of one chain may have in all: Linux reports at most 32 of 4 MiB. */
const MAX_RANGE_BYTES = 2 ** 30;
const FLAG = { next: 1, write: 2, indirect: 4 } as const;
const DESCRIPTOR_BYTES = 16;

/** Descriptors in an indirect table that we follow; Linux makes at most a queue's size, QEMU follows 1024 too. */
const MAX_INDIRECT_DESCRIPTORS = 1024;

/** Reads the chain that starts at `head`. Every descriptor is read once, so the driver cannot change it afterwards. */
export function readChain(memory: GuestMemory, table: DescriptorTable, head: number): Chain | Fault {
  const spans = collect(memory, table, head);
  if ('fault' in spans) return spans;
  const readable = viewsOf(memory, spans.sent, false);
  if ('fault' in readable) return readable;
  const writable = viewsOf(memory, spans.room, true);
  if ('fault' in writable) return writable;
  return { head, readable, writable, ranges: spans.ranges };
}

/** Follows the chain; its length is bounded, so a loop ends as a chain that is too long. */
function collect(memory: GuestMemory, table: DescriptorTable, head: number): Spans | Fault {
  const spans: Spans = { sent: [], room: [], ranges: [] };
  let wrong: Fault | undefined;
  let [total, ranged] = [0, 0];
  let { address, size } = table;
  let limit = size;
  let whole: Uint8Array | undefined;
  let isIndirect = false;
  let index = head;
  for (let count = 0; ; count++) {
    if (index >= size) return fault(`descriptor ${index} is outside its table of ${size}`);
    const at = DESCRIPTOR_BYTES * index;
    const bytes = whole ?? copyOut(memory, address + at, DESCRIPTOR_BYTES);
    if (bytes === undefined) return fault(`descriptor table at ${hex(address)} is outside RAM`);
    const from = whole === undefined ? 0 : at;
    const length = u32(bytes, from + 8);
    const flags = u16(bytes, from + 12);
    const start = u32(bytes, from + 4) * 2 ** 32 + u32(bytes, from);
    const next = u16(bytes, from + 14);
    if ((flags & FLAG.indirect) !== 0) {
      const refused = indirectFault(length, flags, table.indirectAllowed, isIndirect);
      if (refused !== undefined) return fault(refused);
      address = start;
      size = length / DESCRIPTOR_BYTES;
      limit = count + MAX_INDIRECT_DESCRIPTORS;
      whole = wholeTable(memory, address, size);
      isIndirect = true;
      index = 0;
      count--;
      continue;
    }
    if (count === limit) return fault(`chain from descriptor ${head} is longer than ${limit}`);
    wrong ??= take(spans, start, length, (flags & FLAG.write) !== 0, table.areRanges);
    if (table.areRanges && (flags & FLAG.write) !== 0) ranged += length;
    else total += length;
    if ((flags & FLAG.next) === 0) break;
    index = next;
  }
  if (wrong !== undefined) return wrong;
  if (total > table.maxChainBytes)
    return fault(`chain from descriptor ${head} has ${total} bytes, more than ${table.maxChainBytes}`);
  if (ranged > MAX_RANGE_BYTES)
    return fault(`chain from descriptor ${head} names ${ranged} bytes, more than ${MAX_RANGE_BYTES}`);
  return spans;
}

/** Puts a descriptor's span where it belongs; what is wrong with it. */
function take(
  { sent, room, ranges }: Spans,
  address: number,
  length: number,
  forWrite: boolean,
  areRanges: boolean,
): Fault | undefined {
  if (length === 0) return fault(`buffer at ${hex(address)} has no bytes`);
  if (!forWrite && room.length + ranges.length > 0) return fault('buffer for the device after one from it');
  if (forWrite && areRanges) ranges.push({ address, length });
  else (forWrite ? room : sent).push(address, length);
  return undefined;
}

/** An indirect table as one view, where it is one; each field is read once. */
function wholeTable(memory: GuestMemory, address: number, size: number): Uint8Array | undefined {
  const length = Math.min(size, MAX_INDIRECT_DESCRIPTORS) * DESCRIPTOR_BYTES;
  if (size > MAX_INDIRECT_DESCRIPTORS || !Number.isSafeInteger(address + length)) return undefined;
  const views = memory.views(address, length, false);
  return views?.length === 1 ? views[0] : undefined;
}

/** Source: §2.7.5.3.1. */
function indirectFault(length: number, flags: number, allowed: boolean, nested: boolean): string | undefined {
  if (!allowed) return 'indirect descriptor without INDIRECT_DESC';
  if (nested) return 'indirect descriptor inside an indirect table';
  if ((flags & FLAG.next) !== 0) return 'indirect descriptor with a next one';
  if (length === 0 || length % DESCRIPTOR_BYTES !== 0) return `indirect table of ${length} bytes`;
  return undefined;
}

/** Views of spans, pairs of address and length. */
function viewsOf(memory: GuestMemory, spans: readonly number[], forWrite: boolean): Uint8Array[] | Fault {
  const views: Uint8Array[] = [];
  const gathered = spans.length > 2 ? memory.gather?.(spans, forWrite) : undefined;
  if (gathered !== undefined) return gathered;
  for (let i = 0; i < spans.length; i += 2) {
    const [address, length] = [spans[i] as number, spans[i + 1] as number];
    const some = Number.isSafeInteger(address + length) ? memory.views(address, length, forWrite) : undefined;
    if (some === undefined) return fault(`buffer of ${length} bytes at ${hex(address)} is outside RAM`);
    for (const view of some) views.push(view);
  }
  return views;
}

/** Bytes in a chain, both ways. */
export function chainBytes(chain: Chain): number {
  return byteLength(chain.readable) + byteLength(chain.writable);
}

function fault(reason: string): Fault {
  return { fault: reason };
}
