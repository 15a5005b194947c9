// Two hosts on one datastore: a VM that one of them runs is refused to the other, which is told who has it; when that host is
// killed its heartbeat stops, and the other one can run the VM.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { asm, EID, program, sbi } from '../../src/vmm/testing.ts';
import { TestHost } from './host.ts';

test('a VM on a shared datastore runs on one host at a time; the lock of a host that was killed is broken', async (t) => {
  const shared = mkdtempSync(join(tmpdir(), 'vmk-shared-'));
  const hosts = [new TestHost(), new TestHost()] as const;
  t.after(async () => {
    for (const host of hosts) await host.remove();
    rmSync(shared, { recursive: true });
  });
  const [one, two] = hosts;
  for (const host of hosts) {
    mkdirSync(join(host.home, 'volumes'));
    symlinkSync(shared, join(host.home, 'volumes', 'shared'));
    await host.up('--https', 'off', '--memory', '256M', '--cpus', '1');
  }
  const firmware = join(one.home, 'letter.bin');
  writeFileSync(firmware, program(...sbi(EID.DBCN, 2, 'A'.charCodeAt(0)), asm.spin));
  await one.client.call('vm.create', {
    ...{ name: 'a', memoryMib: 4, firmware, datastore: 'shared', disks: ['8M'], nets: [] },
  });
  await two.ok('vm', 'register', join(two.home, 'volumes', 'shared', 'a', 'a.vmx'));
  await one.ok('vm', 'start', 'a');

  const refused = await two.vmk('vm', 'start', 'a');
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /Cannot use ".*\/a": the host ".*, \/.*" has it/);
  assert.ok(refused.stderr.includes(one.home));
  for (const words of [
    ['vm', 'delete', 'a'],
    ['vm', 'set', 'a', '--memory', '64M'],
    ['vm', 'grow-disk', 'a', '0', '16M'],
  ]) {
    const { status, stderr } = await two.vmk(...words);
    assert.match(stderr, /Cannot use ".*\/a": the host ".*, \/.*" has it/, words.join(' '));
    assert.equal(status, 1);
  }
  const told = await two.ok('ds', 'show', 'shared');
  assert.match(told, new RegExp(`\\na +\\S+ KiB +8 MiB +.*${one.home}\\n`));
  assert.match(await one.ok('ds', 'show', 'shared'), /\na +\S+ KiB +8 MiB +this host\n/);
  assert.match(await two.ok('ds', 'browse', 'shared', 'a'), /\ndisk +8 MiB .* a\.vmdk\n/);
  assert.doesNotMatch(await two.ok('ds', 'browse', 'shared'), /vmk\.sf/);
  assert.equal((await two.vmk('ds', 'browse', 'shared', '../..')).status, 2);

  await one.end('SIGKILL');
  await two.ok('vm', 'start', 'a');
  assert.match(await two.ok('ds', 'show', 'shared'), /\na .* this host\n/);
  // Its disk is a delta from now on, and the parent is on the same datastore.
  await two.ok('vm', 'snapshot', 'save', 'a', 's');
  await two.ok('vm', 'stop', 'a');
  await two.ok('vm', 'start', 'a');
  await two.ok('vm', 'stop', 'a');
  assert.doesNotMatch(await two.ok('ds', 'show', 'shared'), /this host/);
  await two.end('SIGTERM');
});
