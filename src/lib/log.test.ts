// Tests of the logger: levels, sources, times.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from './clock.ts';
import { LOG_LEVELS, Logger, type LogRecord } from './log.ts';

test('Logger: gives the sink its level and more urgent ones, with source and time', () => {
  const records: LogRecord[] = [];
  const clock = new ManualClock(5n);
  const log = new Logger('vm-1', (record) => records.push(record), clock, 'warning');
  log.info('no');
  log.warning('yes');
  clock.advance(1n);
  log.child('uart').error('also');
  log.child('uart').debug('no');
  assert.deepEqual(records, [
    { level: 'warning', source: 'vm-1', message: 'yes', wallNanoseconds: 5n },
    { level: 'error', source: 'vm-1.uart', message: 'also', wallNanoseconds: 6n },
  ]);
});

test('enabled: agrees with what reaches the sink, for every pair of levels', () => {
  for (const threshold of LOG_LEVELS) {
    for (const level of LOG_LEVELS) {
      let reached = false;
      const log = new Logger('x', () => (reached = true), new ManualClock(), threshold);
      log[level]('message');
      assert.equal(reached, log.enabled(level), `${level} at ${threshold}`);
    }
  }
});
