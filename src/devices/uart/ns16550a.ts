/** National Semiconductor 16550A UART: the console every kernel and firmware can speak to. Source: NS PC16550D data sheet §8. */
import { copyOf } from '#lib';
import type { InterruptLine, MmioDevice } from '../bus.ts';
import type { ConsoleBackend } from '../console-backend.ts';
import { expectVersion, type Lifecycle } from '../lifecycle.ts';
import { registers, type UnknownAccess } from '../registers.ts';

export interface Ns16550aHost {
  readonly line: InterruptLine;
  readonly console: ConsoleBackend;
  unknownAccess?(access: UnknownAccess): void;
}

export interface Ns16550aStateV1 {
  readonly version: 1;
  ier: number;
  fcr: number;
  lcr: number;
  mcr: number;
  /** Error bits of LSR that wait to be read. */
  lsrErrors: number;
  /** Change bits of MSR that wait to be read. */
  msrDelta: number;
  scr: number;
  divisorLow: number;
  divisorHigh: number;
  /** The transmitter has run empty and the driver has not been told. */
  thrEmptyPending: boolean;
  received: number[];
}

// biome-ignore format: tables read in columns
const IER = { received: 1, thrEmpty: 2, lineStatus: 4, modemStatus: 8, all: 0xf } as const;
const FCR = { enable: 1, clearReceived: 2, kept: 0xc9 } as const;
const LCR_DLAB = 0x80;
const MCR = { dtr: 1, rts: 2, out1: 4, out2: 8, loopback: 0x10, all: 0x1f } as const;
const LSR = { dataReady: 1, overrun: 2, thrEmpty: 0x20, transmitterEmpty: 0x40 } as const;
const MSR = { cts: 0x10, dsr: 0x20, ri: 0x40, dcd: 0x80 } as const;
const IIR = { none: 1, fifos: 0xc0 } as const;

const FIFO_BYTES = 16;
const TRIGGER_LEVELS = [1, 4, 8, 14] as const;

/** Output is handed on when so much has gathered, at a newline, and at `flush()`. */
const OUTPUT_BYTES = 256;
const NEWLINE = 0x0a;

/** What can interrupt, by falling priority: enabling bit, identification, and condition. Source: table IV. */
// biome-ignore format: a table reads in columns
const SOURCES: readonly { enable: number; iir: number; active: (uart: Ns16550a) => boolean }[] = [
  { enable: IER.lineStatus,  iir: 0x6, active: (uart) => uart.state.lsrErrors !== 0 },
  { enable: IER.received,    iir: 0x4, active: (uart) => uart.state.received.length >= uart.triggerLevel },
  // Character timeout: the four character times are taken as over, for no byte is under way in a FIFO we fill at once.
  { enable: IER.received,    iir: 0xc, active: (uart) => uart.state.received.length > 0 },
  { enable: IER.thrEmpty,    iir: 0x2, active: (uart) => uart.state.thrEmptyPending },
  { enable: IER.modemStatus, iir: 0x0, active: (uart) => uart.state.msrDelta !== 0 },
];

/** How the modem control outputs come back as modem status inputs in loopback. Source: §8.7. */
const LOOPBACK: readonly (readonly [mcr: number, msr: number])[] = [
  [MCR.rts, MSR.cts],
  [MCR.dtr, MSR.dsr],
  [MCR.out1, MSR.ri],
  [MCR.out2, MSR.dcd],
];

