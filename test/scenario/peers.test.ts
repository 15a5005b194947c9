// The same packets, good, bad and by chance, for a guest's Linux and for our own stack: both answer the same.
import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { cable, Stack } from '#net';
import { realStackHost } from '../../src/host/network/stack-host.ts';
import { decapsulated, encapsulated } from '../../src/net/vxlan/header.ts';
import { freeUdpPort } from './free-port.ts';
import { dialogue, TestHost } from './host.ts';
import { answersOf, PEER_ADDRESS, type Peer, packetCases } from './packet-peers.ts';

const VNI = 56;
const OWN_MAC = 0x02_00_00_00_40_02;
const PROMPT = '~ # ';
const SEED = 56;
/** Where the two may differ, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'a fragment inside another':
    'Linux leaves it out, ours gives up the packet: whose bytes count is not to be guessed',
};

test('packets: a guest’s Linux and our stack give the same answers', async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  await host.up('--https', 'off');
  const { client } = host;
  // The test is another host of the tunnel: what it sends reaches the guest as it is.
  const wire = createSocket('udp4').bind(0, '127.0.0.2');
  t.after(() => wire.close());
  await once(wire, 'listening');
  const tunnelPort = await freeUdpPort();
  await client.call('net.vxlan.add', {
    ...{ name: 'vmnic1', vni: VNI, bind: `127.0.0.1:${tunnelPort}` },
    peers: [`127.0.0.2:${wire.address().port}`],
  });
  await client.call('net.switch.add', { switch: 'lab' });
  await client.call('net.uplink.add', { switch: 'lab', uplink: 'vmnic1' });
  await client.call('net.group.add', { switch: 'lab', group: 'lab' });
  await client.call('vm.create', { name: 'a', memoryMib: 128, nets: ['lab'] });
  await client.call('vm.start', { vm: 'a' });
  const set = 'ip link set eth0 up; ip addr add 10.67.0.2/24 dev eth0; echo se""t\n';
  await dialogue(client, 'a', [[PROMPT, set], ['set'], [PROMPT]]);
  const ports = await client.call<{ name: string; mac: string }[]>('net.ports', {});
  const mac = ports.find(({ name }) => name === 'a.eth0')?.mac.replaceAll(':', '') ?? '';

  const cases = packetCases(new SeededRandom(SEED));
  const theirs = await answersOf(guest(wire, tunnelPort, Number.parseInt(mac, 16)), cases);
  const stack = new Stack(realStackHost());
  t.after(() => stack.stop());
  const own = await answersOf(ours(stack), cases);
  const differences = cases.flatMap(({ what }, i) =>
    theirs[i] === own[i] || what in EXCEPTIONS ? [] : [`${what}: Linux ${theirs[i]}, ours ${own[i]}`],
  );
  assert.deepEqual(differences, []);
  const answered = theirs.filter((answer) => answer !== 'nothing').length;
  t.diagnostic(`${cases.length} cases, ${answered} of them answered`);
  assert.ok(answered > 40);
});

function guest(wire: Socket, port: number, mac: number): Peer {
  return {
    mac,
    send: (frame) => wire.send(encapsulated(VNI, frame), port, '127.0.0.1'),
    onFrame: (handler) =>
      void wire.on('message', (bytes) => {
        const inner = decapsulated(bytes);
        if (inner) handler(inner.frame);
      }),
  };
}

function ours(stack: Stack): Peer {
  const [link, far] = cable();
  const nic = stack.addInterface({ name: 'eth0', mac: OWN_MAC, link: far });
  stack.addAddress(nic, { address: PEER_ADDRESS, prefix: 24 });
  return {
    mac: OWN_MAC,
    send: (bytes) => void link.send({ bytes }),
    onFrame: (handler) => link.onReceive(({ bytes }) => handler(bytes.slice())),
  };
}
