/** SiFive test finisher: the register a guest switches itself off or resets by. Source: QEMU include/hw/misc/sifive_test.h. */
import type { MmioDevice } from '../bus.ts';
import { expectVersion, type Lifecycle } from '../lifecycle.ts';
import { registers, type UnknownAccess } from '../registers.ts';

export interface PowerEvents {
  /** `status`: 0 for a pass, else the guest's own code, 0 to 65535. */
  powerOff(status: number): void;
  reset(): void;
}

export interface TestFinisherHost {
  readonly power: PowerEvents;
  unknownAccess?(access: UnknownAccess): void;
}

export interface TestFinisherStateV1 {
  readonly version: 1;
  /** What was written while paused. */
  readonly held: number | undefined;
}

/** Values of the low half; the high half is the code of a failure. */
export const FINISH = { fail: 0x3333, pass: 0x5555, reset: 0x7777 } as const;

/** What it is told happens at once, or when it is resumed. */
export class TestFinisher implements MmioDevice, Lifecycle<TestFinisherStateV1> {
  static readonly registers = registers<TestFinisher>(0x1000, {
    finish: { at: 0, width: 4, write: (finisher, value) => finisher.#finish(value), partial: 'zero' },
  });

  readonly #host: TestFinisherHost;
  readonly #window: MmioDevice;
  #paused = false;
  #held: number | undefined;

  constructor(host: TestFinisherHost) {
    this.#host = host;
    this.#window = TestFinisher.registers.window(this, (access) => host.unknownAccess?.(access));
  }

  read(offset: number, width: 1 | 2 | 4): number {
    return this.#window.read(offset, width);
  }

  write(offset: number, width: 1 | 2 | 4, value: number): void {
    this.#window.write(offset, width, value);
  }

  reset(): void {
    this.#held = undefined;
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) this.#finish(held);
  }

  save(): TestFinisherStateV1 {
    return { version: 1, held: this.#held };
  }

  restore(state: TestFinisherStateV1): void {
    expectVersion('test finisher', state, 1);
    this.#held = state.held;
  }

  #finish(value: number): void {
    if (this.#paused) this.#held = value;
    else if ((value & 0xffff) === FINISH.pass) this.#host.power.powerOff(0);
    else if ((value & 0xffff) === FINISH.fail) this.#host.power.powerOff(value >>> 16);
    else if ((value & 0xffff) === FINISH.reset) this.#host.power.reset();
  }
}
