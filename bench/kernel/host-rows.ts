/** Rows of the kernel benchmark about a host with Linux guests: copies, snapshots, what waits at its prompt. */
import { closeSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { processCpuMs } from '../../test/scenario/cpu-time.ts';
import { dialogue, TestHost } from '../../test/scenario/host.ts';
import type { PromiseResult, PromiseRow } from '../promises.ts';
import { median } from '../statistics.ts';

const MIB = 2 ** 20;
const KIB = 1024;
const PROMPT = '~ # ';
const FORKS = 31;
const MOST_FORK_MS = 10;
const MANY = 200;
/** So many copies make the host load and translate what all of them need: what one costs is seen from there on. */
const FIRST = 50;
/** So long they are idle before it is looked what they take. */
const REST_MS = 10_000;
const IDLE = 50;
const IDLE_WINDOW_MS = 20_000;
const IDLE_WINDOWS = 3;
const MOST_IDLE = 0.05;
/** Copies see to their cards and caches first: they are at rest when two windows in turn are no less than nine tenths of the least. */
const SETTLE_WINDOW_MS = 5000;
const SETTLED = 0.9;
const MOST_SETTLE_MS = 60_000;
/** So long one of many may take to get its address. */
const MOST_ADDRESS_MS = 180_000;
const MOST_RESTORE_MS = 100;
const RESTORES = 5;
/** What a guest writes before it is saved. */
const TOUCHED_MIB = 512;
/** Memory of a VM that is one of many. */
const SMALL_MIB = 128;

export const HOST_ROWS: readonly PromiseRow[] = [
  {
    name: 'fork',
    promise: `a copy of a booted 256 MiB guest, from the call to its answer: at most ${MOST_FORK_MS} ms at the median`,
    measure: () => onHost(256, measureFork),
  },
  {
    name: 'restore',
    promise: `going back to a snapshot of a booted 256 MiB guest: at most ${MOST_RESTORE_MS} ms`,
    measure: () => onHost(256, measureRestore),
  },
  {
    name: 'snapshot',
    promise: `saving and restoring for each GiB touched (${TOUCHED_MIB} MiB), against writing as many bytes to a file`,
    measure: () => onHost(2 * TOUCHED_MIB, measureSnapshot),
  },
  {
    name: 'idle',
    promise: `${IDLE} VMs at their prompt, with addresses of their own, from when what they take falls no more (looked at over ${SETTLE_WINDOW_MS / 1000} s each, for at most ${MOST_SETTLE_MS / 1000} s): less than 5 % of a core over ${IDLE_WINDOW_MS / 1000} s`,
    measure: () => onHost(SMALL_MIB, measureIdle),
  },
  {
    name: 'many',
    promise: `${MANY} copies (without network cards) at their prompt, each answers a command; idle for ${REST_MS / 1000} s, from ${FIRST} of them on, at most 1 MiB for each beside its pages`,
    measure: () => onHost(SMALL_MIB, measureMany, { hasCard: false }),
  },
  {
    name: 'network',
    promise: `${MANY} copies with network cards at their prompt: each has an address of its own and answers a command`,
    measure: () => onHost(SMALL_MIB, measureNetwork),
  },
];

type Measured = Pick<PromiseResult, 'measured' | 'isKept'>;

async function measureFork(host: TestHost): Promise<Measured> {
  const times: number[] = [];
  for (let i = 1; i <= FORKS; i++) {
    times.push(await timed(() => host.client.call('vm.fork', { vm: 'a', count: 1 })));
    // The machine is to have nothing else to do.
    await host.client.call('vm.stop', { vm: `a-${i}` });
  }
  const ms = median(times);
  const [least, most] = [Math.min(...times), Math.max(...times)];
  return { measured: `${one(ms)} ms (${one(least)} … ${one(most)})`, isKept: ms <= MOST_FORK_MS };
}

async function measureRestore(host: TestHost): Promise<Measured> {
  await host.client.call('vm.snapshot.save', { vm: 'a', name: 's' });
  const times = await restores(host);
  const ms = median(times);
  return { measured: `${one(ms)} ms`, isKept: ms <= MOST_RESTORE_MS };
}

async function restores({ client }: TestHost): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < RESTORES; i++) {
    await client.call('vm.stop', { vm: 'a' });
    times.push(await timed(() => client.call('vm.snapshot.restore', { vm: 'a', name: 's' })));
  }
  return times;
}

