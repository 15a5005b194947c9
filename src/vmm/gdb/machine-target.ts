/**
 * A machine as gdb debugs it: moved along its timeline, forwards by running it with stops, backwards by going to a
 * checkpoint and running up to where it should be. Guest memory is never changed for a breakpoint.
 */
import { PAGE_BYTES } from '#riscv';
import type { Hart } from '../hart.ts';
import type { Machine } from '../machine.ts';
import type { Checkpoint, Checkpoints } from '../record/checkpoints.ts';
import type { Timeline, TimelineEnd } from '../record/timeline.ts';
import { translate } from '../virtual-view.ts';
import { type HartWay, lastStepOf } from './hart-way.ts';
import { type MonitorView, runMonitor } from './monitor.ts';
import { type Hit, Points } from './points.ts';
import { readRegister, writeRegister } from './registers.ts';
import { type DebugTarget, type Motion, type Point, PointKind, type StopReason } from './target.ts';

export interface TargetParts {
  readonly machine: Machine;
  readonly timeline: Timeline;
  /** Absent: nothing can be gone back to. */
  readonly checkpoints: Checkpoints | undefined;
  /** Whether registers and memory may be changed: not what is recorded or replayed. */
  readonly mayWrite: boolean;
  /** Where a recorded run ends. */
  readonly lastStep?: bigint | undefined;
  /** Ends the machine. */
  readonly kill: () => void;
  readonly detached: () => void;
}

/** Steps of one `proceed`. */
const SLICE_STEPS = 2 ** 22;
/** Steps between checkpoints, at least, and as a part of all steps so far. */
const CHECKPOINT_STEPS = 20_000_000n;
const CHECKPOINT_PART = 32n;
/** Single steps of one `proceed`: in that many others have had their turn. */
const MAX_SINGLE_STEPS = 2 ** 16;
const RAN: TimelineEnd = { kind: 'ran' };

export class MachineTarget implements DebugTarget {
  /** Hears why a motion ended. */
  onStop: (reason: StopReason) => void = () => {};
  readonly #parts: TargetParts;
  readonly #points = new Points();
  #motion: Motion | undefined = { kind: 'continue', thread: 1, isBackward: false };
  /** The motion has not left its first instruction. */
  #isFirst = false;
  #isInterrupted = false;
  /** Backwards: nothing from here on is looked for. */
  #backFrom = 0n;
  /** Instructions that the hart which steps had done. */
  #stepFrom = 0n;
  /** Where the last stop for a watched access was. */
  #watchedStep = -1n;
  /** Where the person wants to go with the next motion. */
  #seekTo: bigint | undefined;

  constructor(parts: TargetParts) {
    this.#parts = parts;
    parts.checkpoints?.take();
  }

