/** Runs one scenario on every engine: each must end in the state of the reference. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonOf } from '#lib';
import type { EngineKind } from '../engine.ts';
import { type HartOptions, TestHart } from './hart.ts';

export const KINDS: readonly EngineKind[] = ['reference', 'interpreter', 'jit'];

/** Harts of one kind each, made once: writing an engine takes longer than most scenarios. */
export class Bench {
  readonly #options: HartOptions;
  readonly #harts = new Map<EngineKind, TestHart>();

  constructor(options: HartOptions = {}) {
    this.#options = options;
  }

  /** A hart as after reset. */
  hart(kind: EngineKind): TestHart {
    const known = this.#harts.get(kind);
    if (known) {
      known.reset();
      return known;
    }
    const made = new TestHart(kind, this.#options);
    this.#harts.set(kind, made);
    return made;
  }

  /** A test: the scenario asserts what it knows, and all that the guest sees is compared with the reference. */
  test(name: string, scenario: (hart: TestHart) => void): void {
    test(name, () => this.compare(scenario));
  }

  /** A test of one kind. */
  only(kind: EngineKind, name: string, scenario: (hart: TestHart) => void): void {
    test(name, () => scenario(this.hart(kind)));
  }

  compare(scenario: (hart: TestHart) => void, note = ''): void {
    let expected: readonly string[] | undefined;
    for (const kind of KINDS) {
      const hart = this.hart(kind);
      try {
        scenario(hart);
      } catch (error) {
        throw new Error(`${kind}${note}: ${reasonOf(error)}`, {
          cause: error,
        });
      }
      hart.checkCanary();
      const state = hart.state();
      expected ??= state;
      const different = expected.flatMap((line, at) =>
        line === state[at] ? [] : [`${line} ≠ ${state[at]}`],
      );
      assert.deepEqual(different.slice(0, 8), [], `${kind} ends otherwise than the reference${note}`);
      assert.equal(state.length, expected.length, `${kind}: another number of events${note}`);
    }
  }
}
