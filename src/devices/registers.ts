/** Register maps: a device's registers as a table, with offsets, odd-sized and unaligned accesses handled here, once. */
import type { MmioDevice } from './bus.ts';

type Width = 1 | 2 | 4;

/** One register, or `count` of them `stride` bytes apart. */
export interface Register<Device> {
  /** Offset of the (first) register in the window, in bytes. */
  readonly at: number;
  readonly width: Width;
  readonly count?: number;
  /** Distance between two of `count` registers in bytes; `width` unless given. */
  readonly stride?: number;
  /** Without it the register reads 0. The result is taken modulo 2^(8 × width). */
  readonly read?: (device: Device, index: number) => number;
  /** Without it writes are ignored. */
  readonly write?: (device: Device, value: number, index: number) => void;
  /** The bytes that a narrower write leaves out: as `read` gives them (`merge`, the default), or 0. */
  readonly partial?: 'merge' | 'zero';
}

/** An access that touched no register. */
export interface UnknownAccess {
  readonly kind: 'read' | 'write';
  readonly offset: number;
  readonly width: number;
}

/** Windows up to this size find a register by one array load; larger ones (the PLIC's 6 MiB) walk their few rows. */
const MAX_INDEXED_BYTES = 4096;

/** Different unknown offsets reported per window; a guest that sweeps the window must not fill the log. */
const MAX_REPORTS = 16;

/** Makes a register map of `size` bytes. @throws RangeError when two rows overlap or one leaves the window. */
export function registers<Device>(
  size: number,
  table: Readonly<Record<string, Register<Device>>>,
): RegisterMap<Device> {
  return new RegisterMap(size, table);
}

export class RegisterMap<Device> {
  readonly #rows: readonly Register<Device>[];
  /** Row number + 1 per byte of the window, 0 where no register is. */
  readonly #index: Uint8Array | undefined;

  constructor(size: number, table: Readonly<Record<string, Register<Device>>>) {
    this.#rows = Object.values(table);
    this.#index = size <= MAX_INDEXED_BYTES ? indexBytes(size, table) : undefined;
  }

  /** The map as `device`'s window on the bus. `unknown` hears once of each access that touches no register. */
  window(device: Device, unknown?: (access: UnknownAccess) => void): MmioDevice {
    const seen = new Set<string>();
    const report = (kind: UnknownAccess['kind'], offset: number, width: number): void => {
      const key = `${kind} ${offset}`;
      if (unknown === undefined || seen.has(key) || seen.size >= MAX_REPORTS) return;
      seen.add(key);
      unknown({ kind, offset, width });
    };
    return {
      read: (offset, width) => {
        const value = this.read(device, offset, width);
        if (value === undefined) report('read', offset, width);
        return value ?? 0;
      },
      write: (offset, width, value) => {
        if (!this.write(device, offset, width, value)) report('write', offset, width);
      },
    };
  }

  /** The value of an access, or `undefined` when it touches no register. */
  read(device: Device, offset: number, width: Width): number | undefined {
    const row = this.#row(offset);
    if (row !== undefined && row.width === width) {
      const index = indexOf(row, offset);
      if (offset === startOf(row, index)) return truncate(row.read?.(device, index) ?? 0, width);
    }
    return this.#readBytes(device, offset, width);
  }

  /** Writes the registers that an access touches; `false` when it touches none. */
  write(device: Device, offset: number, width: Width, value: number): boolean {
    const row = this.#row(offset);
    if (row !== undefined && row.width === width) {
      const index = indexOf(row, offset);
      if (offset === startOf(row, index)) {
        row.write?.(device, value, index);
        return true;
      }
    }
    return this.#writeBytes(device, offset, width, value);
  }

  /** Composes an access that is not exactly one register from the parts of those it touches, each read once. */
  #readBytes(device: Device, offset: number, width: Width): number | undefined {
    let result: number | undefined;
    for (let at = 0; at < width; ) {
      const part = this.#part(offset + at, width - at);
      if (part !== undefined) {
        const whole = part.row.read?.(device, part.index) ?? 0;
        result = (result ?? 0) + field(whole, part.skip, part.length) * 2 ** (8 * at);
      }
      at += part?.length ?? 1;
    }
    return result;
  }

  #writeBytes(device: Device, offset: number, width: Width, value: number): boolean {
    let touched = false;
    for (let at = 0; at < width; ) {
      const part = this.#part(offset + at, width - at);
      if (part !== undefined) {
        touched = true;
        this.#writePart(device, part, field(value, at, part.length));
      }
      at += part?.length ?? 1;
    }
    return touched;
  }

  #writePart(device: Device, { row, index, skip, length }: Part<Device>, value: number): void {
    const old = row.partial === 'zero' ? 0 : truncate(row.read?.(device, index) ?? 0, row.width);
    const kept = old - field(old, skip, length) * 2 ** (8 * skip);
    row.write?.(device, kept + value * 2 ** (8 * skip), index);
  }

  #part(offset: number, length: number): Part<Device> | undefined {
    const row = this.#row(offset);
    if (row === undefined) return undefined;
    const index = indexOf(row, offset);
    const skip = offset - startOf(row, index);
    return { row, index, skip, length: Math.min(length, row.width - skip) };
  }

  #row(offset: number): Register<Device> | undefined {
    if (this.#index !== undefined) return this.#rows[(this.#index[offset] ?? 0) - 1];
    return this.#rows.find((row) => covers(row, offset));
  }
}

/** Bytes [skip, skip + length) of register `index` of `row`. */
interface Part<Device> {
  readonly row: Register<Device>;
  readonly index: number;
  readonly skip: number;
  readonly length: number;
}

function indexBytes<Device>(size: number, table: Readonly<Record<string, Register<Device>>>): Uint8Array {
  const index = new Uint8Array(size);
  for (const [number, [name, row]] of Object.entries(table).entries()) {
    for (let i = 0; i < (row.count ?? 1) * row.width; i++) {
      const at = startOf(row, Math.floor(i / row.width)) + (i % row.width);
      if (at >= size) throw new RangeError(`Register "${name}" leaves its window of ${size} bytes`);
      if (index[at] !== 0) throw new RangeError(`Register "${name}" overlaps another one at ${at}`);
      index[at] = number + 1;
    }
  }
  return index;
}

function stride(row: Register<never>): number {
  return row.stride ?? row.width;
}

function indexOf(row: Register<never>, offset: number): number {
  return Math.floor((offset - row.at) / stride(row));
}

function startOf(row: Register<never>, index: number): number {
  return row.at + index * stride(row);
}

function covers(row: Register<never>, offset: number): boolean {
  const index = indexOf(row, offset);
  return index >= 0 && index < (row.count ?? 1) && offset - startOf(row, index) < row.width;
}

/** Bytes [skip, skip + length) of `value` as a number. */
function field(value: number, skip: number, length: number): number {
  return truncate((value >>> 0) >>> (8 * skip), length);
}

function truncate(value: number, width: number): number {
  return width === 4 ? value >>> 0 : value & (2 ** (8 * width) - 1);
}
