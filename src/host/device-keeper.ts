/**
 * Keeps the devices of a VM where other threads find them while nobody uses them: the VM outlives the pCPU that has them. All
 * else of it is in machine memory. What was kept counts for as long as nothing has changed since, which is seen by a word and by
 * the number of times that harts met devices.
 */
import type { KeptDevices, Machine } from '#vmm/run';
import type { ControlBlock } from './control-block.ts';
import type { KeptState } from './messages.ts';

/** The machine, as this needs it. */
export interface KeptMachine {
  saveDevices(): KeptDevices;
  readonly seat: Pick<Machine['seat'], 'deviceUses'>;
}

const MOST_NUMBER = 2 ** 31 - 2;

export class DeviceKeeper {
  readonly #machine: KeptMachine;
  readonly #control: Pick<ControlBlock, 'kept'>;
  readonly #store: (state: KeptState) => void;
  #number = 0;
  /** Of what was stored last; undefined: it is not the present state. */
  #uses: number | undefined;
  #isOver = false;

  constructor(machine: KeptMachine, control: Pick<ControlBlock, 'kept'>, store: (state: KeptState) => void) {
    this.#machine = machine;
    this.#control = control;
    this.#store = store;
    this.#number = control.kept;
    control.kept = 0;
  }

  /** Devices are about to change, by other than harts. */
  change(): void {
    if (this.#uses === undefined) return;
    this.#uses = undefined;
    this.#control.kept = 0;
  }

  /** They are what they are for good: something of them is in no state. */
  end(): void {
    this.change();
    this.#isOver = true;
  }

  /** Whether they are as they were stored last, or never will be stored again. */
  get isDone(): boolean {
    return this.#isOver || this.#uses === this.#machine.seat.deviceUses;
  }

  /** Stores them, unless that is done. Preconditions: all that was asked of them is done. */
  keep(): void {
    const uses = this.#machine.seat.deviceUses;
    if (this.isDone) return;
    this.#control.kept = 0;
    this.#number = (this.#number % MOST_NUMBER) + 1;
    this.#store({ number: this.#number, uses, devices: this.#machine.saveDevices() });
    this.#uses = uses;
    this.#control.kept = this.#number;
  }
}
