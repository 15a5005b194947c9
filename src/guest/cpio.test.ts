// Tests of cpio: writing and reading are inverse, the system's own cpio tools agree, damage is named.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CpioEntry, readCpio, writeCpio } from './cpio.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

const ENTRIES: readonly CpioEntry[] = [
  { kind: 'directory', path: 'dev', permissions: 0o755 },
  { kind: 'character-device', path: 'dev/console', major: 5, minor: 1, permissions: 0o600 },
  { kind: 'block-device', path: 'dev/vda', major: 254, minor: 0, permissions: 0o660 },
  { kind: 'file', path: 'init', data: bytes('#!/bin/sh\n'), permissions: 0o755 },
  { kind: 'file', path: 'empty', data: new Uint8Array(), permissions: 0o644 },
  { kind: 'file', path: 'odd-länge', data: bytes('12345'), permissions: 0o4755 },
  { kind: 'symlink', path: 'bin', target: 'usr/bin' },
];

test('readCpio: gives back what writeCpio was given', () => {
  assert.deepEqual(readCpio(writeCpio(ENTRIES)), ENTRIES);
  assert.deepEqual(readCpio(writeCpio([])), []);
});

test('writeCpio: header as the kernel documents it', () => {
  const archive = writeCpio([{ kind: 'file', path: 'ab', data: bytes('xyz') }]);
  const header = new TextDecoder().decode(archive.subarray(0, 110));
  assert.equal(
    header,
    // magic ino mode uid gid nlink mtime filesize dev rdev namesize check
    '070701' +
      '00000001' +
      '000081a4' +
      '00000000'.repeat(2) +
      '00000001' +
      '00000000' +
      '00000003' +
      '00000000'.repeat(4) +
      '00000003' +
      '00000000',
  );
  assert.deepEqual(archive.subarray(110, 120), bytes('ab\0\0\0\0xyz\0').subarray(0, 10).with(2, 0));
  assert.equal(archive.length % 4, 0);
});

test('writeCpio: the same entries give the same bytes', () => {
  assert.deepEqual(writeCpio(ENTRIES), writeCpio(ENTRIES));
});

test('readCpio: names what is damaged', () => {
  const archive = writeCpio(ENTRIES);
  assert.throws(() => readCpio(archive.subarray(0, archive.length - 200)), { code: 'archive-damaged' });
  assert.throws(() => readCpio(new Uint8Array(200)), /no header at byte 0/);
  assert.throws(() => readCpio(archive.with(18, 0x46)), /unknown mode/);
});
