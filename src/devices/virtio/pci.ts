/** Virtio over PCI, modern interface only: the device as a PCI function with its registers behind BAR 4. Source: VIRTIO 1.3 §4.1. */
import { copyOf } from '#lib';
import type { MmioDevice } from '../bus.ts';
import { type GuestMemory, littleEndian } from '../dma.ts';
import { expectVersion, type Lifecycle } from '../lifecycle.ts';
import { CAPABILITY, type Capability, integratedEndpoint } from '../pci/capabilities.ts';
import { PciFunction } from '../pci/function.ts';
import { registers, type UnknownAccess } from '../registers.ts';
import type { VirtioDevice } from './device.ts';
import { COMMON_BYTES, commonConfig, notifications } from './pci-common.ts';
import { type SavedTransportV1, VirtioTransport } from './transport.ts';

export interface VirtioPciHost {
  readonly memory: GuestMemory;
  /** Hears why a device needs a reset. */
  fault?(reason: string): void;
  unknownAccess?(access: UnknownAccess): void;
}

export interface VirtioPciStateV1<DeviceState> {
  readonly version: 1;
  readonly isr: number;
  /** What the configuration access capability points at. */
  readonly access: ConfigAccess;
  readonly transport: SavedTransportV1;
  readonly device: DeviceState;
}

/** Registers of the configuration access capability. */
export interface ConfigAccess {
  bar: number;
  offset: number;
  length: number;
}

/** BAR 4 and the page in it for each structure, as QEMU lays them out. */
const BAR = 4;
const REGION_BYTES = 0x1000;
const REGIONS = ['common', 'isr', 'config', 'notify'] as const;

/** Source: §4.1.4. */
const CAPABILITY_TYPE = { common: 1, notify: 2, isr: 3, config: 4, pciConfigAccess: 5 } as const;
const ISR = { queue: 1, config: 2 } as const;
const NOTIFY_OFFSET_MULTIPLIER = 4;

const VENDOR = 0x1af4;
const FIRST_DEVICE_ID = 0x1040;

