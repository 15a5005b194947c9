// The host's own time: set, kept over a restart, and refused when it is none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostError, Logger, ManualClock } from '#lib';
import { HostTime, OffsetClock, TIME_PATH } from './host-time.ts';
import { memorySettingsFiles } from './settings-files.ts';

const NOON_MS = Date.UTC(2026, 10, 27, 12);

function make(files = new Map<string, string>()) {
  const lines: string[] = [];
  const under = new ManualClock(BigInt(NOON_MS) * 1_000_000n);
  const clock = new OffsetClock(under);
  const logger = new Logger('time', ({ message }) => lines.push(message), under);
  const time = new HostTime({ files: memorySettingsFiles(files), logger, clock });
  const nowMs = () => Number(clock.wallNanoseconds() / 1_000_000n);
  return { time, clock, under, files, lines, nowMs };
}

test('HostTime: what is set goes on from there, is in the log, and is there after a restart', () => {
  const { time, clock, under, files, lines, nowMs } = make();
  time.set(NOON_MS - 3_600_500);
  under.advance(2_000_000_000n);
  assert.deepEqual([nowMs(), time.offsetMs], [NOON_MS - 3_598_500, -3_600_500]);
  assert.equal(clock.nowNanoseconds(), under.nowNanoseconds(), 'how much time passes is not set');
  time.set(NOON_MS + 5000);
  assert.equal(nowMs(), NOON_MS + 5000);
  assert.match(
    lines[1] ?? '',
    /^the time was 2026-11-27T11:00:01.500Z, and was set to 2026-11-27T12:00:05.000Z$/,
  );
  assert.equal(make(files).nowMs(), NOON_MS + 3000);
});

test('HostTime: times that are none are refused, and files that are broken say nothing', () => {
  const { time, files, nowMs } = make();
  for (const wrong of [Number.NaN, -1, Date.UTC(2200, 0, 1), Number.POSITIVE_INFINITY])
    assert.throws(
      () => time.set(wrong),
      (error) => error instanceof HostError && error.code === 'setting-refused',
    );
  assert.deepEqual([nowMs(), files.size], [NOON_MS, 0]);
  for (const broken of [
    '',
    'offsetMs = 999999999999999',
    'offsetMs = x',
    'offsetMs=1',
    '\u0000'.repeat(100),
  ]) {
    const again = make(new Map([[TIME_PATH, broken]]));
    assert.deepEqual([again.nowMs(), again.lines.length], [NOON_MS, 1], broken);
  }
});
