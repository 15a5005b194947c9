// The heartbeat of a host: what it says at the start, every hour, and at the end.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Logger, ManualClock } from '#lib';
import { beginHeartbeat } from './heartbeat.ts';

test('beginHeartbeat: booted, an hourly line with time and VMs, halting', () => {
  const clock = new ManualClock();
  const said: string[] = [];
  let beat = () => {};
  let stopped = 0;
  const end = beginHeartbeat({
    clock,
    every: (milliseconds, action) => {
      assert.equal(milliseconds, 3_600_000);
      beat = action;
      return () => void stopped++;
    },
    loggerOf: (source) =>
      new Logger(source, ({ source: who, message }) => said.push(`${who}: ${message}`), clock),
    runningVms: () => 2,
  });
  clock.advance(93_784_000_000_000n);
  beat();
  end();
  assert.deepEqual(said, [
    'bootstop: Host has booted',
    'heartbeat: up 1d2h3m4s, 2 VMs',
    'bootstop: Host is halting',
  ]);
  assert.equal(stopped, 1);
});
