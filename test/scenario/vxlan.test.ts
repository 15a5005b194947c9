// VXLAN over real UDP: a switch of ours against Linux's own device in a network namespace, and against another switch of ours.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { type TestContext, test } from 'node:test';
import { ip, type Stack, type TunnelEntry } from '#net';
import { nodeOutside } from '../../src/host/network/node-outside.ts';
import { Tunnels } from '../../src/host/network/tunnels.ts';
import { freeUdpPort } from './free-port.ts';
import { inNamespace, ping, run, side } from './side.ts';

const VNI = 4242;

/** A side of ours whose uplink is a tunnel. */
async function tunnelSide(context: TestContext, entry: Omit<TunnelEntry, 'name' | 'vni'>, number: number) {
  // What fits into the tunnel: the outer packet is not to be cut.
  const station = { mac: 0x02_00_00_00_20_00 + number, address: `10.77.0.${number}`, mtu: 1450 };
  const { stack, networks } = side(context, station);
  const outside = nodeOutside();
  const newMac = () => 0x02_00_00_00_10_00 + number;
  const tunnels = new Tunnels(
    { version: 1, tunnels: [] },
    { networks, outside, nowMs: () => performance.now(), newMac, keep: () => {} },
  );
  context.after(async () => {
    await tunnels.close();
    outside.close();
  });
  await tunnels.add({ name: 'vmnic1', vni: VNI, ...entry });
  networks.addUplink('vSwitch0', 'vmnic1');
  return { stack, tunnels };
}

/** What comes from a server that sends so many bytes. */
function take(stack: Stack, target: string, port: number): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  let bytes = 0;
  const connection = stack.tcp.connect(
    { address: ip(target), port },
    {
      received: () => {
        for (let part = connection?.read(); part !== undefined; part = connection?.read())
          bytes += part.length;
      },
      ended: () => connection?.end(),
      closed: () => resolve(bytes),
    },
  );
  return promise;
}

test('VXLAN: two hosts of ours, stations that talk as on one Ethernet; bulk by TCP', async (t) => {
  const port = await freeUdpPort();
  const one = { address: '127.0.0.1', port };
  const two = { address: '127.0.0.2', port };
  const first = await tunnelSide(t, { at: one, peers: [two] }, 1);
  const second = await tunnelSide(t, { at: two, peers: [one] }, 2);
  assert.equal(await ping(first.stack, '10.77.0.2', 1000), 'reply');
  const size = 4 * 2 ** 20;
  second.stack.tcp.listen({
    local: { address: 0, port: 80 },
    onConnection(connection) {
      let left = size;
      const more = (): void => {
        while (left > 0) {
          const part = Math.min(left, 65_536);
          left -= part;
          if (!connection.write(new Uint8Array(part))) return;
        }
        connection.end();
      };
      queueMicrotask(more);
      return { drained: more };
    },
  });
  assert.equal(await take(first.stack, '10.77.0.2', 80), size);
  assert.ok((first.tunnels.list()[0]?.counts?.framesIn ?? 0) > 100);
});

test('VXLAN: Linux’s own vxlan device in a network namespace answers echoes, and reaches a station of ours', async (t) => {
  const problem = linuxProblem();
  if (problem !== undefined) return t.skip(problem);
  const name = `vmkvx${process.pid % 10_000}`;
  const inside = (...words: string[]) => run('ip', 'netns', 'exec', name, ...words);
  run('ip', 'netns', 'add', name);
  t.after(() => run('ip', 'netns', 'del', name));
  run('ip', 'link', 'add', `${name}h`, 'type', 'veth', 'peer', 'name', 'under', 'netns', name);
  // 198.18.0.0/15 is for tests of networks (RFC 2544).
  run('ip', 'addr', 'add', '198.18.77.1/30', 'dev', `${name}h`);
  run('ip', 'link', 'set', `${name}h`, 'up');
  inside('ip', 'addr', 'add', '198.18.77.2/30', 'dev', 'under');
  inside('ip', 'link', 'set', 'under', 'up');
  inside('ip', 'link', 'set', 'lo', 'up');
  const device = ['id', String(VNI), 'remote', '198.18.77.1', 'dstport', '45790', 'dev', 'under'];
  inside('ip', 'link', 'add', 'vx0', 'type', 'vxlan', ...device);
  inside('ip', 'addr', 'add', '10.77.0.9/24', 'dev', 'vx0');
  inside('ip', 'link', 'set', 'vx0', 'up');
  const at = { address: '198.18.77.1', port: 45_790 };
  const { stack } = await tunnelSide(t, { at, peers: [{ address: '198.18.77.2', port: 45_790 }] }, 3);
  assert.equal(await ping(stack, '10.77.0.9', 1000), 'reply');
  // And the other way round: its ping of a station of ours.
  const said = await inNamespace(name, 'ping', '-c', '2', '-W', '20', '10.77.0.3');
  assert.match(said, / 0% packet loss/);
});

/** Why Linux's side is not possible here. */
function linuxProblem(): string | undefined {
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  try {
    run('ip', 'link', 'help', 'vxlan');
  } catch (error) {
    // Its help ends with a status of its own.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'there is no iproute2';
  }
  try {
    execFileSync('unshare', ['-n', 'ip', 'link', 'add', 'vx', 'type', 'vxlan', 'id', '1', 'dstport', '1'], {
      stdio: 'pipe',
    });
    execFileSync('ping', ['-V'], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return `this machine has no vxlan device, or no ping: ${(error as Error).message.split('\n')[0]}`;
  }
}
