/**
 * A hart as the machine around it sees it: whether it runs, waits or is stopped, its time, and the interrupts that
 * come from outside the engine. All that its guest can see stands in its context. Owner: the run loop.
 */
import {
  type Context,
  FIELDS,
  type FieldName,
  Interrupt,
  NOT_STATE,
  type RamLayout,
  TIME_SHIFT,
} from '#riscv';

/** A hart as plain data. */
export interface HartStateV1 {
  readonly x: readonly bigint[];
  readonly f: readonly bigint[];
  /** All fields of the context but those that say where things are on this host. */
  readonly fields: Readonly<Partial<Record<FieldName, bigint>>>;
  /** Guest-physical address of the LR/SC reservation; 0 without one. */
  readonly reserved: number;
  readonly status: HartStatus;
  readonly isWaiting: boolean;
  readonly resume: { readonly address: bigint; readonly opaque: bigint };
}

/** Between guest-physical and machine addresses, as they are at the moment; 0 for none. */
export interface Places {
  toMachine(physical: number): number;
  toPhysical(machine: number): number;
}

const REGISTERS = 32;
/** What a run has left for its caller travels too: a device access may be under way. */
const SAVED = FIELDS.filter((name) => !NOT_STATE.has(name) || name.startsWith('exit'));

import { type HartWords, Post } from './hart-words.ts';

export type HartStatus = 'stopped' | 'started' | 'suspended' | 'starting';
/** As the SBI's HSM tells them. Source: RISC-V SBI 2.0 §9, table 16. */
export const HART_STATUS: Readonly<Record<HartStatus, bigint>> = {
  started: 0n,
  stopped: 1n,
  starting: 2n,
  suspended: 4n,
};
/** In the order of their numbers in the hart's words. */
const STATUSES = ['stopped', 'started', 'suspended', 'starting'] as const satisfies readonly HartStatus[];
const STOPPED = STATUSES.indexOf('stopped');

