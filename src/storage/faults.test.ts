// The files below a disk fail: the guest is told of each request that was not done, and of none that was; what was done is there.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import type { FileDisk } from './file-disk.ts';
import { openDisk } from './open-disk.ts';
import { FILE_CALLS, type FileCalls } from './vectored.ts';
import { checkDisk } from './vmdk/check.ts';
import { createDisk, type DiskFormat } from './vmdk/create.ts';
import { ask, contentOf, scratchFolder, scribble } from './vmdk/testing.ts';

const root = scratchFolder('faults');
const SECTOR = 512;
const SIZE = 8 * 2 ** 20;
const FORMATS = ['raw', 'thin', 'monolithicSparse', 'twoGbMaxExtentSparse'] as const;
type Format = (typeof FORMATS)[number];

function newDisk(name: string, format: Format): string {
  const path = join(root, `${name}-${format}.${format === 'raw' ? 'img' : 'vmdk'}`);
  if (format === 'raw') writeFileSync(path, new Uint8Array(SIZE));
  else createDisk({ path, sizeBytes: SIZE, format: format satisfies DiskFormat });
  return path;
}

/** The system's error, as Node gives it. */
function failure(code: string): Error {
  return Object.assign(new Error(`${code}: it was told to fail`), { code });
}

/** Calls that ask before each whether it shall fail, and how. */
function faulty(fate: (call: keyof FileCalls) => string | undefined): FileCalls {
  const mayFail = (call: keyof FileCalls): void => {
    const code = fate(call);
    if (code !== undefined) throw failure(code);
  };
  return {
    readv: (...given) => (mayFail('readv'), FILE_CALLS.readv(...given)),
    writev: (...given) => (mayFail('writev'), FILE_CALLS.writev(...given)),
    sync: (fd) => (mayFail('sync'), FILE_CALLS.sync(fd)),
  };
}

function open(path: string, calls: FileCalls, said: string[] = []): FileDisk {
  return openDisk({ path, readOnly: false, calls, onError: (line) => said.push(line) });
}

for (const format of FORMATS) {
  test(`${format}: EIO at reading, writing or flushing is an I/O error, the log says where, and the next request is done`, () => {
    const path = newDisk('eio', format);
    let failing: keyof FileCalls | undefined;
    const said: string[] = [];
    const disk = open(
      path,
      faulty((call) => (call === failing ? 'EIO' : undefined)),
      said,
    );
    const written = new Uint8Array(4096).fill(7);
    const requests = [
      ['writev', { kind: 'write', offset: 65536, buffers: [written] }],
      ['readv', { kind: 'read', offset: 65536, buffers: [new Uint8Array(4096)] }],
      ['sync', { kind: 'flush' }],
    ] as const;
    for (const [call, { ...request }] of requests) {
      if (call === 'sync') assert.equal(ask(disk, { kind: 'write', offset: 0, buffers: [written] }), 'ok');
      failing = call;
      const given = request as Parameters<typeof ask>[1];
      assert.equal(ask(disk, given), 'ioerr', call);
      assert.match(said.at(-1) ?? '', new RegExp(`^disk "${path}": ${request.kind} failed: .*EIO`));
      failing = undefined;
      assert.equal(ask(disk, given), 'ok', call);
    }
    assert.equal(said.length, 3);
    disk.close();
  });

  test(`${format}: a system that moves less than it is asked for is asked for the rest`, () => {
    const random = new SeededRandom(3);
    const some = (buffers: readonly Uint8Array[]): Uint8Array[] => {
      const first = buffers.find(({ length }) => length > 0);
      return first === undefined ? [] : [first.subarray(0, 1 + random.below(first.length))];
    };
    const calls: FileCalls = {
      readv: (fd, buffers, offset) => FILE_CALLS.readv(fd, some(buffers), offset),
      writev: (fd, buffers, offset) => FILE_CALLS.writev(fd, some(buffers), offset),
      sync: (fd) => FILE_CALLS.sync(fd),
    };
    const path = newDisk('short', format);
    const model = new Uint8Array(SIZE);
    const disk = open(path, calls);
    scribble(disk, model, random, 60);
    assert.ok(Buffer.from(contentOf(disk)).equals(model));
    disk.close();
  });

  test(`${format}: whatever fails at random, what was answered is true, and the files are whole afterwards`, () => {
    for (const seed of [1, 2, 3]) {
      const random = new SeededRandom(seed);
      const path = newDisk(`random-${seed}`, format);
      let mayFail = true;
      const disk = open(
        path,
        faulty(() => (mayFail && random.below(12) === 0 ? 'EIO' : undefined)),
      );
      const wanted = askAtRandom(disk, random);
      mayFail = false;
      disk.close();
      const again = open(path, FILE_CALLS);
      verify(again, wanted, `seed ${seed}`);
      again.close();
      if (format !== 'raw') assert.deepEqual(checkDisk(path).errors, [], `seed ${seed}`);
    }
  });
}

/** What each sector may hold: a number that it is full of. More than one where a write has failed. */
type Wanted = Set<number>[];

function askAtRandom(disk: FileDisk, random: SeededRandom): Wanted {
  const wanted: Wanted = Array.from({ length: SIZE / SECTOR }, () => new Set([0]));
  let failed = 0;
  for (let turn = 1; turn <= 200; turn++) {
    const sector = random.below(wanted.length);
    const count = Math.min(wanted.length - sector, 1 + random.below(random.below(4) === 0 ? 400 : 20));
    const [offset, value] = [sector * SECTOR, 1 + (turn % 250)];
    const bytes = new Uint8Array(count * SECTOR);
    const what = random.below(4);
    if (what === 0) {
      if (ask(disk, { kind: 'read', offset, buffers: [bytes] }) === 'ok')
        hold(bytes, sector, wanted, `turn ${turn}`);
      else failed++;
      continue;
    }
    if (what === 1) {
      if (ask(disk, { kind: 'flush' }) !== 'ok') failed++;
      continue;
    }
    const status = ask(disk, { kind: 'write', offset, buffers: [bytes.fill(value)] });
    if (status !== 'ok') failed++;
    for (let i = sector; i < sector + count; i++) {
      if (status === 'ok') wanted[i] = new Set([value]);
      else (wanted[i] as Set<number>).add(value);
    }
  }
  assert.ok(failed > 5, `only ${failed} requests failed`);
  return wanted;
}

function verify(disk: FileDisk, wanted: Wanted, when: string): void {
  hold(contentOf(disk), 0, wanted, when);
}

/** Each sector is full of one of the numbers that it may hold. */
function hold(bytes: Uint8Array, first: number, wanted: Wanted, when: string): void {
  for (let at = 0; at < bytes.length; at += SECTOR) {
    const sector = first + at / SECTOR;
    const value = bytes[at] as number;
    const whole = bytes.subarray(at, at + SECTOR).every((byte) => byte === value);
    const may = wanted[sector] as Set<number>;
    assert.ok(
      whole && may.has(value),
      `${when}: sector ${sector} holds ${value}, not one of ${[...may].join()}`,
    );
  }
}