async function measureSnapshot(host: TestHost): Promise<Measured> {
  const fill = `yes abcdefghijklmno | head -c ${TOUCHED_MIB}M >/tmp/filled; echo fil""led\n`;
  await dialogue(host.client, 'a', [['', `mount -t tmpfs -o size=90% none /tmp; ${fill}`], ['filled']]);
  const saveMs = await timed(() => host.client.call('vm.snapshot.save', { vm: 'a', name: 's' }));
  const path = join(host.home, 'volumes', 'datastore1', 'a', 'a-Snapshot1.vmsn');
  const { size } = statSync(path);
  const writeMs = await timed(async () => writePlain(`${path}.plain`, size));
  const restoreMs = median(await restores(host));
  const perGib = (ms: number) => `${((ms * KIB * MIB) / size).toFixed(0)} ms`;
  const ratio = (ms: number) => (ms / writeMs).toFixed(2);
  return {
    measured: `save ${perGib(saveMs)} a GiB (${ratio(saveMs)} of a plain write), restore ${perGib(restoreMs)} (${ratio(restoreMs)})`,
    isKept: undefined,
  };
}

function writePlain(path: string, bytes: number): void {
  const fd = openSync(path, 'w');
  const block = new Uint8Array(MIB).fill(0x5a);
  for (let left = bytes; left > 0; left -= block.length)
    writeSync(fd, block, 0, Math.min(left, block.length));
  fsyncSync(fd);
  closeSync(fd);
}

async function measureIdle(host: TestHost): Promise<Measured> {
  const { client } = host;
  const made = await client.call<readonly { name: string }[]>('vm.fork', { vm: 'a', count: IDLE - 1 });
  for (const { name } of made) await told(host, name, true);
  const settledMs = await timed(() => settled(host));
  const parts: number[] = [];
  for (let window = 0; window < IDLE_WINDOWS; window++) parts.push(await idlePart(host));
  const shown = parts.map((part) => `${(100 * part).toFixed(2)} %`).join(', ');
  const measured = `${shown} of a core, from ${(settledMs / 1000).toFixed(0)} s after the last had its address`;
  return { measured, isKept: parts.every((part) => part < MOST_IDLE) };
}

/** Resolves when the guests have stopped taking less and less, or after so long. */
async function settled(host: TestHost): Promise<void> {
  let [least, still] = [Infinity, 0];
  for (let waitedMs = 0; still < 2 && waitedMs < MOST_SETTLE_MS; waitedMs += SETTLE_WINDOW_MS) {
    const part = await idlePart(host, SETTLE_WINDOW_MS);
    still = part > SETTLED * least ? still + 1 : 0;
    least = Math.min(least, part);
  }
}

/** What the host takes of a core while nobody asks it anything. */
async function idlePart({ client }: TestHost, windowMs = IDLE_WINDOW_MS): Promise<number> {
  const { pid } = await client.call<{ pid: number }>('host.facts', {});
  const [cpu, now] = [processCpuMs(pid), performance.now()];
  await setTimeout(windowMs);
  return (processCpuMs(pid) - cpu) / (performance.now() - now);
}

/** Resolves when the guest has told what it is, to its address if it has a card; to none after so long. */
async function told({ client }: TestHost, vm: string, hasCard: boolean, mostMs = Infinity): Promise<string> {
  const POLL_MS = 200;
  const untilMs = performance.now() + mostMs;
  for (;;) {
    const { facts } = await client.call<{
      facts?: { nics: readonly { addresses: readonly { address: string }[] }[] };
    }>('vm.guest', { vm });
    const addresses = facts?.nics.flatMap((nic) => nic.addresses.map(({ address }) => address)) ?? [];
    const address = addresses.find((text) => text.includes('.')) ?? '';
    if ((facts && (!hasCard || address !== '')) || performance.now() > untilMs) return address;
    await setTimeout(POLL_MS);
  }
}

