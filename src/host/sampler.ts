/** Where a thread's time goes: what it is in, looked at each millisecond by V8's profiler. Nothing as long as it is off. */
import { type Profiler, Session } from 'node:inspector';

const INTERVAL_US = 1000;

/** Time in one function itself. */
export interface Sampled {
  readonly name: string;
  /** Of its script; empty for what is none. */
  readonly url: string;
  readonly ms: number;
}

export class Sampler {
  readonly #session = new Session();

  start(): void {
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US });
    this.#session.post('Profiler.start');
  }

  /** The functions in which time was spent, once each. */
  stop(): Sampled[] {
    let profile: Profiler.Profile | undefined;
    // In a session with its own thread the answer is there when `post` returns.
    this.#session.post('Profiler.stop', (_error, answer) => {
      profile = answer?.profile;
    });
    this.#session.disconnect();
    return profile ? sums(profile) : [];
  }
}

function sums({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Sampled[] {
  const byNode = new Map<number, number>();
  // A sample stands for the time until the next one.
  for (const [place, node] of samples.entries())
    byNode.set(node, (byNode.get(node) ?? 0) + (timeDeltas[place + 1] ?? 0) / 1000);
  const byFunction = new Map<string, { name: string; url: string; ms: number }>();
  for (const { id, callFrame } of nodes) {
    const ms = byNode.get(id) ?? 0;
    if (ms === 0) continue;
    const { functionName: name, url } = callFrame;
    const key = `${name} ${url}`;
    const known = byFunction.get(key);
    if (known) known.ms += ms;
    else byFunction.set(key, { name, url, ms });
  }
  return [...byFunction.values()];
}
