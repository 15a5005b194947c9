/** The order in which the parts of a host come up, as a table of steps; they end in the opposite order. */
import { HostError, reasonOf } from '#lib';

/** One step. What it made goes into the context. */
export interface BootStep<C> {
  readonly name: string;
  /** Steps that must have been taken before. */
  readonly after?: readonly string[];
  readonly start: (context: C) => Promise<void> | void;
  readonly stop?: (context: C) => Promise<void> | void;
}

/** Takes the steps of a table in its order. Owner: the host. */
export class BootSequence<C> {
  readonly #steps: readonly BootStep<C>[];
  readonly #context: C;
  readonly #report: (message: string) => void;
  #started: BootStep<C>[] = [];

  /** Throws HostError `boot-step` when a step stands before one that it needs. */
  constructor(steps: readonly BootStep<C>[], context: C, report: (message: string) => void = () => {}) {
    checkOrder(steps);
    this.#steps = steps;
    this.#context = context;
    this.#report = report;
  }

  /** Names of the steps that are up. */
  get up(): readonly string[] {
    return this.#started.map(({ name }) => name);
  }

  /** Takes all steps. When one fails, those before it are undone, and the failure is thrown. */
  async start(): Promise<void> {
    for (const step of this.#steps) {
      try {
        this.#report(`${step.name}: starting`);
        await step.start(this.#context);
      } catch (cause) {
        await this.stop();
        if (cause instanceof HostError) throw cause;
        throw new HostError('boot-step', { step: step.name, reason: reasonOf(cause) }, { cause });
      }
      this.#started.push(step);
    }
  }

  /** Undoes the steps, the last first. One that fails is said, and holds up no other. */
  async stop(): Promise<void> {
    for (let step = this.#started.pop(); step !== undefined; step = this.#started.pop()) {
      try {
        await step.stop?.(this.#context);
      } catch (error) {
        this.#report(`${step.name}: did not stop: ${reasonOf(error)}`);
      }
    }
  }
}

function checkOrder(steps: readonly { readonly name: string; readonly after?: readonly string[] }[]): void {
  const names = steps.map(({ name }) => name);
  for (const [i, { name, after = [] }] of steps.entries()) {
    if (names.indexOf(name) !== i)
      throw new HostError('boot-step', { step: name, reason: 'there are two of it' });
    const missing = after.find((needed) => !names.slice(0, i).includes(needed));
    if (missing === undefined) continue;
    throw new HostError('boot-step', { step: name, reason: `it needs "${missing}" before it` });
  }
}
