/** Virtio console device with one named port that is no console: a channel to a program in the guest. Source: VIRTIO 1.3 §5.3. */
import type { MmioDevice } from '../bus.ts';
import { gather, scatter, u16, u32 } from '../dma.ts';
import { expectVersion } from '../lifecycle.ts';
import { registers } from '../registers.ts';
import { deliverBytes, takeBytes } from './byte-stream.ts';
import type { VirtioDevice, VirtioPort } from './device.ts';

export interface SerialPortHost {
  /** Bytes of the guest; they are the callee's to keep. */
  write(bytes: Uint8Array): void;
  /** A program in the guest has opened the port, or has let go of it. */
  opened?(isOpen: boolean): void;
  /** There is room for input again. */
  ready?(): void;
}

export interface VirtioSerialPortStateV1 {
  readonly version: 1;
  readonly isOpen: boolean;
  /** Messages of the device that wait for a buffer: event and value, with a name behind it. */
  readonly messages: readonly Uint8Array[];
  readonly input: Uint8Array;
}

const FEATURE = { multiport: 1n << 1n } as const;
/** Queues of port 0 are there though it is not; then those of control messages, then those of port 1. Source: §5.3.2. */
const QUEUE = {
  receive0: 0,
  transmit0: 1,
  controlReceive: 2,
  controlTransmit: 3,
  receive: 4,
  transmit: 5,
} as const;
const CONFIG_BYTES = 12;
const PORT = 1;
/** Source: §5.3.6.2. */
const EVENT = { deviceReady: 0, portAdd: 1, portReady: 3, portOpen: 6, portName: 7 } as const;
const MESSAGE_BYTES = 8;
/** Input kept for a driver that gives no buffers. */
const MAX_INPUT_BYTES = 65_536;
/** Messages kept for such a driver; a driver that asks again and again without taking an answer gets no more of them. */
const MAX_MESSAGES = 8;

export class VirtioSerialPort implements VirtioDevice<VirtioSerialPortStateV1> {
  // biome-ignore format: a table reads in columns
  static readonly registers = registers<VirtioSerialPort>(CONFIG_BYTES, {
    columns:        { at: 0, width: 2, read: () => 0 },
    rows:           { at: 2, width: 2, read: () => 0 },
    maxPorts:       { at: 4, width: 4, read: () => PORT + 1 },
    emergencyWrite: { at: 8, width: 4, read: () => 0 },
  });

  readonly name = 'serial-port';
  readonly type = 3;
  readonly classCode = 0x07_80_00;
  readonly features = FEATURE.multiport;
  readonly queueSizes = [16, 16, 32, 32, 64, 64] as const;
  readonly maxChainBytes = 2 ** 16;
  readonly config: MmioDevice = VirtioSerialPort.registers.window(this);
  readonly configBytes = CONFIG_BYTES;
  readonly #portName: string;
  readonly #host: SerialPortHost;
  #port: VirtioPort | undefined;
  #isOpen = false;
  #messages: Uint8Array[] = [];
  #input: Uint8Array = new Uint8Array(0);

  /** @param portName - by it programs in the guest find the port, as /sys/class/virtio-ports/X/name */
  constructor(portName: string, host: SerialPortHost) {
    this.#portName = portName;
    this.#host = host;
  }

  /** Whether a program in the guest has the port open. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  attach(port: VirtioPort): void {
    this.#port = port;
  }

  /** Offers input; returns how many bytes were taken: none while nobody has the port open. The host's `ready` tells of room. */
  receive(bytes: Uint8Array): number {
    if (!this.#isOpen) return 0;
    const accepted = bytes.subarray(0, MAX_INPUT_BYTES - this.#input.length);
    const input = new Uint8Array(this.#input.length + accepted.length);
    input.set(this.#input);
    input.set(accepted, this.#input.length);
    this.#input = input;
    this.#port?.queue(QUEUE.receive).kick();
    this.#deliver();
    return accepted.length;
  }

  notify(queue: number): void {
    if (queue === QUEUE.transmit) this.#transmit();
    else if (queue === QUEUE.controlTransmit) this.#takeMessages();
    else if (queue === QUEUE.controlReceive) this.#sendMessages();
    else if (queue === QUEUE.receive && this.#deliver()) this.#host.ready?.();
  }

  /** Whoever had the port open is gone, and what was meant for that program with it. */
  reset(): void {
    this.#messages = [];
    this.#input = new Uint8Array(0);
    this.#setOpen(false);
  }

  save(): VirtioSerialPortStateV1 {
    return { version: 1, isOpen: this.#isOpen, messages: [...this.#messages], input: this.#input };
  }

  /** The host hears whether the port is open: it may be another host than the one before. */
  restore(state: VirtioSerialPortStateV1): void {
    expectVersion(this.name, state, 1);
    this.#messages = [...state.messages];
    this.#input = state.input;
    this.#setOpen(state.isOpen);
  }

  #setOpen(isOpen: boolean): void {
    if (isOpen === this.#isOpen) return;
    this.#isOpen = isOpen;
    if (!isOpen) this.#input = new Uint8Array(0);
    this.#host.opened?.(isOpen);
  }

  #takeMessages(): void {
    const queue = this.#port?.queue(QUEUE.controlTransmit);
    for (let chain = queue?.pop(); chain !== undefined; chain = queue?.pop()) {
      this.#take(gather(chain.readable, MESSAGE_BYTES));
      queue?.push(chain, 0);
    }
    queue?.signal();
    this.#sendMessages();
  }

  #take(message: Uint8Array): void {
    if (message.length < MESSAGE_BYTES) return;
    const [port, event, value] = [u32(message, 0), u16(message, 4), u16(message, 6)];
    if (event === EVENT.deviceReady && value === 1) this.#say(EVENT.portAdd, 1);
    if (port !== PORT) return;
    if (event === EVENT.portReady && value === 1) {
      this.#say(EVENT.portName, 1, this.#portName);
      // Without this the driver reads "end of file".
      this.#say(EVENT.portOpen, 1);
    }
    if (event === EVENT.portOpen) this.#setOpen(value === 1);
  }

  #say(event: number, value: number, text = ''): void {
    if (this.#messages.length >= MAX_MESSAGES) return;
    const bytes = new Uint8Array(MESSAGE_BYTES + text.length);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, PORT, true);
    view.setUint16(4, event, true);
    view.setUint16(6, value, true);
    for (let i = 0; i < text.length; i++) bytes[MESSAGE_BYTES + i] = text.charCodeAt(i);
    this.#messages.push(bytes);
  }

  #sendMessages(): void {
    const queue = this.#port?.queue(QUEUE.controlReceive);
    while (this.#messages.length > 0) {
      const chain = queue?.pop();
      if (chain === undefined) break;
      queue?.push(chain, scatter(chain.writable, this.#messages.shift() as Uint8Array));
    }
    queue?.signal();
  }

  /** Moves input into the driver's buffers; whether any went. */
  #deliver(): boolean {
    const before = this.#input.length;
    this.#input = deliverBytes(this.#port?.queue(QUEUE.receive), this.#input);
    return this.#input.length < before;
  }

  #transmit(): void {
    takeBytes(this.#port?.queue(QUEUE.transmit), (bytes) => this.#host.write(bytes));
  }
}
