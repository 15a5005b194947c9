// A guest that floods the network, all stations or one: the host answers, another VM has its share, the time is the flooder's.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { floodProgram } from './flood-program.ts';
import { dialogue, TestHost } from './host.ts';

/** What is typed before the shell asks may be thrown away. */
const PROMPT = '~ # ';
const WAIT = 'until ip -4 addr show eth0 | grep -q "scope global"; do sleep 0.1; done; echo addres""sed\n';
const BROADCAST = new Uint8Array(6).fill(0xff);
const FILE_BYTES = 8_388_609;
const PINGS = 20;
/** A frame that finds the guest's ring full is dropped, as by any card; who is starved loses nearly all of them. */
const MOST_LOST = 2;
/**
 * With two pCPUs for two VMs the other one keeps most of what it had; what else the machine does may take nine tenths, and is
 * another thing at the next try. A flooder whose code is not translated yet sends less than the other one has to do anyhow.
 */
const LEAST_KEPT = 0.1;
const TRIES = 3;
const MOST_API_MS = 3000;
const CALLS = 40;

interface World {
  readonly id: number;
  readonly group: number;
  readonly name: string;
  readonly runNs: number;
  readonly systemNs?: number;
}

interface Measured {
  readonly bytesPerMs: number;
  readonly pingMs: number;
  readonly answered: number;
  /** Of the host's API: the longest of some calls. */
  readonly apiMs: number;
}

