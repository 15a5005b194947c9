/**
 * A machine in time: runs it to any step, always through the same turns, with inputs at the moments at which they
 * were given at first. In deterministic runs the state at a step is then a function of the machine and its inputs, however
 * the way there is cut, and whether it is gone for the first time or again.
 */
import { assert } from '#lib';
import type { Machine } from '../machine.ts';
import type { InputEvent } from '../machine-config.ts';
import type { MachineStateV1 } from '../machine-state.ts';
import type { TurnEnd } from '../run-loop.ts';
import type { Moment } from './log-records.ts';

/** An input and when it was given. */
export interface Given {
  readonly at: Moment;
  readonly event: InputEvent;
}

/** `stopped`: before an instruction that a debugger has named. */
export type TimelineEnd = TurnEnd | { readonly kind: 'stopped'; readonly hart: number };

export interface TimelineParts {
  readonly machine: Machine;
  readonly turnSteps: number;
  /** Inputs of the run so far, or of a recorded one. Live ones are added. */
  readonly inputs: Given[];
  /** Something new from outside, if there is any; asked at the beginning of turns that were never gone before. */
  readonly live?: (() => InputEvent | undefined) | undefined;
  /** Hears of live inputs. */
  readonly given?: ((given: Given) => void) | undefined;
  /** Called whenever the steps are a multiple of `every`. */
  readonly marks?: { readonly every: number; reached(step: bigint): void } | undefined;
  /** An input cannot be given at its moment: the machine went another way. */
  readonly missed: (given: Given, now: Moment) => void;
}

/** A moment within a run, to come back to. */
export interface TimelineState {
  readonly machine: MachineStateV1;
  readonly turn: bigint;
  readonly turnLeft: number;
  readonly hasBegun: boolean;
  readonly nextInput: number;
}

const RAN: TimelineEnd = { kind: 'ran' };

export class Timeline {
  /** Where it begins: 0 for a machine that was switched on for it. */
  readonly firstStep: bigint;
  readonly #parts: TimelineParts;
  #turn = 0n;
  #turnLeft: number;
  /** The turn's input was given. */
  #hasBegun = false;
  #nextInput = 0;
  /** The last turn that ever began. */
  #furthest = -1n;
  #lastMark = 0n;

  /** Preconditions: the machine was just switched on, or is what it was when somebody saved it. */
  constructor(parts: TimelineParts) {
    this.#parts = parts;
    this.firstStep = this.step;
    this.#turnLeft = parts.turnSteps;
  }

  get step(): bigint {
    return this.#parts.machine.stepsInAll;
  }

  get now(): Moment {
    return { turn: this.#turn, step: this.step };
  }

  /** Whether inputs are still to be given that were recorded. */
  get hasRecorded(): boolean {
    return this.#nextInput < this.#parts.inputs.length;
  }

  /** Runs for at most `steps` steps; less when the machine ends, waits for input, or a debugger stops it. */
  run(steps: number): TimelineEnd {
    for (let left = steps; left > 0; ) {
      if (!this.#hasBegun) this.#begin();
      const before = this.step;
      const budget = Math.min(left, this.#turnLeft, this.#toMark(before));
      const end = this.#parts.machine.advance(budget);
      const done = Number(this.step - before);
      left -= done;
      this.#turnLeft -= done;
      this.#mark();
      const stopped = this.#parts.machine.takeStopped();
      if (stopped !== undefined) return { kind: 'stopped', hart: stopped.id };
      if (this.#turnLeft > 0 && end.kind === 'ran' && done === budget) continue;
      const last = this.#endTurn(end);
      if (last.kind !== 'ran') return last;
    }
    return RAN;
  }

  save(before?: TimelineState, written?: ReadonlySet<number>): TimelineState {
    return {
      machine: this.#parts.machine.save(before?.machine, written),
      turn: this.#turn,
      turnLeft: this.#turnLeft,
      hasBegun: this.#hasBegun,
      nextInput: this.#nextInput,
    };
  }

  /** Goes to another moment of the same run. */
  restore(state: TimelineState): void {
    this.#parts.machine.restore(state.machine);
    this.#turn = state.turn;
    this.#turnLeft = state.turnLeft;
    this.#hasBegun = state.hasBegun;
    this.#nextInput = state.nextInput;
  }

  /** The way from here is a new one: inputs that were to come are forgotten. */
  forgetFuture(): void {
    this.#parts.inputs.length = this.#nextInput;
    this.#furthest = this.#turn;
  }

  #begin(): void {
    this.#hasBegun = true;
    const { inputs, machine, live, given, missed } = this.#parts;
    const due = inputs[this.#nextInput];
    const { now } = this;
    const isNew = this.#turn > this.#furthest;
    if (isNew) this.#furthest = this.#turn;
    if (due !== undefined) {
      if (due.at.turn > now.turn) return;
      if (due.at.turn !== now.turn || due.at.step !== now.step) missed(due, now);
      this.#nextInput++;
      machine.input(due.event);
      return;
    }
    const event = isNew ? live?.() : undefined;
    if (event === undefined) return;
    const taken: Given = { at: now, event };
    inputs.push(taken);
    this.#nextInput++;
    given?.(taken);
    machine.input(event);
  }

  #endTurn(end: TurnEnd): TurnEnd {
    const last = this.#parts.machine.endTurn(end);
    this.#turn++;
    this.#turnLeft = this.#parts.turnSteps;
    this.#hasBegun = false;
    return last;
  }

  #toMark(step: bigint): number {
    const { marks } = this.#parts;
    return marks === undefined ? Infinity : marks.every - Number(step % BigInt(marks.every));
  }

  #mark(): void {
    const { marks } = this.#parts;
    const { step } = this;
    if (marks === undefined || step === this.#lastMark || step % BigInt(marks.every) !== 0n) return;
    assert(step > 0n, 'a mark is behind a step');
    this.#lastMark = step;
    marks.reached(step);
  }
}
