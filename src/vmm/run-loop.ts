/**
 * Runs the harts of one VM in turns and deals with every reason for which an engine comes back.
 *
 * Before each run: the timer interrupt is brought up to date, and the run's budget ends at the next deadline, in
 * deterministic runs at the exact step. All else that happens to a guest happens between runs.
 */

import type { Bus } from '#devices';
import type { GuestMap, Resolution } from '#kernel';
import { HostError } from '#lib';
import {
  Cause,
  type CauseCode,
  type Context,
  DeviceAnswer,
  type DeviceAnswerCode,
  type Engine,
  Exit,
  type ExitReason,
  PAGE_SHIFT,
  TIME_SHIFT,
} from '#riscv';
import { DeviceAccess } from './device-access.ts';
import { halted, place, type SymbolLookup, trapLoop } from './fault.ts';
import { Gathering } from './gathering.ts';
import type { Hart, TickClock } from './hart.ts';
import { Post } from './hart-words.ts';
import { Pace } from './pace.ts';
import { raise } from './raise.ts';
import type { RunObserver } from './run-observer.ts';
import type { SbiMachine } from './sbi/call.ts';
import { callSbi, usesDevices } from './sbi/sbi.ts';
import type { HartTurn, RunLoopStateV1, TurnEnd } from './turn-end.ts';
import { instructionAt } from './virtual-view.ts';

export type { HartTurn, RunLoopStateV1, TurnEnd } from './turn-end.ts';

/** What the run loop works on. */
export interface RunParts {
  readonly engine: Engine;
  readonly harts: readonly Hart[];
  readonly map: GuestMap;
  /** Absent away from the VM's home: harts that meet a device are dealt with there. */
  readonly bus?: Bus | undefined;
  readonly sbi: SbiMachine;
  readonly clock: TickClock;
  readonly symbols: SymbolLookup;
  readonly observer?: RunObserver | undefined;
  /** Counts exits; index is the reason. */
  readonly exits: Int32Array;
  /** Whether the VM shall not run now. */
  isHeld(): boolean;
  /** Ticks until a device wants to be polled without an access of the guest. */
  alarm(): bigint | undefined;
  /** Lets devices do what is due. */
  poll(): void;
  /** See MachineConfig. */
  readonly isPaced?: boolean | undefined;
}

/** A turn in real time ends after this many ticks (2 ms), so that inputs are seen. */
const TURN_TICKS = 20_000;
const MAX_BUDGET = 2 ** 31 - 1;
/** Turns of a loop in which a hart waits for another one, before somebody else may run in its place: some 10 µs. */
const SPIN_PAUSES = 1000;
/** Steps after which the next hart has its turn, when harts take turns: wherever turns are cut, it is there. */
const QUANTUM_STEPS = 2 ** 16;
const RAN: TurnEnd = { kind: 'ran' };

/** What is done about each reason. */
const HANDLERS: Readonly<Record<ExitReason, (loop: RunLoop, hart: Hart) => void>> = {
  [Exit.Budget]: () => {},
  [Exit.WaitForInterrupt]: (_loop, hart) => hart.wait(),
  [Exit.Device]: (loop, hart) => loop.accessDevice(hart),
  [Exit.Sbi]: (loop, hart) => loop.callSbi(hart),
  [Exit.PageMiss]: (loop, hart) => loop.resolvePage(hart),
  [Exit.Fault]: (loop, hart) => loop.end({ kind: 'fault', reason: trapLoop(hart, loop.symbols) }),
  [Exit.Syscall]: (loop, hart) => loop.unexpected(hart, 'a system call'),
  [Exit.Breakpoint]: (loop, hart) => loop.stopFor(hart),
  [Exit.Pause]: (loop) => loop.noteSpin(),
};

/** Why a page cannot be had. */
const NO_PAGE: Readonly<Record<Exclude<Resolution, 'ok' | 'busy'>, (page: string) => string>> = {
  'no-memory': (page) => `the host has no memory left for ${page}`,
  'not-ram': (page) => `${page} is not RAM`,
  lost: (page) => `${page} was swapped out and cannot be read back`,
};