async function measureMany(host: TestHost): Promise<Measured> {
  const { client } = host;
  const { pid } = await client.call<{ pid: number }>('host.facts', {});
  let [count, forkMs, answerMs] = [0, 0, 0];
  /** What each of `wanted` more copies takes, when all have answered. */
  const more = async (wanted: number): Promise<{ beside: number; pages: number }> => {
    const before = await memoryOf(host, pid);
    let made: readonly { name: string }[] = [];
    forkMs += await timed(async () => {
      made = await client.call('vm.fork', { vm: 'a', count: wanted });
    });
    answerMs += await timed(() => Promise.all(made.map(({ name }) => answers(host, name))));
    count += made.length;
    await setTimeout(REST_MS);
    const after = await memoryOf(host, pid);
    const pages = (after.pages - before.pages) / wanted;
    return { beside: (after.resident - before.resident) / wanted - pages, pages };
  };
  const first = await more(FIRST);
  const { beside, pages } = await more(MANY - FIRST);
  const kib = (bytes: number) => `${(bytes / KIB).toFixed(0)} KiB`;
  return {
    measured: `made in ${(forkMs / 1000).toFixed(2)} s, all answered after ${(answerMs / 1000).toFixed(1)} s; ${kib(beside)} beside ${kib(pages)} of pages each (the first: ${kib(first.beside)})`,
    isKept: count === MANY && beside <= MIB,
  };
}

async function measureNetwork(host: TestHost): Promise<Measured> {
  const { client } = host;
  const addresses = new Set([await told(host, 'a', true)]);
  const fromMs = performance.now();
  const made = await client.call<readonly { name: string }[]>('vm.fork', { vm: 'a', count: MANY });
  for (const { name } of made) {
    const leftMs = fromMs + MOST_ADDRESS_MS - performance.now();
    addresses.add(await told(host, name, true, leftMs));
  }
  const addressMs = performance.now() - fromMs;
  addresses.delete('');
  await Promise.all(made.map(({ name }) => answers(host, name)));
  const part = await idlePart(host);
  return {
    measured: `${addresses.size - 1} have one after ${(addressMs / 1000).toFixed(1)} s; all answered; then ${(100 * part).toFixed(2)} % of a core over ${IDLE_WINDOW_MS / 1000} s`,
    isKept: addresses.size === MANY + 1,
  };
}

async function answers({ client }: TestHost, vm: string): Promise<void> {
  await dialogue(client, vm, [['', `echo $((6*7))-${vm}-\n`], [`42-${vm}-`]]);
}

/** What is resident of the host, and the pages of its guests: without the tables that it needs for them. */
async function memoryOf({ client }: TestHost, pid: number): Promise<{ resident: number; pages: number }> {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  const { host, memory } = await client.call<{
    host: { memory: { total: number; free: number } };
    memory: readonly { overhead?: number }[];
  }>('top.sample', {});
  const tables = memory.reduce((sum, { overhead = 0 }) => sum + overhead, 0);
  const resident = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * KIB;
  return { resident, pages: host.memory.total - host.memory.free - tables };
}

async function onHost(
  memoryMib: number,
  work: (host: TestHost) => Promise<Measured>,
  { hasCard = true } = {},
): Promise<PromiseResult> {
  const host = new TestHost();
  try {
    await host.up('--https', 'off', '--memory', '4G');
    await host.client.call('vm.create', { name: 'a', memoryMib, ...(!hasCard && { nets: ['none'] }) });
    await host.client.call('vm.start', { vm: 'a' });
    await dialogue(host.client, 'a', [[PROMPT]]);
    await told(host, 'a', hasCard);
    return { ...(await work(host)), aside: `load ${loadavg()[0]?.toFixed(1)}` };
  } finally {
    await host.remove();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

const one = (ms: number): string => ms.toFixed(1);
