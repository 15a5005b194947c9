/** Virtio console with one port. Source: VIRTIO 1.3 §5.3. */
import type { MmioDevice } from '../bus.ts';
import type { ConsoleBackend } from '../console-backend.ts';
import { expectVersion } from '../lifecycle.ts';
import { registers } from '../registers.ts';
import { deliverBytes, takeBytes } from './byte-stream.ts';
import type { VirtioDevice, VirtioPort } from './device.ts';

/** Characters; 0 to 65535. */
export interface ConsoleSize {
  readonly columns: number;
  readonly rows: number;
}

export interface VirtioConsoleOptions {
  readonly console: ConsoleBackend;
  /** Size of the terminal, if it is known. */
  readonly size?: ConsoleSize;
}

export interface VirtioConsoleStateV1 {
  readonly version: 1;
  readonly size: ConsoleSize | undefined;
  /** Input that the driver has given no buffer for yet. */
  readonly input: Uint8Array;
}

const FEATURE = { size: 1n << 0n, emergencyWrite: 1n << 2n } as const;
const QUEUE = { receive: 0, transmit: 1 } as const;
const CONFIG_BYTES = 12;

/** Input kept for a driver that gives no buffers; as much as a terminal's line discipline keeps. */
const MAX_INPUT_BYTES = 4096;

export class VirtioConsole implements VirtioDevice<VirtioConsoleStateV1> {
  // biome-ignore format: a table reads in columns
  static readonly registers = registers<VirtioConsole>(CONFIG_BYTES, {
    columns:        { at: 0, width: 2, read: (device) => device.#size?.columns ?? 0 },
    rows:           { at: 2, width: 2, read: (device) => device.#size?.rows ?? 0 },
    maxPorts:       { at: 4, width: 4, read: () => 1 },
    emergencyWrite: { at: 8, width: 4, write: (device, value) => device.#backend.write(Uint8Array.of(value & 0xff)), partial: 'zero' },
  });

  readonly name = 'console';
  readonly type = 3;
  readonly classCode = 0x07_80_00;
  readonly features: bigint;
  readonly queueSizes = [128, 128] as const;
  readonly maxChainBytes = 2 ** 20;
  readonly config: MmioDevice = VirtioConsole.registers.window(this);
  readonly configBytes = CONFIG_BYTES;
  readonly #backend: ConsoleBackend;
  #port: VirtioPort | undefined;
  #size: ConsoleSize | undefined;
  #input: Uint8Array = new Uint8Array(0);

  constructor(options: VirtioConsoleOptions) {
    this.#backend = options.console;
    this.#size = options.size;
    this.features = FEATURE.emergencyWrite | (options.size === undefined ? 0n : FEATURE.size);
  }

  attach(port: VirtioPort): void {
    this.#port = port;
  }

  /** Offers input; returns how many bytes were taken. The console's `ready` says when there is room again. */
  receive(bytes: Uint8Array): number {
    const accepted = bytes.subarray(0, MAX_INPUT_BYTES - this.#input.length);
    const input = new Uint8Array(this.#input.length + accepted.length);
    input.set(this.#input);
    input.set(accepted, this.#input.length);
    this.#input = input;
    this.#port?.queue(QUEUE.receive).kick();
    this.#deliver();
    return accepted.length;
  }

  /** The terminal has another size. Without a size at the start the driver does not look. */
  resize(size: ConsoleSize): void {
    this.#size = size;
    if (((this.#port?.features ?? 0n) & FEATURE.size) !== 0n) this.#port?.configChanged();
  }

  notify(queue: number): void {
    if (queue === QUEUE.transmit) this.#transmit();
    else if (this.#deliver()) this.#backend.ready?.();
  }

  /** Input stays: it is meant for whoever reads the console next, and drivers begin with a reset. */
  reset(): void {}

  save(): VirtioConsoleStateV1 {
    return { version: 1, size: this.#size, input: this.#input };
  }

  restore(state: VirtioConsoleStateV1): void {
    expectVersion(this.name, state, 1);
    this.#size = state.size;
    this.#input = state.input;
  }

  /** Moves input into the driver's buffers; whether any went. */
  #deliver(): boolean {
    const before = this.#input.length;
    this.#input = deliverBytes(this.#port?.queue(QUEUE.receive), this.#input);
    return this.#input.length < before;
  }

  #transmit(): void {
    takeBytes(this.#port?.queue(QUEUE.transmit), (bytes) => this.#backend.write(bytes));
  }
}