export class RunLoop {
  readonly #parts: RunParts;
  readonly #pace = new Pace();
  readonly #gathering = new Gathering();
  readonly #devices: DeviceAccess | undefined;
  #end: TurnEnd | undefined;
  #starvedFor = { reason: '', isLost: false };
  #stopped: Hart | undefined;
  #next = 0;
  #quantumLeft = QUANTUM_STEPS;
  #isAway = false;
  #isSpinning = false;
  /** Time of a deterministic machine that idles does not pass by itself. */
  readonly #isPaced: boolean;
  /** Whatever writes the VM's memory while a hart runs here tells this engine: there is one hart, and its devices are here. */
  readonly #isSoleWriter: boolean;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.#isPaced = parts.isPaced ?? false;
    this.#isSoleWriter = parts.harts.length === 1 && parts.bus !== undefined;
    if (parts.bus) this.#devices = new DeviceAccess(parts.bus, parts.observer);
  }

  get symbols(): SymbolLookup {
    return this.#parts.symbols;
  }

  /** Ends the turn under way, or the next one, this way: power-off, reset, fault. The first one counts. */
  end(end: TurnEnd): void {
    this.#end ??= end;
  }

  /** No hart can ever go on: that is the end. */
  halt(): void {
    this.end({ kind: 'fault', reason: halted(this.#parts.harts, this.symbols) });
  }

  /** Forgets an end that was not reached yet: the machine starts anew. */
  reset(): void {
    this.#end = undefined;
    this.#stopped = undefined;
    this.#next = 0;
    this.#quantumLeft = QUANTUM_STEPS;
  }

  /**
   * Runs for `budget` steps, or until something ends the turn. Deterministic runs use up exactly the budget.
   * @param budget 1..2^31-1
   */
  turn(budget: number): TurnEnd {
    const { clock } = this.#parts;
    const started = clock.ticks();
    let left = budget;
    while (left > 0 && this.#end === undefined && this.#stopped === undefined) {
      const hart = this.#choose();
      if (hart === undefined) {
        const idle = this.#idle();
        if (idle !== undefined) return idle;
        continue;
      }
      const steps = this.#run(hart, Math.min(left, this.#quantumLeft));
      left -= steps;
      this.#use(hart, steps);
      if (!hart.isDeterministic && clock.ticks() - started > TURN_TICKS) break;
    }
    const end = this.#end;
    this.takeStarved();
    return end ?? RAN;
  }

  /** Forgets an end for a page that could not be had, and says whether there was one. */
  takeStarved(): boolean {
    if (this.#end?.kind !== 'starved') return false;
    this.#end = undefined;
    return true;
  }

  /** What page could not be had last, and whether that may change by itself: the host may find memory. */
  get starvedFor(): { readonly reason: string; readonly isLost: boolean } {
    return this.#starvedFor;
  }

  /** A debugger's stop: the turn ends early, at this hart. */
  stopFor(hart: Hart): void {
    this.#stopped = hart;
  }

  /** The hart at which a debugger's stop ended the last turn; asked once, and before the next turn. */
  takeStopped(): Hart | undefined {
    const stopped = this.#stopped;
    this.#stopped = undefined;
    return stopped;
  }

  /** What the loop knows between turns beside its harts; an end that was not reached is not part of it. */
  save(): RunLoopStateV1 {
    return { next: this.#next, quantumLeft: this.#quantumLeft };
  }

  restore({ next, quantumLeft }: RunLoopStateV1): void {
    this.reset();
    this.#next = next;
    this.#quantumLeft = quantumLeft;
  }

  /** How the VM has ended, or is about to. */
  get ended(): TurnEnd | undefined {
    return this.#end;
  }

  /** Runs one hart, in real time, for so many ticks or until `isCalled`. Preconditions: nobody else runs it. */
  turnOf(hart: Hart, ticks: number, isCalled: () => boolean, givesWay: () => boolean): HartTurn {
    const parts = this.#parts;
    const { clock } = parts;
    const started = clock.ticks();
    this.#isAway = false;
    while (this.#end === undefined) {
      hart.updateTimer();
      if (!hart.isRunnable) return hart.status === 'stopped' ? 'stopped' : 'waits';
      hart.context.set32('pauses', SPIN_PAUSES);
      this.#isSpinning = false;
      this.#run(hart, MAX_BUDGET);
      if (this.#isAway) return 'device';
      if (this.#isSpinning && givesWay()) return 'spins';
      if (this.takeStarved()) return 'starved';
      if (isCalled() || parts.isHeld() || clock.ticks() - started > ticks)
        return this.#end === undefined ? 'ran' : 'ended';
    }
    return 'ended';
  }

  /** At home: does what a hart left its run for on another thread. */
  serve(hart: Hart): void {
    this.#handle(hart, hart.words.exit as ExitReason);
  }

  /** The hart waits for another one. */
  noteSpin(): void {
    this.#isSpinning = true;
  }

  accessDevice(hart: Hart): void {
    if (this.#devices === undefined) return this.#goHome(hart, Exit.Device);
    const { context } = hart;
    // Done within the run: what it has changed was worth the end of that.
    if (context.get32('exitReady') === 1) return;
    if (this.#devices.do(hart)) context.set32('exitReady', 1);
    else this.#raise(hart, context.get32('exitWrite') === 1 ? Cause.StoreAccess : Cause.LoadAccess);
  }

  #within(hart: Hart): DeviceAnswerCode {
    const answer = (this.#devices as DeviceAccess).within(hart);
    if (answer === DeviceAnswer.Done) Atomics.add(this.#parts.exits, Exit.Device, 1);
    return answer;
  }

  /** A page that is touched for the first time: the run goes on, but it counts as if it had ended. */
  readonly #provide = (page: number, write: boolean): boolean => {
    const isGiven = this.#parts.map.changer.provide(page, write);
    if (isGiven) Atomics.add(this.#parts.exits, Exit.PageMiss, 1);
    return isGiven;
  };

  callSbi(hart: Hart): void {
    if (this.#parts.bus === undefined && usesDevices(hart)) return this.#goHome(hart, Exit.Sbi);
    this.#parts.observer?.sbi?.(hart);
    callSbi(this.#parts.sbi, hart);
  }

  resolvePage(hart: Hart): void {
    const { context } = hart;
    const ppn = Number(context.get('exitAddress') >> BigInt(PAGE_SHIFT));
    const resolution = this.#parts.map.resolve(ppn, context.get32('exitWrite') === 1);
    // Busy: the instruction runs again, and comes back here for as long as another thread is at the page.
    if (resolution === 'ok' || resolution === 'busy') return;
    const reason = NO_PAGE[resolution](`guest page 0x${ppn.toString(16)}`);
    const kind = resolution === 'not-ram' ? 'fault' : 'starved';
    if (kind === 'starved') this.#starvedFor = { reason, isLost: resolution === 'lost' };
    this.end({ kind, reason: `${place(hart, this.symbols)}: ${reason}` });
  }

  unexpected(hart: Hart, what: string): void {
    this.end({ kind: 'fault', reason: `${place(hart, this.symbols)}: the engine came back for ${what}` });
  }

  /** A device that needs a page when the host has none ends its VM, and nothing else. */
  #handle(hart: Hart, reason: ExitReason): void {
    try {
      HANDLERS[reason](this, hart);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      this.end({ kind: 'fault', reason: `${place(hart, this.symbols)}: ${error.message}` });
    }
  }

  #goHome(hart: Hart, reason: ExitReason): void {
    hart.words.exit = reason;
    this.#isAway = true;
  }

  #raise(hart: Hart, cause: CauseCode): void {
    if (raise(hart.context, this.#parts.map, cause)) this.#parts.observer?.trap?.(hart);
    else this.end({ kind: 'fault', reason: trapLoop(hart, this.symbols) });
  }

  /** The next hart that has something to do, in turns. */
  #choose(): Hart | undefined {
    const { harts } = this.#parts;
    for (let i = 0; i < harts.length; i++) {
      const hart = harts[(this.#next + i) % harts.length];
      if (hart === undefined) continue;
      hart.updateTimer();
      if (!hart.isRunnable) continue;
      if (i > 0) this.#quantumLeft = QUANTUM_STEPS;
      this.#next = hart.id;
      return hart;
    }
    return undefined;
  }

  /** A hart that has used its quantum up is not the next one. */
  #use(hart: Hart, steps: number): void {
    this.#quantumLeft -= steps;
    if (this.#quantumLeft > 0) return;
    this.#quantumLeft = QUANTUM_STEPS;
    this.#next = (hart.id + 1) % this.#parts.harts.length;
  }

  /** One run. Returns the steps it took. */
  #run(hart: Hart, left: number): number {
    const { engine, clock, map, observer } = this.#parts;
    const fuel = Math.min(left, this.#fuel(hart));
    const isTimed = !hart.isDeterministic;
    const before = isTimed ? clock.ticks() : 0;
    if (observer?.step) observer.step(hart, instructionAt(hart.context, map, hart.context.get('pc')));
    const traps = observer?.isStepwise ? hart.context.get('traps') : 0n;
    const start = hart.steps;
    const posted = hart.enter();
    if (this.#parts.isHeld()) {
      hart.words.post(posted);
      hart.leave();
      return 0;
    }
    this.#fence(hart.context, posted);
    this.#devices?.begin();
    // In deterministic runs devices see the time of the step at which a run ends.
    engine.devices = isTimed && this.#devices ? () => this.#within(hart) : undefined;
    engine.providePage = isTimed ? this.#provide : undefined;
    const reason = engine.run(hart.context.address, fuel);
    hart.leave();
    if (isTimed && engine.fuelLeft() === 0) this.#pace.note(fuel, clock.ticks() - before);
    if (observer?.isStepwise && hart.context.get('traps') !== traps) observer.trap?.(hart);
    if (isTimed) this.#gathering.after(engine, hart.context, map, clock);
    Atomics.add(this.#parts.exits, reason, 1);
    this.#handle(hart, reason);
    return Number(hart.steps - start);
  }

  /** Does what others have asked for; also when pages were moved or lost rights since the hart ran last. */
  #fence(context: Context, posted: number): void {
    const { engine, map } = this.#parts;
    map.endViews();
    const epoch = map.epoch >>> 0;
    const isMoved = context.get32('mapEpoch') !== epoch;
    if (isMoved) context.set32('mapEpoch', epoch);
    context.set32('soleWriter', this.#isSoleWriter ? 1 : 0);
    if (isMoved || (posted & Post.fence) !== 0) engine.flushTranslations(context.address);
    if (isMoved || (posted & Post.fenceCode) !== 0) engine.fenceCode(context.address);
  }

  /** Steps until something outside the engine is due for this hart. */
  #fuel(hart: Hart): number {
    if (this.#parts.observer?.isStepwise) return 1;
    // An access that is to be finished comes before the interrupt that it may have raised.
    if (hart.context.get32('exitReady') === 1 && hart.takesInterrupts && hart.hasPending) return 1;
    const { deadline, time } = hart;
    const ticks = deadline !== undefined && deadline > time ? deadline - time : undefined;
    if (!hart.isDeterministic) return this.#pace.fuel(ticks === undefined ? Infinity : Number(ticks));
    if (ticks === undefined || ticks > MAX_BUDGET >> Number(TIME_SHIFT)) return MAX_BUDGET;
    return Number((ticks << TIME_SHIFT) - (hart.steps & ((1n << TIME_SHIFT) - 1n)));
  }

  /** No hart can run now. `undefined`: deterministic time was moved on, look again. */
  #idle(): TurnEnd | undefined {
    const { harts } = this.#parts;
    if (!harts.some((hart) => hart.canWake)) {
      this.halt();
      return undefined;
    }
    const waits = harts.flatMap((hart) => {
      const { deadline, isTimerEnabled, status } = hart;
      return deadline !== undefined && isTimerEnabled && status !== 'stopped' ? [deadline - hart.time] : [];
    });
    const alarm = this.#parts.alarm();
    if (alarm !== undefined) waits.push(alarm);
    if (waits.length === 0) return { kind: 'idle', ticks: undefined };
    const shortest = waits.reduce((a, b) => (b < a ? b : a));
    const passes = harts.some((hart) => hart.isDeterministic) && !this.#isPaced;
    if (!passes) return { kind: 'idle', ticks: Number(shortest) };
    this.skip(shortest);
    return undefined;
  }

  /** So many ticks pass at once. Preconditions: deterministic; no hart can run. */
  skip(ticks: bigint): void {
    for (const hart of this.#parts.harts) hart.skipTo(hart.time + ticks);
    this.#parts.poll();
  }
}
