// A laboratory for stacks: time that moves by hand, links that lose, repeat, reorder and damage with a seed.
import { SeededRandom } from '#lib';
import { finished } from '../finish.ts';
import type { Frame } from '../frame.ts';
import { type LinkAbilities, type LinkEnd, TAKES_ALL, TAKES_NONE } from '../port.ts';
import type { Timers } from './alarms.ts';
import type { Interface } from './interface.ts';
import { Stack } from './stack.ts';
import type { TcpSettings } from './tcp/owner.ts';
import { parseIp } from './wire/address.ts';

/** What a link does to frames; each a share of 1. */
export interface Impairment {
  readonly loss?: number;
  readonly duplication?: number;
  /** Share of frames that are late. */
  readonly reordering?: number;
  readonly corruption?: number;
  readonly latencyMs?: number;
  readonly jitterMs?: number;
  /** Bytes in a second; frames queue for it. */
  readonly bytesPerSecond?: number;
  /** Frames that may queue for it. */
  readonly queueFrames?: number;
  readonly abilities?: LinkAbilities;
}

export class Lab {
  readonly random: SeededRandom;
  nowMs = 1000;
  /** The last one is next. */
  readonly #events: { readonly atMs: number; action: (() => void) | undefined }[] = [];

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
  }

  readonly now = () => this.nowMs;

  readonly timers: Timers = {
    after: (milliseconds, action) => {
      const event: { readonly atMs: number; action: (() => void) | undefined } = {
        atMs: this.nowMs + milliseconds,
        action,
      };
      let low = 0;
      let high = this.#events.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((this.#events[middle]?.atMs as number) > event.atMs) low = middle + 1;
        else high = middle;
      }
      this.#events.splice(low, 0, event);
      return () => {
        event.action = undefined;
      };
    },
  };

  /** Goes on until nothing is to be done, `isDone`, or the time is up. */
  run(milliseconds = 3_600_000, isDone: () => boolean = () => false): void {
    const untilMs = this.nowMs + milliseconds;
    while (!isDone()) {
      const next = this.#events.at(-1);
      if (next === undefined || next.atMs > untilMs) break;
      this.#events.pop();
      if (next.action === undefined) continue;
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.action();
    }
    if (!isDone()) this.nowMs = untilMs;
  }

  chance(share: number | undefined): boolean {
    return share !== undefined && share > 0 && this.random.below(1_000_000) < share * 1_000_000;
  }

  /** Two ends with the same trouble in both directions; `sniff` sees what goes in. */
  link(
    impairment: Impairment = {},
    sniff?: (frame: Frame, from: 0 | 1) => boolean | undefined,
  ): readonly [LinkEnd, LinkEnd] {
    const receivers: (((frame: Frame) => void) | undefined)[] = [undefined, undefined];
    const abilities = impairment.abilities ?? TAKES_NONE;
    const busyUntilMs = [0, 0];
    const deliver = (to: number, frame: Frame) => {
      const lateMs = this.chance(impairment.reordering) ? 1 + this.random.below(20) : 0;
      const jitterMs = ((impairment.jitterMs ?? 0) * this.random.below(1000)) / 1000;
      const at =
        impairment.bytesPerSecond === undefined
          ? this.nowMs
          : this.#queueFor(busyUntilMs, to, frame, impairment);
      if (at === undefined) return;
      this.timers.after(at - this.nowMs + (impairment.latencyMs ?? 0) + jitterMs + lateMs, () =>
        receivers[to]?.(frame),
      );
    };
    const end = (here: 0 | 1): LinkEnd => ({
      send: (frame) => {
        if (sniff?.(frame, here) === false) return true;
        finished(frame, abilities, (part) => {
          if (this.chance(impairment.loss)) return;
          const { isChecksumGood: _, ...rest } = part;
          const copy: Frame = { ...rest, bytes: part.bytes.slice() };
          if (this.chance(impairment.corruption)) {
            const at = this.random.below(copy.bytes.length);
            copy.bytes[at] = (copy.bytes[at] as number) ^ (1 << this.random.below(8));
          }
          deliver(1 - here, copy);
          if (this.chance(impairment.duplication)) deliver(1 - here, copy);
        });
        return true;
      },
      onReceive: (handler) => {
        receivers[here] = handler;
      },
    });
    return [end(0), end(1)];
  }

  #queueFor(
    busyUntilMs: number[],
    to: number,
    frame: Frame,
    { bytesPerSecond = 1, queueFrames = 100 }: Impairment,
  ): number | undefined {
    const frameMs = (frame.bytes.length * 1000) / bytesPerSecond;
    const start = Math.max(this.nowMs, busyUntilMs[to] as number);
    if (start - this.nowMs > queueFrames * ((1514 * 1000) / bytesPerSecond)) return undefined;
    busyUntilMs[to] = start + frameMs;
    return start + frameMs;
  }

  stack(tcp: Partial<TcpSettings> = {}): Stack {
    return new Stack({ now: this.now, timers: this.timers, random: this.random }, tcp);
  }

  /** Two stacks, 10.0.0.1 and 10.0.0.2, on one link. */
  pair(
    impairment: Impairment = {},
    tcp: readonly [Partial<TcpSettings>?, Partial<TcpSettings>?] = [],
    sniff?: (frame: Frame, from: 0 | 1) => boolean | undefined,
  ): readonly [Host, Host] {
    const links = this.link(impairment, sniff);
    return [host(this.stack(tcp[0]), links[0], 1), host(this.stack(tcp[1]), links[1], 2)];
  }
}

export interface Host {
  readonly stack: Stack;
  readonly nic: Interface;
  readonly address: number;
}

function host(stack: Stack, link: LinkEnd, number: number): Host {
  const nic = stack.addInterface({ name: `vmk${number}`, mac: 0x5254_0000_0000 + number, link });
  const address = 0x0a00_0000 + number;
  stack.addAddress(nic, { address, prefix: 24 });
  return { stack, nic, address };
}

/** Bytes that tell where they are from. */
export function pattern(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  new SeededRandom(seed).fill(bytes);
  return bytes;
}

export function address(text: string): number {
  const parsed = parseIp(text);
  if (parsed === undefined) throw new RangeError(`"${text}" is not an address`);
  return parsed;
}

export const WHOLE: Impairment = { abilities: TAKES_ALL };
