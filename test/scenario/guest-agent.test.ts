// The guest's agent on a host: what Linux says of itself, what is asked of it, and that it goes on in copies.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dialogue, TestHost } from './host.ts';

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

  assert.deepEqual(await run('a', 'echo out; echo err >&2; exit 7'), { status: 7, output: 'out\nerr\n' });
  assert.equal((await run('a', "printf 'ä\\n'; cat /proc/1/comm")).output, 'ä\ninit\n');
  const long = await run('a', 'seq 1 20000');
  assert.equal(long.status, 0);
  assert.ok(long.output.endsWith('\n20000\n') && long.output.length < 16_000);

  await client.call('vm.fork', { vm: 'a', count: 1 });
  assert.equal((await guest('a-1', ({ facts }) => facts !== undefined)).isThere, true);
  assert.equal((await run('a-1', 'hostname')).output, 'vmkernel\n', 'a copy has an agent');
  await client.call('vm.stop', { vm: 'a-1' });
  await assert.rejects(run('a-1', 'true'), /no agent answers/);

  await client.call('vm.guest.down', { vm: 'a', how: 'poweroff' });
  for (;;) {
    const { state } = await client.call<{ state: string }>('vm.show', { vm: 'a' });
    if (state === 'powered off') break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});
