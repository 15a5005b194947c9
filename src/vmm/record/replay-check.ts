/** Holds a replay against its recording: the first difference ends it, told by step, what, expected and found. */
import { HostError } from '#lib';
import type { Machine } from '../machine.ts';
import type { Recording } from './recording.ts';
import { StateDigest } from './state-digest.ts';
import type { Given, Timeline, TimelineParts } from './timeline.ts';

export class ReplayCheck {
  readonly #path: string;
  readonly #recording: Recording;
  readonly #digest: StateDigest;
  #next = 0;

  /** Preconditions: the machine was just switched on. */
  constructor(path: string, recording: Recording, machine: Machine) {
    this.#path = path;
    this.#recording = recording;
    this.#digest = new StateDigest(machine);
  }

  /** Hashes that were compared. */
  get compared(): number {
    return this.#next;
  }

  /** For the timeline of the replay. They throw HostError `replay-differs`. */
  get marks(): NonNullable<TimelineParts['marks']> {
    return { every: this.#recording.header.hashSteps, reached: (step) => this.#compare(step) };
  }

  readonly missed = (given: Given, now: Given['at']): void => {
    const what = `the input of ${given.event.bytes.length} bytes`;
    throw this.#differs(
      now.step,
      what,
      `given at step ${given.at.step} in turn ${given.at.turn}`,
      `due at step ${now.step} in turn ${now.turn}`,
    );
  };

  /** The replay has come to the end of the recorded run. @throws HostError `replay-differs` */
  end(timeline: Timeline, how: string): void {
    const { end } = this.#recording;
    if (end === undefined) return;
    const { step } = timeline;
    if (step !== end.at.step) throw this.#differs(step, 'the last step', String(end.at.step), String(step));
    if (how !== end.how) throw this.#differs(step, 'the end', end.how, how);
    const hash = this.#digest.takeFull();
    if (hash !== end.hash) throw this.#differs(step, 'the state hash at the end', end.hash, hash);
  }

  #compare(step: bigint): void {
    const expected = this.#recording.hashes[this.#next];
    // A moment that was gone through before was compared then; behind the last there is nothing to compare.
    if (expected === undefined || step < expected.step) return;
    if (step > expected.step) {
      throw this.#differs(step, 'the next recorded hash', `at step ${expected.step}`, 'passed by');
    }
    const hash = expected.isFull ? this.#digest.takeFull() : this.#digest.take();
    if (hash !== expected.hash) throw this.#differs(step, 'the state hash', expected.hash, hash);
    this.#next++;
  }

  #differs(step: bigint, what: string, expected: string, found: string): HostError {
    return new HostError('replay-differs', { path: this.#path, step: String(step), what, expected, found });
  }
}
