// Copies of a running machine, and its earlier states: forks, snapshots, suspending, each with what the guest remembers.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dialogue, TestHost } from './host.ts';

/** What is typed before the shell asks may be thrown away. */
const PROMPT = '~ # ';

test('copies: forks and snapshots of a running Linux', async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  await host.up('--https', 'off');
  const { client } = host;
  let commands = 0;
  /** Runs a command in a guest that is at its prompt; what it says comes between marks that are new each time. */
  const run = async (vm: string, command: string): Promise<string> => {
    const number = ++commands;
    const [begin, end] = [`<${number}>`, `</${number}>`];
    const all = await dialogue(client, vm, [
      ['', `echo "<"${number}">"; ${command}; echo "</"${number}">"\n`],
      [begin],
      [end],
      [PROMPT],
    ]);
    return all.slice(all.indexOf(begin) + begin.length, all.lastIndexOf(end)).trim();
  };
  await client.call('vm.create', { name: 'a', memoryMib: 128, disks: ['4M'] });
  await client.call('vm.start', { vm: 'a' });
  await dialogue(client, 'a', [[PROMPT, 'x=parent\n'], [PROMPT]]);

  const forked = await client.call<{ name: string }[]>('vm.fork', { vm: 'a', count: 2 });
  assert.deepEqual(
    forked.map(({ name }) => name),
    ['a-1', 'a-2'],
  );
  await run('a', 'x=changed');
  const chance = new Set<string>();
  for (const { name } of forked) {
    assert.equal(await run(name, 'echo $x'), 'parent', 'a copy has what the parent had');
    chance.add(await run(name, 'head -c 8 /dev/urandom | od -x'));
    assert.match(await run(name, 'dmesg'), /crng reseeded due to virtual machine fork/);
  }
  assert.equal(chance.size, 2, 'copies have chance of their own');

  // Each has the network address of its own card, and with it an IP address of its own.
  const ip = async (vm: string) => {
    const shown = await run(
      vm,
      'until ip -4 addr show eth0 | grep -q "scope global"; do sleep 0.1; done; ip addr show eth0',
    );
    const [, mac] = /link\/ether ([0-9a-f:]{17})/.exec(shown) ?? [];
    const [, address] = /inet (10\.0\.2\.\d+)\/24/.exec(shown) ?? [];
    return { mac, address };
  };
  const own = new Map<string, { mac: string | undefined; address: string | undefined }>();
  for (const name of ['a', 'a-1', 'a-2']) {
    const vmx = readFileSync(join(host.home, 'volumes', 'datastore1', name, `${name}.vmx`), 'utf8');
    const [, configured] = /ethernet0\.(?:generatedA|a)ddress = "([^"]+)"/.exec(vmx) ?? [];
    await run(name, `until grep -q ${configured} /sys/class/net/eth0/address; do sleep 0.1; done`);
    own.set(name, await ip(name));
    assert.equal(own.get(name)?.mac, configured);
  }
  assert.equal(new Set([...own.values()].map(({ address }) => address)).size, 3, JSON.stringify([...own]));
  for (const name of ['a-1', 'a-2']) {
    assert.match(await run(name, `ping -c 1 -W 20 ${own.get('a')?.address}`), / 0% packet loss/);
  }
  assert.equal(await run('a', 'echo $x'), 'changed', 'the parent goes on');

  await client.call('vm.snapshot.save', { vm: 'a', name: 'one' });
  await run('a', 'x=later');
  await client.call('vm.snapshot.save', { vm: 'a', name: 'two' });
  await run('a', 'x=lost');
  await client.call('vm.snapshot.restore', { vm: 'a', name: 'two' });
  assert.equal(await run('a', 'echo $x'), 'later', 'a snapshot that builds on another');
  await client.call('vm.snapshot.restore', { vm: 'a', name: 'one' });
  assert.equal(await run('a', 'echo $x'), 'changed');

  await client.call('vm.suspend', { vm: 'a-1' });
  const before = host.said;
  await host.ok('host', 'reboot');
  await host.says('the host is up', before);
  await client.call('vm.start', { vm: 'a-1' });
  assert.equal(await run('a-1', 'echo $x'), 'parent', 'a suspended machine outlives the host');

  const path = join(host.home, 'volumes', 'datastore1', 'a', 'a-Snapshot1.vmsn');
  const whole = readFileSync(path);
  for (const damaged of [
    whole.subarray(0, whole.length - 1),
    flipped(whole, whole.length >> 1),
    whole.subarray(0, 10),
  ]) {
    writeFileSync(path, damaged);
    await assert.rejects(client.call('vm.snapshot.restore', { vm: 'a', name: 'one' }), /a-Snapshot1\.vmsn/);
  }
  writeFileSync(path, whole);
  await client.call('vm.snapshot.restore', { vm: 'a', name: 'one' });
  assert.equal(await run('a', 'echo $x'), 'changed');
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] as number) ^ 1;
  return copy;
}
