/** What a client may fetch once by a path that nobody can guess: `/downloads/TOKEN/NAME`. */
import { randomBytes } from 'node:crypto';
import { HttpProblem } from '../http/problem.ts';
import type { Route } from '../http/routes.ts';

export interface Download {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const TOKEN_BYTES = 32;
const LIFE_MS = 600_000;
/** They are in memory: the oldest goes when there are more. */
const MAX_WAITING = 8;

export class Downloads {
  readonly #waiting = new Map<string, Download & { readonly untilMs: number }>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** @returns its path */
  offer(download: Download): string {
    const nowMs = this.#nowMs();
    for (const [token, { untilMs }] of this.#waiting) if (untilMs <= nowMs) this.#waiting.delete(token);
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size >= MAX_WAITING && oldest !== undefined) this.#waiting.delete(oldest);
    const token = randomBytes(TOKEN_BYTES).toString('hex');
    this.#waiting.set(token, { ...download, untilMs: nowMs + LIFE_MS });
    return `/downloads/${token}/${encodeURIComponent(download.name)}`;
  }

  /** Its token is worth nothing any more. */
  take(token: string, name: string): Download | undefined {
    const found = this.#waiting.get(token);
    if (found === undefined || found.name !== name) return undefined;
    this.#waiting.delete(token);
    return found.untilMs > this.#nowMs() ? found : undefined;
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
