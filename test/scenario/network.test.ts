// Networks of a host with real guests: an address by DHCP, the outside through the NAT, a neighbour on the switch, a capture.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { freeTcpPort } from './free-port.ts';
import { dialogue, TestHost } from './host.ts';
import { vmk } from './vmk.ts';

const PROMPT = '~ # ';
/** A block of pcapng begins so. Source: the pcapng draft, §4.1. */
const PCAPNG = [0x0a, 0x0d, 0x0d, 0x0a];
const WAIT = 'until ip -4 addr show eth0 | grep -q inet; do sleep 0.1; done; echo addres""sed\n';

test('network: guests get addresses, reach the host through the NAT and each other; a capture has their frames', async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  const server = createServer((_request, response) => response.end('hello guest\n')).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await host.up('--https', '127.0.0.1:0');
  const { client } = host;
  for (const name of ['one', 'two']) {
    await host.ok('vm', 'create', name, '--memory', '160M', '--start');
  }
  await dialogue(client, 'one', [[PROMPT, WAIT], ['addressed'], [PROMPT]]);
  const shown = await dialogue(client, 'two', [
    [PROMPT, WAIT],
    ['addressed'],
    [PROMPT, 'ip -4 addr show eth0\n'],
    ['scope global'],
  ]);
  const neighbour = /inet (10\.0\.2\.\d+)/.exec(shown)?.[1];

  const path = join(host.home, 'one.pcapng');
  const { id } = await client.call<{ id: number }>('net.capture.start', { port: 'one.eth0', path });
  const said = await dialogue(client, 'one', [
    ['', `wget -qO- http://10.0.2.2:${port}/; ip -4 addr show eth0\n`],
    ['hello guest'],
    // What is typed before the shell asks may be thrown away.
    ['scope global'],
    [PROMPT, 'ping -c 2 -W 5 10.0.2.2\n'],
    [' 0% packet loss'],
    [PROMPT, `ping -c 2 -W 5 ${neighbour}\n`],
    [' 0% packet loss'],
    [PROMPT, 'ping -c 2 -W 5 10.0.2.4\n'],
    [' 0% packet loss'],
    [PROMPT, `echo | nc -w 60 10.0.2.4 443 >/dev/null && echo man""aged\n`],
    ['managed'],
    [PROMPT, 'echo in""side | nc -l -p 8080\n'],
  ]);
  const own = /inet (10\.0\.2\.\d+)\/24/.exec(said)?.[1];
  assert.ok(own !== undefined && own !== neighbour, `${own}, ${neighbour}`);
  const { frames } = await client.call<{ frames: number }>('net.capture.stop', { id });
  assert.ok(frames > 10, `${frames} frames`);
  assert.deepEqual([...readFileSync(path).subarray(0, 4)], PCAPNG);
  const { error, stdout, stderr } = spawnSync('tshark', ['-n', '-r', path, '-Y', 'frame'], {
    encoding: 'utf8',
  });
  if (error === undefined) assert.equal(stdout.trim().split('\n').length, frames, stderr);
  else t.diagnostic('no tshark on this machine: nobody else has read the capture');

  // The kernel's own interface reaches guests; a port of the host leads to one, until it is closed.
  await host.ok('net', 'ping', own, '--count', '1');
  const forwarded = await freeTcpPort();
  await host.ok('net', 'nat', 'forward', String(forwarded), `${own}:8080`);
  assert.equal(await said8080(forwarded), 'inside\n');
  assert.match((await host.vmk('net', 'nat', 'leases')).stdout, new RegExp(`${own} .*one\\.eth0`));
  await host.ok('net', 'nat', 'unforward', String(forwarded));
  await assert.rejects(said8080(forwarded), { code: 'ECONNREFUSED' });

  assert.match((await host.vmk('vm', 'list')).stdout, new RegExp(`one .* ${own} `));

  const list = (await host.vmk('net', 'ports')).stdout;
  assert.match(list, /one\.eth0 +00:0c:29:/);
  await host.ok('vm', 'stop', 'two');
  assert.doesNotMatch((await host.vmk('net', 'ports')).stdout, /two\.eth0/);
});

test('vmk run --net: a guest of its own reaches the host by the NAT, and a forwarded port leads to it', async (t) => {
  const server = createServer((_request, response) => response.end('hello guest\n')).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const forwarded = await freeTcpPort();
  const script = [
    'until ip -4 addr show eth0 | grep -q inet; do sleep 0.1; done',
    `wget -qO- http://10.0.2.2:${port}/`,
    'echo inside | nc -l -p 80',
    'echo served',
  ].join('; ');
  const asked = Promise.withResolvers<string>();
  let isAsked = false;
  const result = await vmk(['run', '--memory', '160M', '-p', `${forwarded}:80`, '--exec', script], {
    onOutput(stdout) {
      if (isAsked || !stdout.includes('hello guest')) return;
      isAsked = true;
      asked.resolve(said8080(forwarded));
    },
  });
  assert.equal(result.status, 0, result.stderr);
  assert.equal(result.stdout, 'hello guest\nserved\n');
  assert.equal(await asked.promise, 'inside\n');
});

const LISTEN_MS = 60_000;

/** What who listens there says. The guest listens once it is asked to: until then it refuses. */
async function said8080(port: number): Promise<string> {
  for (const untilMs = Date.now() + LISTEN_MS; Date.now() < untilMs; ) {
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    let text = '';
    socket.on('data', (part) => (text += String(part)));
    // What nobody in the guest listens to is reset, maybe before anything else is heard of it.
    const isWhole = await once(socket, 'end').then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ECONNRESET') throw error;
        return false;
      },
    );
    socket.destroy();
    if (isWhole && text !== '') return text;
  }
  throw new Error(`nobody in the guest has listened for ${LISTEN_MS / 1000} s`);
}
