// A TAP device of the machine as an uplink: Linux at its other end, and stations of ours on the switch; without privileges words.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { type TestContext, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { HostError } from '#lib';
import { ip } from '#net';
import { openTap } from '../../src/host/network/tap-device.ts';
import { Taps } from '../../src/host/network/taps.ts';
import { inNamespace, ping, run, side } from './side.ts';

const NOBODY = 65_534;

test('TAP: Linux and a station of ours answer each other; what is removed is gone from the machine', async (t) => {
  const problem = linuxProblem();
  if (problem !== undefined) return t.skip(problem);
  const name = `vmktap${process.pid % 10_000}`;
  run('ip', 'netns', 'add', name);
  t.after(() => run('ip', 'netns', 'del', name));
  const { taps, networks, stack } = tapSide(t);
  taps.add({ name: 'vmnic1', device: name });
  networks.addUplink('vSwitch0', 'vmnic1');
  run('ip', 'link', 'set', name, 'netns', name);
  const inside = (...words: string[]) => run('ip', 'netns', 'exec', name, ...words);
  // 198.18.0.0/15 is for tests of networks (RFC 2544).
  inside('ip', 'addr', 'add', '198.18.88.1/24', 'dev', name);
  inside('ip', 'link', 'set', name, 'up');
  assert.equal(await ping(stack, '198.18.88.1', 1400), 'reply');
  const said = await inNamespace(name, 'ping', '-c', '3', '-W', '20', '-s', '1400', '198.18.88.2');
  assert.match(said, / 0% packet loss/);
  const [state] = taps.list();
  assert.ok((state?.framesIn ?? 0) >= 4 && (state?.framesOut ?? 0) >= 4, JSON.stringify(state));
  // What nobody takes is lost, and said: the device is down.
  inside('ip', 'link', 'set', name, 'down');
  stack.icmp.echo({ target: ip('198.18.88.1'), data: new Uint8Array(1400), timeoutMs: 1 }, () => {});
  assert.ok((taps.list()[0]?.dropped ?? 0) >= 1);
  await assert.rejects(taps.remove('vmnic1'), /uplink "vmnic1" is used by virtual switch "vSwitch0"/);
  networks.removeUplink('vSwitch0', 'vmnic1');
  await taps.remove('vmnic1');
  assert.deepEqual(taps.list(), []);
  assert.throws(() => inside('ip', 'link', 'show', name));
});

test('TAP: a device that was deleted is said to be gone; its removal and the end of the host come through', async (t) => {
  const problem = linuxProblem();
  if (problem !== undefined) return t.skip(problem);
  const { taps, networks } = tapSide(t);
  const devices = ['a', 'b'].map((letter) => `vmkgone${letter}${process.pid % 10_000}`);
  for (const [i, device] of devices.entries()) taps.add({ name: `vmnic${i + 1}`, device });
  for (const device of devices) run('ip', 'link', 'del', device);
  const isSaid = () => taps.list().every((each) => each.problem !== undefined);
  for (let tries = 0; !isSaid() && tries < 1000; tries++) await setTimeout(10);
  const said = taps.list().map((each) => each.problem);
  assert.deepEqual(said, ['the device is gone', 'the device is gone']);
  await taps.remove('vmnic1');
  assert.deepEqual(
    taps.list().map(({ name }) => name),
    ['vmnic2'],
  );
  // A name whose device is gone can be had again, and nobody takes the one for the other.
  taps.add({ name: 'vmnic1', device: devices[0] as string });
  assert.equal(taps.list().find(({ name }) => name === 'vmnic1')?.problem, undefined);
  assert.deepEqual(
    networks.devices.map(({ name }) => name),
    ['vmnic2', 'vmnic1'],
  );
  await taps.close();
  assert.throws(() => run('ip', 'link', 'show', devices[0] as string));
});

test('TAP: who may not open one, and what is none, is told why; a host comes up without it', async (t) => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    assert.throws(() => openTap('vmktest0'), HostError);
    return;
  }
  const problem = linuxProblem();
  if (problem !== undefined) return t.skip(problem);
  process.seteuid?.(NOBODY);
  try {
    assert.throws(() => openTap('vmktest0'), /Cannot open TAP device "vmktest0": .*permission denied/);
  } finally {
    process.seteuid?.(0);
  }
  assert.throws(() => openTap('lo'), /Cannot open TAP device "lo": invalid argument/);
  const warned: string[] = [];
  const { networks } = tapSide(t);
  const kept = { version: 1, taps: [{ name: 'vmnic2', device: 'lo' }] } as const;
  const taps = new Taps(kept, { networks, newMac: () => 0x02_00_00_00_30_09, keep: () => {} });
  taps.start((line) => warned.push(line));
  assert.match(warned.join(), /TAP device lo: .*invalid argument/);
  assert.match(taps.list()[0]?.problem ?? '', /invalid argument/);
  await taps.close();
});

/** A side of ours that can have TAP devices. */
function tapSide(context: TestContext) {
  const { stack, networks } = side(context, { mac: 0x02_00_00_00_30_02, address: '198.18.88.2' });
  const taps = new Taps(
    { version: 1, taps: [] },
    { networks, newMac: () => 0x02_00_00_00_30_01, keep: () => {} },
  );
  context.after(() => taps.close());
  return { stack, taps, networks };
}

/** Why Linux's side is not possible here. */
function linuxProblem(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'network namespaces need root';
  try {
    openTap(`vmkprobe${process.pid % 10_000}`).close();
    execFileSync('unshare', ['-n', 'ip', 'link', 'show'], { stdio: 'pipe' });
  } catch (error) {
    return `TAP devices or namespaces are not to be had here: ${String(error)}`;
  }
  return undefined;
}