/** Floating point is on at the start, its registers clean. Source: Privileged ISA §3.1.6.6. */
const FS_INITIAL = 1;
/** User code may read cycle, time and instret, as firmware lets it. */
const COUNTERS_ENABLED = 7n;

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
  /** What other threads may look at and leave word in. */
  readonly words: HartWords;
  readonly #clock: TickClock;

  constructor(id: number, context: Context, words: HartWords, clock: TickClock) {
    this.id = id;
    this.context = context;
    this.words = words;
    this.#clock = clock;
  }

  get status(): HartStatus {
    return STATUSES[this.words.status] ?? 'stopped';
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
    const ticks = this.isDeterministic ? this.steps >> TIME_SHIFT : BigInt(Math.floor(this.#clock.ticks()));
    return BigInt.asUintN(64, ticks + this.context.get('timeOffset'));
  }

  /** Time at which the timer interrupt becomes pending; `undefined` when it is set to never. */
  get deadline(): bigint | undefined {
    const deadline = this.context.get('stimecmp');
    return deadline === NEVER ? undefined : deadline;
  }

  /**
   * Whether the hart has something to execute: started, and not waiting for an interrupt that is not there yet.
   * Preconditions: the caller is who runs it.
   */
  get isRunnable(): boolean {
    const { status } = this;
    if (status === 'stopped' || status === 'starting') return false;
    if ((this.words.isWaiting || status === 'suspended') && !this.hasPending) return false;
    this.#wake();
    return true;
  }

  /** Whether it would be runnable; changes nothing, for any thread. */
  get wouldRun(): boolean {
    const { status, words } = this;
    if (status === 'stopped' || status === 'starting') return false;
    if (!words.isWaiting && status !== 'suspended') return true;
    const software = (words.posted & Post.interrupt) === 0 ? 0n : SOFTWARE;
    const pending = (this.context.get('sip') & ~EXTERNAL) | (words.external ? EXTERNAL : 0n) | software;
    return (pending & this.context.get('sie')) !== 0n;
  }

  /** Whether anything could ever make a waiting hart go on: an enabled interrupt with something to raise it. */
  get canWake(): boolean {
    if (this.status === 'stopped') return false;
    const enabled = this.context.get('sie');
    return (enabled & EXTERNAL) !== 0n || ((enabled & TIMER) !== 0n && this.deadline !== undefined);
  }

  /** Whether the timer would wake the hart. */
  get isTimerEnabled(): boolean {
    return (this.context.get('sie') & TIMER) !== 0n;
  }

  /** Whether an interrupt is pending and enabled, whatever sstatus says. */
  get hasPending(): boolean {
    this.#mergeInterrupts();
    return (this.context.get('sip') & this.context.get('sie')) !== 0n;
  }

  /** Whether an interrupt would be taken at once: always in user mode. */
  get takesInterrupts(): boolean {
    return this.context.get32('mode') !== SUPERVISOR || (this.context.get('sstatus') & SSTATUS_SIE) !== 0n;
  }

  /** Takes a stopped hart to be started; false when it is not stopped, or another was faster. */
  claim(): boolean {
    return this.words.changeStatus(STOPPED, STATUSES.indexOf('starting'));
  }

  /** Of a context of zeros: what a hart has before anything has run. */
  layOut({ mapBase, ramFirstPage, ramPages }: RamLayout): void {
    const { context, id } = this;
    context.set32('mapBase', mapBase);
    context.set('ramFirstPage', BigInt(ramFirstPage));
    context.set('ramPages', BigInt(ramPages));
    context.set('hartId', BigInt(id));
    context.set('stimecmp', NEVER);
    context.set('scounteren', COUNTERS_ENABLED);
    context.set32('fs', FS_INITIAL);
    context.set32('mode', SUPERVISOR);
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
    this.words.isWaiting = false;
    this.#setStatus('started');
  }

  stop(): void {
    this.#setStatus('stopped');
  }

  /** Waits for an interrupt that is enabled in sie, then goes on where it is. */
  wait(): void {
    this.words.isWaiting = true;
  }

  /** Waits likewise, then starts anew at `address`. */
  suspend(address: bigint, opaque: bigint): void {
    this.words.resume = { address, opaque };
    this.#setStatus('suspended');
  }

  /** Makes the timer interrupt pending when its time has come, and not pending when not. Source: Sstc §2.1. */
  updateTimer(): void {
    this.#setPending(TIMER, this.time >= this.context.get('stimecmp'));
  }

  /** From any thread. */
  setSoftwareInterrupt(): void {
    this.words.post(Post.interrupt);
  }

  /** The wire from the interrupt controller. From any thread. */
  setExternal(level: boolean): void {
    this.words.external = level;
  }

  /** A run begins. @returns bits of Post that are to be done first. */
  enter(): number {
    this.words.enter();
    this.#mergeInterrupts();
    return this.words.takePosted(Post.fence | Post.fenceCode);
  }

  /** The run is over. */
  leave(): void {
    this.words.leave();
  }

  /** Brings what other threads have asked for into the context. Preconditions: between runs. */
  settle(): void {
    this.#mergeInterrupts();
  }

  /** Deterministic time jumps to `time` while everything waits. */
  skipTo(time: bigint): void {
    this.context.set('timeOffset', this.context.get('timeOffset') + (time - this.time));
  }

  /** Preconditions: between runs. */
  save(places: Places): HartStateV1 {
    this.settle();
    const { context, status, words } = this;
    const registers = Array.from({ length: REGISTERS }, (_, index) => index);
    return {
      x: registers.map((index) => context.x(index)),
      f: registers.map((index) => context.f(index)),
      fields: Object.fromEntries(SAVED.map((name) => [name, context.get(name)])),
      reserved: places.toPhysical(context.get32('reservedAddress')),
      status,
      isWaiting: words.isWaiting,
      resume: words.resume,
    };
  }

  /** Preconditions: between runs; memory is restored; the engine forgets the hart's translations after it. */
  restore(state: HartStateV1, places: Places): void {
    const { context, words } = this;
    for (const [index, value] of state.x.entries()) context.setX(index, value);
    for (const [index, value] of state.f.entries()) context.setF(index, value);
    for (const name of SAVED) context.set(name, state.fields[name] ?? 0n);
    context.set32('reservedAddress', places.toMachine(state.reserved));
    words.reset();
    words.isWaiting = state.isWaiting;
    words.resume = state.resume;
    words.external = (context.get('sip') & EXTERNAL) !== 0n;
    this.#setStatus(state.status);
  }

  /** Brings interrupts from other threads into sip. */
  #mergeInterrupts(): void {
    if (this.words.takePosted(Post.interrupt) !== 0) this.#setPending(SOFTWARE, true);
    this.#setPending(EXTERNAL, this.words.external);
  }

  #setStatus(status: HartStatus): void {
    this.words.status = STATUSES.indexOf(status);
  }

  #wake(): void {
    this.words.isWaiting = false;
    if (this.status !== 'suspended') return;
    const { address, opaque } = this.words.resume;
    this.start(address, opaque);
  }

  #setPending(bit: bigint, isPending: boolean): void {
    const pending = this.context.get('sip');
    const wanted = isPending ? pending | bit : pending & ~bit;
    if (wanted !== pending) this.context.set('sip', wanted);
  }
}
