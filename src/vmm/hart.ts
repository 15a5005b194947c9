/**
 * A hart as the machine around it sees it: whether it runs, waits or is stopped, its time, and the interrupts that
 * come from outside the engine. All that its guest can see stands in its context. Owner: the run loop.
 */
import { type Context, Interrupt, TIME_SHIFT } from '#riscv';

export type HartStatus = 'started' | 'stopped' | 'suspended';
/** As the SBI's HSM tells them. Source: RISC-V SBI 2.0 §9, table 16. */
export const HART_STATUS: Readonly<Record<HartStatus, bigint>> = { started: 0n, stopped: 1n, suspended: 4n };

const A0 = 10;
const A1 = 11;
const SUPERVISOR = 1;
const SSTATUS_SIE = 1n << 1n;
const NEVER = 2n ** 64n - 1n;

const SOFTWARE = 1n << BigInt(Interrupt.SupervisorSoftware);
const TIMER = 1n << BigInt(Interrupt.SupervisorTimer);
const EXTERNAL = 1n << BigInt(Interrupt.SupervisorExternal);

/** Real time in ticks of the guest's time base (10 MHz). */
export interface TickClock {
  ticks(): number;
}

export class Hart {
  readonly id: number;
  readonly context: Context;
  readonly #clock: TickClock;
  #status: HartStatus = 'stopped';
  #isWaiting = false;
  /** Where a suspended hart goes on, and its a1. */
  #resume = { address: 0n, opaque: 0n };

  constructor(id: number, context: Context, clock: TickClock) {
    this.id = id;
    this.context = context;
    this.#clock = clock;
  }

  get status(): HartStatus {
    return this.#status;
  }

  /** Steps since power-on. Preconditions: between runs. */
  get steps(): bigint {
    return this.context.get('stepsEnd');
  }

  /** Whether time comes from steps. */
  get isDeterministic(): boolean {
    return this.context.get32('timeMode') === 1;
  }

  /** What `rdtime` reads now. */
  get time(): bigint {
    if (!this.isDeterministic) return BigInt(Math.floor(this.#clock.ticks()));
    return BigInt.asUintN(64, (this.steps >> TIME_SHIFT) + this.context.get('timeOffset'));
  }

  /** Time at which the timer interrupt becomes pending; `undefined` when it is set to never. */
  get deadline(): bigint | undefined {
    const deadline = this.context.get('stimecmp');
    return deadline === NEVER ? undefined : deadline;
  }

  /** Whether the hart has something to execute: started, and not waiting for an interrupt that is not there yet. */
  get isRunnable(): boolean {
    if (this.#status === 'stopped') return false;
    if ((this.#isWaiting || this.#status === 'suspended') && !this.#hasEnabledPending()) return false;
    this.#wake();
    return true;
  }

  /** Whether anything could ever make a waiting hart go on: an enabled interrupt with something to raise it. */
  get canWake(): boolean {
    if (this.#status === 'stopped') return false;
    const enabled = this.context.get('sie');
    return (enabled & EXTERNAL) !== 0n || ((enabled & TIMER) !== 0n && this.deadline !== undefined);
  }

  /** Whether the timer would wake the hart. */
  get isTimerEnabled(): boolean {
    return (this.context.get('sie') & TIMER) !== 0n;
  }

  /** Whether an interrupt is pending and enabled, whatever sstatus says. */
  get hasPending(): boolean {
    return this.#hasEnabledPending();
  }

  /** Starts at `address` in S-mode without translation and interrupts. Source: RISC-V SBI 2.0 §9.1, table 17. */
  start(address: bigint, opaque: bigint): void {
    const { context } = this;
    context.set('pc', address);
    context.set32('mode', SUPERVISOR);
    context.set('satp', 0n);
    context.set('sstatus', context.get('sstatus') & ~SSTATUS_SIE);
    context.setX(A0, BigInt(this.id));
    context.setX(A1, opaque);
    this.#status = 'started';
    this.#isWaiting = false;
  }

  stop(): void {
    this.#status = 'stopped';
  }

  /** Waits for an interrupt that is enabled in sie, then goes on where it is. */
  wait(): void {
    this.#isWaiting = true;
  }

  /** Waits likewise, then starts anew at `address`. */
  suspend(address: bigint, opaque: bigint): void {
    this.#status = 'suspended';
    this.#resume = { address, opaque };
  }

  /** Makes the timer interrupt pending when its time has come, and not pending when not. Source: Sstc §2.1. */
  updateTimer(): void {
    this.#setPending(TIMER, this.time >= this.context.get('stimecmp'));
  }

  setSoftwareInterrupt(): void {
    this.#setPending(SOFTWARE, true);
  }

  /** The wire from the interrupt controller. */
  setExternal(level: boolean): void {
    this.#setPending(EXTERNAL, level);
  }

  /** Deterministic time jumps to `time` while everything waits. */
  skipTo(time: bigint): void {
    this.context.set('timeOffset', this.context.get('timeOffset') + (time - this.time));
  }

  #hasEnabledPending(): boolean {
    return (this.context.get('sip') & this.context.get('sie')) !== 0n;
  }

  #wake(): void {
    this.#isWaiting = false;
    if (this.#status === 'suspended') this.start(this.#resume.address, this.#resume.opaque);
  }

  #setPending(bit: bigint, isPending: boolean): void {
    const pending = this.context.get('sip');
    const wanted = isPending ? pending | bit : pending & ~bit;
    if (wanted !== pending) this.context.set('sip', wanted);
  }
}
