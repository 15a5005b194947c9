// Kept code: what is found again, in what order it is given, and what is not kept.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { RegionRequest } from '#riscv';
import { hashWords, type RegionBody, type RequestCode } from '#riscv/kept';
import { KeptCode } from './kept-code.ts';
import { KeptFile } from './kept-file.ts';

const root = mkdtempSync(join(tmpdir(), 'vmk-kept-code-test-'));
after(() => rmSync(root, { recursive: true }));
const BASE = 0x8000_0000n;

const open = (folder: string): KeptCode => new KeptCode(KeptFile.open(folder, 'key') as KeptFile);
const fresh = (): string => mkdtempSync(join(root, 'k-'));

const page = (first: number): Int32Array => {
  const words = new Int32Array(1024);
  words[0] = first;
  return words;
};
const code = (own: number, next?: number): RequestCode => ({
  ...{ own: page(own), previous: undefined },
  next: next === undefined ? undefined : page(next),
});
const request = (offset: number, at = BASE): RegionRequest => ({
  ...{ id: 1, machine: 0, offset, page: at, mode: 1, previous: 0, next: 0 },
  contents: { own: 0, previous: 0, next: 0 },
});
/** A body that names itself, with a mark for the page behind its own. */
const body = (name: number, kinds: readonly number[] = []): RegionBody => ({
  bytes: Uint8Array.of(name, 0x80, 0x80, 0x80, 0x80, 0),
  ...{ hints: new Uint8Array(), marks: Int32Array.from(kinds.flatMap((kind) => [1, kind])) },
});
const nameOf = (found: RegionBody | undefined): number | undefined => found?.bytes[0];
const NEXT = 1;

test('KeptCode: a later start finds a region by its page, place, and what it took from the page beside it', () => {
  const folder = fresh();
  const first = open(folder);
  first.keep(request(2), code(1, 7), body(11, [NEXT]));
  first.keep(request(4), code(1, 7), body(12));
  first.exchange();
  const later = open(folder);
  assert.equal(nameOf(later.find(request(2), code(1, 7))), 11);
  assert.equal(nameOf(later.find(request(4), code(1, 8))), 12, 'nothing of it is of the page behind');
  assert.equal(later.find(request(2), code(1, 8)), undefined);
  assert.equal(later.find(request(2), code(1)), undefined);
  assert.equal(later.find(request(2), code(2, 7)), undefined);
  assert.equal(later.find(request(6), code(1, 7)), undefined);
  assert.equal(later.find(request(2, BASE + 4096n), code(1, 7)), undefined);
});

test('KeptCode: who runs at the same time finds it too', () => {
  const folder = fresh();
  const [one, other] = [open(folder), open(folder)];
  one.keep(request(2), code(1), body(11));
  one.exchange();
  other.exchange();
  assert.equal(nameOf(other.find(request(2), code(1))), 11);
});

test('KeptCode: what begins a run is given ahead, what was met comes first, and the rest as the run goes on', () => {
  const folder = fresh();
  const first = open(folder);
  for (let content = 0; content < 300; content++)
    first.keep(request(2, BASE + BigInt(content) * 4096n), code(content), body(1));
  first.exchange();
  const later = open(folder);
  const given = (): number[] => {
    const all: number[] = [];
    for (let batch = later.next(16); batch; batch = later.next(16)) {
      assert.ok(batch.kept.length <= 16);
      all.push(...batch.kept.map(({ content }) => content));
    }
    return all;
  };
  assert.deepEqual(
    given(),
    Array.from({ length: 192 }, (_, at) => at),
  );
  later.met(250);
  assert.deepEqual(given(), [
    250,
    ...Array.from({ length: 108 }, (_, at) => 192 + at).filter((at) => at !== 250),
  ]);
  later.met(3);
  assert.deepEqual(given(), [], 'each once');
});

test('KeptCode: marks are given the numbers of the contents', () => {
  const folder = fresh();
  const first = open(folder);
  first.keep(request(2), code(1, 7), body(11, [NEXT]));
  first.exchange();
  const later = open(folder);
  const batch = later.next(16);
  assert.equal(batch?.kept.length, 1);
  const numberOf = (first: number) => later.index.numberOf(page(first), 0, hashWords(page(first), 0));
  assert.notEqual(numberOf(7), 0);
  assert.deepEqual(batch?.regions[0]?.marked, [0, numberOf(7)]);
  assert.equal(numberOf(8), 0);
});

test('KeptCode: a program that lies elsewhere at each start is not kept for each place', () => {
  const folder = fresh();
  const first = open(folder);
  for (let place = 0; place < 20; place++)
    first.keep(request(2, BASE + BigInt(place) * 4096n), code(1), body(place));
  first.exchange();
  assert.equal(open(folder).next(100)?.kept.length, 4);
});

test('KeptCode: when it is no code, nothing more of it is used or kept', () => {
  const folder = fresh();
  const first = open(folder);
  first.keep(request(2), code(1), body(11));
  first.exchange();
  const later = open(folder);
  later.distrust();
  later.keep(request(4), code(1), body(12));
  later.exchange();
  assert.equal(later.find(request(2), code(1)), undefined);
  assert.equal(later.next(16), undefined);
  assert.equal(open(folder).find(request(4), code(1)), undefined);
});
