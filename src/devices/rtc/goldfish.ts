/** Goldfish real-time clock: nanoseconds since 1970 with one alarm. Source: Android goldfish VIRTUAL HARDWARE §RTC; QEMU hw/rtc/goldfish_rtc.c. */
import { copyOf } from '#lib';
import type { InterruptLine, MmioDevice } from '../bus.ts';
import { expectVersion, type Lifecycle } from '../lifecycle.ts';
import { registers, type UnknownAccess } from '../registers.ts';

export interface GoldfishRtcHost {
  /** Nanoseconds since 1970-01-01 UTC. */
  nowNanoseconds(): bigint;
  readonly line: InterruptLine;
  /** Asks for a `tick()` at that time of `nowNanoseconds`; `undefined`: not any more. */
  setAlarm?(deadlineNanoseconds: bigint | undefined): void;
  unknownAccess?(access: UnknownAccess): void;
}

export interface GoldfishRtcStateV1 {
  readonly version: 1;
  /** What the guest added to the host's time by setting the clock, in nanoseconds. */
  offset: bigint;
  /** High half of the time, latched when the low half was read. */
  timeHigh: number;
  alarmHigh: number;
  /** Guest time of the alarm in nanoseconds, while it is armed. */
  alarm: bigint | undefined;
  interruptEnabled: boolean;
  interruptPending: boolean;
}

export class GoldfishRtc implements MmioDevice, Lifecycle<GoldfishRtcStateV1> {
  // biome-ignore format: a table reads in columns
  static readonly registers = registers<GoldfishRtc>(0x1000, {
    timeLow:        { at: 0x00, width: 4, read: (rtc) => rtc.#latchTime(), write: (rtc, value) => rtc.#setTime(0, value) },
    timeHigh:       { at: 0x04, width: 4, read: (rtc) => rtc.state.timeHigh, write: (rtc, value) => rtc.#setTime(32, value) },
    alarmLow:       { at: 0x08, width: 4, read: (rtc) => low(rtc.state.alarm ?? 0n), write: (rtc, value) => rtc.#arm(value) },
    alarmHigh:      { at: 0x0c, width: 4, read: (rtc) => rtc.state.alarmHigh, write: (rtc, value) => void (rtc.state.alarmHigh = value) },
    irqEnabled:     { at: 0x10, width: 4, read: (rtc) => Number(rtc.state.interruptEnabled), write: (rtc, value) => rtc.#enableInterrupt((value & 1) !== 0) },
    clearAlarm:     { at: 0x14, width: 4, write: (rtc) => rtc.#disarm() },
    alarmStatus:    { at: 0x18, width: 4, read: (rtc) => Number(rtc.state.alarm !== undefined) },
    clearInterrupt: { at: 0x1c, width: 4, write: (rtc) => rtc.#clearInterrupt() },
  });

  state = powerOn();
  readonly #host: GoldfishRtcHost;
  readonly #window: MmioDevice;
  #paused = false;

  constructor(host: GoldfishRtcHost) {
    this.#host = host;
    this.#window = GoldfishRtc.registers.window(this, (access) => host.unknownAccess?.(access));
  }

  read(offset: number, width: 1 | 2 | 4): number {
    return this.#window.read(offset, width);
  }

  write(offset: number, width: 1 | 2 | 4, value: number): void {
    this.#window.write(offset, width, value);
  }

  /** Lets a due alarm go off; to be called at the time asked for by `setAlarm`, or whenever convenient. */
  tick(): void {
    if (this.#paused || this.state.alarm === undefined || this.#time() < this.state.alarm) return;
    this.state.alarm = undefined;
    this.state.interruptPending = true;
    this.#update();
  }

  reset(): void {
    this.state = powerOn();
    this.#schedule();
    this.#update();
  }

  pause(): void {
    this.#paused = true;
  }

  /** An alarm that is due comes with the next tick. */
  resume(): void {
    this.#paused = false;
    this.#schedule();
    this.#update();
  }

  save(): GoldfishRtcStateV1 {
    return copyOf(this.state);
  }

  restore(state: GoldfishRtcStateV1): void {
    expectVersion('goldfish RTC', state, 1);
    this.state = copyOf(state);
    this.#schedule();
    this.#update();
  }

  #time(): bigint {
    return BigInt.asUintN(64, this.#host.nowNanoseconds() + this.state.offset);
  }

  #latchTime(): number {
    const time = this.#time();
    this.state.timeHigh = low(time >> 32n);
    return low(time);
  }

  /** Replaces the 32 bits of the time from bit `shift` on. */
  #setTime(shift: 0 | 32, value: number): void {
    const time = this.#time();
    const old = BigInt(low(time >> BigInt(shift))) << BigInt(shift);
    this.state.offset += (BigInt(value) << BigInt(shift)) - old;
    this.#schedule();
    this.tick();
  }

  #arm(alarmLow: number): void {
    this.state.alarm = (BigInt(this.state.alarmHigh) << 32n) | BigInt(alarmLow);
    this.#schedule();
    this.tick();
  }

  #disarm(): void {
    this.state.alarm = undefined;
    this.#schedule();
  }

  #enableInterrupt(enabled: boolean): void {
    this.state.interruptEnabled = enabled;
    this.#update();
  }

  #clearInterrupt(): void {
    this.state.interruptPending = false;
    this.#update();
  }

  #schedule(): void {
    const { alarm, offset } = this.state;
    this.#host.setAlarm?.(alarm === undefined ? undefined : alarm - offset);
  }

  #update(): void {
    if (!this.#paused) this.#host.line.set(this.state.interruptEnabled && this.state.interruptPending);
  }
}

function powerOn(): GoldfishRtcStateV1 {
  return {
    version: 1,
    offset: 0n,
    timeHigh: 0,
    alarmHigh: 0,
    alarm: undefined,
    interruptEnabled: false,
    interruptPending: false,
  };
}

function low(value: bigint): number {
  return Number(BigInt.asUintN(32, value));
}
