// A file of kept code: what was written is read, whoever writes beside; what is torn, changed or another's is not used.
import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { SeededRandom } from '#lib';
import type { RegionBody } from '#riscv/kept';
import { KeptFile } from './kept-file.ts';
import { decodeBody, decodeRecords, encodeContent, encodeRegion, type KeptRecord } from './records.ts';

const root = mkdtempSync(join(tmpdir(), 'vmk-kept-test-'));
after(() => rmSync(root, { recursive: true }));
const fresh = (): string => join(mkdtempSync(join(root, 'f-')), 'code');
const pathIn = (folder: string): string => join(folder, 'key.code');
function open(folder: string, limits?: Parameters<typeof KeptFile.open>[2]): KeptFile {
  const file = KeptFile.open(folder, 'key', limits);
  assert.ok(file);
  return file;
}

const words = (first: number): Int32Array<ArrayBuffer> => {
  const page = new Int32Array(1024);
  page[0] = first;
  return page;
};
const digest = (letter: string): string => letter.repeat(32);
const PLACE = { own: digest('a'), previous: '', next: digest('b'), page: 0xffff_ffff_8000_1000n } as const;
/** A body with one mark, at 2. */
const BODY: RegionBody = {
  bytes: Uint8Array.of(0, 0x41, 0x80, 0x80, 0x80, 0x80, 0, 0x0b),
  hints: Uint8Array.of(1, 2, 1, 0),
  marks: Int32Array.of(2, 1),
};
const region = (offset: number): Uint8Array => encodeRegion({ ...PLACE, mode: 1, offset }, BODY);

const told = (records: readonly KeptRecord[]): (number | undefined)[] =>
  records.map((one) => (one.kind === 'content' ? one.words[0] : one.place.offset));

test('KeptFile: another process reads what one has written, and only its owner may', () => {
  const folder = fresh();
  const file = open(folder);
  assert.deepEqual(file.load(), []);
  file.append([encodeContent(words(7)), region(4)]);
  assert.deepEqual(told(file.news()), [7, 4]);
  file.append([encodeContent(words(9)), region(6)]);
  const other = open(folder);
  assert.deepEqual(told(other.load()), [7, 4, 9, 6]);
  const found = file.news().at(-1);
  assert.ok(found?.kind === 'region');
  assert.deepEqual([found.place, other.body(found)], [{ ...PLACE, mode: 1, offset: 6 }, BODY]);
  assert.equal(other.body({ at: found.at + 1, end: found.end }), undefined);
  assert.equal(other.body({ at: found.at, end: found.end + 1 }), undefined);
  assert.deepEqual(
    [folder, pathIn(folder)].map((path) => statSync(path).mode & 0o777),
    [0o700, 0o600],
  );
  file.close();
});

test("KeptFile: two at once find each other's records", () => {
  const folder = fresh();
  const [one, other] = [open(folder), open(folder)];
  one.append([region(2)]);
  assert.deepEqual(told(other.news()), [2]);
  other.append([region(4)]);
  one.append([region(6)]);
  assert.deepEqual(told(one.news()), [2, 4, 6]);
  assert.deepEqual(told(other.news()), [4, 6]);
  assert.deepEqual(told(open(folder).load()), [2, 4, 6]);
});

test('KeptFile: a torn end is cut off, and what comes behind it then is read', () => {
  const folder = fresh();
  open(folder).append([region(2), region(4)]);
  truncateSync(pathIn(folder), statSync(pathIn(folder)).size - 3);
  const file = open(folder);
  assert.deepEqual(told(file.load()), [2]);
  file.append([region(6)]);
  assert.deepEqual(told(open(folder).load()), [2, 6]);
});