export class Ns16550a implements MmioDevice, Lifecycle<Ns16550aStateV1> {
  // biome-ignore format: a table reads in columns
  static readonly registers = registers<Ns16550a>(0x100, {
    data:         { at: 0, width: 1, read: (uart) => uart.#readData(), write: (uart, value) => uart.#writeData(value) },
    ier:          { at: 1, width: 1, read: (uart) => uart.#readIer(), write: (uart, value) => uart.#writeIer(value) },
    iirFcr:       { at: 2, width: 1, read: (uart) => uart.#readIir(), write: (uart, value) => uart.#writeFcr(value) },
    lcr:          { at: 3, width: 1, read: (uart) => uart.state.lcr, write: (uart, value) => void (uart.state.lcr = value) },
    mcr:          { at: 4, width: 1, read: (uart) => uart.state.mcr, write: (uart, value) => uart.#writeMcr(value) },
    lsr:          { at: 5, width: 1, read: (uart) => uart.#readLsr() },
    msr:          { at: 6, width: 1, read: (uart) => uart.#readMsr() },
    scr:          { at: 7, width: 1, read: (uart) => uart.state.scr, write: (uart, value) => void (uart.state.scr = value) },
  });

  state = powerOn();
  readonly #host: Ns16550aHost;
  readonly #window: MmioDevice;
  readonly #output = new Uint8Array(OUTPUT_BYTES);
  #outputLength = 0;
  #paused = false;

  constructor(host: Ns16550aHost) {
    this.#host = host;
    this.#window = Ns16550a.registers.window(this, (access) => host.unknownAccess?.(access));
  }

  isLight(): boolean {
    return true;
  }

  read(offset: number, width: 1 | 2 | 4): number {
    return this.#window.read(offset, width);
  }

  write(offset: number, width: 1 | 2 | 4, value: number): void {
    this.#window.write(offset, width, value);
  }

  /** Offers input; returns how many bytes the receiver took. The console's `ready` says when there is room again. */
  receive(bytes: Uint8Array): number {
    if (this.#loopback) return 0;
    const accepted = bytes.subarray(0, Math.max(0, this.#capacity - this.state.received.length));
    this.state.received.push(...accepted);
    this.#update();
    return accepted.length;
  }

  /** Hands gathered output to the console; the run loop calls it whenever the vCPUs are left. */
  flush(): void {
    if (this.#outputLength === 0) return;
    const bytes = this.#output.slice(0, this.#outputLength);
    this.#outputLength = 0;
    this.#host.console.write(bytes);
  }

  reset(): void {
    this.flush();
    this.state = powerOn();
    this.#update();
  }

  pause(): void {
    this.flush();
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#update();
  }

  save(): Ns16550aStateV1 {
    return copyOf(this.state);
  }

  restore(state: Ns16550aStateV1): void {
    expectVersion('ns16550a', state, 1);
    this.#outputLength = 0;
    this.state = copyOf(state);
    this.#update();
  }

  /** Received bytes from which on the driver is told at once. */
  get triggerLevel(): number {
    return this.#fifos ? (TRIGGER_LEVELS[this.state.fcr >> 6] ?? 1) : 1;
  }

  get #fifos(): boolean {
    return (this.state.fcr & FCR.enable) !== 0;
  }

  get #capacity(): number {
    return this.#fifos ? FIFO_BYTES : 1;
  }

  get #loopback(): boolean {
    return (this.state.mcr & MCR.loopback) !== 0;
  }

  get #divisorLatch(): boolean {
    return (this.state.lcr & LCR_DLAB) !== 0;
  }

  get #modemLines(): number {
    const { mcr } = this.state;
    if (!this.#loopback) return MSR.cts | MSR.dsr | MSR.dcd;
    return LOOPBACK.reduce((lines, [output, input]) => ((mcr & output) !== 0 ? lines | input : lines), 0);
  }

  #readData(): number {
    if (this.#divisorLatch) return this.state.divisorLow;
    const byte = this.state.received.shift() ?? 0;
    this.#update();
    if (this.state.received.length === 0) this.#host.console.ready?.();
    return byte;
  }

  #writeData(value: number): void {
    if (this.#divisorLatch) {
      this.state.divisorLow = value;
      return;
    }
    if (this.#loopback) this.#receiveOwn(value);
    else this.#transmit(value);
    this.state.thrEmptyPending = true;
    this.#update();
  }

  #transmit(byte: number): void {
    this.#output[this.#outputLength++] = byte;
    if (byte === NEWLINE || this.#outputLength === OUTPUT_BYTES) this.flush();
  }

  #receiveOwn(byte: number): void {
    if (this.state.received.length < this.#capacity) this.state.received.push(byte);
    else this.state.lsrErrors |= LSR.overrun;
  }

  #readIer(): number {
    return this.#divisorLatch ? this.state.divisorHigh : this.state.ier;
  }

  #writeIer(value: number): void {
    if (this.#divisorLatch) {
      this.state.divisorHigh = value;
      return;
    }
    const changed = this.state.ier ^ value;
    this.state.ier = value & IER.all;
    // Our transmitter is always empty, so enabling its interrupt raises it at once.
    if ((changed & IER.thrEmpty) !== 0) this.state.thrEmptyPending = (value & IER.thrEmpty) !== 0;
    this.#update();
  }

  /** Reading the identification answers a transmitter interrupt, if that is what it shows. */
  #readIir(): number {
    const source = this.#source();
    if (source?.enable === IER.thrEmpty) {
      this.state.thrEmptyPending = false;
      this.#update();
    }
    return (source?.iir ?? IIR.none) | (this.#fifos ? IIR.fifos : 0);
  }

  #writeFcr(value: number): void {
    const toggled = ((this.state.fcr ^ value) & FCR.enable) !== 0;
    const cleared = toggled || (value & FCR.clearReceived) !== 0;
    // The other bits can be written only together with the enabling one.
    this.state.fcr = (value & FCR.enable) === 0 ? 0 : value & FCR.kept;
    if (cleared) this.state.received = [];
    this.#update();
    if (cleared) this.#host.console.ready?.();
  }

  #writeMcr(value: number): void {
    const before = this.#modemLines;
    const looped = this.#loopback;
    this.state.mcr = value & MCR.all;
    this.#noteModemChange(before, this.#modemLines);
    this.#update();
    if (looped && !this.#loopback) this.#host.console.ready?.();
  }

  /** Sets the change bits; of ring only the trailing edge counts. */
  #noteModemChange(before: number, after: number): void {
    const changed = before ^ after;
    const counted = (changed & ~MSR.ri) | (changed & before & MSR.ri);
    this.state.msrDelta |= counted >> 4;
  }

  #readLsr(): number {
    const ready = this.state.received.length > 0 ? LSR.dataReady : 0;
    const value = LSR.thrEmpty | LSR.transmitterEmpty | ready | this.state.lsrErrors;
    this.state.lsrErrors = 0;
    this.#update();
    return value;
  }

  #readMsr(): number {
    const value = this.#modemLines | this.state.msrDelta;
    this.state.msrDelta = 0;
    this.#update();
    return value;
  }

  #source(): (typeof SOURCES)[number] | undefined {
    return SOURCES.find(({ enable, active }) => (this.state.ier & enable) !== 0 && active(this));
  }

  #update(): void {
    if (!this.#paused) this.#host.line.set(this.#source() !== undefined);
  }
}

function powerOn(): Ns16550aStateV1 {
  return {
    version: 1,
    ier: 0,
    fcr: 0,
    lcr: 0,
    mcr: MCR.out2,
    lsrErrors: 0,
    msrDelta: 0,
    scr: 0,
    divisorLow: 12,
    divisorHigh: 0,
    thrEmptyPending: false,
    received: [],
  };
}
