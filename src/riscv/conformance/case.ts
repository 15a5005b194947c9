/**
 * A case: the state a hart starts from, and the state it must end in, in terms that do not depend on where an
 * engine keeps things in machine memory.
 */
import type { FieldName } from '../hart/context.ts';
import type { ExitReason } from '../hart/exit.ts';
import { PAGE_BYTES } from '../hart/page-map.ts';

/** Guest RAM of every case. Pages 0 and 1 are filled with jumps to themselves, the others with noise. */
export const RAM_BASE = 0x8000_0000n;
export const RAM_PAGES = 16;
export const CODE_PAGES = 2;
export const pageAddress = (page: number): bigint => RAM_BASE + BigInt(page * PAGE_BYTES);
/** Where stvec points unless a case says otherwise: each trap ends in a jump to itself. */
export const HANDLER = pageAddress(1);

export interface Case {
  /** For the message when it fails. */
  readonly name: string;
  /** Steps to run. */
  readonly budget: number;
  readonly x?: Readonly<Record<number, bigint>>;
  readonly f?: Readonly<Record<number, bigint>>;
  /** Fields that are not 0; mode is 1 and stvec HANDLER unless given. */
  readonly fields: Readonly<Partial<Record<FieldName, bigint>>>;
  /** What RAM holds in places. */
  readonly memory: readonly { readonly address: bigint; readonly bytes: Uint8Array }[];
  /** Page-map flags of guest pages that are not present and writable. */
  readonly map?: Readonly<Record<number, number>>;
  /** After so many steps the caller makes these bits of sip pending. */
  readonly interrupt?: { readonly after: number; readonly sip: bigint };
  /** A reservation by guest-physical address. */
  readonly reservation?: { readonly address: bigint; readonly bytes: 4 | 8; readonly value: bigint };
}

/** A case whose end is known from the manuals, not only from another engine. */
export interface ExpectedCase extends Case {
  readonly ends: {
    readonly exit?: ExitReason;
    readonly x?: Readonly<Record<number, bigint>>;
    readonly fields?: Readonly<Partial<Record<FieldName, bigint>>>;
    /** Eight bytes of RAM, little-endian. */
    readonly ram?: { readonly address: bigint; readonly value: bigint };
  };
}

/** One return of `run`. */
export interface ExitRecord {
  readonly reason: ExitReason;
  readonly pc: bigint;
  readonly fuelLeft: number;
  /** Device and PageMiss: guest-physical address, 1 for a store; Device: width and, for a store, the value. */
  readonly address?: bigint;
  readonly write?: number;
  readonly bytes?: number;
  readonly value?: bigint;
  /** Fault. */
  readonly cause?: bigint;
}

export interface FinalState {
  readonly exits: readonly ExitRecord[];
  readonly x: readonly bigint[];
  readonly f: readonly bigint[];
  readonly fields: Readonly<Record<string, bigint>>;
  /** Guest-physical address, size and value seen of the reservation, if there is one. */
  readonly reservation: string;
  /** All of RAM. */
  readonly ram: Uint8Array;
}

/** Little-endian words of 32 bits, or 16 where a number has no more and says so by its low bits. */
export function codeBytes(words: readonly number[]): Uint8Array {
  return Uint8Array.from(
    words.flatMap((word) => {
      const low = [word & 255, (word >>> 8) & 255];
      return (word & 3) === 3 ? [...low, (word >>> 16) & 255, word >>> 24] : low;
    }),
  );
}

/** Where two final states differ, in words; empty when they do not. */
export function differences(expected: FinalState, found: FinalState): string[] {
  const all: string[] = [];
  const compare = (what: string, a: unknown, b: unknown): void => {
    if (a !== b) all.push(`${what}: expected ${text(a)}, found ${text(b)}`);
  };
  compare('exits', exitsText(expected.exits), exitsText(found.exits));
  expected.x.forEach((value, index) => compare(`x${index}`, value, found.x[index]));
  expected.f.forEach((value, index) => compare(`f${index}`, value, found.f[index]));
  for (const [name, value] of Object.entries(expected.fields)) compare(name, value, found.fields[name]);
  compare('reservation', expected.reservation, found.reservation);
  const at = firstDifference(expected.ram, found.ram);
  if (at >= 0) compare(`RAM at ${text(RAM_BASE + BigInt(at))}`, expected.ram[at], found.ram[at]);
  return all;
}

/** Place of the first byte that differs, or -1. Whole words first: this is most of a run's time. */
function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const words = (bytes: Uint8Array) => new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  const [wordsA, wordsB] = [words(a), words(b)];
  for (let i = 0; i < wordsA.length; i++) {
    if (wordsA[i] !== wordsB[i]) return a.findIndex((byte, index) => index >= i * 4 && byte !== b[index]);
  }
  return -1;
}

/** Where a case did not end as it should, in words. */
export function unexpected({ ends }: ExpectedCase, found: FinalState): string[] {
  const all: string[] = [];
  const compare = (what: string, a: unknown, b: unknown): void => {
    if (a !== b) all.push(`${what}: expected ${text(a)}, found ${text(b)}`);
  };
  if (ends.exit !== undefined) compare('first exit', ends.exit, found.exits[0]?.reason);
  for (const [index, value] of Object.entries(ends.x ?? {}))
    compare(`x${index}`, value, found.x[Number(index)]);
  for (const [name, value] of Object.entries(ends.fields ?? {})) compare(name, value, found.fields[name]);
  if (ends.ram) {
    const view = new DataView(found.ram.buffer, Number(ends.ram.address - RAM_BASE));
    compare(`RAM at ${text(ends.ram.address)}`, ends.ram.value, view.getBigUint64(0, true));
  }
  return all;
}

const text = (value: unknown): string =>
  typeof value === 'bigint' ? `0x${value.toString(16)}` : String(value);
const exitsText = (exits: readonly ExitRecord[]): string =>
  exits
    .map((exit) =>
      Object.entries(exit)
        .map(([name, value]) => `${name}=${text(value)}`)
        .join(' '),
    )
    .join('; ');