test('KeptFile: what others may read or write, links, folders and what cannot be made are no file', () => {
  const [shared, linked, blocked] = [fresh(), fresh(), fresh()];
  open(shared).append([region(2)]);
  chmodSync(pathIn(shared), 0o620);
  open(linked).append([region(2)]);
  symlinkSync(pathIn(linked), join(linked, 'other.code'));
  writeFileSync(blocked, '');
  assert.equal(KeptFile.open(shared, 'key'), undefined);
  assert.equal(KeptFile.open(linked, 'other'), undefined);
  assert.equal(KeptFile.open(blocked, 'key'), undefined);
});

test('KeptFile: one process adds only so much, and a file that is full is begun anew', () => {
  const folder = fresh();
  const bytes = region(0).length;
  const limits = { fileBytes: 3 * bytes, ownBytes: 2 * bytes, others: 1 };
  const file = open(folder, limits);
  for (const offset of [2, 4, 6]) file.append([region(offset)]);
  assert.deepEqual(told(open(folder, limits).load()), [2, 4]);
  open(folder, limits).append([region(8)]);
  open(folder, limits).append([region(10)]);
  assert.deepEqual(told(open(folder, limits).load()), []);
});

test('KeptFile: of code that other versions made, the last ones used stay', () => {
  const folder = fresh();
  for (const key of ['a', 'b', 'c']) KeptFile.open(folder, key, { fileBytes: 1, ownBytes: 1, others: 1 });
  assert.equal(readdirSync(folder).length, 2);
  assert.ok(readdirSync(folder).includes('c.code'));
});

test('decodeRecords: damaged bytes give what stands before the damage, and bodies with sound marks', () => {
  const whole = Buffer.concat([encodeContent(words(1)), region(2), region(4), encodeContent(words(6))]);
  const random = new SeededRandom(63);
  for (let round = 0; round < 3000; round++) {
    const bytes = Buffer.from(whole.subarray(0, random.below(8) ? whole.length : random.below(whole.length)));
    for (let i = random.below(3); i > 0 && bytes.length > 0; i--)
      bytes[random.below(bytes.length)] = random.below(256);
    const { records, end } = decodeRecords(bytes);
    assert.deepEqual(told(records), [1, 2, 4, 6].slice(0, records.length));
    assert.ok(end <= bytes.length);
    for (const { kind, at, end: last } of records)
      if (kind === 'region') assert.deepEqual(decodeBody(bytes.subarray(at, last)), BODY);
  }
});

test('decodeRecords: records with a good checksum and bad fields are none', () => {
  const marked = (marks: readonly number[]) =>
    encodeRegion({ ...PLACE, mode: 1, offset: 0 }, { ...BODY, marks: Int32Array.from(marks) });
  for (const marks of [
    [3, 1],
    [2, 3],
    [2, -1],
    [-1, 0],
    [4, 1],
    [1e6, 1],
  ]) {
    assert.equal(decodeRecords(marked(marks)).records.length, 1);
    assert.equal(decodeBody(marked(marks)), undefined, `mark ${marks.join()}`);
  }
  for (const change of [{ offset: 1 }, { offset: 4096 }, { mode: 2 as 1 }, { page: 5n }]) {
    const bytes = encodeRegion({ ...PLACE, mode: 1, offset: 0, ...change }, BODY);
    assert.deepEqual(
      decodeRecords(bytes).records,
      [],
      JSON.stringify(change, (_, value) => String(value)),
    );
  }
});

test('decodeRecords: any bytes at all are no reason to fail', () => {
  const random = new SeededRandom(7);
  const folder = fresh();
  for (let round = 0; round < 300; round++) {
    const bytes = Uint8Array.from({ length: random.below(400) }, () => random.below(256));
    assert.deepEqual(decodeRecords(bytes), { records: [], end: 0 });
  }
  open(folder).append([region(2)]);
  appendFileSync(pathIn(folder), 'nothing that anybody has written');
  assert.deepEqual(told(open(folder).load()), [2]);
  assert.equal(readFileSync(pathIn(folder)).length, region(2).length);
});
