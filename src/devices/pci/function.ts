/** A PCI function with a type 0 configuration header. Source: PCI Local Bus 3.0 §6.1–6.2. */
import { expectVersion } from '../lifecycle.ts';
import { registers } from '../registers.ts';
import { BAR_COUNT, type BarPlacement, type BarSpec, Bars } from './bars.ts';
import { type Capability, CapabilityList } from './capabilities.ts';

export interface PciIdentity {
  readonly vendor: number;
  readonly device: number;
  readonly revision: number;
  /** Base class, subclass and programming interface: 24 bits. */
  readonly classCode: number;
  readonly subsystemVendor: number;
  readonly subsystem: number;
}

export interface PciFunctionOptions {
  readonly name: string;
  readonly identity: PciIdentity;
  readonly bars?: readonly BarSpec[];
  readonly capabilities?: readonly Capability[];
  /** 1 to 4 for INTA to INTD; 0 when it does not interrupt. */
  readonly interruptPin?: 0 | 1 | 2 | 3 | 4;
  /** Hears when the guest allows or forbids the function to use memory. */
  busMasterChanged?(): void;
}

/** What a function needs of the bus it is put on. */
export interface PciSlot {
  /** The function's interrupt pin. */
  setInterrupt(level: boolean): void;
  /** The windows that the function wants have changed. */
  placementsChanged(): void;
}

export interface PciFunctionStateV1 {
  readonly version: 1;
  readonly command: number;
  readonly interruptLine: number;
  readonly bars: readonly number[];
}

// biome-ignore format: tables read in columns
const COMMAND = { memory: 0x2, busMaster: 0x4, parity: 0x40, serr: 0x100, interruptDisable: 0x400 } as const;
const COMMAND_WRITABLE = 0x546;
const STATUS = { interrupt: 0x08, capabilityList: 0x10 } as const;
const HEADER_BYTES = 0x40;

export class PciFunction {
  // biome-ignore format: a table reads in columns
  static readonly header = registers<PciFunction>(HEADER_BYTES, {
    vendor:          { at: 0x00, width: 2, read: (fn) => fn.identity.vendor },
    device:          { at: 0x02, width: 2, read: (fn) => fn.identity.device },
    command:         { at: 0x04, width: 2, read: (fn) => fn.#command, write: (fn, value) => fn.#setCommand(value) },
    status:          { at: 0x06, width: 2, read: (fn) => fn.#status() },
    revision:        { at: 0x08, width: 1, read: (fn) => fn.identity.revision },
    classCode:       { at: 0x09, width: 1, count: 3, read: (fn, i) => fn.identity.classCode >>> (8 * i) },
    headerType:      { at: 0x0e, width: 1 },
    bar:             { at: 0x10, width: 4, count: BAR_COUNT, read: (fn, i) => fn.#bars.read(i), write: (fn, value, i) => fn.#setBar(i, value) },
    subsystemVendor: { at: 0x2c, width: 2, read: (fn) => fn.identity.subsystemVendor },
    subsystem:       { at: 0x2e, width: 2, read: (fn) => fn.identity.subsystem },
    capabilities:    { at: 0x34, width: 1, read: (fn) => fn.#capabilities.first },
    interruptLine:   { at: 0x3c, width: 1, read: (fn) => fn.#interruptLine, write: (fn, value) => void (fn.#interruptLine = value) },
    interruptPin:    { at: 0x3d, width: 1, read: (fn) => fn.interruptPin },
  });

  readonly name: string;
  readonly identity: PciIdentity;
  readonly interruptPin: number;
  readonly #options: PciFunctionOptions;
  readonly #bars: Bars;
  readonly #capabilities: CapabilityList;
  #slot: PciSlot | undefined;
  #command = 0;
  #interruptLine = 0;
  #interrupt = false;

  /** @throws RangeError when a BAR or the capabilities do not fit. */
  constructor(options: PciFunctionOptions) {
    this.name = options.name;
    this.identity = options.identity;
    this.interruptPin = options.interruptPin ?? 0;
    this.#options = options;
    this.#bars = new Bars(options.name, options.bars ?? []);
    this.#capabilities = new CapabilityList(options.name, options.capabilities ?? []);
  }

  /** Called by the bus that takes the function. */
  attach(slot: PciSlot): void {
    this.#slot = slot;
  }

  /** Configuration space; what is not there reads 0. Preconditions: `offset` is a multiple of `width`. */
  readConfig(offset: number, width: 1 | 2 | 4): number {
    if (offset < HEADER_BYTES) return PciFunction.header.read(this, offset, width) ?? 0;
    return this.#capabilities.read(offset, width);
  }

  writeConfig(offset: number, width: 1 | 2 | 4, value: number): void {
    if (offset < HEADER_BYTES) PciFunction.header.write(this, offset, width, value);
    else this.#capabilities.write(offset, width, value);
  }

  /** Whether the guest lets the function read and write memory. */
  get busMaster(): boolean {
    return (this.#command & COMMAND.busMaster) !== 0;
  }

  /** The windows that the guest wants decoded: none unless memory decoding is on. */
  placements(): BarPlacement[] {
    return (this.#command & COMMAND.memory) === 0 ? [] : this.#bars.placements();
  }

  /** The window behind a BAR, wherever the guest has put it. */
  bar(index: number): BarSpec | undefined {
    return this.#bars.spec(index);
  }

  /** Level of the function's interrupt, before the guest's mask. */
  setInterrupt(level: boolean): void {
    this.#interrupt = level;
    this.#drive();
  }

  reset(): void {
    this.#command = 0;
    this.#interruptLine = 0;
    this.#interrupt = false;
    this.#bars.restore();
    this.#changed();
  }

  save(): PciFunctionStateV1 {
    return {
      version: 1,
      command: this.#command,
      interruptLine: this.#interruptLine,
      bars: this.#bars.save(),
    };
  }

  /** The interrupt's level is the device's own state: it sets it again. */
  restore(state: PciFunctionStateV1): void {
    expectVersion(`PCI function "${this.name}"`, state, 1);
    this.#command = state.command & COMMAND_WRITABLE;
    this.#interruptLine = state.interruptLine & 0xff;
    this.#bars.restore(state.bars);
    this.#changed();
  }

  #setBar(index: number, value: number): void {
    this.#bars.write(index, value);
    this.#slot?.placementsChanged();
  }

  #setCommand(value: number): void {
    const before = this.#command;
    this.#command = value & COMMAND_WRITABLE;
    const changed = before ^ this.#command;
    if ((changed & COMMAND.memory) !== 0) this.#slot?.placementsChanged();
    if ((changed & COMMAND.interruptDisable) !== 0) this.#drive();
    if ((changed & COMMAND.busMaster) !== 0) this.#options.busMasterChanged?.();
  }

  #status(): number {
    return (
      (this.#capabilities.first === 0 ? 0 : STATUS.capabilityList) | (this.#interrupt ? STATUS.interrupt : 0)
    );
  }

  #changed(): void {
    this.#slot?.placementsChanged();
    this.#drive();
    this.#options.busMasterChanged?.();
  }

  #drive(): void {
    this.#slot?.setInterrupt(this.#interrupt && (this.#command & COMMAND.interruptDisable) === 0);
  }
}
