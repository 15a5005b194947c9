/** Joins the devices of one VM to its bus, interrupt controller and console: the board. */
import {
  type BalloonHost,
  type BlockBackend,
  BOARD,
  Bus,
  EntropyDevice,
  GoldfishRtc,
  type GuestMemory,
  highPciWindow,
  type Lifecycle,
  MASTER_ABORT,
  type NetworkBackend,
  Ns16550a,
  PCI_SLOTS,
  PciHost,
  Plic,
  type PowerEvents,
  type ScsiSlot,
  type SerialPortHost,
  TestFinisher,
  VirtioBalloon,
  VirtioBlock,
  VirtioButtons,
  VirtioConsole,
  type VirtioDevice,
  VirtioNet,
  VirtioPci,
  VirtioScsi,
  VirtioSerialPort,
  VmGeneration,
} from '#devices';
import type { Random } from '#lib';
import { readButton } from './button-event.ts';
import { Console, type ConsoleReceiver } from './console.ts';
import { readFrames } from './frames-event.ts';
import type { InputEvent } from './machine-config.ts';
import type { ScsiHost } from './vmx/scsi-hosts.ts';

/** Which device the person's console is: `none` takes no input and shows nothing. */
export type ConsoleKind = 'serial' | 'virtio' | 'none';

/** By it the agent finds its port. */
const AGENT_PORT = 'org.vmkernel.agent';
/** More than so many of a NIC would serve no guest. */
const MAX_QUEUE_PAIRS = 8;

export interface BoardConfig {
  readonly harts: number;
  readonly ramBytes: number;
  readonly console: ConsoleKind;
  readonly disks: readonly BlockBackend[];
  /** Which of them are units of SCSI controllers. */
  readonly scsi?: readonly (ScsiSlot | undefined)[] | undefined;
  /** SCSI controllers that are there also without a unit. */
  readonly scsiHosts?: readonly ScsiHost[] | undefined;
  readonly nics?: readonly NetworkBackend[];
  /** Whether there is a port for the guest's agent. */
  readonly agent?: boolean;
  /** Whether there are a power button and a reset button. */
  readonly buttons?: boolean | undefined;
  /** See MachineConfig. */
  readonly hasOnePair?: boolean | undefined;
}

/** A board as plain data: what each device saves, by its name. */
export interface BoardStateV1 {
  readonly devices: Readonly<Record<string, unknown>>;
  /** Input that no device took yet. */
  readonly console: Uint8Array;
}

/** What the board needs of the machine and of the host's edge. */
export interface BoardHost {
  readonly memory: GuestMemory;
  readonly power: PowerEvents;
  readonly balloon: BalloonHost;
  readonly random: Pick<Random, 'fill'>;
  /** Nanoseconds since 1970 for the real-time clock. */
  wallNanoseconds(): bigint;
  /** Console output; the bytes are the callee's to keep. */
  output(bytes: Uint8Array): void;
  setExternal(hart: number, level: boolean): void;
  readonly agent: SerialPortHost | undefined;
  /** Something odd that a guest did to a device, in one line. */
  report(line: string): void;
}

export class Board {
  readonly bus = new Bus();
  readonly console: Console;
  readonly balloon: VirtioBalloon;
  readonly generation: VmGeneration;
  readonly agent: VirtioSerialPort | undefined;
  readonly buttons: VirtioButtons | undefined;
  readonly nics: readonly VirtioNet[];
  /** SCSI controllers by their numbers. */
  readonly scsi: ReadonlyMap<number, VirtioScsi>;
  /** By name, in the order in which they are saved. */
  readonly devices: Readonly<Record<string, Lifecycle<unknown>>>;
  readonly #uart: Ns16550a;
  readonly #rtc: GoldfishRtc;
  readonly #virtio: readonly VirtioPci<unknown>[];
  /** The last of them, which states of former versions may lack. */
  readonly #late: number;
  #alarm: bigint | undefined;

