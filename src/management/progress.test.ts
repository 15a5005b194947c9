// Tests of progress: silence for a second, then one line on a terminal or plain lines elsewhere.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Progress } from './progress.ts';

function stream(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

test('report: says nothing of what takes less than a second', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const to = stream(true);
  const progress = new Progress(to);
  progress.report('reading');
  t.mock.timers.tick(900);
  progress.report('unpacking');
  t.mock.timers.tick(900);
  progress.done();
  t.mock.timers.tick(10_000);
  assert.deepEqual(to.written, []);
});

test('report: on a terminal one line that changes and is erased', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const to = stream(true);
  const progress = new Progress(to);
  progress.report('downloading', 0);
  t.mock.timers.tick(1_000);
  progress.report('downloading', 0.5);
  progress.report('downloading', 0.509);
  t.mock.timers.tick(300);
  progress.done();
  assert.deepEqual(to.written, [
    '\r\x1b[Kvmk: downloading… 0 %',
    '\r\x1b[Kvmk: downloading… 50 %',
    '\r\x1b[K',
  ]);
});

test('report: elsewhere plain lines, not too many', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const to = stream(false);
  const progress = new Progress(to);
  progress.report('downloading');
  for (let i = 0; i < 120; i++) {
    progress.report('downloading', i / 120);
    t.mock.timers.tick(100);
  }
  progress.done();
  assert.deepEqual(to.written, ['vmk: downloading… 7 %\n', 'vmk: downloading… 90 %\n']);
});
