/** Generic PCI host: bus 0 through an ECAM window, BARs on the guest's bus, INTx on four lines. Source: PCI Express Base 4.0 §7.2.2. */
import type { Region } from '../board.ts';
import type { Bus, InterruptLine, MmioDevice } from '../bus.ts';
import { expectVersion, type Lifecycle } from '../lifecycle.ts';
import { PciFunction, type PciFunctionStateV1 } from './function.ts';

export interface PciHostOptions {
  /** Where BARs are put. */
  readonly bus: Bus;
  /** The parts of guest-physical space that BARs may lie in. */
  readonly apertures: readonly Region[];
  /** INTA to INTD of slot 0; other slots are swizzled. */
  readonly lines: readonly [InterruptLine, InterruptLine, InterruptLine, InterruptLine];
}

export interface PciHostStateV1 {
  readonly version: 1;
  /** By slot number. */
  readonly functions: Readonly<Record<number, PciFunctionStateV1>>;
}

export const PCI_SLOTS = 32;
export const PINS = 4;

/** The line that a slot's pin (1 to 4) is wired to. Source: PCI-to-PCI Bridge 1.2 §9.1; QEMU `pci_swizzle`. */
export function swizzle(slot: number, pin: number): number {
  return (slot + pin - 1) % PINS;
}

export class PciHost implements MmioDevice, Lifecycle<PciHostStateV1> {
  readonly #options: PciHostOptions;
  readonly #functions: (PciFunction | undefined)[] = Array.from({ length: PCI_SLOTS }, () => undefined);
  /** Bases of the BAR windows on the bus now, and the device behind each. */
  readonly #mapped = new Map<number, MmioDevice>();
  /** Per line, the slots that pull it, as bits. */
  readonly #asserted = [0, 0, 0, 0];
  #paused = false;

  constructor(options: PciHostOptions) {
    this.#options = options;
    this.attach(0, hostBridge());
  }

  /** Puts a function into a slot (device number) of bus 0. @throws RangeError when there is none or it is taken. */
  attach(slot: number, fn: PciFunction): void {
    if (!Number.isInteger(slot) || slot < 0 || slot >= PCI_SLOTS || this.#functions[slot] !== undefined) {
      throw new RangeError(`Cannot attach "${fn.name}": PCI slot ${slot} is not free`);
    }
    this.#functions[slot] = fn;
    fn.attach({
      setInterrupt: (level) => this.#setInterrupt(slot, fn.interruptPin, level),
      placementsChanged: () => this.#remap(),
    });
  }

  read(offset: number, width: 1 | 2 | 4): number {
    const fn = this.#functionAt(offset);
    if (fn === undefined || offset % width !== 0) return 2 ** (8 * width) - 1;
    return fn.readConfig(offset & 0xfff, width);
  }

  write(offset: number, width: 1 | 2 | 4, value: number): void {
    if (offset % width === 0) this.#functionAt(offset)?.writeConfig(offset & 0xfff, width, value);
  }

  reset(): void {
    for (const fn of this.#functions) fn?.reset();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    for (let line = 0; line < PINS; line++) this.#drive(line);
  }

  save(): PciHostStateV1 {
    const functions: Record<number, PciFunctionStateV1> = {};
    for (const [slot, fn] of this.#functions.entries()) if (fn !== undefined) functions[slot] = fn.save();
    return { version: 1, functions };
  }

  /** A function that the state does not have is reset. @throws RangeError when it has one in a slot that is empty */
  restore(state: PciHostStateV1): void {
    expectVersion('PCI host', state, 1);
    for (let slot = 0; slot < PCI_SLOTS; slot++) {
      const fn = this.#functions[slot];
      const saved = state.functions[slot];
      if (fn === undefined && saved !== undefined)
        throw new RangeError(`Cannot restore PCI host: slot ${slot} is empty`);
      if (saved === undefined) fn?.reset();
      else fn?.restore(saved);
    }
  }

  /** Bus, device and function number are bits 27–20, 19–15 and 14–12 of the offset; we have function 0 of bus 0. */
  #functionAt(offset: number): PciFunction | undefined {
    const functionNumber = offset >>> 12;
    return (functionNumber & 7) === 0 ? this.#functions[functionNumber >>> 3] : undefined;
  }

  /** Lines are shared: each is high while any slot on it asserts. */
  #setInterrupt(slot: number, pin: number, level: boolean): void {
    if (pin === 0) return;
    const line = swizzle(slot, pin);
    const others = (this.#asserted[line] ?? 0) & ~(1 << slot);
    this.#asserted[line] = level ? others | (1 << slot) : others;
    this.#drive(line);
  }

  #drive(line: number): void {
    if (!this.#paused) this.#options.lines[line]?.set(this.#asserted[line] !== 0);
  }

  /**
   * Makes the windows on the bus those the functions want. A window outside the apertures, or where another one is, is
   * not decoded; it is looked at again whenever any function changes.
   */
  #remap(): void {
    const wanted = this.#functions.flatMap((fn) =>
      (fn?.placements() ?? []).map(({ spec, base }) => ({
        ...spec,
        base,
        name: `${fn?.name} BAR ${spec.index}`,
      })),
    );
    for (const [base, device] of this.#mapped) {
      if (!wanted.some((window) => window.base === base && window.device === device)) this.#unmap(base);
    }
    for (const { name, base, sizeBytes, device } of wanted) {
      if (this.#mapped.get(base) !== device && this.#mayMap(base, sizeBytes)) {
        this.#options.bus.add(name, base, sizeBytes, device);
        this.#mapped.set(base, device);
      }
    }
  }

  #unmap(base: number): void {
    this.#options.bus.remove(base);
    this.#mapped.delete(base);
  }

  #mayMap(base: number, size: number): boolean {
    const inside = this.#options.apertures.some((a) => base >= a.base && base + size <= a.base + a.size);
    return inside && this.#options.bus.isFree(base, size);
  }
}

/** The function at 00:00.0 that stands for the host itself, as QEMU's gpex has it. */
function hostBridge(): PciFunction {
  const redHat = 0x1b36;
  return new PciFunction({
    name: 'host bridge',
    identity: {
      vendor: redHat,
      device: 0x0008,
      revision: 0,
      classCode: 0x06_00_00,
      subsystemVendor: 0x1af4,
      subsystem: 0x1100,
    },
  });
}

/** A window where nothing answers: reads are all ones, as a master abort gives them. For the port I/O window. */
export const MASTER_ABORT: MmioDevice = {
  read: (_offset, width) => 2 ** (8 * width) - 1,
  write: () => {},
};
