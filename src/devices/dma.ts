/** What a bus-mastering device may do with guest memory, and little-endian access on top of it. */

/** Guest RAM as devices see it. Views lie on shared memory: vCPUs may change the bytes at any time. */
export interface GuestMemory {
  /**
   * Views on the pages of [address, address + length) in order (pages need not be contiguous in the machine),
   * or `undefined` when any byte is not RAM. `forWrite` says that the caller will write them.
   */
  views(address: number, length: number, forWrite: boolean): Uint8Array[] | undefined;
  /**
   * As `views` of all spans one after the other, with as few views as can be: pairs of address and length. Absent where
   * nothing is gained by it.
   */
  gather?(spans: readonly number[], forWrite: boolean): Uint8Array[] | undefined;
}

/** Copies guest bytes out into a private buffer; `undefined` when any byte is not RAM. */
export function copyOut(memory: GuestMemory, address: number, length: number): Uint8Array | undefined {
  const views = memory.views(address, length, false);
  return views === undefined ? undefined : gather(views, length);
}

/** Copies `bytes` into guest memory; `false`, and nothing written, when any byte is not RAM. */
export function copyIn(memory: GuestMemory, address: number, bytes: Uint8Array): boolean {
  const views = memory.views(address, bytes.length, true);
  if (views === undefined) return false;
  scatter(views, bytes);
  return true;
}

export function readU16(memory: GuestMemory, address: number): number | undefined {
  const bytes = copyOut(memory, address, 2);
  return bytes === undefined ? undefined : u16(bytes, 0);
}

export function readU32(memory: GuestMemory, address: number): number | undefined {
  const bytes = copyOut(memory, address, 4);
  return bytes === undefined ? undefined : u32(bytes, 0);
}

export function readU64(memory: GuestMemory, address: number): bigint | undefined {
  const bytes = copyOut(memory, address, 8);
  return bytes === undefined ? undefined : u64(bytes, 0);
}

export function writeU16(memory: GuestMemory, address: number, value: number): boolean {
  return copyIn(memory, address, littleEndian(BigInt(value), 2));
}

export function writeU32(memory: GuestMemory, address: number, value: number): boolean {
  return copyIn(memory, address, littleEndian(BigInt(value), 4));
}

export function writeU64(memory: GuestMemory, address: number, value: bigint): boolean {
  return copyIn(memory, address, littleEndian(value, 8));
}

/**
 * Loads an index that vCPUs store, ordered before every later access (ring indices, event fields).
 * `undefined` when it is not RAM. Preconditions: `address` is even.
 */
export function loadU16(memory: GuestMemory, address: number): number | undefined {
  const view = memory.views(address, 2, false)?.[0];
  return view === undefined ? undefined : Atomics.load(halfword(view), 0);
}

/** Stores an index that vCPUs load, ordered after every earlier access. Preconditions: `address` is even. */
export function storeU16(memory: GuestMemory, address: number, value: number): boolean {
  const view = memory.views(address, 2, true)?.[0];
  if (view === undefined) return false;
  Atomics.store(halfword(view), 0, value);
  return true;
}

function halfword(view: Uint8Array): Uint16Array {
  return new Uint16Array(view.buffer, view.byteOffset, 1);
}

/** The first `length` bytes of `views` as one private buffer; shorter when the views are. */
export function gather(views: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(Math.min(length, byteLength(views)));
  let at = 0;
  for (const view of views) {
    if (at === bytes.length) break;
    const part = view.subarray(0, bytes.length - at);
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Copies `bytes` over `views` in order; what does not fit is left. Returns the bytes copied. */
export function scatter(views: readonly Uint8Array[], bytes: Uint8Array): number {
  let at = 0;
  for (const view of views) {
    if (at === bytes.length) break;
    const part = bytes.subarray(at, at + view.length);
    view.set(part);
    at += part.length;
  }
  return at;
}

/** The views of bytes [from, to) of the concatenation of `views`. */
export function slice(views: readonly Uint8Array[], from: number, to: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let start = 0;
  for (const view of views) {
    const end = start + view.length;
    // Most are wanted whole: a large request has hundreds.
    if (start >= from && end <= to) parts.push(view);
    else if (end > from && start < to) parts.push(view.subarray(Math.max(0, from - start), to - start));
    start = end;
  }
  return parts;
}

export function byteLength(views: readonly Uint8Array[]): number {
  let total = 0;
  for (const view of views) total += view.length;
  return total;
}

/** Little-endian fields of a byte buffer. Preconditions: the field lies within it. */
export function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

export function u32(bytes: Uint8Array, at: number): number {
  return (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0;
}

export function u64(bytes: Uint8Array, at: number): bigint {
  return BigInt(u32(bytes, at)) | (BigInt(u32(bytes, at + 4)) << 32n);
}

export function putU32(bytes: Uint8Array, at: number, value: number): void {
  for (let i = 0; i < 4; i++) bytes[at + i] = value >>> (8 * i);
}

/** The low `width` bytes of `value`, low first. */
export function littleEndian(value: bigint, width: number): Uint8Array {
  return Uint8Array.from({ length: width }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}
