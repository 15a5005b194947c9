/** What the tests of this room share: guest memory of scattered pages, wires, chance with a seed, and a small virtio driver. */
import { BOARD, highPciWindow } from './board.ts';
import { Bus, type InterruptLine } from './bus.ts';
import { copyIn, copyOut, type GuestMemory, readU16, readU32, writeU16, writeU32, writeU64 } from './dma.ts';
import { PciHost } from './pci/host.ts';
import type { VirtioDevice } from './virtio/device.ts';
import { VirtioPci } from './virtio/pci.ts';
import { FEATURE } from './virtio/status.ts';

const PAGE_BYTES = 4096;

/** RAM whose pages lie in reverse order in a shared buffer, so that nothing may rely on their being contiguous. */
export class ScatteredMemory implements GuestMemory {
  readonly base: number;
  readonly size: number;
  readonly #pages: Uint8Array;

  constructor(base: number, pages: number) {
    this.base = base;
    this.size = pages * PAGE_BYTES;
    this.#pages = new Uint8Array(new SharedArrayBuffer(this.size));
  }

  views(address: number, length: number): Uint8Array[] | undefined {
    const start = address - this.base;
    if (start < 0 || start + length > this.size) return undefined;
    const views: Uint8Array[] = [];
    for (let at = start; at < start + length; at = (Math.floor(at / PAGE_BYTES) + 1) * PAGE_BYTES) {
      const page = Math.floor(at / PAGE_BYTES);
      const end = Math.min(start + length, (page + 1) * PAGE_BYTES);
      const inBuffer = this.size - (page + 1) * PAGE_BYTES + (at % PAGE_BYTES);
      views.push(this.#pages.subarray(inBuffer, inBuffer + end - at));
    }
    return views;
  }

  /** Bytes of RAM; there must be RAM. */
  read(address: number, length: number): Uint8Array {
    const bytes = copyOut(this, address, length);
    if (bytes === undefined) throw new RangeError(`No RAM at ${address}`);
    return bytes;
  }

  write(address: number, bytes: Uint8Array): void {
    if (!copyIn(this, address, bytes)) throw new RangeError(`No RAM at ${address}`);
  }
}

/** An interrupt wire that remembers. */
export class Wire implements InterruptLine {
  level = false;
  rises = 0;

