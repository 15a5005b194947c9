/** The guest's bus: non-overlapping register windows in guest-physical space, and the lines that devices interrupt by. */
import { hex } from '#lib';

/** Width of a guest access in bytes. */
export type AccessWidth = 1 | 2 | 4 | 8;

/** A device's register window. `offset` is relative to the window, in bytes; values are unsigned. */
export interface MmioDevice {
  read(offset: number, width: 1 | 2 | 4): number;
  write(offset: number, width: 1 | 2 | 4, value: number): void;
  /**
   * Whether an access there touches nothing but the device's registers and lines: no memory, no other thread's work, no time. It
   * may be done in the middle of a run. Absent: never.
   */
  isLight?(offset: number): boolean;
}

/** A level-triggered interrupt wire. Setting the level it already has is allowed and does nothing. */
export interface InterruptLine {
  set(level: boolean): void;
}

/** One device's place on the bus: bytes [base, base + size). */
export interface BusWindow {
  readonly name: string;
  readonly base: number;
  readonly size: number;
  readonly device: MmioDevice;
}

/** Register windows, sorted by base and never overlapping. Owner: one VM. */
export class Bus {
  #windows: BusWindow[] = [];
  #last: BusWindow | undefined;

  /** The windows in address order. */
  get windows(): readonly BusWindow[] {
    return this.#windows;
  }

  /**
   * Puts `device` at [base, base + size).
   * @throws RangeError when the window is empty, not in 53 bits, or overlaps another one.
   */
  add(name: string, base: number, size: number, device: MmioDevice): void {
    if (!Number.isSafeInteger(base) || base < 0 || !Number.isSafeInteger(size) || size <= 0) {
      throw new RangeError(`Cannot add window "${name}": bad base ${base} or size ${size}`);
    }
    const at = this.#firstEndingAfter(base);
    const next = this.#windows[at];
    if (next !== undefined && next.base < base + size) {
      throw new RangeError(
        `Cannot add window "${name}" at ${hex(base)}: it overlaps "${next.name}" at ${hex(next.base)}`,
      );
    }
    this.#windows.splice(at, 0, { name, base, size, device });
  }

  /** Takes away the window that starts at `base`. @throws RangeError when none does. */
  remove(base: number): void {
    const at = this.#firstEndingAfter(base);
    if (this.#windows[at]?.base !== base)
      throw new RangeError(`Cannot remove window at ${hex(base)}: none there`);
    this.#windows.splice(at, 1);
    this.#last = undefined;
  }

  /** The window that holds `address`. */
  find(address: number): BusWindow | undefined {
    const last = this.#last;
    if (last !== undefined && holds(last, address)) return last;
    const window = this.#windows[this.#firstEndingAfter(address)];
    if (window === undefined || !holds(window, address)) return undefined;
    this.#last = window;
    return window;
  }

  /** Whether no window touches [base, base + size). */
  isFree(base: number, size: number): boolean {
    const next = this.#windows[this.#firstEndingAfter(base)];
    return next === undefined || next.base >= base + size;
  }

  /**
   * Reads `width` bytes, little-endian; eight bytes are two reads of four, low first.
   * `undefined`: nothing answers there, or the access runs over the window's end (the guest gets an access fault).
   */
  read(address: number, width: AccessWidth): bigint | undefined {
    const window = this.#whole(address, width);
    if (window === undefined) return undefined;
    const offset = address - window.base;
    if (width !== 8) return BigInt(window.device.read(offset, width));
    const low = window.device.read(offset, 4);
    return BigInt(low) | (BigInt(window.device.read(offset + 4, 4)) << 32n);
  }

  /** Writes the low `width` bytes of `value`; `false` where `read` says `undefined`. */
  write(address: number, width: AccessWidth, value: bigint): boolean {
    const window = this.#whole(address, width);
    if (window === undefined) return false;
    const offset = address - window.base;
    if (width !== 8) {
      window.device.write(offset, width, Number(BigInt.asUintN(8 * width, value)));
      return true;
    }
    window.device.write(offset, 4, Number(BigInt.asUintN(32, value)));
    window.device.write(offset + 4, 4, Number(BigInt.asUintN(32, value >> 32n)));
    return true;
  }

  #whole(address: number, width: number): BusWindow | undefined {
    const window = this.find(address);
    return window !== undefined && address + width <= window.base + window.size ? window : undefined;
  }

  /** Index of the first window whose end lies after `address`; the only one that can hold it. */
  #firstEndingAfter(address: number): number {
    let low = 0;
    let high = this.#windows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const window = this.#windows[middle];
      if (window !== undefined && window.base + window.size <= address) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function holds(window: BusWindow, address: number): boolean {
  return address >= window.base && address < window.base + window.size;
}