  constructor(config: BoardConfig, host: BoardHost) {
    const { bus } = this;
    this.console = new Console((bytes) => {
      if (config.console !== 'none') host.output(bytes);
    });
    const plic = new Plic(config.harts, { setExternal: (hart, level) => host.setExternal(hart, level) });
    const line = (source: number) => plic.line(source);
    this.#uart = new Ns16550a({ line: line(BOARD.uart.irq), console: this.console });
    this.#rtc = new GoldfishRtc({
      line: line(BOARD.rtc.irq),
      nowNanoseconds: () => host.wallNanoseconds(),
      setAlarm: (deadline) => void (this.#alarm = deadline),
    });
    this.generation = new VmGeneration({
      line: line(BOARD.vmgenid.irq),
      fill: (bytes) => host.random.fill(bytes),
    });
    const finisher = new TestFinisher({ power: host.power });
    const { firstIrq } = BOARD.pciEcam;
    const pci = new PciHost({
      bus,
      apertures: [BOARD.pciMmio32, highPciWindow(config.ramBytes)],
      lines: [line(firstIrq), line(firstIrq + 1), line(firstIrq + 2), line(firstIrq + 3)],
    });
    bus.add('test', BOARD.test.base, BOARD.test.size, finisher);
    bus.add('rtc', BOARD.rtc.base, BOARD.rtc.size, this.#rtc);
    bus.add('vmgenid', BOARD.vmgenid.base, BOARD.vmgenid.size, this.generation);
    bus.add('pci-pio', BOARD.pciPio.base, BOARD.pciPio.size, MASTER_ABORT);
    bus.add('plic', BOARD.plic.base, BOARD.plic.size, plic);
    bus.add('uart', BOARD.uart.base, BOARD.uart.size, this.#uart);
    bus.add('pci-ecam', BOARD.pciEcam.base, BOARD.pciEcam.size, pci);
    this.balloon = new VirtioBalloon(host.balloon);
    this.agent = config.agent
      ? new VirtioSerialPort(AGENT_PORT, host.agent ?? { write: () => {} })
      : undefined;
    this.buttons = config.buttons ? new VirtioButtons() : undefined;
    // Where frames go depends on what was sent before, which is no part of the state: one pair needs no such memory.
    const maxPairs = config.hasOnePair ? 1 : Math.min(config.harts, MAX_QUEUE_PAIRS);
    this.nics = (config.nics ?? []).map((backend) => new VirtioNet({ backend, maxPairs }));
    const controllers = scsiControllers(config);
    this.scsi = controllers;
    const first = this.#virtioDevices(config, host);
    const spare = spareControllers(config, controllers, PCI_SLOTS - 1 - first.length);
    for (const [number, one] of controllers)
      if (!first.includes(one) && !spare.includes(one)) controllers.delete(number);
    this.#late = spare.length + (this.buttons ? 1 : 0);
    this.#virtio = [...first, ...spare].map((device, index) => {
      const virtio = new VirtioPci(device, { memory: host.memory, fault: (reason) => host.report(reason) });
      pci.attach(index + 1, virtio.function);
      return virtio;
    });
    const virtio = this.#virtio.map((device, index) => [`virtio-${index}`, device] as const);
    this.devices = {
      ...{ plic, uart: this.#uart, rtc: this.#rtc, vmgenid: this.generation, finisher, pci },
      ...Object.fromEntries(virtio),
    };
  }

  /** Time of the real-time clock's alarm in nanoseconds since 1970, while one is set. */
  get alarm(): bigint | undefined {
    return this.#alarm;
  }