test('flood: frames for all, and for one, from a guest that sends nothing else', async (t) => {
  const host = new TestHost();
  t.after(() => host.remove());
  const file = Buffer.alloc(FILE_BYTES, 7);
  const server = createServer((_request, response) => response.end(file)).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await host.up('--https', 'off');
  const { client } = host;
  for (const name of ['bad', 'good']) {
    await client.call('vm.create', { name, memoryMib: 128 });
    await client.call('vm.start', { vm: name });
  }
  for (const name of ['bad', 'good']) await dialogue(client, name, [[PROMPT, WAIT], ['addressed'], [PROMPT]]);
  const nics = await client.call<{ name: string; mac: string }[]>('net.ports', {});
  const macOf = (vm: string): Uint8Array => {
    const { mac = '' } = nics.find(({ name }) => name === `${vm}.eth0`) ?? {};
    return Uint8Array.from(mac.split(':'), (part) => Number.parseInt(part, 16));
  };
  const leases = await client.call<{ nic: string; address: string }[]>('net.nat.leases', {});
  const target = leases.find(({ nic }) => nic === 'good.eth0')?.address ?? '';

  let measured = 0;
  const measure = async (): Promise<Measured> => {
    // The console says again what it said: each time the end is another.
    const number = ++measured;
    const began = performance.now();
    const load = `echo $(wget -qO- http://10.0.2.2:${port}/ | wc -c)-of""-${number}-\n`;
    const said = await dialogue(client, 'good', [['', load], [`-of-${number}-`], [PROMPT]]);
    const bytesPerMs = FILE_BYTES / (performance.now() - began);
    assert.match(said, new RegExp(`\\b${FILE_BYTES}-of-${number}-`));
    const pings: number[] = [];
    for (let i = 0; i < PINGS; i++) {
      const { result, milliseconds } = await client.call<{ result: string; milliseconds: number }>(
        'net.ping',
        {
          ...{ target, timeoutMs: 5000 },
        },
      );
      if (result === 'reply') pings.push(milliseconds);
    }
    let apiMs = 0;
    for (let i = 0; i < CALLS; i++) {
      const asked = performance.now();
      await client.call('vm.list', {});
      apiMs = Math.max(apiMs, performance.now() - asked);
    }
    const [pingMs = Number.NaN] = pings.sort((a, b) => a - b).slice(pings.length >> 1);
    return { bytesPerMs, pingMs, answered: pings.length, apiMs };
  };
  const usedNs = async (): Promise<ReadonlyMap<string, { run: number; system: number }>> => {
    const { worlds } = await client.call<{ worlds: readonly World[] }>('top.sample', {});
    return new Map(
      worlds.map(({ name, runNs, systemNs = 0 }) => [
        name.slice(name.indexOf(':') + 1),
        { run: runNs, system: systemNs },
      ]),
    );
  };
  const sent = async (vm: string): Promise<number> => {
    const ports = await client.call<{ name: string; framesIn: number }[]>('net.ports', {});
    return ports.find(({ name }) => name === `${vm}.eth0`)?.framesIn ?? 0;
  };
  /** What the other VM gets meanwhile, and what went where: time of pCPUs and of the switch, in cores. */
  const underFlood = async () => {
    const [framesBefore, before, began] = [await sent('bad'), await usedNs(), performance.now()];
    const measured = await measure();
    const seconds = (performance.now() - began) / 1000;
    const [frames, after] = [(await sent('bad')) - framesBefore, await usedNs()];
    const spent = (vm: string, kind: 'run' | 'system'): number =>
      ((after.get(vm)?.[kind] ?? 0) - (before.get(vm)?.[kind] ?? 0)) / 1e9 / seconds;
    return { ...measured, framesPerSecond: frames / seconds, spent };
  };

  await measure();
  const quiet = await measure();
  tell(t, 'nobody floods', quiet);
  // biome-ignore format: a table reads in columns
  const floods = [
    ['short frames for all', BROADCAST,     60],
    ['short frames for one', macOf('good'), 60],
    ['long frames for one',  macOf('good'), 1514],
  ] as const;
  for (const [what, to, bytes] of floods) {
    const program = Buffer.from(floodProgram(to, macOf('bad'), bytes)).toString('base64');
    const type = `echo ${program} | base64 -d | gunzip >/flood; chmod +x /flood; /flood & echo flo""ods ${bytes}-${to[0]}\n`;
    await dialogue(client, 'bad', [['', type], [`floods ${bytes}-${to[0]}`], [PROMPT]]);
    let during = await underFlood();
    const isFair = (): boolean =>
      to !== BROADCAST || during.spent('bad', 'system') > during.spent('good', 'system');
    const isStarved = (): boolean => during.bytesPerMs < LEAST_KEPT * quiet.bytesPerMs;
    for (let tries = 1; tries < TRIES && (isStarved() || !isFair()); tries++) during = await underFlood();
    await dialogue(client, 'bad', [
      ['', `killall flood; echo en""ded ${bytes}-${to[0]}\n`],
      [`ended ${bytes}-${to[0]}`],
      [PROMPT],
    ]);
    const { spent, framesPerSecond } = during;
    const shares = ['bad', 'good'].map(
      (vm) =>
        `${vm} ran ${(100 * spent(vm, 'run')).toFixed(0)} %, the switch for it ${(100 * spent(vm, 'system')).toFixed(0)} %`,
    );
    tell(t, `${what}: ${framesPerSecond.toFixed(0)} frames/s; ${shares.join('; ')}`, during);
    assert.ok(framesPerSecond > 100, `${what}: only ${framesPerSecond} frames a second`);
    assert.ok(during.answered >= PINGS - MOST_LOST, `${what}: only ${during.answered} pings came back`);
    assert.ok(during.apiMs < MOST_API_MS, `${what}: a call took ${during.apiMs} ms`);
    assert.ok(!isStarved(), `${what}: the other VM starves`);
    assert.ok(isFair(), 'the time is the flooder’s');
  }
});

function tell(
  t: { diagnostic(line: string): void },
  what: string,
  { bytesPerMs, pingMs, answered, apiMs }: Measured,
) {
  const rate = (bytesPerMs / 1000).toFixed(1);
  t.diagnostic(
    `${what}: ${rate} MB/s, ping ${pingMs.toFixed(2)} ms (${answered} of ${PINGS}), API at most ${apiMs.toFixed(0)} ms`,
  );
}
