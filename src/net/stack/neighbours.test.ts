// ARP: who is found, who is not, and what a flood or a liar can do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMIT } from './neighbours.ts';
import { Lab } from './testing.ts';
import { emitArp } from './wire/arp.ts';
import { emitEthernet } from './wire/ethernet.ts';

function arpFrame(
  senderMac: number,
  senderIp: number,
  targetIp: number,
  operation: 'request' | 'reply' = 'request',
) {
  const bytes = new Uint8Array(42);
  emitEthernet(bytes, { target: 0xffff_ffff_ffff, source: senderMac, type: 0x0806 });
  emitArp(bytes, 14, { operation, senderMac, senderIp, targetMac: 0, targetIp });
  return { bytes };
}

test('ARP: an echo finds its way, and the request is asked once', () => {
  const lab = new Lab(1);
  let requests = 0;
  const [a, b] = lab.pair({ latencyMs: 3 }, [], ({ bytes }, from) => {
    if (from === 0 && bytes[12] === 8 && bytes[13] === 6) requests++;
    return true;
  });
  requests = 0;
  const results: string[] = [];
  for (let i = 0; i < 5; i++) {
    a.stack.icmp.echo({ target: b.address, data: new Uint8Array(56), timeoutMs: 1000 }, ({ kind }) =>
      results.push(kind),
    );
  }
  lab.run(2000);
  assert.deepEqual(results, Array(5).fill('reply'));
  assert.equal(requests, 1);
});

test('ARP: an address that nobody has is given up after three requests', () => {
  const lab = new Lab(1);
  const [a] = lab.pair();
  const results: unknown[] = [];
  a.stack.icmp.echo({ target: a.address + 50, data: new Uint8Array(0), timeoutMs: 60_000 }, (result) =>
    results.push(result),
  );
  lab.run(LIMIT.requests * LIMIT.requestEveryMs - 1);
  assert.deepEqual(results, []);
  lab.run(1000);
  assert.deepEqual(results, [{ kind: 'unreachable', from: 0, code: 1 }]);
  const failures: unknown[] = [];
  a.stack.tcp.connect({ address: a.address + 51, port: 1 }, { closed: (reason) => failures.push(reason) });
  lab.run(10_000);
  assert.deepEqual(failures, ['unreachable']);
});

test('ARP: strangers do not fill the table, and askers fill it to its bound only', () => {
  const lab = new Lab(1);
  const [near, far] = lab.link();
  const stack = lab.stack();
  const nic = stack.addInterface({ name: 'vmk0', mac: 0x5254_0000_0001, link: near });
  stack.addAddress(nic, { address: 0x0a00_0001, prefix: 8 });
  for (let i = 2; i < 3000; i++) far.send(arpFrame(0x5254_0000_0000 + i, 0x0a00_0000 + i, 0x0a00_ff00));
  lab.run(100);
  assert.equal(nic.neighbours.entries().length, 0);
  for (let i = 2; i < 3000; i++) far.send(arpFrame(0x5254_0000_0000 + i, 0x0a00_0000 + i, 0x0a00_0001));
  lab.run(100);
  assert.equal(nic.neighbours.entries().length, LIMIT.neighbours);
});

test('ARP: who claims our address does not get it', () => {
  const lab = new Lab(1);
  const [near, far] = lab.link();
  const answers: number[] = [];
  far.onReceive(({ bytes }) => answers.push(bytes[21] as number));
  const stack = lab.stack();
  const nic = stack.addInterface({ name: 'vmk0', mac: 0x5254_0000_0001, link: near });
  stack.addAddress(nic, { address: 0x0a00_0001, prefix: 24 });
  far.send(arpFrame(0x5254_0000_0002, 0x0a00_0001, 0x0a00_0001, 'reply'));
  far.send(arpFrame(0x5254_0000_0003, 0x0a00_0003, 0x0a00_0001));
  lab.run(100);
  assert.equal(nic.counts.conflicts, 1);
  assert.deepEqual(
    nic.neighbours.entries().map(({ address }) => address),
    [0x0a00_0003],
  );
  assert.deepEqual(answers, [1, 2], 'its announcement, and one reply');
});
