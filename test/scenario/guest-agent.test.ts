// The guest's agent on a host: what Linux says of itself, what is asked of it, and that it goes on in copies.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';

import { dialogue, TestHost } from './host.ts';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const PROMPT = '~ # ';

interface Guest {
  readonly isThere: boolean;
  readonly heartbeat: string;
  readonly facts?: { readonly hostName: string; readonly kernel: string };
  readonly info: Readonly<Record<string, string>>;
}

test('guest agent: facts, guestinfo both ways, scripts, a clean end', async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  await host.up('--https', 'off');
  const { client } = host;
  /** Asks again until the guest has said so. */
  const guest = async (vm: string, is: (guest: Guest) => boolean): Promise<Guest> => {
    for (;;) {
      const answer = await client.call<Guest>('vm.guest', { vm });
      if (is(answer)) return answer;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const run = (vm: string, script: string) =>
    client.call<{ status: number; output: string }>('vm.guest.run', { vm, script });

  await client.call('vm.create', { name: 'a', memoryMib: 128 });
  await client.call('vm.guest.set', { vm: 'a', key: 'guestinfo.early', value: "it's here | now" });
  await client.call('vm.start', { vm: 'a' });
  const { facts, heartbeat } = await guest('a', ({ facts }) => facts !== undefined);
  assert.equal(facts?.hostName, 'vmkernel');
  assert.match(facts?.kernel ?? '', /^Linux 6\./);
  assert.equal(heartbeat, 'green');

  await dialogue(client, 'a', [
    [PROMPT, 'vmk-info get guestinfo.early; vmk-info set guestinfo.late "50 % of \\"x\\""\n'],
    ["it's here | now"],
    [PROMPT],
  ]);
  const { info } = await guest('a', ({ info }) => 'guestinfo.late' in info);
  assert.equal(info['guestinfo.late'], '50 % of "x"');
  const long = 'x y\nä'.repeat(4000);
  await client.call('vm.guest.set', { vm: 'a', key: 'guestinfo.long', value: long });
  assert.match((await run('a', 'vmk-info get guestinfo.long | md5sum')).output, new RegExp(md5(long)));
  await run(
    'a',
    'vmk-info set guestinfo.copy "$(vmk-info get guestinfo.long | head -c 12000)"; vmk-info set guestinfo.late ""',
  );
  const { info: later } = await guest('a', ({ info }) => !('guestinfo.late' in info));
  assert.equal(later['guestinfo.copy'], long.slice(0, 10_000));
  const tooLong = await run('a', 'vmk-info set guestinfo.all "$(vmk-info get guestinfo.long)" 2>&1');
  assert.deepEqual(tooLong, { status: 1, output: 'vmk-info: a value has at most 16384 bytes\n' });
  assert.equal((await run('a', 'vmk-info get guestinfo.late')).status, 1);

  assert.deepEqual(await run('a', 'echo out; echo err >&2; exit 7'), { status: 7, output: 'out\nerr\n' });
  assert.equal((await run('a', "printf 'ä\\n'; cat /proc/1/comm")).output, 'ä\ninit\n');
  const many = await run('a', 'seq 1 20000');
  assert.equal(many.status, 0);
  assert.ok(many.output.endsWith('\n20000\n') && many.output.length < 16_000);

  await client.call('vm.fork', { vm: 'a', count: 1 });
  assert.equal((await guest('a-1', ({ facts }) => facts !== undefined)).isThere, true);
  assert.equal((await run('a-1', 'hostname')).output, 'vmkernel\n', 'a copy has an agent');
  // Whose agent has ended hears the power button, as soon as it has its driver: until then nobody does.
  await run('a-1', 'kill $(pidof vmk-agent)').catch(() => undefined);
  await guest('a-1', ({ isThere }) => !isThere);
  await assert.rejects(run('a-1', 'true'), /no agent answers/);
  const down = (vm: string) => client.call('vm.guest.down', { vm, how: 'poweroff' });
  const isOff = async (vm: string) =>
    (await client.call<{ state: string }>('vm.show', { vm })).state === 'powered off';
  while (!(await isOff('a-1'))) {
    await down('a-1').catch(({ message }: Error) => assert.match(message, /none of its drivers|powered off/));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await down('a');
  while (!(await isOff('a'))) await new Promise((resolve) => setTimeout(resolve, 20));
  await assert.rejects(client.call('vm.guest.down', { vm: 'a', how: 'poweroff' }), /is powered off/);
});
