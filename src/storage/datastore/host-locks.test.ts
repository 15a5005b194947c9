// Locks of VMs' folders between hosts that share a datastore: who holds one, and when it is broken.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { HostLocks } from './host-locks.ts';

const BEAT_MS = 5;

function make(t: TestContext) {
  const path = mkdtempSync(join(tmpdir(), 'vmk-locks-'));
  t.after(() => rmSync(path, { recursive: true }));
  const folder = 'a';
  const lock = join(path, '.vmk.sf', 'locks', 'a.lck');
  const host = (uuid: string, boot = '1', deadMs = 50) =>
    new HostLocks({ path, host: { uuid, name: `host ${uuid}`, boot }, beatMs: BEAT_MS, deadMs });
  /** Its heart beats until the result is called. */
  const beating = (locks: HostLocks) => {
    const timer = setInterval(() => locks.beat(), 1);
    t.after(() => clearInterval(timer));
    return () => clearInterval(timer);
  };
  return { path, folder, lock, host, beating };
}

test('take: a folder that a living host has is refused, with its name; when it is released it is free', async (t) => {
  const { folder, host, beating } = make(t);
  const [one, two] = [host('1', '1', 60_000), host('2', '1', 60_000)];
  beating(one);
  await one.take(folder);
  await assert.rejects(two.take(folder), /"host 1" has it/);
  assert.deepEqual(two.list(), [{ folder: 'a', host: 'host 1', isOurs: false }]);
  await one.release(folder);
  await two.take(folder);
  assert.deepEqual(two.list(), [{ folder: 'a', host: 'host 2', isOurs: true }]);
});

test('take: the lock of a host whose heartbeat has stopped is broken', async (t) => {
  const { folder, host, beating } = make(t);
  const one = host('1');
  const stop = beating(one);
  await one.take(folder);
  stop();
  const two = host('2');
  await two.take(folder);
  await one.release(folder);
  assert.deepEqual(
    two.list(),
    [{ folder: 'a', host: 'host 2', isOurs: true }],
    'who lost it takes nothing away',
  );
});

test('take: a host that came up anew, or has ended, holds nothing from before', async (t) => {
  const { folder, lock, host, beating } = make(t);
  await host('1', 'before').take(folder);
  const again = host('1', 'after');
  beating(again);
  await host('2', '1', 60_000).take(folder);
  const [three, four] = [host('3', '1', 60_000), host('4', '1', 60_000)];
  await host('2', '2', 60_000).take(folder);
  rmSync(lock);
  await three.take(folder);
  await three.close();
  await four.take(folder);
});

test('beatLater: others see it go on; two at once are two beats, and after the end there is none', async (t) => {
  const { folder, host } = make(t);
  const [one, two] = [host('1', '1', 10 * BEAT_MS), host('2', '1', 10 * BEAT_MS)];
  await one.take(folder);
  for (let beat = 0; beat < 30; beat++) {
    await Promise.all([one.beatLater(), one.beatLater(), two.beatLater()]);
    assert.equal(two.holderOf(folder), 'host 1');
  }
  const last = one.beatLater();
  await one.close();
  await last;
  assert.equal(two.holderOf(folder), undefined, 'it has ended');
});

test('take: of many that want it at once, one gets it', async (t) => {
  const { folder, host, beating } = make(t);
  const hosts = Array.from({ length: 8 }, (_, i) => host(String(i), '1', 60_000));
  for (const one of hosts) beating(one);
  const results = await Promise.allSettled(hosts.map((one) => one.take(folder)));
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('take: a lock that is no lock is as none', async (t) => {
  const { folder, lock, host } = make(t);
  const one = host('1');
  for (const text of ['', '{', '[]', '{"uuid":1}', 'null']) {
    writeFileSync(lock, text);
    await one.take(folder);
    await one.release(folder);
  }
});

test('holderOf: a living host, until its heartbeat has stood still; at once without one; never this one', async (t) => {
  const { folder, host } = make(t);
  const [one, two] = [host('1', '1', 10 * BEAT_MS), host('2', '1', 10 * BEAT_MS)];
  await one.take(folder);
  assert.equal(one.holderOf(folder), undefined, 'its own');
  assert.equal(two.holderOf('b'), undefined);
  assert.equal(two.holderOf(folder), 'host 1', 'it was not looked at yet');
  for (let beat = 0; beat < 30; beat++) {
    one.beat();
    two.beat();
    assert.equal(two.holderOf(folder), 'host 1');
  }
  for (let beat = 0; beat < 10; beat++) two.beat();
  assert.equal(two.holderOf(folder), 'host 1', 'not long enough');
  two.beat();
  assert.equal(two.holderOf(folder), undefined, 'it is dead');
  one.beat();
  assert.equal(two.holderOf(folder), 'host 1', 'it is not');
  await one.close();
  assert.equal(two.holderOf(folder), undefined, 'it has ended');
});
