// Tests of the reader of logs: the last lines, nothing of a log that nobody has written, and names that are none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostFiles, Ramdisks } from '#kernel';
import { HostError, ManualClock } from '#lib';
import { LOGGERS } from '#system';
import { logReader } from './log-reader.ts';

test('logReader: the last lines of a log, wherever it is now', () => {
  const files = new HostFiles(new Ramdisks(new ManualClock(1n)).vfs.view());
  files.append('/var/log/hostd.log', 'one\ntwo\nthree\n');
  const limits = { ownSizeKib: 0, ownRotations: 0, sizeKib: 1, rotations: 1, lost: 0 };
  const loggers = () => LOGGERS.map((row) => ({ row, ...limits, path: `/var/log/${row.file}` }));
  const reader = logReader(() => ({ loggers }), files);
  assert.equal(reader.list().length, LOGGERS.length);
  assert.deepEqual(reader.tail('hostd', 2), ['two', 'three']);
  assert.deepEqual(reader.tail('hostd', 9), ['one', 'two', 'three']);
  assert.deepEqual(reader.tail('auth', 9), []);
  const isRefused = (error: unknown) =>
    error instanceof HostError && /no log "x", but vmkernel/.test(error.message);
  assert.throws(() => reader.tail('x', 9), isRefused);
});