  get threads(): DebugTarget['threads'] {
    return this.#parts.machine.harts.map(({ id, status, context }) => ({
      id: id + 1,
      about: `hart ${id}, ${status}, ${context.get32('mode') === 0 ? 'U' : 'S'}-mode`,
    }));
  }

  get canReverse(): boolean {
    return this.#parts.checkpoints !== undefined;
  }

  /** Whether nothing moves until gdb says so. */
  get isHalted(): boolean {
    return this.#motion === undefined;
  }

  /** gdb has come, or the machine shall not run before it comes. */
  halt(): void {
    this.#motion = undefined;
  }

  /** Moves on a little. What ends the machine is returned; what ends a motion is told to `onStop`. */
  proceed(): TimelineEnd {
    const motion = this.#motion;
    if (motion === undefined) return RAN;
    if (this.#isInterrupted) {
      this.#stop({ kind: 'interrupted', thread: motion.thread });
      return RAN;
    }
    if (this.#seekTo !== undefined) {
      this.#goTo(this.#seekTo, motion);
      return RAN;
    }
    if (motion.isBackward) {
      this.#goBack(motion);
      return RAN;
    }
    return this.#goOn(motion);
  }

  resume(motion: Motion): void {
    this.#motion = motion;
    this.#isFirst = true;
    this.#isInterrupted = false;
    this.#backFrom = this.#parts.timeline.step;
    this.#stepFrom = this.#stepsOf(motion.thread);
    if (motion.kind === 'continue' && this.#points.takeChanged()) {
      this.#parts.machine.setStops(this.#points.isEmpty ? undefined : this.#points);
    }
  }

  interrupt(): void {
    this.#isInterrupted = true;
  }

  insert(point: Point): boolean {
    const isCode = point.kind === PointKind.Software || point.kind === PointKind.Hardware;
    if (!isCode && !(point.bytes >= 1 && point.bytes <= PAGE_BYTES)) return false;
    this.#points.add(point);
    return true;
  }

  remove(point: Point): boolean {
    this.#points.remove(point);
    return true;
  }

  readRegister(thread: number, register: number): Uint8Array | undefined {
    const hart = this.#hart(thread);
    return hart && readRegister(hart, register);
  }

  writeRegister(thread: number, register: number, bytes: Uint8Array): boolean {
    const hart = this.#hart(thread);
    if (hart === undefined || !this.#mayChange()) return false;
    const isDone = writeRegister(hart, register, bytes);
    this.#parts.machine.flushTranslations();
    return isDone;
  }

  readMemory(thread: number, address: bigint, bytes: number): Uint8Array {
    const read: number[] = [];
    while (read.length < bytes) {
      const part = this.#view(thread, BigInt.asUintN(64, address + BigInt(read.length)), bytes - read.length);
      if (part === undefined) break;
      read.push(...part);
    }
    return Uint8Array.from(read);
  }

  writeMemory(thread: number, address: bigint, bytes: Uint8Array): boolean {
    const places: (readonly [physical: number, from: number, length: number])[] = [];
    for (let done = 0; done < bytes.length; ) {
      const at = BigInt.asUintN(64, address + BigInt(done));
      const physical = this.#physical(thread, at);
      if (physical === undefined) return false;
      const length = Math.min(bytes.length - done, PAGE_BYTES - (physical % PAGE_BYTES));
      places.push([physical, done, length]);
      done += length;
    }
    if (!this.#mayChange()) return false;
    for (const [physical, from, length] of places) {
      const view = this.#parts.machine.map.views(physical, length, true)?.[0];
      if (view === undefined) return false;
      view.set(bytes.subarray(from, from + length));
    }
    return true;
  }

  monitor(command: string): string {
    const { machine, timeline, checkpoints } = this.#parts;
    const view: MonitorView = {
      ...{ machine, timeline, checkpoints: checkpoints?.all ?? [] },
      seek: (step) => this.#seek(step),
    };
    return runMonitor(command, view);
  }

  detach(): void {
    this.#points.clear();
    this.resume({ kind: 'continue', thread: 1, isBackward: false });
    this.#parts.detached();
  }

  kill(): void {
    this.#parts.kill();
  }

  #goOn(motion: Motion): TimelineEnd {
    const { timeline, lastStep } = this.#parts;
    if (lastStep !== undefined && timeline.step >= lastStep) {
      this.#stop({ kind: 'no-history', at: 'end', thread: motion.thread });
      return RAN;
    }
    const left = lastStep === undefined ? SLICE_STEPS : Number(lastStep - timeline.step);
    const isSingle = motion.kind === 'step' || this.#isFirst;
    const before = timeline.step;
    this.#points.passesBreakpoints = isSingle && this.#isFirst;
    this.#points.passesAccesses = before === this.#watchedStep;
    const end =
      motion.kind === 'step' ? this.#step(motion) : timeline.run(isSingle ? 1 : Math.min(SLICE_STEPS, left));
    this.#points.passesBreakpoints = false;
    this.#points.passesAccesses = false;
    if (timeline.step > before) this.#isFirst = false;
    this.#keepCheckpoint();
    if (end.kind === 'stopped') this.#stopAt(end.hart + 1);
    else if (motion.kind === 'step' && this.#stepsOf(motion.thread) > this.#stepFrom)
      this.#stop({ kind: 'step', thread: motion.thread });
    return end.kind === 'stopped' ? RAN : end;
  }

  /** Until that hart has done an instruction, or another one is to be stopped at; the others have their turns before. */
  #step({ thread, isAlone = false }: Motion): TimelineEnd {
    const { timeline, lastStep } = this.#parts;
    for (let tries = 0; tries < MAX_SINGLE_STEPS; tries++) {
      const before = timeline.step;
      if (before === lastStep) return RAN;
      const end = timeline.run(1);
      if (end.kind !== 'ran' || this.#stepsOf(thread) > this.#stepFrom) return end;
      if (timeline.step === before) continue;
      this.#points.passesBreakpoints = isAlone;
      this.#points.passesAccesses = isAlone;
    }
    return RAN;
  }

  #stepsOf(thread: number): bigint {
    return this.#hart(thread)?.steps ?? 0n;
  }

  /**
   * Before the instruction that is to be stopped at. A watched access gdb steps over by itself and then compares: that is how it
   * knows RISC-V to be.
   */
  #stopAt(thread: number): void {
    const hit = this.#points.takeHit();
    if (hit?.kind === 'watch') this.#watchedStep = this.#parts.timeline.step;
    this.#stop(hit === undefined ? { kind: 'breakpoint', thread } : { ...hit, thread });
  }

  #passOver(): void {
    this.#passing(() => void this.#parts.timeline.run(1));
  }

  #stop(reason: StopReason): void {
    this.#motion = undefined;
    this.#isInterrupted = false;
    this.onStop(reason);
  }

  #goBack(motion: Motion): void {
    const { checkpoints } = this.#parts;
    const target = this.#backFrom - 1n;
    const checkpoint = target < 0n ? undefined : checkpoints?.before(target);
    if (checkpoint === undefined) {
      const [first] = checkpoints?.all ?? [];
      if (first !== undefined) checkpoints?.goTo(first);
      this.#stop({ kind: 'no-history', at: 'begin', thread: motion.thread });
    } else if (motion.kind === 'step') {
      const way: HartWay = {
        step: () => this.#parts.timeline.step,
        done: () => this.#stepsOf(motion.thread),
        goTo: (step) => this.#runTo(checkpoint, step),
        goOnTo: (step) => this.#runOnTo(step),
      };
      const step = lastStepOf(way, { begin: checkpoint.step, end: target, done: this.#stepFrom });
      this.#backFrom = checkpoint.step;
      if (step === undefined) return;
      this.#runTo(checkpoint, step);
      this.#stop({ kind: 'step', thread: motion.thread });
    } else {
      const last = this.#lastHit(checkpoint, this.#backFrom);
      this.#backFrom = checkpoint.step;
      if (last === undefined) return;
      // Seen from there, an access is about to be undone where it is done.
      this.#runTo(checkpoint, last.hit.kind === 'watch' ? last.step + 1n : last.step);
      this.#stop({ ...last.hit, thread: last.thread });
    }
  }

  /** The last place between a checkpoint and a step at which the machine would have stopped. */
  #lastHit(from: Checkpoint, end: bigint): { step: bigint; hit: Hit; thread: number } | undefined {
    const { checkpoints, timeline } = this.#parts;
    let last: { step: bigint; hit: Hit; thread: number } | undefined;
    checkpoints?.goTo(from);
    while (timeline.step < end) {
      const run = timeline.run(Math.min(Number(end - timeline.step), SLICE_STEPS));
      const hit = this.#points.takeHit();
      if (run.kind === 'stopped' && hit !== undefined) {
        last = { step: timeline.step, hit, thread: run.hart + 1 };
        this.#passOver();
      } else if (run.kind !== 'ran' && run.kind !== 'idle') break;
    }
    return last;
  }

  #runTo(from: Checkpoint, step: bigint): void {
    this.#parts.checkpoints?.goTo(from);
    this.#runOnTo(step);
  }

  #runOnTo(step: bigint): void {
    const { timeline } = this.#parts;
    this.#passing(() => {
      while (timeline.step < step) {
        const end = timeline.run(Math.min(Number(step - timeline.step), SLICE_STEPS));
        if (end.kind !== 'ran' && end.kind !== 'idle') break;
      }
    });
  }

  #keepCheckpoint(): void {
    const { checkpoints, timeline } = this.#parts;
    if (checkpoints === undefined) return;
    const { step } = timeline;
    const last = checkpoints.before(step)?.step;
    const part = step / CHECKPOINT_PART;
    const distance = part > CHECKPOINT_STEPS ? part : CHECKPOINT_STEPS;
    if (last === undefined || step - last >= distance) checkpoints.take();
  }

  /** gdb waits long for the end of a motion only, so the way there is one. */
  #seek(step: bigint): string {
    const { checkpoints, lastStep } = this.#parts;
    if (checkpoints?.before(step) === undefined) return 'there is no way back to that step\n';
    this.#seekTo = lastStep !== undefined && step > lastStep ? lastStep : step;
    return `"continue" goes to step ${this.#seekTo}\n`;
  }

  /** A part of the way to a step. */
  #goTo(step: bigint, motion: Motion): void {
    const { checkpoints, timeline } = this.#parts;
    const checkpoint = checkpoints?.before(step);
    const isBehind = timeline.step > step || (checkpoint !== undefined && checkpoint.step > timeline.step);
    if (isBehind && checkpoint !== undefined) checkpoints?.goTo(checkpoint);
    const before = timeline.step;
    let isIdle = false;
    this.#passing(() => {
      if (before >= step) return;
      const { kind } = timeline.run(Math.min(Number(step - before), SLICE_STEPS));
      // It waits for an input that is to come, in a later turn.
      isIdle = kind === 'idle' && timeline.hasRecorded;
    });
    this.#keepCheckpoint();
    if (timeline.step < step && (timeline.step > before || isIdle)) return;
    this.#seekTo = undefined;
    this.#stop({ kind: 'step', thread: motion.thread });
  }

  #passing(run: () => void): void {
    this.#points.passesBreakpoints = true;
    this.#points.passesAccesses = true;
    run();
    this.#points.passesBreakpoints = false;
    this.#points.passesAccesses = false;
  }

  /** A change by gdb makes another run of it from here on: there is no way back behind it. */
  #mayChange(): boolean {
    const { mayWrite, timeline, checkpoints } = this.#parts;
    if (!mayWrite) return false;
    timeline.forgetFuture();
    checkpoints?.forget();
    return true;
  }

  #hart(thread: number): Hart | undefined {
    return this.#parts.machine.harts[thread - 1];
  }

  #physical(thread: number, address: bigint): number | undefined {
    const hart = this.#hart(thread);
    const physical = hart && translate(hart.context, this.#parts.machine.map, address);
    return physical === undefined || physical > Number.MAX_SAFE_INTEGER ? undefined : Number(physical);
  }

  /** Bytes of one page; RAM that was never touched is zeros, what is no RAM is not there. */
  #view(thread: number, address: bigint, most: number): Uint8Array | undefined {
    const physical = this.#physical(thread, address);
    if (physical === undefined) return undefined;
    const { map } = this.#parts.machine;
    const [ppn, offset] = [Math.floor(physical / PAGE_BYTES), physical % PAGE_BYTES];
    const { ramFirstPage, ramPages } = map.layout;
    if (ppn < ramFirstPage || ppn >= ramFirstPage + ramPages) return undefined;
    const page = map.pageBytes(ppn) ?? new Uint8Array(PAGE_BYTES);
    return page.subarray(offset, Math.min(offset + most, PAGE_BYTES));
  }
}