  set(level: boolean): void {
    if (level && !this.level) this.rises++;
    this.level = level;
  }
}

/** Numbers in [0, below) from a seed. Source: Marsaglia, Xorshift RNGs (2003), the 32-bit one. */
export function xorshift(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** The bytes of an ASCII text, and back. */
export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function asText(bytes: Uint8Array | readonly number[]): string {
  return String.fromCharCode(...bytes);
}

/** A bus with RAM, a PCI host and one virtio device in slot 1. */
export class VirtioMachine<State> {
  readonly memory = new ScatteredMemory(BOARD.ram.base, 64);
  readonly bus = new Bus();
  readonly lines = [new Wire(), new Wire(), new Wire(), new Wire()] as const;
  readonly pci: PciHost;
  readonly virtio: VirtioPci<State>;
  readonly device: VirtioDevice<State>;
  readonly faults: string[] = [];

  constructor(device: VirtioDevice<State>) {
    this.device = device;
    const apertures = [BOARD.pciMmio32, highPciWindow(this.memory.size)];
    this.pci = new PciHost({ bus: this.bus, apertures, lines: this.lines });
    this.bus.add('ecam', BOARD.pciEcam.base, BOARD.pciEcam.size, this.pci);
    this.virtio = new VirtioPci(device, { memory: this.memory, fault: (reason) => this.faults.push(reason) });
    this.pci.attach(SLOT, this.virtio.function);
  }

  /** The wire that slot 1's INTA is on. */
  get line(): Wire {
    return this.lines[SLOT];
  }

  get(address: number, width: 1 | 2 | 4): number {
    const value = this.bus.read(address, width);
    if (value === undefined) throw new RangeError(`Nothing answers at ${address.toString(16)}`);
    return Number(value);
  }

  put(address: number, width: 1 | 2 | 4, value: number): void {
    if (!this.bus.write(address, width, BigInt(value))) {
      throw new RangeError(`Nothing answers at ${address.toString(16)}`);
    }
  }
}

const SLOT = 1;
const CONFIG = BOARD.pciEcam.base + (SLOT << 15);
const VENDOR_CAPABILITY = 9;

/** Structures by their `cfg_type`. */
export const STRUCTURE = { common: 1, notify: 2, isr: 3, config: 4, access: 5 } as const;

/** Registers of the common configuration that the driver uses: offset and width. */
// biome-ignore format: a table reads in columns
export const COMMON = {
  deviceFeatureSelect: [0x00, 4], deviceFeature: [0x04, 4], driverFeatureSelect: [0x08, 4], driverFeature: [0x0c, 4],
  numQueues: [0x12, 2], status: [0x14, 1], generation: [0x15, 1], queueSelect: [0x16, 2], queueSize: [0x18, 2],
  queueEnable: [0x1c, 2], queueNotifyOff: [0x1e, 2], queueReset: [0x3a, 2],
} as const;

/** Brings a virtio device up as a guest would: through configuration space, capabilities and BAR 4. */
export class VirtioDriver<State> {
  readonly machine: VirtioMachine<State>;
  readonly barBase: number = BOARD.pciMmio32.base;
  /** Offset in the BAR of each structure. */
  readonly structures = new Map<number, number>();
  /** Offsets in configuration space of all capabilities, by ID and order. */
  readonly capabilities: { id: number; at: number }[] = [];
  #nextFree: number = BOARD.ram.base;

  constructor(machine: VirtioMachine<State>) {
    this.machine = machine;
    this.#scanCapabilities();
    machine.put(CONFIG + 0x20, 4, this.barBase);
    machine.put(CONFIG + 0x24, 4, 0);
    machine.put(CONFIG + 0x04, 2, 0x6);
  }

  configSpace(offset: number, width: 1 | 2 | 4): number {
    return this.machine.get(CONFIG + offset, width);
  }

  setConfigSpace(offset: number, width: 1 | 2 | 4, value: number): void {
    this.machine.put(CONFIG + offset, width, value);
  }

  common(register: keyof typeof COMMON): number {
    const [offset, width] = COMMON[register];
    return this.machine.get(this.address(STRUCTURE.common, offset), width);
  }

  setCommon(register: keyof typeof COMMON, value: number): void {
    const [offset, width] = COMMON[register];
    this.machine.put(this.address(STRUCTURE.common, offset), width, value);
  }

  /** Reads of the device's own configuration. */
  config(offset: number, width: 1 | 2 | 4): number {
    return this.machine.get(this.address(STRUCTURE.config, offset), width);
  }

  isr(): number {
    return this.machine.get(this.address(STRUCTURE.isr, 0), 1);
  }

  offered(): bigint {
    this.setCommon('deviceFeatureSelect', 0);
    const low = this.common('deviceFeature');
    this.setCommon('deviceFeatureSelect', 1);
    return (BigInt(this.common('deviceFeature')) << 32n) | BigInt(low);
  }

  accept(features: bigint): void {
    for (const word of [0, 1]) {
      this.setCommon('driverFeatureSelect', word);
      this.setCommon('driverFeature', Number(BigInt.asUintN(32, features >> BigInt(32 * word))));
    }
  }

  /** Reset to DRIVER_OK with one queue of `size` per device queue. `features` come on top of VERSION_1. */
  start(features: bigint, size: number): DriverQueue<State>[] {
    for (const status of [0, 1, 3]) this.setCommon('status', status);
    this.accept(features | FEATURE.version1);
    this.setCommon('status', 0xb);
    const eventIndex = (features & FEATURE.eventIndex) !== 0n;
    const count = this.common('numQueues');
    const queues = Array.from({ length: count }, (_, i) => this.makeQueue(i, size, eventIndex));
    this.setCommon('status', 0xf);
    return queues;
  }

  makeQueue(index: number, size: number, eventIndex = false): DriverQueue<State> {
    const queue = new DriverQueue(this, index, size, eventIndex, this.allocate(32 * size + 64, 16));
    this.setCommon('queueSelect', index);
    this.setCommon('queueSize', size);
    for (const [i, address] of [queue.descriptors, queue.available, queue.used].entries()) {
      this.machine.put(this.address(STRUCTURE.common, 0x20 + 8 * i), 4, address);
      this.machine.put(this.address(STRUCTURE.common, 0x24 + 8 * i), 4, 0);
    }
    this.setCommon('queueEnable', 1);
    return queue;
  }

  notify(queue: number): void {
    this.machine.put(this.address(STRUCTURE.notify, 4 * queue), 2, queue);
  }

  /** Zeroed RAM; nothing is given back. */
  allocate(bytes: number, align = 1): number {
    const address = Math.ceil(this.#nextFree / align) * align;
    this.#nextFree = address + bytes;
    this.machine.memory.write(address, new Uint8Array(bytes));
    return address;
  }

  address(structure: number, offset: number): number {
    return this.barBase + (this.structures.get(structure) ?? 0) + offset;
  }

  #scanCapabilities(): void {
    for (let at = this.configSpace(0x34, 1); at !== 0; at = this.configSpace(at + 1, 1)) {
      const id = this.configSpace(at, 1);
      this.capabilities.push({ id, at });
      if (id === VENDOR_CAPABILITY)
        this.structures.set(this.configSpace(at + 3, 1), this.configSpace(at + 8, 4));
    }
  }
}

export interface DriverBuffer {
  readonly address: number;
  readonly length: number;
  /** The device writes it. */
  readonly write?: boolean;
}

export const DESCRIPTOR = { next: 1, write: 2, indirect: 4 } as const;

/** The driver's side of one split virtqueue. */
export class DriverQueue<State> {
  readonly driver: VirtioDriver<State>;
  readonly index: number;
  readonly size: number;
  readonly eventIndex: boolean;
  readonly descriptors: number;
  readonly available: number;
  readonly used: number;
  #nextDescriptor = 0;
  #seenUsed = 0;

  constructor(driver: VirtioDriver<State>, index: number, size: number, eventIndex: boolean, area: number) {
    this.driver = driver;
    this.index = index;
    this.size = size;
    this.eventIndex = eventIndex;
    this.descriptors = area;
    this.available = area + 16 * size;
    this.used = Math.ceil((this.available + 6 + 2 * size) / 4) * 4;
  }

  /** Lays the buffers out as a chain of descriptors, makes it available and returns its head. */
  add(...buffers: DriverBuffer[]): number {
    const head = this.#nextDescriptor;
    for (const [i, buffer] of buffers.entries()) {
      const next = (head + i + 1) % this.size;
      const flags =
        (i < buffers.length - 1 ? DESCRIPTOR.next : 0) | (buffer.write === true ? DESCRIPTOR.write : 0);
      this.describe((head + i) % this.size, buffer.address, buffer.length, flags, next);
    }
    this.#nextDescriptor = (head + buffers.length) % this.size;
    this.offer(head);
    return head;
  }

  describe(
    index: number,
    address: number,
    length: number,
    flags: number,
    next = 0,
    table = this.descriptors,
  ): void {
    const { memory } = this.driver.machine;
    writeU64(memory, table + 16 * index, BigInt(address));
    writeU32(memory, table + 16 * index + 8, length);
    writeU16(memory, table + 16 * index + 12, flags);
    writeU16(memory, table + 16 * index + 14, next);
  }

  /** Puts a head into the available ring. */
  offer(head: number): void {
    const { memory } = this.driver.machine;
    const index = readU16(memory, this.available + 2) ?? 0;
    writeU16(memory, this.available + 4 + 2 * (index % this.size), head);
    writeU16(memory, this.available + 2, (index + 1) & 0xffff);
  }

  kick(): void {
    this.driver.notify(this.index);
  }

  /** Chains that came back since the last call. */
  takeUsed(): { head: number; written: number }[] {
    const { memory } = this.driver.machine;
    const taken: { head: number; written: number }[] = [];
    for (
      ;
      this.#seenUsed !== readU16(memory, this.used + 2);
      this.#seenUsed = (this.#seenUsed + 1) & 0xffff
    ) {
      const at = this.used + 4 + 8 * (this.#seenUsed % this.size);
      taken.push({ head: readU32(memory, at) ?? 0, written: readU32(memory, at + 4) ?? 0 });
    }
    return taken;
  }
}