/** One virtio device in a PCI slot. Put `function` into a `PciHost`. */
export class VirtioPci<DeviceState> implements Lifecycle<VirtioPciStateV1<DeviceState>> {
  static readonly isrRegisters = registers<VirtioPci<unknown>>(1, {
    isr: { at: 0, width: 1, read: (virtio) => virtio.#takeIsr() },
  });

  // biome-ignore format: a table reads in columns
  static readonly accessRegisters = registers<VirtioPci<unknown>>(16, {
    bar:    { at: 0,  width: 1, read: (virtio) => virtio.#access.bar, write: (virtio, value) => void (virtio.#access.bar = value) },
    offset: { at: 4,  width: 4, read: (virtio) => virtio.#access.offset, write: (virtio, value) => void (virtio.#access.offset = value) },
    length: { at: 8,  width: 4, read: (virtio) => virtio.#access.length, write: (virtio, value) => void (virtio.#access.length = value) },
    data:   { at: 12, width: 4, read: (virtio) => virtio.#readTarget(), write: (virtio, value) => virtio.#writeTarget(value), partial: 'zero' },
  });

  readonly function: PciFunction;
  readonly transport: VirtioTransport;
  readonly device: VirtioDevice<DeviceState>;
  readonly #bar: MmioDevice;
  #isr = 0;
  #access: ConfigAccess = { bar: 0, offset: 0, length: 0 };
  #paused = false;

  constructor(device: VirtioDevice<DeviceState>, host: VirtioPciHost) {
    this.device = device;
    this.transport = new VirtioTransport(device, {
      memory: host.memory,
      mayUseMemory: () => this.function.busMaster,
      interrupt: (cause) => this.#raise(ISR[cause]),
      clearInterrupts: () => void this.#takeIsr(),
      fault: (reason) => host.fault?.(reason),
    });
    this.#bar = this.#makeBar((access) => host.unknownAccess?.(access));
    this.function = this.#makeFunction();
  }

  /** Goes on with what was too much for one turn; to be called by the run loop. */
  poll(): void {
    this.transport.poll();
  }

  /** The PCI function is reset with its host. */
  reset(): void {
    this.transport.reset();
    this.#access = { bar: 0, offset: 0, length: 0 };
  }

  pause(): void {
    this.#paused = true;
    this.transport.pause();
  }

  resume(): void {
    this.#paused = false;
    this.transport.resume();
    this.#drive();
  }

  save(): VirtioPciStateV1<DeviceState> {
    return {
      version: 1,
      isr: this.#isr,
      access: { ...this.#access },
      transport: this.transport.save(),
      device: copyOf(this.device.save()),
    };
  }

  restore(state: VirtioPciStateV1<DeviceState>): void {
    expectVersion(`virtio ${this.device.name}`, state, 1);
    this.device.restore(copyOf(state.device));
    this.transport.restore(state.transport);
    this.#isr = state.isr;
    this.#access = { ...state.access };
    this.#drive();
    this.transport.memoryAllowed();
  }

  /** The BAR's window: each structure has a page. */
  #makeBar(unknown: (access: UnknownAccess) => void): MmioDevice {
    const regions: Record<(typeof REGIONS)[number], MmioDevice> = {
      common: commonConfig.window(this.transport, unknown),
      isr: VirtioPci.isrRegisters.window(this, unknown),
      config: this.device.config,
      notify: notifications(this.transport, NOTIFY_OFFSET_MULTIPLIER),
    };
    const at = (offset: number): MmioDevice =>
      regions[REGIONS[Math.floor(offset / REGION_BYTES)] ?? 'config'];
    return {
      read: (offset, width) => at(offset).read(offset % REGION_BYTES, width),
      write: (offset, width, value) => at(offset).write(offset % REGION_BYTES, width, value),
      isLight: (offset) => at(offset) === regions.isr,
    };
  }

  #makeFunction(): PciFunction {
    const { device } = this;
    return new PciFunction({
      name: device.name,
      identity: {
        vendor: VENDOR,
        device: FIRST_DEVICE_ID + device.type,
        revision: 1,
        classCode: device.classCode,
        subsystemVendor: VENDOR,
        subsystem: 0x1100,
      },
      bars: [
        {
          index: BAR,
          kind: 'memory64',
          prefetchable: true,
          sizeBytes: REGIONS.length * REGION_BYTES,
          device: this.#bar,
        },
      ],
      capabilities: this.#capabilities(),
      interruptPin: 1,
      busMasterChanged: () => this.transport.memoryAllowed(),
    });
  }

  #capabilities(): Capability[] {
    const { configBytes, queueSizes } = this.device;
    return [
      structure('common', COMMON_BYTES),
      structure('isr', 1),
      structure('config', configBytes),
      structure('notify', queueSizes.length * NOTIFY_OFFSET_MULTIPLIER, NOTIFY_OFFSET_MULTIPLIER),
      this.#configAccess(),
      integratedEndpoint(),
    ].filter((capability) => capability !== undefined);
  }

  /** Reaches the BAR through configuration space, for firmware that maps nothing. Source: §4.1.4.9. */
  #configAccess(): Capability {
    const body = structureBody('pciConfigAccess', 0, 0, new Uint8Array(4));
    const device = VirtioPci.accessRegisters.window(this);
    return { id: CAPABILITY.vendorSpecific, body, live: { at: 4, size: 16, device } };
  }

  /** The access that the capability describes, if it lies in the BAR. */
  #target(): [offset: number, width: 1 | 2 | 4] | undefined {
    const { bar, offset, length } = this.#access;
    const inside = bar === BAR && offset + length <= REGIONS.length * REGION_BYTES;
    return inside && isWidth(length) && offset % length === 0 ? [offset, length] : undefined;
  }

  #readTarget(): number {
    const target = this.#target();
    return target === undefined ? 0 : this.#bar.read(...target);
  }

  #writeTarget(value: number): void {
    const target = this.#target();
    if (target !== undefined) this.#bar.write(...target, value % 2 ** (8 * target[1]));
  }

  #raise(cause: number): void {
    this.#isr |= cause;
    this.#drive();
  }

  /** Reading the interrupt status takes it back. Source: §4.1.4.5. */
  #takeIsr(): number {
    const isr = this.#isr;
    this.#isr = 0;
    this.#drive();
    return isr;
  }

  #drive(): void {
    if (!this.#paused) this.function.setInterrupt(this.#isr !== 0);
  }
}

/** Where in the BAR a structure is; none for one without bytes. */
function structure(
  name: (typeof REGIONS)[number],
  length: number,
  multiplier?: number,
): Capability | undefined {
  if (length === 0) return undefined;
  const tail = multiplier === undefined ? new Uint8Array(0) : littleEndian(BigInt(multiplier), 4);
  const body = structureBody(name, REGIONS.indexOf(name) * REGION_BYTES, length, tail);
  return { id: CAPABILITY.vendorSpecific, body };
}

/** A virtio_pci_cap behind its ID and next pointer. Source: §4.1.4. */
function structureBody(
  name: keyof typeof CAPABILITY_TYPE,
  offset: number,
  length: number,
  tail: Uint8Array,
): Uint8Array {
  const bytes = 16 + tail.length;
  const place = [...littleEndian(BigInt(offset), 4), ...littleEndian(BigInt(length), 4)];
  const bar = name === 'pciConfigAccess' ? 0 : BAR;
  return Uint8Array.from([bytes, CAPABILITY_TYPE[name], bar, 0, 0, 0, ...place, ...tail]);
}

function isWidth(length: number): length is 1 | 2 | 4 {
  return length === 1 || length === 2 || length === 4;
}
