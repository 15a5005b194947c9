/** What a client may fetch once by a path that nobody can guess: `/downloads/TOKEN/NAME`. */
import { assert } from '#lib';
import { HttpProblem } from '../http/problem.ts';
import type { Route } from '../http/routes.ts';
import { OnceTokens } from './model/once-tokens.ts';

export interface Download {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** They are in memory: the oldest goes when there are more. */
const LIMITS = { tokenBytes: 32, lifeMs: 600_000, waitingMax: 8, dropsOldest: true };

export class Downloads {
  readonly #tokens: OnceTokens<Download>;

  constructor(nowMs: () => number) {
    this.#tokens = new OnceTokens({ nowMs, ...LIMITS });
  }

  /** @returns its path */
  offer(download: Download): string {
    const token = this.#tokens.open(download);
    assert(token !== undefined, 'there is always room for one more');
    return `/downloads/${token}/${encodeURIComponent(download.name)}`;
  }

  /** Its token is worth nothing any more. */
  take(token: string, name: string): Download | undefined {
    return this.#tokens.take(token, (one) => one.name === name);
  }
}

export function downloadRoute(downloads: () => Promise<Downloads>): Route {
  return {
    ...{ methods: ['GET'], path: '/downloads/+', gate: 'open' },
    async handle(exchange) {
      const [, token = '', name = '', ...more] = exchange.target.path;
      const found = more.length === 0 ? (await downloads()).take(token, name) : undefined;
      if (found === undefined) throw new HttpProblem(404, 'There is no such file, or it was fetched already');
      const type = { 'Content-Type': 'application/octet-stream', 'Cache-Control': 'no-store' };
      await exchange.reply(200, type, Buffer.from(found.bytes));
    },
  };
}
