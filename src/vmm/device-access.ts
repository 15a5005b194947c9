/**
 * A guest's accesses to devices. Most of them end a run of the engine. Those that touch nothing but registers and lines are done
 * while the run goes on: a UART takes a byte an access, and each interrupt is claimed, read and completed by three of them.
 */
import type { AccessWidth, Bus } from '#devices';
import { type Context, DeviceAnswer, type DeviceAnswerCode } from '#riscv';
import type { Hart } from './hart.ts';
import type { RunObserver } from './run-observer.ts';

/** Accesses after which a run ends all the same: nothing else of the host is heard before that. Some 50 µs. */
const MOST_IN_A_RUN = 64;

export class DeviceAccess {
  readonly #bus: Bus;
  readonly #observer: RunObserver | undefined;
  #count = 0;

  constructor(bus: Bus, observer: RunObserver | undefined) {
    this.#bus = bus;
    this.#observer = observer;
  }

  /** A run begins. */
  begin(): void {
    this.#count = 0;
  }

  /** Does the access that the hart's context tells of; false: nothing answers there. */
  do(hart: Hart): boolean {
    const { context } = hart;
    const address = addressOf(context);
    const width = context.get32('exitBytes') as AccessWidth;
    const isWrite = context.get32('exitWrite') === 1;
    const stored = context.get('exitValue');
    const read = isWrite ? undefined : this.#bus.read(address, width);
    const isAnswered = isWrite ? this.#bus.write(address, width, stored) : read !== undefined;
    if (this.#observer?.mmio !== undefined) {
      const device = this.#bus.find(address)?.name;
      const value = isWrite && isAnswered ? stored : read;
      this.#observer.mmio(hart, { device, address, width, isWrite, value });
    }
    if (read !== undefined) context.set('exitValue', read);
    return isAnswered;
  }

  /** Does it in the middle of a run, if it is a light one. */
  within(hart: Hart): DeviceAnswerCode {
    const { context } = hart;
    const address = addressOf(context);
    const window = this.#bus.find(address);
    if (window?.device.isLight?.(address - window.base) !== true) return DeviceAnswer.Leave;
    if (!this.do(hart)) return DeviceAnswer.Leave;
    this.#count++;
    if (this.#count < MOST_IN_A_RUN && !(hart.hasPending && hart.takesInterrupts)) return DeviceAnswer.Done;
    context.set32('exitReady', 1);
    return DeviceAnswer.DoneAndLeave;
  }
}

const addressOf = (context: Context): number => Number(context.get('exitAddress'));
