// Tests of one start of a machine, played by small scripts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type GuestRun, runGuest } from './guest-run.ts';

const AMPLE = { bootMsMax: 60_000, rowMsMax: 60_000 };
const ROW = '@@ row fib 5 Mcalls/s 000000000000b520';

function play(script: string, rowCount: number, limits = AMPLE): Promise<GuestRun> {
  const command = { file: process.execPath, arguments: ['-e', script] };
  return runGuest(command, rowCount, limits, () => {}, new AbortController().signal);
}

const say = (...lines: readonly string[]) =>
  `process.stdout.write(${JSON.stringify(lines.map((line) => `${line}\r\n`).join(''))});`;

test('runGuest: readings and the time of the first line', async () => {
  const run = await play(say('@@ up', '@@ begin fib', ROW, '@@ end fib 0'), 1);
  assert.deepEqual(run.outcomes.get('fib'), { value: 5, unit: 'Mcalls/s', result: '000000000000b520' });
  assert.ok((run.bootSeconds ?? 0) > 0);
  assert.equal(run.trouble, undefined);
});

test('runGuest: a machine that dies in a row is to blame for that row only', async () => {
  const script = `${say('@@ up', '@@ begin fib', 'Kernel panic')} process.exitCode = 3;`;
  const run = await play(script, 2);
  assert.deepEqual([...run.outcomes.keys()], ['fib']);
  assert.match(JSON.stringify(run.outcomes.get('fib')), /status 3; it said: Kernel panic/);
});

test('runGuest: a program that fails after its result has failed', async () => {
  const run = await play(say('@@ up', '@@ begin fib', ROW, '@@ end fib 139'), 1);
  assert.match(JSON.stringify(run.outcomes.get('fib')), /status 139/);
});

test('runGuest: a machine that hangs in its boot is ended', async () => {
  const run = await play('setInterval(() => {}, 1000);', 1, { bootMsMax: 50, rowMsMax: 60_000 });
  assert.match(run.trouble ?? '', /the boot took more than 0.05 s/);
  assert.equal(run.outcomes.size, 0);
});

test('runGuest: a row that hangs is ended, the rows before it count', async () => {
  const script = `${say('@@ up', '@@ begin fib', ROW, '@@ end fib 0', '@@ begin sort')} setInterval(() => {}, 1000);`;
  const run = await play(script, 2, { bootMsMax: 60_000, rowMsMax: 200 });
  assert.match(JSON.stringify(run.outcomes.get('sort')), /sort took more than 0.2 s/);
  assert.ok('value' in (run.outcomes.get('fib') ?? {}));
});

test('runGuest: what cannot be started says so', async () => {
  const command = { file: '/nonexistent/machine', arguments: [] };
  const run = await runGuest(command, 1, AMPLE, () => {}, new AbortController().signal);
  assert.match(run.trouble ?? '', /ENOENT/);
});