  /** Hands gathered output on and lets devices do what is due; called whenever the harts are left for longer. */
  poll(): void {
    this.#uart.flush();
    for (const device of this.#virtio) device.poll();
    if (this.#alarm !== undefined) this.#rtc.tick();
    this.console.ready();
  }

  /** @returns how many bytes found room; the console has always some. */
  input({ kind, bytes }: Exclude<InputEvent, { kind: 'time' }>): number {
    if (kind === 'agent') return this.agent?.receive(bytes) ?? 0;
    if (kind === 'frames') return this.#receive(bytes);
    if (kind === 'button') return this.buttons?.press(readButton(bytes)) ? bytes.length : 0;
    this.console.give(bytes);
    return bytes.length;
  }

  /** A frame that finds no buffer is lost, as a network loses frames. */
  #receive(bytes: Uint8Array): number {
    for (const { nic, frame } of readFrames(bytes))
      this.nics[nic]?.receive({ bytes: frame, isChecksumGood: true });
    for (const nic of this.nics) nic.endReceive();
    return bytes.length;
  }

  /** As after power-on. */
  reset(): void {
    for (const device of Object.values(this.devices)) device.reset();
    this.console.reset();
  }

  /** The devices stop producing work; see Lifecycle. */
  pause(): void {
    for (const device of Object.values(this.devices)) device.pause();
  }

  /** Who drives a line goes on before who listens to it. */
  resume(): void {
    for (const device of Object.values(this.devices).toReversed()) device.resume();
  }

  /** Preconditions: paused. */
  save(): BoardStateV1 {
    const devices = Object.entries(this.devices).map(([name, device]) => [name, device.save()] as const);
    return { devices: Object.fromEntries(devices), console: this.console.save() };
  }

  /**
   * A state of a machine that had no buttons or spare controllers yet is taken too: its guest has not seen them.
   * Preconditions: paused; guest memory is restored. @throws RangeError when it is a state of other devices.
   */
  restore(state: BoardStateV1): void {
    const [here, there] = [Object.keys(this.devices), Object.keys(state.devices)];
    const lacking = here.length - there.length;
    const missing = lacking > 0 && lacking <= this.#late ? here.splice(there.length) : [];
    if (here.join() !== there.join())
      throw new RangeError(`Cannot restore devices ${there.join()}: there are ${here.join()}`);
    for (const name of here) this.devices[name]?.restore(state.devices[name]);
    for (const name of missing) this.devices[name]?.reset();
    this.console.restore(state.console);
  }

  /**
   * In slot order from 1: console if asked for, disks, SCSI controllers, NICs, entropy, balloon, the agent's port, buttons.
   * Spare SCSI controllers follow.
   */
  #virtioDevices(config: BoardConfig, host: BoardHost): VirtioDevice<unknown>[] {
    const devices: VirtioDevice<unknown>[] = [];
    if (config.console === 'serial') this.console.connect(this.#uart);
    if (config.console === 'virtio')
      devices.push(this.#connected(new VirtioConsole({ console: this.console })));
    const { disks, scsi = [], harts, scsiHosts = [] } = config;
    const own = disks.filter((_, index) => scsi[index] === undefined);
    devices.push(...own.map((disk) => new VirtioBlock(disk, { queues: harts })));
    for (const [number, controller] of this.scsi)
      if (!scsiHosts.some((one) => one.number === number && one.isSpare)) devices.push(controller);
    devices.push(...this.nics, new EntropyDevice(host.random), this.balloon);
    if (this.agent) devices.push(this.agent);
    if (this.buttons) devices.push(this.buttons);
    return devices;
  }

  #connected<Receiver extends ConsoleReceiver>(receiver: Receiver): Receiver {
    this.console.connect(receiver);
    return receiver;
  }
}

/** All of a machine, each with its units. */
function scsiControllers({ disks, scsi = [], scsiHosts = [], harts }: BoardConfig): Map<number, VirtioScsi> {
  const placed = disks.flatMap((backend, index) => {
    const slot = scsi[index];
    return slot === undefined ? [] : [{ ...slot, backend }];
  });
  const numbers = [...scsiHosts.map(({ number }) => number), ...placed.map(({ controller }) => controller)];
  const inOrder = [...new Set(numbers)].toSorted((a, b) => a - b);
  const unitsOf = (number: number) => placed.filter(({ controller }) => controller === number);
  return new Map(inOrder.map((number) => [number, new VirtioScsi(unitsOf(number), { queues: harts })]));
}

/** Those without a unit are there only where there is room for them. */
function spareControllers(
  { scsi = [], scsiHosts = [] }: BoardConfig,
  controllers: ReadonlyMap<number, VirtioScsi>,
  room: number,
): VirtioScsi[] {
  const isUsed = (number: number) => scsi.some((slot) => slot?.controller === number);
  return scsiHosts
    .filter(({ isSpare }) => isSpare)
    .flatMap(({ number }, index) => {
      const controller = controllers.get(number);
      return controller && (isUsed(number) || index < room) ? [controller] : [];
    });
}
