// Tests of one start of a machine, played by small scripts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GuestRun, GuestTrouble } from './guest-run.ts';

const AMPLE = { bootMsMax: 60_000, rowMsMax: 60_000 };
const ROW = '@@ row fib 5 Mcalls/s 000000000000b520';
const { signal } = new AbortController();

/** A machine that is up at once, says `lines` when it is told something first, and does `then`. */
function play(lines: readonly string[], then = '', limits = AMPLE): Promise<GuestRun> {
  const script = `${say('@@ up')} process.stdin.once('data', () => { ${say(...lines)} ${then} });`;
  return GuestRun.start({ file: process.execPath, arguments: ['-e', script] }, limits, signal);
}

const say = (...lines: readonly string[]) =>
  `process.stdout.write(${JSON.stringify(lines.map((line) => `${line}\r\n`).join(''))});`;

test('a run: the time of the first line, readings, an end', async () => {
  const run = await play([ROW, '@@ end fib 0'], 'process.stdin.once("data", () => process.exit());');
  assert.ok(run.bootSeconds > 0);
  assert.deepEqual(await run.run('fib'), { value: 5, unit: 'Mcalls/s', result: '000000000000b520' });
  assert.equal(run.hasEnded, false);
  await run.close();
  assert.equal(run.hasEnded, true);
});

test('a run: a machine that dies in a row says why, and runs no more', async () => {
  const run = await play(['Kernel panic'], 'process.exit(3);');
  assert.match(JSON.stringify(await run.run('fib')), /status 3; it said: Kernel panic/);
  assert.equal(run.hasEnded, true);
  await run.close();
});

test('a run: a program that fails after its result has failed', async () => {
  const run = await play([ROW, '@@ end fib 139'], 'process.stdin.once("data", () => process.exit());');
  assert.match(JSON.stringify(await run.run('fib')), /status 139/);
  await run.close();
});

test('a run: a machine that hangs in its boot is ended', async () => {
  const command = { file: process.execPath, arguments: ['-e', 'setInterval(() => {}, 1000);'] };
  await assert.rejects(GuestRun.start(command, { ...AMPLE, bootMsMax: 50 }, signal), (error: unknown) => {
    assert.ok(error instanceof GuestTrouble);
    assert.match(error.message, /the boot took more than 0.05 s/);
    return true;
  });
});

test('a run: a row that hangs is ended with its machine', async () => {
  const run = await play([ROW], '', { ...AMPLE, rowMsMax: 200 });
  assert.match(JSON.stringify(await run.run('fib')), /fib took more than 0.2 s/);
  assert.equal(run.hasEnded, true);
});

test('a run: what cannot be started says so', async () => {
  const command = { file: '/nonexistent/machine', arguments: [] };
  await assert.rejects(GuestRun.start(command, AMPLE, signal), /ENOENT/);
});
